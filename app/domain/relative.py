"""A relative: in the register (whose, what relation, how to reach safely) and, apart from it, an identity.

Both are sealed. The register record opens when somebody with the desk's key unlocks; the identity record
(names, numbers, place) opens one at a time, after the log entry that says who opened it.
"""

from __future__ import annotations

import attrs

from app.domain.dates import PartialDate
from app.domain.fields import LONGEST_FULL_NAME, LONGEST_NAME, FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_SENSITIVE = FieldClass.SENSITIVE
_IDENTITY = FieldClass.IDENTITY


@attrs.frozen
class SafeContactPlan:
    """How to reach somebody without putting them in danger."""

    channel: str = stored(N_("Channel"), Kind.TERM, _SENSITIVE, vocabulary="channel")
    hours: str = stored(N_("When to call"), Kind.TEXT, _SENSITIVE)
    language: str = stored(N_("Language"), Kind.LANGUAGE, _SENSITIVE)
    you_are: str = stored(N_("You are"), Kind.TEXT, _SENSITIVE, hint=N_("Who you say you are"))
    through: str = stored(N_("Through whom"), Kind.TEXT, _SENSITIVE)
    never_mention: str = stored(N_("Never mention"), Kind.TEXT, _SENSITIVE)
    verified_by: str = stored(N_("Channel checked by"), Kind.TERM, _SENSITIVE, vocabulary="verified_by")


@noun("relative")
@attrs.frozen
class Relative:
    """The register record: everything needed to work, nothing that says who it is.

    `prisoner` is the prisoner whose family this is; relation `self` is the prisoner in person.
    """

    id: RecordId
    version: int = 0
    prisoner: str | None = stored(N_("Of"), Kind.REFERENCE, _SENSITIVE, refers_to="prisoner", required=True)
    identity: str | None = stored(N_("Identity"), Kind.REFERENCE, _SENSITIVE, refers_to="identity")
    relation: str = stored(N_("Relative"), Kind.TERM, _SENSITIVE, vocabulary="relation", required=True)
    nickname: str = stored(
        *(N_("Nickname"), Kind.TEXT, _SENSITIVE),
        hint=N_("A word of your own, not the real name"),
        longest=LONGEST_NAME,
    )
    capacity: str = stored(N_("Speaks as"), Kind.TERM, _SENSITIVE, vocabulary="capacity")
    mandate: str = stored(
        *(N_("May decide"), Kind.TERM, _SENSITIVE),
        vocabulary="mandate",
        hint=N_("Of a legal representative or somebody authorised: in what they stand for the prisoner"),
    )
    born: PartialDate | None = stored(N_("Born"), Kind.PARTIAL_DATE, _SENSITIVE)
    whereabouts: str = stored(N_("Where they are"), Kind.TERM, _SENSITIVE, vocabulary="whereabouts")
    guardian: str | None = stored(N_("Guardian"), Kind.REFERENCE, _SENSITIVE, refers_to="relative")
    asking: str = stored(N_("Asking"), Kind.TERM, _SENSITIVE, vocabulary="asking")
    plan: tuple[SafeContactPlan, ...] = stored(
        N_("Safe-contact plan"), Kind.PARTS, _SENSITIVE, parts=SafeContactPlan
    )
    note: str = stored(N_("Note"), Kind.FREE_TEXT, _SENSITIVE)


@noun("identity")
@attrs.frozen
class Identity:
    """Who a relative is. Opened one at a time, never kept in a table, not even in memory."""

    id: RecordId
    version: int = 0
    full_name: str = stored(N_("Name"), Kind.TEXT, _IDENTITY, required=True, longest=LONGEST_FULL_NAME)
    other_spellings: tuple[str, ...] = stored(N_("Other spellings"), Kind.WORDS, _IDENTITY)
    phones: tuple[str, ...] = stored(N_("Phone numbers"), Kind.WORDS, _IDENTITY)
    emails: tuple[str, ...] = stored(N_("E-mail addresses"), Kind.WORDS, _IDENTITY)
    handles: tuple[str, ...] = stored(N_("Messenger names"), Kind.WORDS, _IDENTITY)
    place: str = stored(N_("Place"), Kind.TEXT, _IDENTITY)
    note: str = stored(N_("Note"), Kind.FREE_TEXT, _IDENTITY)
