"""Reviews: which are open, what came of them, and how many talks they and everything else will need.

A review is written once. It opens a pause again for a named godparent or institution; for more it waits for a
second person (`review_waiting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.asking_plan import Plan, plan_of
from app.domain.attention import AnyAttention, Attention, ClosedAttention
from app.domain.conversation import Answer, Conversation
from app.domain.errors import Code, KnownError
from app.domain.hold import Hold, RelativeHold
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader, UnitOfWork
from app.domain.prisoner import Prisoner, display_name
from app.domain.relative import Relative
from app.domain.review import Cause, Outcome, Review
from app.domain.review_due import Listener, ReviewDue
from app.domain.review_rows import ReviewRow
from app.domain.roles import Action
from app.i18n import _
from app.services import editing, review_waiting, talks
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.facts import CaseLedger, read_ledger
from app.services.listeners import listeners_of
from app.services.review_book import ReviewBook, listener_of, read_book
from app.services.spoken import spoken, spoken_words
from app.services.talks import AnswerDraft, RecordConversation
from app.services.validate import with_values

NEXT_STEP_IN: Final = timedelta(days=14)


@attrs.frozen
class DecideReview:
    """What came of one review.

    Attributes:
        cause, because, prisoner, relative: as its row says.
        outcome: word of the vocabulary `review_outcome`, not `in_error`.
        reason: why everything stops (vocabulary `hold_reason`), for the outcome `stop`.
    """

    cause: str
    because: str
    prisoner: str
    relative: str | None
    outcome: str
    note: str = attrs.field(default="", repr=False)
    reason: str = ""


class Reviews:
    """Use cases of reviews."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    # reading

    def due(self) -> tuple[ReviewRow, ...]:
        """Every open review, what pauses first. Raises KnownError NEEDS_DESK_KEY, NOT_ALLOWED."""
        self._ctx.require(Action.READ_RELATIVES)
        with self._ctx.reading() as reader:
            listeners = listeners_of(reader.spoken_facts(), self._ctx.time_zone)
            book = self._book(reader)
            return self._rows(reader, book, book.due_of_all(listeners), listeners)

    def due_of(self, prisoner: str) -> tuple[ReviewRow, ...]:
        """The open reviews of one family. Raises KnownError NEEDS_DESK_KEY, NOT_ALLOWED, NOT_FOUND."""
        self._ctx.require(Action.READ_RELATIVES)
        with self._ctx.reading() as reader:
            ledger = read_ledger(self._ctx, reader, [prisoner])
            listeners = _family(ledger, prisoner)
            book = self._book(reader)
            return self._rows(reader, book, book.due(prisoner, listeners), listeners)

    def plan(self) -> Plan:
        """How many talks the next twelve months need, and a plan that spreads them.

        Raises:
            KnownError: NEEDS_DESK_KEY, NOT_ALLOWED.
        """
        self._ctx.require(Action.READ_RELATIVES)
        with self._ctx.reading() as reader:
            listeners = listeners_of(reader.spoken_facts(), self._ctx.time_zone)
            due = self._book(reader).due_of_all(listeners)
        return plan_of(listeners, due, self._ctx.today())

    # writing

    def decide(self, commands: Sequence[DecideReview]) -> Saved:
        """Write what came of these reviews, all or none.

        *Ask again* gives the owner a next step; *stop* stops the family (or the relative); *their yes ends*
        takes back what they agreed to. What a review would open for more than a named godparent waits.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE (no longer open), UNKNOWN_TERM,
                INVALID_FIELD.
        """
        ctx = self._ctx
        ctx.require(Action.RECORD_CONVERSATION)
        if not commands:
            raise KnownError(Code.NOTHING_CHANGED)
        prisoners = sorted({one.prisoner for one in commands})
        with ctx.writing() as work:
            ledger = read_ledger(ctx, work, prisoners)
            book = self._book(work)
            for command in commands:
                self._decide_one(work, ledger, book, command)
            renew_clearances(ctx, work, prisoners)
            committed = work.commit(Act.SEALED_CHANGED)
        return ctx.finish(committed, prisoners[0], Act.SEALED_CHANGED, prisoners=prisoners)

    def take_back(self, attention: str) -> Saved:
        """Record that hostile attention never happened; what that opens for many waits for a second person.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE.
        """
        ctx = self._ctx
        ctx.require(Action.RECORD_CONVERSATION)
        with ctx.writing() as work:
            one = attention_of(work, attention)
            known = work.find(Review, because=attention)
            if any(review.outcome == Outcome.IN_ERROR for review in known):
                raise KnownError(Code.ALREADY_DONE, attention)
            never = work.add(self._review(work, Cause.ATTENTION, attention, None, None, Outcome.IN_ERROR, ""))
            renew_clearances(ctx, work, one.families)
            committed = work.commit(Act.SEALED_CHANGED)
        saved = ctx.finish(committed, attention, Act.SEALED_CHANGED, prisoners=one.families)
        with ctx.reading() as reader:
            return attrs.evolve(saved, waits=never.id in review_waiting.waiting(ctx, reader))

    def confirm(self, review: str, *, granted: bool) -> Saved:
        """The second person's yes or no to a review. Raises KnownError as `review_waiting.confirm`."""
        return review_waiting.confirm(self._ctx, review, granted=granted)

    # parts

    def _book(self, reader: Reader) -> ReviewBook:
        return read_book(reader, self._ctx.today(), self._ctx.time_zone)

    def _decide_one(
        self, work: UnitOfWork, ledger: CaseLedger, book: ReviewBook, command: DecideReview
    ) -> None:
        if command.prisoner not in ledger.prisoners:
            raise KnownError(Code.NOT_FOUND, command.prisoner)
        listeners = _family(ledger, command.prisoner)
        key = (command.because, command.prisoner, command.relative or "")
        due = next((one for one in book.due(command.prisoner, listeners) if one.key == key), None)
        if due is None or due.cause != command.cause:
            raise KnownError(Code.ALREADY_DONE, command.because)
        if command.outcome not in set(Outcome) or command.outcome == Outcome.IN_ERROR:
            raise KnownError(Code.UNKNOWN_TERM, "outcome", field="outcome")
        outcome = Outcome(command.outcome)
        work.add(
            self._review(work, due.cause, due.because, due.prisoner, due.relative, outcome, command.note)
        )
        match outcome:
            case Outcome.ASK_AGAIN:
                self._next_step(work, work.get(Prisoner, due.prisoner), due)
            case Outcome.STOP:
                self._stop(work, due, command.reason)
            case Outcome.ENDED:
                self._end(work, ledger, due, listeners)

    def _review(
        self,
        reader: Reader,
        cause: Cause,
        because: str,
        prisoner: str | None,
        relative: str | None,
        outcome: Outcome,
        note: str,
    ) -> Review:
        values = {
            "cause": cause.value,
            "because": because,
            "prisoner": prisoner,
            "relative": relative,
            "outcome": outcome.value,
            "note": note,
            "by": self._ctx.me,
            "at": self._ctx.moment(reader),
        }
        return editing.new_record(Review, self._ctx.lasting_id(), values)

    def _next_step(self, work: UnitOfWork, prisoner: Prisoner, due: ReviewDue) -> None:
        """In front of what stands there already: a step is never lost."""
        who = work.get(Relative, due.relative) if due.relative else None
        about = spoken(who, display_name(prisoner)) if who else _("the family")
        words = _("Ask again: {whom}").format(whom=about)
        step = f"{words}; {prisoner.next_step}" if prisoner.next_step else words
        by = self._ctx.today() + NEXT_STEP_IN
        sooner = min(by, prisoner.next_step_on) if prisoner.next_step_on else by
        work.save(attrs.evolve(prisoner, next_step=step, next_step_on=sooner), prisoner.version)

    def _stop(self, work: UnitOfWork, due: ReviewDue, reason: str) -> None:
        self._ctx.require(Action.PLACE_STOP)
        me, now, why = self._ctx.me, self._ctx.now(), {"reason": reason}
        if due.relative:
            hold = RelativeHold(self._ctx.lasting_id(), relative=due.relative, placed_by=me, placed_at=now)
            work.add(with_values(hold, why))
        else:
            stop = Hold(
                RecordId(new_id()), on_noun="prisoner", on_id=due.prisoner, placed_by=me, placed_at=now
            )
            work.add(with_values(stop, why))

    def _end(
        self, work: UnitOfWork, ledger: CaseLedger, due: ReviewDue, listeners: Iterable[Listener]
    ) -> None:
        """Take back every yes it is about; revoking only ever narrows."""
        answers = {
            answer.answer: answer
            for one in ledger.families.get(due.prisoner, ())
            for talk in one.conversations
            for answer in talk.answers
        }
        for listener in listeners:
            if due.relative not in (None, listener.relative):
                continue
            ending = [
                answers[one.id]
                for one in listener.standing()
                if one.id in answers and (due.cause is not Cause.ENDS or one.end == due.due_on)
            ]
            if ending:
                work.add(self._revoked(work, listener.relative, ending))

    def _revoked(self, reader: Reader, relative: str, ending: Iterable[Answer]) -> Conversation:
        drafts = tuple(
            AnswerDraft(
                one.purpose, "revoked", one.audience, one.recipients, fields=one.fields, cancels=one.answer
            )
            for one in ending
        )
        return talks.talk_of(self._ctx, reader, RecordConversation(relative, {}, drafts))

    def _rows(
        self, reader: Reader, book: ReviewBook, due: Sequence[ReviewDue], listeners: Sequence[Listener]
    ) -> tuple[ReviewRow, ...]:
        by_id = {one.relative: one for one in listeners}
        attention = {one.id: one for one in book.pauses.attention}
        prisoners = {row.id: row for row in reader.prisoner_rows(self._ctx.today())} if due else {}
        rows: list[ReviewRow] = []
        for one in due:
            row, raised = prisoners.get(one.prisoner), attention.get(RecordId(one.because))
            who = by_id.get(one.relative or "")
            name = row.name if row else ""
            about = spoken_words(who.relation, name) if who else name
            rows.append(
                ReviewRow(
                    **{field: getattr(one, field) for field in _SAME},
                    about=about,
                    what=raised.what if raised else "",
                    happened_on=raised.happened_on if raised else None,
                    owner=row.owner if row else None,
                    mine=row is not None and row.owner == self._ctx.me,
                )
            )
        return tuple(rows)


_SAME: Final = ("cause", "because", "prisoner", "relative", "raised_on", "due_on", "asking", "pauses", "note")


def attention_of(reader: Reader, record: str) -> AnyAttention:
    """One line of the register. Raises KnownError NOT_FOUND, NEEDS_DESK_KEY."""
    opened = reader.get_many(Attention, [record])
    return opened[record] if record in opened else reader.get(ClosedAttention, record)


def _family(ledger: CaseLedger, prisoner: str) -> list[Listener]:
    if prisoner not in ledger.prisoners:
        raise KnownError(Code.NOT_FOUND, prisoner)
    facts = ledger.facts(prisoner)
    return [listener_of(one, facts) for one in ledger.families.get(prisoner, ())]
