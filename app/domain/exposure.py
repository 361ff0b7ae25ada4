"""Who could open something and who did, as values and rules. Pure.

What cannot be proved counts as could, and says so. Names of people, words and days are made elsewhere.

Source: consent.md, *What the security officer gets* (exposure).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

import attrs

from app.domain.acts import Act


@attrs.frozen
class Tenure:
    """From when to when somebody held a desk's key, as signed.

    Attributes:
        key: number of the desk's key; whoever holds one opens what lies under it and under older ones.
        since: None where it cannot be proved since when.
        until: when they left; None while they take part.
        granted, ended: entries of the log that say so; 0 where none does.
    """

    person: str
    desk: str
    key: int
    since: datetime | None
    until: datetime | None
    granted: int = 0
    ended: int = 0


class Access(StrEnum):
    """How somebody could open it."""

    HELD = "held"  # held the key at some moment of the time
    KEPT = "kept"  # had left before; a copy they kept opens what it holds
    UNPROVED = "unproved"  # nothing says they held a key, and the log says they opened it
    LATER = "later"  # was given the key after the time: could not in it


@attrs.frozen
class Holder:
    """Somebody, and how they could open it; the days are those they held a key of this desk."""

    person: str
    access: Access
    since: datetime | None
    until: datetime | None
    granted: int = 0
    ended: int = 0


@attrs.frozen
class Span:
    """The time a question is about, both moments inside."""

    first: datetime
    last: datetime

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.first <= moment <= self.last


@attrs.frozen
class Place:
    """What has to be opened.

    Attributes:
        under: desks with the number of the key; None as number where only the desk is known.
        added: number of the entry that recorded it; 0 where that cannot be proved.
    """

    under: frozenset[tuple[str, int | None]]
    added: int = 0

    def opens_with(self, tenure: Tenure) -> bool:
        """Whether this key opens any of it."""
        return any(desk == tenure.desk and (key is None or key <= tenure.key) for desk, key in self.under)


_RANK: Final = {access: rank for rank, access in enumerate(Access)}


def access_of(tenure: Tenure, place: Place, span: Span) -> Access | None:
    """How one key opened a place in a time; None for never."""
    if not place.opens_with(tenure):
        return None
    if tenure.since is not None and tenure.since > span.last:
        return Access.LATER
    if tenure.until is None:
        return Access.HELD
    # Who left before it was recorded has no copy with it, but a key that opens it, from wherever it comes.
    left_before = tenure.until < span.first or 0 < tenure.ended < place.added
    return Access.KEPT if left_before else Access.HELD


def holders(
    tenures: Iterable[Tenure], place: Place, span: Span, opened_by: Iterable[str] = ()
) -> tuple[Holder, ...]:
    """Everybody who could, or could only later: one line a person, who could first.

    Args:
        tenures: everybody's.
        place: what had to be opened.
        span: when.
        opened_by: who did open it by the log; whoever does not show up otherwise is added as unproved.
    """
    found: dict[str, Holder] = {}
    for tenure in tenures:
        access = access_of(tenure, place, span)
        if access is not None:
            one = Holder(tenure.person, access, tenure.since, tenure.until, tenure.granted, tenure.ended)
            known = found.get(tenure.person)
            found[tenure.person] = one if known is None else _joined(known, one)
    for person in opened_by:
        known = found.get(person)
        if known is None or known.access is Access.LATER:
            found[person] = Holder(person, Access.UNPROVED, None, None)
    return tuple(sorted(found.values(), key=lambda one: (_RANK[one.access], one.person)))


def _joined(one: Holder, other: Holder) -> Holder:
    """Two times one person held a key: how they could best, from the first day to the last."""
    best, rest = (one, other) if _RANK[one.access] <= _RANK[other.access] else (other, one)
    if best.access is not rest.access:
        return best
    unproved = one.since is None or other.since is None
    begin = min((one, other), key=lambda each: str(each.since or ""))
    return attrs.evolve(
        best,
        since=None if unproved else begin.since,
        granted=begin.granted,
        until=None if best.until is None or rest.until is None else max(best.until, rest.until),
        ended=best.ended if best.until is None or rest.until is None else max(best.ended, rest.ended),
    )


class Did(StrEnum):
    """What somebody did with a relative, or with what carried them."""

    SHOWN = "shown"
    COPIED = "copied"
    EVIDENCE = "evidence"
    EVIDENCE_COPIED = "evidence_copied"
    OPENED = "opened"
    TALKED = "talked"
    CHANGED = "changed"
    ASKED = "asked"
    REPORT = "report"
    SLIP = "slip"


SEEN: Final = frozenset({Did.SHOWN, Did.COPIED, Did.EVIDENCE, Did.EVIDENCE_COPIED})
"""A name, a number or what was kept was before somebody's eyes."""
SEEING_ACTS: Final = frozenset(
    {Act.OPENED, Act.SHOWN, Act.ROWS_SHOWN, Act.COPIED, Act.EVIDENCE_SHOWN, Act.EVIDENCE_COPIED}
)
_OF_ACT: Final = {
    Act.OPENED: Did.OPENED,
    Act.SHOWN: Did.SHOWN,
    Act.ROWS_SHOWN: Did.SHOWN,
    Act.COPIED: Did.COPIED,
    Act.EVIDENCE_SHOWN: Did.EVIDENCE,
    Act.EVIDENCE_COPIED: Did.EVIDENCE_COPIED,
}
_OF_SHOWING: Final = {
    "name": Did.SHOWN,
    "list_row": Did.SHOWN,
    "copied": Did.COPIED,
    "evidence": Did.EVIDENCE,
    "evidence_copied": Did.EVIDENCE_COPIED,
}


