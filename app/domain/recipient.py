"""Whom reports are sent to: people and institutions, and named lists of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from app.domain.consent_purposes import (
    ALL_GODPARENTS,
    INTERNAL,
    NAMED_GODPARENT,
    NAMED_INSTITUTION,
    PUBLIC,
)
from app.domain.fields import LONGEST_NAME, FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_INTERNAL: Final = FieldClass.INTERNAL
WORDS: Final = "passphrase"  # what a recipient's key says, not one
"""What stands in the place of a key: the file is locked with words made for it."""

_CONTAINS: Final = {
    PUBLIC: frozenset({PUBLIC, ALL_GODPARENTS, NAMED_GODPARENT, NAMED_INSTITUTION, INTERNAL}),
    ALL_GODPARENTS: frozenset({ALL_GODPARENTS, NAMED_GODPARENT, INTERNAL}),
    NAMED_GODPARENT: frozenset({NAMED_GODPARENT, INTERNAL}),
    NAMED_INSTITUTION: frozenset({NAMED_INSTITUTION, INTERNAL}),
    INTERNAL: frozenset({INTERNAL}),
}


@noun("recipient")
@attrs.frozen
class Recipient:
    """Somebody who gets reports, decided for their audience or that of the kind, whichever is wider.

    Attributes:
        name: of the person; of the institution where no person is meant.
        organisation: empty where `name` is the institution itself.
        audience: whom what they get may reach, a word of the vocabulary.
        godparent: who they are among the godparents, so that a no to that godparent is a no to them.
        wants: kinds of report they want; empty means any.
        never: kinds they do not want.
        lock: a public key `age1…`, `passphrase`, or empty for files as they are.
        left: no report goes to them any more; a record stays, because ledgers name it.
    """

    id: RecordId
    version: int = 0
    name: str = stored(N_("Name"), Kind.TEXT, _INTERNAL, searchable=True, required=True, longest=LONGEST_NAME)
    organisation: str = stored(
        *(N_("Organisation"), Kind.TEXT, _INTERNAL),
        searchable=True,
        longest=LONGEST_NAME,
        hint=N_("What a family said about it by name counts, under every name it ever had here"),
    )
    audience: str = stored(
        *(N_("Who sees it"), Kind.TERM, _INTERNAL),
        vocabulary="audience",
        required=True,
        hint=N_("A report to them is decided for this audience"),
    )
    godparent: str | None = stored(
        *(N_("The same as this godparent"), Kind.REFERENCE, _INTERNAL), refers_to="godparent"
    )
    language: str = stored(N_("Language"), Kind.LANGUAGE, _INTERNAL)
    wants: tuple[str, ...] = stored(
        *(N_("Wants only"), Kind.TERMS, _INTERNAL), vocabulary="report_kind", hint=N_("Empty means any")
    )
    never: tuple[str, ...] = stored(N_("Does not want"), Kind.TERMS, _INTERNAL, vocabulary="report_kind")
    lock: str = stored(
        *(N_("Files are locked with"), Kind.TEXT, _INTERNAL),
        hint=N_("Words are made when the report leaves; a public key begins with age1"),
    )
    left: bool = stored(N_("Gets nothing any more"), Kind.FLAG, _INTERNAL)

    @property
    def institution(self) -> str:
        """The one a yes has to name."""
        return self.organisation or self.name

    @property
    def called(self) -> str:
        """Name and organisation, as lists and the ledger say it."""
        return ", ".join(part for part in (self.name, self.organisation) if part)

    def takes(self, report_kind: str) -> bool:
        """Whether they want reports of this kind."""
        return report_kind not in self.never and (not self.wants or report_kind in self.wants)


@noun("mailing_list")
@attrs.frozen
class MailingList:
    """A named list of recipients for one kind of report."""

    id: RecordId
    version: int = 0
    name: str = stored(N_("Name"), Kind.TEXT, _INTERNAL, searchable=True, required=True, longest=LONGEST_NAME)
    report_kind: str = stored(
        N_("Kind of report"), Kind.TERM, _INTERNAL, vocabulary="report_kind", required=True
    )
    members: tuple[str, ...] = stored(N_("Recipients"), Kind.WORDS, _INTERNAL, open_text=True)
    left: bool = stored(N_("Not used any more"), Kind.FLAG, _INTERNAL)


@attrs.frozen
class Addressed:
    """One recipient as a report was made for them, and the files that left for them alone.

    Attributes:
        recipient: id of the record.
        name: how they were called that day; it stays readable whatever the record says later.
        institution: the one a yes had to name that day.
        decided_for: the audience the report was decided for.
        lock: their public key that day, `passphrase`, or empty.
        through: name of the mailing list, if one.
    """

    recipient: str = stored(N_("Recipient"), Kind.TEXT, _INTERNAL)
    name: str = stored(N_("Name"), Kind.TEXT, _INTERNAL)
    institution: str = stored(N_("Organisation"), Kind.TEXT, _INTERNAL)
    decided_for: str = stored(N_("Who sees it"), Kind.TERM, _INTERNAL, vocabulary="audience")
    language: str = stored(N_("Language"), Kind.LANGUAGE, _INTERNAL)
    lock: str = stored(N_("Files are locked with"), Kind.TEXT, _INTERNAL)
    through: str = stored(N_("Through the mailing list"), Kind.TEXT, _INTERNAL)


@attrs.frozen
class LockedFile:
    """A file that left for one recipient alone, locked.

    Attributes:
        of_sha256: of the approved file inside it.
    """

    recipient: str = stored(N_("Recipient"), Kind.TEXT, _INTERNAL)
    name: str = stored(N_("File name"), Kind.TEXT, _INTERNAL)
    sha256: str = stored(N_("Fingerprint"), Kind.TEXT, _INTERNAL)
    size_bytes: int | None = stored(N_("Size"), Kind.NUMBER, _INTERNAL)
    of_sha256: str = stored(N_("Fingerprint of what is locked in it"), Kind.TEXT, _INTERNAL)


def reaches(theirs: str, kinds: str) -> bool:
    """Whether a recipient of an audience may get what a kind tells its audience: theirs holds all of it.

    Whoever stands for fewer people, or for others, is refused: a kind says how widely it is told, and who
    gets it may not have been asked about at all.
    """
    return kinds in _CONTAINS.get(theirs, frozenset())


def widest(audiences: Iterable[str]) -> tuple[str, ...]:
    """The different audiences a report has to be decided for, in a fixed order."""
    return tuple(one for one in _CONTAINS if one in set(audiences))
