"""Consent: a talk recorded, what it changes said before saving, decisions, what waits for a second person.

The rules are `app.domain.consent*`; here the facts are read, the answer is stored, and in the same
transaction godparenthoods pause and clearances are renewed. A no acts at once, whoever records it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import attrs

from app.domain.acts import Act
from app.domain.consent import EITHER, LATEST, ConsentRequest, Decision, decide
from app.domain.consent_answers import Ledger
from app.domain.consent_build import answers_of, with_conversation
from app.domain.consent_contact import ContactRule
from app.domain.consent_facts import AnswerFact, Facts, Says
from app.domain.consent_widening import Change, effect_of
from app.domain.conversation import Conversation, begun_by_us
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparenthood
from app.domain.hold import Hold, RelativeHold
from app.domain.ports import Reader, UnitOfWork
from app.domain.progress import Progress, no_progress
from app.domain.relative import Relative
from app.domain.roles import Action, Need
from app.domain.rows import GodparenthoodRow, ReportRow, WaitingRow
from app.domain.stop_row import LiftReach, StopRow
from app.domain.withdrawal import refuses_godparent
from app.services import carried, contacting, evidence, lifting, stop_rows, stops, talks, waiting, widening
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.decisions import Answers, Ask, decide_fields
from app.services.godparents import RUNNING
from app.services.resuming import resume
from app.services.talks import AnswerDraft, RecordConversation
from app.services.waiting import CountersignAnswer

__all__ = ["AnswerDraft", "Ask", "Consent", "CountersignAnswer", "Effect", "RecordConversation"]


@attrs.frozen
class Effect:
    """What changes when a talk is saved.

    Attributes:
        changes: by purpose and audience, at once.
        waits: ids of answers that wait for a second person.
        waiting: what changes once they are signed.
        pausing: godparenthoods that pause at once.
        clearances_go: how many lines of what people without the key see go away.
        carried_by: reports that already left and carry what is denied from now on.
        without_permission: we began this talk although nothing allowed it: saved, and visible from then on.
        counts_until: the last day of the yes that ends first of those said for longer than they may last.
    """

    changes: tuple[Change, ...]
    waits: tuple[str, ...]
    waiting: tuple[Change, ...]
    pausing: tuple[GodparenthoodRow, ...]
    clearances_go: int
    carried_by: tuple[ReportRow, ...]
    without_permission: bool = False
    counts_until: date | None = None


@attrs.frozen
class _Talk:
    relative: Relative
    conversation: Conversation
    before: Facts
    after: Facts
    rule: ContactRule


class Consent:
    """Use cases of conversations and decisions."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    # conversations

    def plan_defaults(self, relative: str) -> Mapping[str, object]:
        """What the sheet begins with. Raises KnownError NEEDS_DESK_KEY, NOT_FOUND, NOT_ALLOWED."""
        self._ctx.require(Action.RECORD_CONVERSATION)
        with self._ctx.reading() as reader:
            for one in reader.relative_facts(ids=[relative]):
                return talks.usual_values(one.relative, one.conversations)
        raise KnownError(Code.NOT_FOUND, relative)

    def preview(self, command: RecordConversation) -> Effect:
        """What would change; nothing is written.

        Raises:
            KnownError: NEEDS_DESK_KEY, NOT_ALLOWED, NOT_FOUND and what a bad value raises.
        """
        self._ctx.require(Action.RECORD_CONVERSATION)
        with self._ctx.reading() as reader:
            return self._effect(reader, self._talk(reader, command))

    def record(
        self,
        command: RecordConversation,
        also: Callable[[UnitOfWork, Conversation], None] | None = None,
    ) -> Saved:
        """Save a talk: a no acts at once, what widens waits (`waiting`), godparenthoods pause.

        Args:
            command: the talk.
            also: writes what belongs to it in the same transaction.

        Raises:
            KnownError: NEEDS_DESK_KEY, NOT_ALLOWED, NOT_FOUND and what a bad value raises.
        """
        self._ctx.require(Action.RECORD_CONVERSATION)
        with self._ctx.writing() as work:
            talk = self._talk(work, command)
            self._check_answers(talk.conversation)
            work.add(evidence.with_evidence(self._ctx, work, talk.conversation, command.evidence))
            self._pause(work, talk)
            resume(self._ctx, work, talk.relative.id, talk.conversation.answers, talk.after)
            prisoner = talk.relative.prisoner or ""
            renew_clearances(self._ctx, work, [prisoner])
            if also is not None:
                also(work, talk.conversation)
            committed = work.commit(Act.SEALED_CHANGED)
        act = Act.SEALED_CHANGED
        return self._ctx.finish(committed, talk.conversation.id, act, undo=True, prisoners=[prisoner])

    def evidence(self, conversation: str, reason: str = "", words: str = "") -> evidence.Evidence:
        """What was kept of a talk, after its log entry. Raises KnownError as `evidence.opened`."""
        return evidence.opened(self._ctx, conversation, reason, words)

    def copy_evidence(self, conversation: str, reason: str, place: Path, words: str = "") -> None:
        """What was kept, as a file anybody can read. Raises KnownError as `evidence.copied`."""
        evidence.copied(self._ctx, conversation, reason, place, words)

    # decisions

    def decision(
        self,
        prisoner: str,
        purpose: str,
        audience: str,
        recipients: Iterable[str] = (),
        fields: Iterable[str] = (),
        on: date | None = None,
        known_at: datetime | None = None,
    ) -> Decision:
        """May this leave, with the reason; also as it was on another day or as far as was known.

        Raises:
            KnownError: NEEDS_DESK_KEY, NOT_ALLOWED, NOT_FOUND.
        """
        self._ctx.require(Action.READ_RELATIVES)
        request = ConsentRequest(
            prisoner,
            purpose,
            audience,
            frozenset(fields),
            frozenset(recipients),
            EITHER,
        )
        with self._ctx.reading() as reader:
            facts = widening.facts_now(self._ctx, reader, prisoner)
        return decide(request, facts, on or self._ctx.today(), known_at or LATEST)

    def decisions_for_report(
        self,
        prisoners: Collection[str] | None,
        ask: Ask,
        *,
        leaves_the_house: bool = False,
        progress: Progress = no_progress,
    ) -> Answers:
        """Decide every field for every prisoner; inside a transaction use `decisions.decide_fields`.

        Without the key the answers come from clearances and steer screens only.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, ROW_NOT_IN_LOG, RECORD_DAMAGED, CANCELLED.
        """
        self._ctx.require(Action.COMPOSE_REPORT)
        with self._ctx.reading() as reader:
            return decide_fields(
                self._ctx, reader, prisoners, ask, leaves_the_house=leaves_the_house, progress=progress
            )

    # the second person

    def waiting(self) -> tuple[WaitingRow, ...]:
        """Everything that waits for a second person and that I may see, oldest first."""
        with self._ctx.reading() as reader:
            return waiting.rows(self._ctx, reader)

    def countersign(self, command: CountersignAnswer) -> Saved:
        """Say yes or no to an answer that waits. Raises KnownError as `waiting.countersign`."""
        return waiting.countersign(self._ctx, command)

    def decide_change(self, proposal: str, *, granted: bool) -> Saved:
        """Say yes or no to a change of a record that waits. Raises KnownError as `widening.decide_change`."""
        return widening.decide_change(self._ctx, proposal, granted=granted)

    def stops(self, noun: str = "") -> tuple[StopRow, ...]:
        """The stops that act and that I may know of, newest first; of a noun, its own. Raises NOT_ALLOWED."""
        return stop_rows.acting(self._ctx, noun)

    def lift_reach(self, hold: str, progress: Progress = no_progress) -> LiftReach:
        """Whom lifting a stop would let out. Raises KnownError as `lifting.reach`."""
        return lifting.reach(self._ctx, hold, progress)

    def confirm_lift(self, hold: str, *, granted: bool) -> Saved:
        """Agree to lift a stop, or let it stand. Raises KnownError as `stops.confirm_lift`."""
        self._ctx.require(Action.LIFT_STOP)
        with self._ctx.reading() as reader:
            opened = bool(reader.get_many(Hold, [hold]))
        cls: type[Hold] | type[RelativeHold] = Hold if opened else RelativeHold
        return stops.confirm_lift(self._ctx, cls, hold, granted=granted)

    # parts

    def _talk(self, reader: Reader, command: RecordConversation) -> _Talk:
        conversation = talks.talk_of(self._ctx, reader, command)
        relative = reader.get(Relative, command.relative)
        before = widening.facts_now(self._ctx, reader, relative.prisoner or "")
        known = [talk for one in reader.relative_facts(ids=[relative.id]) for talk in one.conversations]
        rule = contacting.rule_for(self._ctx, reader, before, relative, known)
        conversation = talks.as_asked(conversation, rule)
        after = with_conversation(before, conversation, self._ctx.time_zone)
        return _Talk(relative, conversation, before, after, rule)

    def _effect(self, reader: Reader, talk: _Talk) -> Effect:
        ctx, prisoner = self._ctx, talk.relative.prisoner or ""
        answers = answers_of(talk.conversation, ctx.time_zone)
        effect = effect_of(answers, talk.before, talk.after, ctx.today(), ctx.now())
        rows = {row.id: row for row in reader.godparenthood_rows(prisoner=prisoner)}
        pausing = tuple(rows[one.id] for one in self._pausing(reader, talk) if one.id in rows)
        return Effect(
            changes=effect.changes,
            waits=effect.waits,
            waiting=effect.waiting,
            pausing=pausing,
            clearances_go=waiting.clearances_lost(ctx, talk.before, talk.after),
            carried_by=carried.lost_by(ctx, reader, prisoner, talk.before, talk.after),
            without_permission=begun_by_us(talk.conversation) and not talk.rule.allowed,
            counts_until=_shortened(answers),
        )

    def _check_answers(self, conversation: Conversation) -> None:
        says = {fact.says for fact in answers_of(conversation, self._ctx.time_zone)}
        if Says.NO in says:
            self._ctx.require(Action.RECORD_NO)
        if Says.YES in says and self._ctx.may(Action.RECORD_NARROW_YES).need is Need.NEVER:
            raise KnownError(Code.NOT_ALLOWED)

    def _pause(self, work: UnitOfWork, talk: _Talk) -> None:
        for one in self._pausing(work, talk):
            work.save(attrs.evolve(one, state="paused"), one.version)

    def _pausing(self, reader: Reader, talk: _Talk) -> Sequence[Godparenthood]:
        """Running godparenthoods that this talk turns into somebody's no."""
        prisoner = talk.relative.prisoner or ""
        running = [one for one in reader.find(Godparenthood, prisoner=prisoner) if one.state in RUNNING]
        if not running:
            return ()
        was, now = Ledger(talk.before, LATEST), Ledger(talk.after, LATEST)
        return [one for one in running if self._refused(now, one) and not self._refused(was, one)]

    def _refused(self, ledger: Ledger, one: Godparenthood) -> bool:
        return refuses_godparent(ledger, one.prisoner or "", one.godparent or "", self._ctx.today())


def _shortened(answers: Iterable[AnswerFact]) -> date | None:
    """Until when the first yes counts that was said for longer than one of its purpose may last."""
    yeses = [one for one in answers if one.says is Says.YES and one.event_on is None]
    return min((one.end for one in yeses if one.ends_on is not None and one.ends_on > one.end), default=None)
