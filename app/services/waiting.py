"""What waits for a second person: found, listed, answered. Two people, or the rule for one alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from app.casefile.grants import Grant, GrantKind
from app.crypto.check_words import check_words
from app.domain.acts import Act
from app.domain.clearances import clearances_for
from app.domain.consent_answers import ALONE_WAITS
from app.domain.consent_build import answers_of
from app.domain.consent_facts import Facts
from app.domain.consent_purposes import ALL_GODPARENTS, purposes
from app.domain.consent_widening import waits_for_second
from app.domain.conversation import Answer, Conversation, Countersign
from app.domain.errors import Code, KnownError
from app.domain.hold import Hold, RelativeHold
from app.domain.port_values import RelativeFacts
from app.domain.ports import Reader
from app.domain.proposal import Proposal
from app.domain.relative import Relative
from app.domain.roles import Action, Need, Role, pair_allowed
from app.domain.rows import WaitingRow
from app.domain.source import Source
from app.domain.two_people import BYPASSED, Stop, action_of
from app.i18n import _
from app.role_words import roles_words
from app.services import review_waiting, widening
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.facts import CaseLedger, read_ledger
from app.services.folding import relative_stops_in, stops_in, trusts_in, waiting_proposals
from app.services.granting import PROPOSED, read_grants
from app.services.resuming import resume
from app.services.second import Second, at_the_keyboard
from app.services.spoken import spoken
from app.services.stop_rows import prisoner_name, stopped
from app.vocabulary import word


@attrs.frozen
class CountersignAnswer:
    """A second person's yes or no to one answer of one conversation."""

    conversation: str
    answer: str
    granted: bool


def rows(ctx: Context, reader: Reader) -> tuple[WaitingRow, ...]:
    """Everything that waits, oldest first; without the key only what lies open."""
    found = [*_lifts(ctx, reader, stops_in(reader)), *_sources(ctx, reader)]
    if reader.has_desk_key:
        spoken_to = [one for one in reader.relative_facts() if one.relative.prisoner]
        asked = {one.relative.prisoner or "" for one in spoken_to if one.conversations}
        found += _answers(ctx, read_ledger(ctx, reader, asked, relatives=spoken_to))
        found += _lifts(ctx, reader, relative_stops_in(reader))
        found += _proposals(ctx, reader)
        found += review_waiting.rows(ctx, reader)
    return tuple(sorted(found, key=lambda row: (row.proposed_at is not None, row.proposed_at or ctx.now())))


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
        answer = next((one for one in talk.answers if one.answer == command.answer), None)
        if answer is None:
            raise KnownError(Code.NOT_FOUND, command.answer)
        prisoner = talk.prisoner or ""
        facts = widening.facts_now(ctx, work, prisoner)
        if command.answer not in _still_waiting(talk, facts, ctx):
            raise KnownError(Code.ALREADY_DONE, command.answer)
        if command.granted and not _may_decide(ctx, second, talk, answer):
            other = talk.recorded_by != second.person
            raise KnownError(Code.NOT_ALLOWED if other else Code.SAME_PERSON_TWICE)
        work.add(
            Countersign(
                ctx.lasting_id(),
                answer=command.answer,
                conversation=talk.id,
                granted=command.granted,
                by=second.person,
                at=ctx.moment(work),
                slip=second.slip,
            )
        )
        if command.granted:
            after = widening.facts_now(ctx, work, prisoner)
            resume(ctx, work, talk.relative or "", [answer], after)
        renew_clearances(ctx, work, [prisoner])
        committed = work.commit(Act.SEALED_CHANGED)
    return ctx.finish(committed, talk.id, Act.SEALED_CHANGED, prisoners=[prisoner])


def clearances_lost(ctx: Context, before: Facts, after: Facts) -> int:
    """How many clearances go when the facts become these."""
    on = ctx.today()
    kept = {attrs.astuple(draft) for draft in clearances_for(after, on)}
    return sum(attrs.astuple(draft) not in kept for draft in clearances_for(before, on))


def _answers(ctx: Context, ledger: CaseLedger) -> Iterator[WaitingRow]:
    for prisoner, family in ledger.families.items():
        if prisoner not in ledger.prisoners or not any(one.conversations for one in family):
            continue
        facts = ledger.facts(prisoner)
        for one in family:
            for talk in one.conversations:
                for waits in sorted(_still_waiting(talk, facts, ctx)):
                    answer = next(said for said in talk.answers if said.answer == waits)
                    yield _answer_row(ctx, one, talk, answer)


def _still_waiting(talk: Conversation, facts: Facts, ctx: Context) -> frozenset[str]:
    answered = {sign.answer for sign in facts.countersigns if not sign.granted}
    waits = waits_for_second(answers_of(talk, ctx.time_zone), facts)
    return frozenset(waits) - answered