@attrs.frozen
class Deed:
    """One entry of the log, as far as this question is about it.

    Attributes:
        person: who signed the entry, whatever a record says; "" where no signature of theirs holds.
        named: whom the entry or its record names, where that is somebody else.
        relative: "" where nobody can say any more whom it was about.
        reason: why a name was shown, code of the vocabulary.
        about: number of a report, or words for whom it went to.
        sure: the moment lies in the time; where not, a clock was wrong about then.
        certain: it did carry this relative; a slip may only have.
    """

    sequence: int
    moment: datetime
    person: str
    did: Did
    relative: str = ""
    named: str = ""
    reason: str = ""
    about: str = ""
    sure: bool = True
    certain: bool = True


def did_of(act: str, nouns: Collection[str], showing: str = "", *, talk_is_new: bool = False) -> Did:
    """What an entry did with a relative.

    Args:
        act: of the entry.
        nouns: of the records of this relative that it names.
        showing: what the record of a showing among them says was shown.
        talk_is_new: it wrote a conversation for the first time.
    """
    if showing:
        return _OF_SHOWING.get(showing, Did.SHOWN)
    if act in _OF_ACT:
        return _OF_ACT[Act(act)]
    if "showing" in nouns:
        return Did.SHOWN
    if "exposure_asked" in nouns:
        return Did.ASKED
    return Did.TALKED if talk_is_new and "conversation" in nouns else Did.CHANGED


class Reach(StrEnum):
    """How far somebody got with one relative, the worst first."""

    SEEN = "seen"
    OPENED = "opened"
    COULD = "could"


REACHES: Final = tuple(Reach)


def reach_of(deeds: Iterable[Deed]) -> Reach:
    """The furthest any of them got."""
    found = {deed.did for deed in deeds}
    if found & SEEN:
        return Reach.SEEN
    return Reach.OPENED if found - {Did.REPORT, Did.SLIP, Did.ASKED} else Reach.COULD


class FirstStep(StrEnum):
    """Something to do first, in the order it is told."""

    CHECK_LOG = "check_log"
    STOP = "stop"
    ATTENTION = "attention"
    LOOK = "look"
    TALK = "talk"
    NOT_SAFE = "not_safe"
    CALL_BACK = "call_back"
    DESK_STOP = "desk_stop"


def steps_for_relative(
    *, checked: bool, stopped: bool, may_talk: bool, carried: bool
) -> tuple[FirstStep, ...]:
    """What to do first about a relative.

    Args:
        checked: the whole log was checked up to its newest entry, and fits.
        stopped: everything about them is stopped already.
        may_talk: they may be contacted today.
        carried: something that left carried them.
    """
    steps = [] if checked else [FirstStep.CHECK_LOG]
    if not stopped:
        steps.append(FirstStep.STOP)
    steps += [FirstStep.ATTENTION, FirstStep.TALK if may_talk else FirstStep.NOT_SAFE]
    if carried:
        steps.append(FirstStep.CALL_BACK)
    return tuple(steps)


def steps_for_person(*, checked: bool, could: bool) -> tuple[FirstStep, ...]:
    """What to do first about somebody who was arrested, or who cheated.

    Args:
        checked: see `steps_for_relative`.
        could: whether there is anybody they could open.
    """
    steps = [] if checked else [FirstStep.CHECK_LOG]
    if could:
        steps += [FirstStep.DESK_STOP, FirstStep.ATTENTION, FirstStep.LOOK]
    return tuple(steps)
