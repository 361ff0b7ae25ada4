"""The quarter review as it is stored: when it began and over what, its list, what was decided, its signature.

Each is written once and never taken away. Beginning and signature are open and hold numbers only, so that an
auditor sees that a review happened; who is on the list, and what was said of whom, is closed. What became of
an item is folded from the marks (`quarter_state`), which changes there were is a rule of its own
(`quarter_changes`), and so is the draw (`quarter_draw`).

Source: consent.md, *What the security officer gets*.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Final

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

DRAWN: Final = 60
"""So many unchanged relatives are drawn at random."""
_INTERNAL = FieldClass.INTERNAL
_SENSITIVE = FieldClass.SENSITIVE


class Outcome(StrEnum):
    """What an officer decided on an item."""

    IN_ORDER = "in_order"
    ASKED = "asked"  # the owner, until a day
    STOPPED = "stopped"
    OWN = "own"  # looked at by whoever recorded it, and by nobody else
    REOPENED = "reopened"  # a decision taken back


@attrs.frozen
class QuarterItem:
    """One line of the list: a relative, or a finding that is not about one.

    Attributes:
        key: the relative's id, or the digest of the finding.
        noun, about: the record it is about; a finding may be about somebody who is not a relative.
        kinds: what changed, gravest first (`quarter_changes.Change`, or `finding.` and its rule).
        findings: rule and digest of the findings it answers for, `unverified:4f…`.
        records: what was written of it in the period, newest first.
        authors: who recorded or seconded that.
    """

    key: str = stored(N_("Item"), Kind.TEXT, _SENSITIVE)
    noun: str = stored(N_("Kind"), Kind.TEXT, _SENSITIVE)
    about: str = stored(N_("About"), Kind.TEXT, _SENSITIVE)
    kinds: tuple[str, ...] = stored(N_("What changed"), Kind.WORDS, _SENSITIVE)
    findings: tuple[str, ...] = stored(N_("Findings"), Kind.WORDS, _SENSITIVE)
    records: tuple[str, ...] = stored(N_("Records"), Kind.WORDS, _SENSITIVE)
    authors: tuple[str, ...] = stored(N_("By"), Kind.WORDS, _SENSITIVE)

    @property
    def group(self) -> str:
        """The group it stands in: its gravest kind."""
        return self.kinds[0] if self.kinds else ""


@noun("quarter_review", lasting=True)
@attrs.frozen
class QuarterReview:
    """A review that began.

    Attributes:
        previous: the signed review whose end is the beginning of this one; empty for the first.
        since, upto: it looks at the entries behind `since` up to `upto`, the head when it began.
        seed_entry, seed: the entry whose hash (hexadecimal) drew the lot, and the hash.
        listed, drawn, unchanged, findings: items, drawn ones among them, relatives nothing changed for, and
            findings that were open.
        list_digest: over the items (`quarter_draw.digest_of_items`).
    """

    id: RecordId
    version: int = 0
    previous: str | None = stored(N_("Follows"), Kind.REFERENCE, _INTERNAL, refers_to="quarter_review")
    first_day: date | None = stored(N_("From"), Kind.DAY, _INTERNAL)
    last_day: date | None = stored(N_("To"), Kind.DAY, _INTERNAL)
    since: int | None = stored(N_("Since entry"), Kind.NUMBER, _INTERNAL)
    upto: int | None = stored(N_("Up to entry"), Kind.NUMBER, _INTERNAL)
    seed_entry: int | None = stored(N_("Drawn from entry"), Kind.NUMBER, _INTERNAL)
    seed: str = stored(N_("Lot"), Kind.TEXT, _INTERNAL)
    listed: int | None = stored(N_("On the list"), Kind.NUMBER, _INTERNAL)
    drawn: int | None = stored(N_("Drawn at random"), Kind.NUMBER, _INTERNAL)
    unchanged: int | None = stored(N_("Unchanged"), Kind.NUMBER, _INTERNAL)
    findings: int | None = stored(N_("Findings"), Kind.NUMBER, _INTERNAL)
    list_digest: str = stored(N_("Fingerprint of the list"), Kind.TEXT, _INTERNAL)
    by: str | None = stored(N_("Begun by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    at: datetime | None = stored(N_("Begun"), Kind.MOMENT, _INTERNAL)


@noun("quarter_list", lasting=True)
@attrs.frozen
class QuarterList:
    """A part of the list of a review; several, so that each fits one closed record."""

    id: RecordId
    version: int = 0
    review: str | None = stored(
        N_("Quarter review"), Kind.REFERENCE, _SENSITIVE, refers_to="quarter_review", required=True
    )
    part: int | None = stored(N_("Part"), Kind.NUMBER, _SENSITIVE)
    items: tuple[QuarterItem, ...] = stored(N_("Items"), Kind.PARTS, _SENSITIVE, parts=QuarterItem)


@noun("quarter_mark", lasting=True)
@attrs.frozen
class QuarterMark:
    """One decision on some items of a review, with one note.

    Attributes:
        items: their keys.
        findings: rule and digest of the findings it settles, or opens again.
        ask_by: until when the owner answers.
        made: what was made with it: occasions that ask, stops that act.
    """

    id: RecordId
    version: int = 0
    review: str | None = stored(
        N_("Quarter review"), Kind.REFERENCE, _SENSITIVE, refers_to="quarter_review", required=True
    )
    items: tuple[str, ...] = stored(N_("Items"), Kind.WORDS, _SENSITIVE, required=True)
    outcome: str = stored(N_("Decided"), Kind.TEXT, _SENSITIVE, required=True)
    findings: tuple[str, ...] = stored(N_("Findings"), Kind.WORDS, _SENSITIVE)
    note: str = stored(N_("Note"), Kind.FREE_TEXT, _SENSITIVE)
    ask_by: date | None = stored(N_("Until"), Kind.DAY, _SENSITIVE)
    made: tuple[str, ...] = stored(N_("Made with it"), Kind.WORDS, _SENSITIVE)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _SENSITIVE)


@noun("quarter_sign", lasting=True)
@attrs.frozen
class QuarterSign:
    """The end of a review: what came of it, in numbers, and a fingerprint of every decision.

    Attributes:
        own: looked at only by whoever had recorded or seconded it.
        marks_digest: over what became of every item (`quarter_state.digest_of_marks`).
    """

    id: RecordId
    version: int = 0
    review: str | None = stored(
        N_("Quarter review"), Kind.REFERENCE, _INTERNAL, refers_to="quarter_review", required=True
    )
    in_order: int | None = stored(N_("In order"), Kind.NUMBER, _INTERNAL)
    asked: int | None = stored(N_("Asked the owner"), Kind.NUMBER, _INTERNAL)
    stopped: int | None = stored(N_("Stopped"), Kind.NUMBER, _INTERNAL)
    own: int | None = stored(N_("Own work"), Kind.NUMBER, _INTERNAL)
    marks_digest: str = stored(N_("Fingerprint of the decisions"), Kind.TEXT, _INTERNAL)
    by: str | None = stored(N_("Signed by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    at: datetime | None = stored(N_("Signed"), Kind.MOMENT, _INTERNAL)