def _answer_row(ctx: Context, one: RelativeFacts, talk: Conversation, answer: Answer) -> WaitingRow:
    alone = talk.recorded_by == ctx.me and ctx.one_person() and answer.audience == ALL_GODPARENTS
    ready = talk.recorded_at + ALONE_WAITS if alone and talk.recorded_at else None
    purpose = purposes().get(answer.purpose)
    what = word("purpose", purpose.code) if purpose else answer.purpose
    return WaitingRow(
        what="answer",
        id=talk.id,
        part=answer.answer,
        prisoner=talk.prisoner,
        about=spoken(one.relative, one.prisoner_name),
        detail=_detail(answer, what, _said_before(one, answer)),
        proposed_by=ctx.name_of(talk.recorded_by),
        proposed_at=talk.recorded_at,
        may_decide=_may_decide(ctx, at_the_keyboard(ctx), talk, answer),
        ready_at=ready,
        mine=talk.recorded_by == ctx.me,
    )


def _said_before(one: RelativeFacts, answer: Answer) -> str:
    """What the answer was that this one takes back: agreeing undoes it, so it is said."""
    said = (each for talk in one.conversations for each in talk.answers)
    before = next((each for each in said if answer.cancels and each.answer == answer.cancels), None)
    return word("answer_kind", before.kind) if before is not None else ""


def _detail(answer: Answer, what: str, before: str) -> str:
    """ "Photo: everybody", and what is not simply a yes says so."""
    detail = f"{what}: {word('audience', answer.audience)}" if answer.audience else what
    if answer.cancels or answer.kind == BYPASSED:
        detail = f"{word('answer_kind', answer.kind)} · {detail}"
    if before:
        detail = _("{what} · takes back: {said}").format(what=detail, said=before)
    return f"{detail} · {answer.reason}" if answer.reason else detail


def _may_decide(ctx: Context, second: Second, talk: Conversation, answer: Answer) -> bool:
    if not second.may(Action.WIDER_YES).allowed:
        return False
    if talk.recorded_by != second.person:
        return pair_allowed(ctx.roles_of(talk.recorded_by or ""), second.roles, action_of(answer))
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
        yield WaitingRow(
            what="stop",
            id=hold.id,
            part="",
            prisoner=prisoner,
            about=about,
            detail=_("Lift a stop: {reason}").format(reason=word("hold_reason", hold.reason)),
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
        pair = pair_allowed(ctx.roles_of(trust.proposed_by or ""), ctx.roles, Action.TRUST_SOURCE)
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


def _proposals(ctx: Context, reader: Reader) -> Iterator[WaitingRow]:
    for proposal in waiting_proposals(reader):
        if proposal.on_noun == PROPOSED:
            yield _person_row(ctx, proposal)
        elif widening.is_change(proposal):
            prisoner, about = _about_change(reader, proposal)
            fields = ", ".join(_labels(proposal))
            yield _proposal_row(ctx, proposal, prisoner, about, _("Change: {fields}").format(fields=fields))


def _person_row(ctx: Context, proposal: Proposal) -> WaitingRow:
    """Somebody who waits to be on the list of people; of a trustee `part` says the words to compare."""
    grants = [signed.grant() for signed in read_grants(proposal)]
    place = next((one for one in grants if one.kind is GrantKind.PERSON), grants[0])
    name = place.name or ctx.name_of(place.recipient)
    if Role.TRUSTEE not in place.roles:
        return _proposal_row(ctx, proposal, None, name, _join_words(ctx, place))
    detail = _("Add a trustee: may be the second person, from elsewhere")
    row = _proposal_row(ctx, proposal, None, name, detail)
    return attrs.evolve(row, what="trustee", part=check_words(place.recipient, place.public))


def _join_words(ctx: Context, place: Grant) -> str:
    """What somebody is to become: agreeing to a coordinator is not agreeing to an officer."""
    if place.kind is GrantKind.PERSON:
        roles = roles_words(sorted(place.roles))
        return _("Join and hold the key of the desk, as: {roles}").format(roles=roles)
    roles = roles_words(sorted(ctx.roles_of(place.recipient)))
    return _("Hold the key of the desk, as: {roles}").format(roles=roles)


def _proposal_row(
    ctx: Context, proposal: Proposal, prisoner: str | None, about: str, detail: str
) -> WaitingRow:
    mine = proposal.proposed_by == ctx.me
    change = widening.is_change(proposal)
    alone = mine and change and ctx.one_person() and proposal.proposed_at is not None
    ready = proposal.proposed_at + ALONE_WAITS if alone and proposal.proposed_at else None
    waited = ready is not None and ctx.now() >= ready
    return WaitingRow(
        what="change" if change else "person",
        id=proposal.id,
        part="",
        prisoner=prisoner,
        about=about,
        detail=detail,
        proposed_by=ctx.name_of(proposal.proposed_by),
        proposed_at=proposal.proposed_at,
        may_decide=(not mine or waited) and ctx.may(Action.WIDER_YES).allowed,
        ready_at=ready,
        mine=mine and change,
    )


def _about_change(reader: Reader, proposal: Proposal) -> tuple[str | None, str]:
    if proposal.on_noun == "prisoner":
        return proposal.on_id, prisoner_name(reader, proposal.on_id)
    found = reader.get_many(Relative, [proposal.on_id]).get(proposal.on_id)
    prisoner = found.prisoner if found else None
    return prisoner, spoken(found, prisoner_name(reader, prisoner)) if found else ""


def _labels(proposal: Proposal) -> Iterable[str]:
    labels = widening.labels_of(proposal)
    return (_(label) for label in labels)
