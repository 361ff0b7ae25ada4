"""Steps somebody took from elsewhere: the entry is signed by whoever brought the answer in, so what counts is
the answer's own signature, over exactly what was asked, within its time, and once.

Asked by `vouched` before anything leaves the house. Unknown, damaged or missing means no.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final, Protocol

import attrs

from app.approval.statement import Signed, Statement, answer_holds, kept_answer, plain_fingerprint
from app.domain.asked import asked_of
from app.domain.canonical import Plain
from app.domain.conversation import Conversation, Countersign
from app.domain.errors import KnownError
from app.domain.hold import Hold, HoldStep, RelativeHold, RelativeHoldStep
from app.domain.ids import CaseFileId, PersonId
from app.domain.ports import Reader
from app.domain.review import Review, ReviewConfirmation
from app.domain.roles import Action, permission
from app.domain.slip import SLIP_HOLDS, Slip, SlipUse
from app.domain.source import Trust, TrustStep
from app.domain.two_people import CONFIRMED, ENDED, GRANTED, KEPT, Half
from app.services.asking import asked_about_stop, talks_about
from app.services.folding import stop_as_written
from app.services.written_once import roles_when_writing, written_once_by

SecondHalf = Countersign | TrustStep | HoldStep | RelativeHoldStep | ReviewConfirmation
_SAYS: Final = {GRANTED: True, CONFIRMED: True, KEPT: False, ENDED: False}


class People(Protocol):
    """The list of people, as far as signatures are judged by it (`signers.RosterSigners`)."""

    def signing_key(self, person: PersonId) -> bytes | None: ...


@attrs.frozen
class _Kept:
    """A step with what it keeps of the answer it came through."""

    step: SecondHalf
    signed: Signed
    statement: Statement


def not_from_elsewhere(reader: Reader, steps: Iterable[SecondHalf], people: People) -> list[str]:
    """Ids of the steps that say they came through a slip and did not, or not so.

    Args:
        reader: of the transaction that decides.
        steps: those with a slip.
        people: the list of people.
    """
    wrong: list[str] = []
    kept: list[_Kept] = []
    for step in steps:
        try:
            kept.append(_Kept(step, *kept_answer(step.slip)))
        except KnownError:
            wrong.append(step.id)
    if not kept:
        return wrong
    slips = reader.get_many(Slip, [one.statement.slip for one in kept])
    reader.check_rows(Slip, slips)
    uses = Counter(use.slip for use in reader.find(SlipUse))
    steps_of = Counter(one.statement.slip for one in kept)
    case_file = reader.entry(1).case_file
    for one in kept:
        number = one.statement.slip
        slip = slips.get(number)
        once = steps_of[number] == 1 and uses[number] == 1
        holds = (
            slip is not None
            and once
            and _in_time(reader, slip, one.step.id)
            and _is_theirs(one, slip, people)
            and _might(reader, one.step, one.statement.by)
            and _is_about(reader, one, case_file)
        )
        if not holds:
            wrong.append(one.step.id)
    return wrong


def slip_judge(people: People) -> Callable[[Reader, Sequence[Half]], Collection[str]]:
    """What the store asks before a screen follows a step that came through a slip."""

    def judge(reader: Reader, halves: Sequence[Half]) -> Collection[str]:
        through = [one for one in halves if isinstance(one, SecondHalf)]
        try:
            return not_from_elsewhere(reader, through, people)
        except KnownError:  # a slip is not what the log says: none of them is proved
            return [one.id for one in halves]

    return judge


def _in_time(reader: Reader, slip: Slip, step: str) -> bool:
    """Both written once, by whoever made the slip, the step within the slip's time by the log."""
    if not all(written_once_by(reader, record, slip.made_by) for record in (slip.id, step)):
        return False
    first, last = reader.written(slip.id)[0].at, reader.written(step)[0].at
    return first is not None and last is not None and first <= last <= first + SLIP_HOLDS


def _is_theirs(one: _Kept, slip: Slip, people: People) -> bool:
    """Signed by whom the slip was for, who is named in the step and did not bring it in."""
    said = one.statement
    key = people.signing_key(said.by)
    named = one.step.by == said.by == slip.recipient != slip.made_by
    return (
        named and said.fingerprint == slip.fingerprint and key is not None and answer_holds(one.signed, key)
    )


def _might(reader: Reader, step: SecondHalf, by: str) -> bool:
    """Whether they were on the list of people when the step was written, in the order of the log, as who may.

    A trustee who was removed may have lost their key: what was signed with it is worth nothing from then on.
    Whoever signs at the keyboard needs a desk's key for some of this; elsewhere only the role says so.
    """
    roles = roles_when_writing(reader, step.id, by)
    if isinstance(step, TrustStep | HoldStep):
        return bool(roles)  # `vouched` asks the pair
    return permission(roles, Action.WIDER_YES).allowed


def _is_about(reader: Reader, one: _Kept, case_file: CaseFileId) -> bool:
    """Over what the records say that the step is about, and the same yes or no."""
    said = one.statement
    asked = _asked(reader, one.step)
    same = bool(asked) and plain_fingerprint(asked) == said.asked
    return same and said.case_file == case_file and _granted(one.step) is said.granted


def _granted(step: SecondHalf) -> bool | None:
    if isinstance(step, Countersign | ReviewConfirmation):
        return step.granted
    return _SAYS.get(step.step)


def _asked(reader: Reader, step: SecondHalf) -> list[Plain]:
    """What was asked, from the records as they are stored (a repaired clock changes how they are read)."""
    try:
        match step:
            case Countersign():
                talk = reader.get(Conversation, step.conversation or "")
                return asked_of(talks_about(reader, talk, step.answer), step.answer)
            case ReviewConfirmation():
                return asked_of([reader.get(Review, step.review or "")])
            case TrustStep():
                return asked_of([reader.get(Trust, step.trust or "")])
            case HoldStep():
                return asked_about_stop(stop_as_written(reader, Hold, step.hold or ""), step)
            case RelativeHoldStep():
                return asked_about_stop(stop_as_written(reader, RelativeHold, step.relative_hold or ""), step)
    except KnownError:
        return []
