"""What waits for a second person: found, listed, answered. Two people, or the rule for one alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import attrs

from app.domain.acts import Act
from app.domain.clearances import clearances_for
from app.domain.consent_answers import ALONE_WAITS
from app.domain.consent_build import answers_of
from app.domain.consent_facts import Facts
from app.domain.consent_purposes import ALL_GODPARENTS
from app.domain.consent_widening import waits_for_second
from app.domain.conversation import Answer, Conversation, Countersign
from app.domain.errors import Code, KnownError
from app.domain.hold import Hold, RelativeHold
from app.domain.port_values import RelativeFacts
from app.domain.ports import Reader
from app.domain.roles import Action, Need, pair_allowed
from app.domain.rows import WaitingRow
from app.domain.source import Source
from app.domain.two_people import BYPASSED, Stop, action_of
from app.i18n import _
from app.services import review_waiting, widening
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.facts import CaseLedger, read_ledger
from app.services.folding import relative_stops_in, stops_in, trusts_in
from app.services.proposal_rows import proposal_rows
from app.services.resuming import resume
from app.services.second import Second, at_the_keyboard
from app.services.slips_made import with_slips
from app.services.spoken import spoken
from app.services.stop_rows import stopped, stopped_words
from app.services.waiting_words import AnswerWords
from app.services.written_once import roles_when_writing
from app.vocabulary import word


@attrs.frozen
class CountersignAnswer:
    """A second person's yes or no to one answer of one conversation.

    Attributes:
        also: more answers of the same conversation that were shown beside it and are decided alike. All
            of them are decided, or none.
    """

    conversation: str
    answer: str
    granted: bool
    also: tuple[str, ...] = ()


def rows(ctx: Context, reader: Reader) -> tuple[WaitingRow, ...]:
    """Everything that waits, oldest first; without the key only what lies open."""
    found = [*_lifts(ctx, reader, stops_in(reader)), *_sources(ctx, reader)]
    if reader.has_desk_key:
        spoken_to = [one for one in reader.relative_facts() if one.relative.prisoner]
        asked = {one.relative.prisoner or "" for one in spoken_to if one.conversations}
        found += _answers(ctx, reader, read_ledger(ctx, reader, asked, relatives=spoken_to))
        found += _lifts(ctx, reader, relative_stops_in(reader))
        found += proposal_rows(ctx, reader)
        found += review_waiting.rows(ctx, reader)
    found.sort(key=lambda row: (row.proposed_at is not None, row.proposed_at or ctx.now()))
    return with_slips(ctx, found)


def countersign(ctx: Context, command: CountersignAnswer, second: Second | None = None) -> Saved:
    """Say yes or no to an answer that waits; `second` is who says it, where that is not me.

    Raises:
        KnownError: NEEDS_DESK_KEY, NOT_ALLOWED, NOT_FOUND, ALREADY_DONE, SAME_PERSON_TWICE.
    """
    ctx.require(Action.WIDER_YES)
    second = second or at_the_keyboard(ctx)
    second.require(Action.WIDER_YES)
    with ctx.writing() as work:
        second.enter(work)
        talk = work.get(Conversation, command.conversation)
        answers = _asked_for(talk, command)
        prisoner = talk.prisoner or ""
        facts = widening.facts_now(ctx, work, prisoner)
        waits = _still_waiting(talk, facts, ctx)
        for answer in answers:
            _check_second(ctx, work, second, talk, answer, command, waits)
        for answer in answers:
            work.add(
                Countersign(
                    ctx.lasting_id(),
                    answer=answer.answer,
                    conversation=talk.id,
                    granted=command.granted,
                    by=second.person,
                    at=ctx.moment(work),
                    slip=second.slip,
                )
            )
        if command.granted:
            after = widening.facts_now(ctx, work, prisoner)
            resume(ctx, work, talk.relative or "", answers, after)
        renew_clearances(ctx, work, [prisoner])
        committed = work.commit(Act.SEALED_CHANGED)
    return ctx.finish(committed, talk.id, Act.SEALED_CHANGED, prisoners=[prisoner])


def _asked_for(talk: Conversation, command: CountersignAnswer) -> Sequence[Answer]:
    """The answers a decision is about, each named by itself: never "whatever this talk holds"."""
    said = {one.answer: one for one in talk.answers}
    wanted = tuple(dict.fromkeys((command.answer, *command.also)))
    for one in wanted:
        if one not in said:
            raise KnownError(Code.NOT_FOUND, one)
        if len(wanted) > 1 and _apart(said[one]):
            raise KnownError(Code.NOT_ALLOWED, one)
    return [said[one] for one in wanted]


def _check_second(
    ctx: Context,
    reader: Reader,
    second: Second,
    talk: Conversation,
    answer: Answer,
    command: CountersignAnswer,
    waits: Collection[str],
) -> None:
    if answer.answer not in waits:
        raise KnownError(Code.ALREADY_DONE, answer.answer)
    if command.granted and not _may_decide(ctx, reader, second, talk, answer):
        other = talk.recorded_by != second.person
        raise KnownError(Code.NOT_ALLOWED if other else Code.SAME_PERSON_TWICE)


def _apart(answer: Answer) -> bool:
    """Whether it is decided by itself alone: it takes something back, or goes past a missing yes."""
    return bool(answer.cancels) or answer.kind == BYPASSED


def clearances_lost(ctx: Context, before: Facts, after: Facts) -> int:
    """How many clearances go when the facts become these; one that only ends on another day stays."""
    on = ctx.today()
    kept = clearances_for(after, on)
    return sum(not any(one.covers(draft) for one in kept) for draft in clearances_for(before, on))


def _answers(ctx: Context, reader: Reader, ledger: CaseLedger) -> Iterator[WaitingRow]:
    for prisoner, family in ledger.families.items():
        if prisoner not in ledger.prisoners or not any(one.conversations for one in family):
            continue
        facts = ledger.facts(prisoner)
        words = AnswerWords(reader, facts)
        for one in family:
            for talk in one.conversations:
                for waits in sorted(_still_waiting(talk, facts, ctx)):
                    answer = next(said for said in talk.answers if said.answer == waits)
                    yield _answer_row(ctx, reader, words, one, talk, answer)


def _still_waiting(talk: Conversation, facts: Facts, ctx: Context) -> frozenset[str]:
    answered = {sign.answer for sign in facts.countersigns if not sign.granted}
    waits = waits_for_second(answers_of(talk, ctx.time_zone), facts)
    return frozenset(waits) - answered


def _answer_row(
    ctx: Context,
    reader: Reader,
    words: AnswerWords,
    one: RelativeFacts,
    talk: Conversation,
    answer: Answer,
) -> WaitingRow:
    alone = talk.recorded_by == ctx.me and ctx.one_person() and answer.audience == ALL_GODPARENTS
    ready = talk.recorded_at + ALONE_WAITS if alone and talk.recorded_at else None
    return WaitingRow(
        what="answer",
        id=talk.id,
        part=answer.answer,
        prisoner=talk.prisoner,
        about=spoken(one.relative, one.prisoner_name),
        detail=words.of(one, talk, answer),
        proposed_by=ctx.name_of(talk.recorded_by),
        proposed_at=talk.recorded_at,
        may_decide=_may_decide(ctx, reader, at_the_keyboard(ctx), talk, answer),
        ready_at=ready,
        mine=talk.recorded_by == ctx.me,
        apart=_apart(answer),
    )


def _may_decide(ctx: Context, reader: Reader, second: Second, talk: Conversation, answer: Answer) -> bool:
    if not second.may(Action.WIDER_YES).allowed:
        return False
    if talk.recorded_by != second.person:
        first = roles_when_writing(reader, talk.id, talk.recorded_by)
        return pair_allowed(first, second.roles, action_of(answer))
    if (
        answer.kind == BYPASSED
        or not ctx.one_person()
        or answer.audience != ALL_GODPARENTS
        or talk.recorded_at is None
    ):
        return False
    return ctx.now() - talk.recorded_at >= ALONE_WAITS


def _lifts(
    ctx: Context, reader: Reader, stops: Iterable[Stop[Hold] | Stop[RelativeHold]]
) -> Iterator[WaitingRow]:
    for stop in stops:
        if stop.asked is None or not stop.active:
            continue
        hold, mine = stop.hold, stop.asked.by == ctx.me
        prisoner, about = stopped(reader, hold)
        detail = _("Lift a stop: {reason}").format(reason=word("hold_reason", hold.reason))
        if not prisoner and (many := stopped_words(reader, hold)):
            detail = f"{detail} · {many}"
        yield WaitingRow(
            what="stop",
            id=hold.id,
            part="",
            prisoner=prisoner,
            about=about,
            detail=detail,
            proposed_by=ctx.name_of(stop.asked.by),
            proposed_at=stop.asked.at,
            may_decide=not mine and ctx.may(Action.LIFT_STOP).allowed,
            mine=mine,
        )


def _sources(ctx: Context, reader: Reader) -> Iterator[WaitingRow]:
    """Sources one person trusts and a second one does not yet."""
    if ctx.may(Action.TRUST_SOURCE).need is Need.NEVER:
        return
    waits = {
        one.trust.source or "": one.trust for one in trusts_in(reader) if one.ended is None and not one.acts
    }
    for source in reader.get_many(Source, waits).values():
        trust = waits[source.id]
        first = roles_when_writing(reader, trust.id, trust.proposed_by)
        pair = pair_allowed(first, ctx.roles, Action.TRUST_SOURCE)
        yield WaitingRow(
            what="source",
            id=source.id,
            part="",
            prisoner=None,
            about=source.name,
            detail=_("Trust a source: what stands in it counts as published"),
            proposed_by=ctx.name_of(trust.proposed_by),
            proposed_at=trust.proposed_at,
            may_decide=trust.proposed_by != ctx.me and pair,
            mine=trust.proposed_by == ctx.me,
        )
