"""Earlier answers: what lists said of consent, gone through by somebody who knows the family.

There is no second way to write an answer: a yes and a no are recorded by `Consent.record` like any talk, with
its checks, its second person and its log entry; beside it stands only which cell it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs

from app.domain.consent_check import speaks_for_the_prisoner
from app.domain.consent_purposes import default_end, purposes_on
from app.domain.conversation import Conversation
from app.domain.dates import PartialDate, add_months
from app.domain.earlier_answer import EarlierAnswer
from app.domain.errors import Code, KnownError
from app.domain.port_values import RelativeFacts
from app.domain.ports import Reader, UnitOfWork
from app.domain.roles import Action
from app.intake.cells.family import is_refusal
from app.services.consent import Consent
from app.services.context import Context, Saved
from app.services.talks import AnswerDraft, RecordConversation

LONGEST_MONTHS: Final = 6
"""So long a yes from a list counts at most, from the day somebody recorded it."""
_KINDS: Final[Mapping[bool, str]] = {True: "given", False: "refused"}


@attrs.frozen
class EarlierRow:
    """One line of the queue; the relative stays closed.

    Attributes:
        id: of the earlier answer.
        relative: whose it is.
        prisoner_name: whose family.
        relation: term of the vocabulary `relation`.
        nickname: the office's own word for them.
        column: of the list.
        text: as the list has it.
        refuses: it reads like a no.
        may_speak: whether a yes about the prisoner counts from them at all.
    """

    id: str
    relative: str
    prisoner: str
    prisoner_name: str
    relation: str
    nickname: str
    column: str = attrs.field(repr=False)
    text: str = attrs.field(repr=False)
    refuses: bool
    may_speak: bool


@attrs.frozen
class AnswerEarlier:
    """What somebody who knows the family says an earlier answer was.

    Attributes:
        earlier: id of it.
        yes: a yes, else a no.
        lines: of the vocabulary `consent_line` it was about.
        said_on: when; a year is enough. Needed for a yes.
        channel: how they said it. Needed for a yes.
        verified_by: how the channel was checked; without it a yes counts for us alone.
        direction: who came to whom.
    """

    earlier: str
    yes: bool
    lines: tuple[str, ...]
    said_on: PartialDate | None = None
    channel: str = ""
    verified_by: str = ""
    direction: str = ""


class EarlierAnswers:
    """Use cases of the queue."""

    def __init__(self, ctx: Context, consent: Consent) -> None:
        self._ctx = ctx
        self._consent = consent

    def rows(self) -> tuple[EarlierRow, ...]:
        """What waits, noes first, since they protect. Raises KnownError NOT_ALLOWED, NEEDS_DESK_KEY."""
        self._ctx.require(Action.RECORD_CONVERSATION)
        with self._ctx.reading() as reader:
            families = {str(one.relative.id): one for one in reader.relative_facts()}
            rows = [
                _row(one, families[one.relative])
                for one in reader.find(EarlierAnswer)
                if one.relative in families and _waits(one, families[one.relative])
            ]
        return tuple(sorted(rows, key=lambda row: (not row.refuses, row.prisoner_name.casefold(), row.id)))

    def counts_until(self, said_on: PartialDate, lines: tuple[str, ...]) -> date | None:
        """The last day a yes of then about these lines counts; None: too long ago. Reads nothing."""
        today = self._ctx.today()
        ends = [
            default_end(purpose, min(said_on.first, today))
            for line in lines
            for purpose in purposes_on(line, says_yes=True)
        ]
        end = min(ends, default=add_months(today, LONGEST_MONTHS))
        return min(end, add_months(today, LONGEST_MONTHS)) if end >= today else None

    def answer(self, command: AnswerEarlier) -> Saved:
        """Record it as that person's own answer; a no acts at once, a yes waits where any would.

        Raises:
            KnownError: ALREADY_DONE, INVALID_FIELD (nothing it is about; a yes without year or way),
                NO_STANDING and what `Consent.record` raises.
        """
        self._ctx.require(Action.RECORD_CONVERSATION)
        _check(command)
        with self._ctx.reading() as reader:
            earlier = self._waiting(reader, command.earlier)
        until = add_months(self._ctx.today(), LONGEST_MONTHS) if command.yes else None
        answers = tuple(AnswerDraft(line, _KINDS[command.yes], ends_on=until) for line in command.lines)
        values = {
            "held_on": command.said_on or PartialDate.of(self._ctx.today()),
            "channel": command.channel,
            "verified_by": command.verified_by,
            "direction": command.direction,
        }
        talk = RecordConversation(earlier.relative or "", values, answers)
        return self._consent.record(talk, also=lambda work, made: self._became(work, command.earlier, made))

    def _became(self, work: UnitOfWork, earlier: str, made: Conversation) -> None:
        """Beside the talk, in its transaction: which cell of a list it came from."""
        found = self._waiting(work, earlier)
        work.save(attrs.evolve(found, became=made.id), found.version)

    def _waiting(self, reader: Reader, earlier: str) -> EarlierAnswer:
        found = reader.get(EarlierAnswer, earlier)
        for one in reader.relative_facts(ids=[found.relative or ""]):
            if _waits(found, one):
                return found
        raise KnownError(Code.ALREADY_DONE, earlier)


def _check(command: AnswerEarlier) -> None:
    if not command.lines:
        raise KnownError(Code.INVALID_FIELD, "lines", field="lines")
    if command.yes and command.said_on is None:
        raise KnownError(Code.INVALID_FIELD, "held_on", field="held_on")
    if command.yes and not command.channel:
        raise KnownError(Code.INVALID_FIELD, "channel", field="channel")


def _waits(one: EarlierAnswer, family: RelativeFacts) -> bool:
    """Whether nobody recorded it yet, or what was recorded has been taken back."""
    if one.became is None:
        return True
    taken_back = {
        answer.cancels for talk in family.conversations for answer in talk.answers if answer.cancels
    }
    made = [talk for talk in family.conversations if talk.id == one.became]
    return bool(made) and all(answer.answer in taken_back for talk in made for answer in talk.answers)


def _row(one: EarlierAnswer, family: RelativeFacts) -> EarlierRow:
    relative = family.relative
    return EarlierRow(
        id=one.id,
        relative=relative.id,
        prisoner=relative.prisoner or "",
        prisoner_name=family.prisoner_name,
        relation=relative.relation,
        nickname=relative.nickname,
        column=one.column,
        text=one.text,
        refuses=is_refusal(one.text),
        may_speak=speaks_for_the_prisoner(relative, relative.capacity or "relative_by_practice"),
    )
