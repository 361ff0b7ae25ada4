"""Two people are two signatures: whoever a record names as its second person must have signed that half.

A row says who proposed and who confirmed, but one person with the key can write both names into it. What
counts is who signed the log entries of its versions: the proposal by one, the confirmation by the other, each
in a step of its own. Asked before anything is decided that leaves the house, after the log was followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.conversation import Conversation, Countersign
from app.domain.errors import Code, KnownError
from app.domain.hold import Hold, RelativeHold
from app.domain.log import Entry, EntryRow
from app.domain.ports import Reader, Record
from app.domain.source import Trust
from app.services.pauses import PauseRecords


@attrs.frozen
class Step:
    """One version of a record: who signed it, in what act."""

    version: int
    person: str
    act: str


Steps = Mapping[str, list[Step]]

_PROPOSE_AND_CONFIRM: Final = 2


def steps_of(reader: Reader, records: Iterable[str]) -> Steps:
    """Who wrote the versions of these records, oldest first, from the entries themselves."""
    found: dict[str, list[Step]] = {record: [] for record in records}
    if not found:
        return found
    for entry in reader.entries():
        for row in entry.rows:
            if row.record in found:
                _add(found[row.record], entry, row)
    return found


def _add(steps: list[Step], entry: Entry, row: EntryRow) -> None:
    if not steps or steps[-1].version != row.version:  # an entry may also only mention what is there
        steps.append(Step(row.version, entry.person, entry.act))


def check_two_people(
    reader: Reader,
    *,
    trusts: Iterable[Trust],
    holds: Iterable[Hold | RelativeHold],
    conversations: Iterable[Conversation],
    countersigns: Iterable[Countersign],
    pauses: PauseRecords,
) -> None:
    """Check that every half of a decision was signed by whom it names.

    Raises:
        KnownError: ROW_NOT_IN_LOG with the ids of records that name somebody who did not sign.
    """
    acting = [trust for trust in trusts if trust.confirmed_by and trust.ended_at is None]
    stops = list(holds)
    talks, signs = list(conversations), [sign for sign in countersigns if sign.granted]
    once: list[tuple[Record, str | None]] = [(talk, talk.recorded_by) for talk in talks]
    once += [(signed, signed.by) for signed in signs]
    once += [(one, one.recorded_by) for one in pauses.attention]
    once += [(review, review.by) for review in pauses.reviews]
    once += [(sign, sign.by) for sign in pauses.confirmations]
    records: list[Record] = [*acting, *stops, *(record for record, _by in once)]
    steps = steps_of(reader, (record.id for record in records))
    wrong: list[str] = [trust.id for trust in acting if not _trust_holds(trust, steps[trust.id])]
    wrong += [hold.id for hold in stops if not _stop_holds(hold, steps[hold.id])]
    wrong += [record.id for record, by in once if not _written_once(steps[record.id], by)]
    if wrong:
        raise KnownError(Code.ROW_NOT_IN_LOG, *wrong[:10])


def maker_of(reader: Reader, record: str) -> str:
    """Who signed the first version of a record, whatever it says about itself; empty for nobody."""
    steps = steps_of(reader, [record])[record]
    return steps[0].person if steps else ""


def _written_once(steps: list[Step], by: str | None) -> bool:
    """What was said is never rewritten: later words are another conversation, another signature."""
    return len(steps) == 1 and steps[0].person == by


def _trust_holds(trust: Trust, steps: list[Step]) -> bool:
    """Proposed by one and confirmed by another, and nothing after that: what has ended stays ended."""
    wanted = [(trust.proposed_by, Act.TRUST_PROPOSED), (trust.confirmed_by, Act.TRUST_CONFIRMED)]
    return trust.proposed_by != trust.confirmed_by and [(one.person, one.act) for one in steps] == wanted


def _stop_holds(hold: Hold | RelativeHold, steps: list[Step]) -> bool:
    """Placed by whom it says; after that proposals to lift it and answers to them take turns.

    A lifted stop ends with an answer, and the two it names signed the answer and the proposal before it.
    """
    if not steps or steps[0].person != hold.placed_by:
        return False
    proposed = len(steps) % _PROPOSE_AND_CONFIRM == 0
    last = steps[-1].person
    if proposed:
        return hold.lifted_by == last and hold.lift_confirmed_by is None and hold.lifted_at is None
    if hold.lifted_at is None:
        return hold.lifted_by is None and hold.lift_confirmed_by is None
    return len(steps) > 1 and (hold.lift_confirmed_by, hold.lifted_by) == (last, steps[-2].person)
