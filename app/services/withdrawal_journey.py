"""What follows from a withdrawal, found in the records of one transaction. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import attrs

from app.domain import withdrawal
from app.domain.clock import local_day
from app.domain.consent import LATEST
from app.domain.consent_answers import Ledger
from app.domain.consent_build import answers_of, with_conversation
from app.domain.consent_facts import AnswerFact, Facts, Says
from app.domain.consent_lines import lines_of
from app.domain.consent_uses import apart_from
from app.domain.consent_widening import Change, effect_of
from app.domain.conversation import Conversation
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparenthood
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.relative import Relative
from app.domain.report import Report
from app.domain.rows import GodparenthoodRow, Light, ReportRow
from app.i18n import LANGUAGES, N_, _, current_language, translator
from app.services import talks, waiting, widening
from app.services.calling_back import Note, notes_for
from app.services.context import Context
from app.services.deciding import requests_of
from app.services.godparents import OVER
from app.services.same_person import every_id
from app.services.spoken import spoken
from app.services.talks import AnswerDraft, RecordConversation
from app.vocabulary import vocabulary

UNDER_WAY: Final = frozenset({"draft", "checked", "came_back"})
LEFT: Final = frozenset({"approved", "leaving", "done"})
_INSTITUTION: Final = "named_institution"
_STEP: Final = N_("Call back: {what}")
_NOT_TOLD: Final = frozenset({"proposed", *OVER})
"""States in which the godparent knows of nothing."""


@attrs.frozen
class Withdraw:
    """Somebody withdraws.

    Attributes:
        relative: who.
        lines: codes of `consent_line`; empty for everything.
        held_on: when they said so; None for today.
        channel: how it came, "" where nobody wrote it down.
        note: kept closed.
        conversation: id of the talk it is recorded in already; then only what is ticked is done.
        bonds: ids of the godparenthoods ticked: to pause, or to end where nobody has accepted yet.
        plan: put the next step before the owner.
        purposes: instead of whole lines; with an `audience` (and `recipients`) for that and every wider.
    """

    relative: str
    lines: tuple[str, ...] = ()
    held_on: PartialDate | None = None
    channel: str = ""
    note: str = attrs.field(default="", repr=False)
    conversation: str = ""
    bonds: tuple[str, ...] = ()
    plan: bool = False
    purposes: tuple[str, ...] = ()
    audience: str = ""
    recipients: tuple[str, ...] = ()


@attrs.frozen
class Bond:
    """A godparenthood the withdrawal reaches; `proposed` is what it should become, "" for what it is."""

    row: GodparenthoodRow
    proposed: str


@attrs.frozen
class Journey:
    """What follows from a withdrawal.

    Attributes:
        about: "Mother of …".
        agreed: lines with a yes that stands, before the withdrawal.
        denied: what nobody may do any longer, from now on.
        clearances_go: how many lines of what people without the key see go away.
        drafts: reports under way that name the prisoner.
        reports: those that left and carried what is denied now.
        owner: name of whoever works on the case; "" for nobody.
        step: the next step as it would stand; "" where nobody is to be called back, or that is planned.
        standing: the next step as it stands.
        unfinished: the newest recorded withdrawal of this relative with notes nobody made; "" for none.
        godparents, institutions: whom it can name: the case's, by id; those their answers named.
    """

    relative: str
    conversation: str
    about: str
    agreed: tuple[str, ...]
    denied: tuple[Change, ...]
    clearances_go: int
    bonds: tuple[Bond, ...]
    drafts: tuple[ReportRow, ...]
    reports: tuple[ReportRow, ...]
    notes: tuple[Note, ...]
    owner: str
    step: str
    standing: str = attrs.field(repr=False)
    unfinished: str = ""
    godparents: tuple[tuple[str, str], ...] = ()
    institutions: tuple[str, ...] = ()


@attrs.frozen
class Told:
    """The talk in which somebody withdrew, and the facts without and with it."""

    relative: Relative
    prisoner: Prisoner
    talk: Conversation
    before: Facts
    after: Facts

    @property
    def answers(self) -> tuple[AnswerFact, ...]:
        return tuple(one for one in self.after.answers if one.conversation == self.talk.id)


def told_of(ctx: Context, reader: Reader, command: Withdraw) -> Told:
    """Read, or make, the talk. Raises KnownError NOT_FOUND, TALK_IN_FUTURE and what a bad value raises."""
    relative = reader.get(Relative, command.relative)
    prisoner = reader.get(Prisoner, relative.prisoner or "")
    now = widening.facts_now(ctx, reader, prisoner.id)
    if command.conversation:
        talk = reader.get(Conversation, command.conversation)
        if talk.relative != relative.id:
            raise KnownError(Code.NOT_FOUND, command.conversation)
        return Told(relative, prisoner, talk, withdrawal.without_talk(now, talk.id), now)
    talk = talks.talk_of(ctx, reader, _talk(command, now, ctx.today()))
    return Told(relative, prisoner, talk, now, with_conversation(now, talk, ctx.time_zone))


def journey_of(ctx: Context, reader: Reader, found: Told, recorded: str) -> Journey:
    """Everything that follows; `recorded` is the id of the talk, "" while it is not stored."""
    prisoner, today = found.prisoner, ctx.today()
    effect = effect_of(found.answers, found.before, found.after, today, LATEST)
    ledger = Ledger(found.after, LATEST)
    bonds = _bonds(ctx, reader, ledger, prisoner.id)
    drafts, left = _reports(ctx, reader, found, ledger)
    rows = {row.id: row for row in reader.report_rows()}
    notes = notes_for(
        reader,
        recorded,
        left,
        _to_tell(reader, found, bonds, ctx.time_zone),
        prisoner.reference,
        time_zone=ctx.time_zone,
        speaking=current_language(),
    )
    step = "" if _is_planned(prisoner.next_step) else _step(notes)
    lines = lines_of(found.before, found.relative.id, today)
    return Journey(
        relative=found.relative.id,
        conversation=recorded,
        about=spoken(found.relative, display_name(prisoner)),
        agreed=tuple(one.line for one in lines if one.light in (Light.YES, Light.ENDS, Light.WAITS)),
        denied=withdrawal.denied_of(effect.changes),
        clearances_go=waiting.clearances_lost(ctx, found.before, found.after),
        bonds=bonds,
        drafts=tuple(rows[one.id] for one in drafts),
        reports=tuple(rows[one.id] for one in left),
        notes=notes,
        owner=ctx.name_of(prisoner.owner),
        step=withdrawal.step_before(step, prisoner.next_step) if step else "",
        standing=prisoner.next_step,
        godparents=_godparents(reader, prisoner.id),
        institutions=_institutions(found),
    )


def unfinished_of(ctx: Context, reader: Reader, relative: str) -> str:
    """The newest talk that said no and still has notes nobody made; "" for none."""
    for one in reader.relative_facts(ids=[relative]):
        for talk in sorted(one.conversations, key=lambda talk: str(talk.recorded_at), reverse=True):
            if Says.NO not in {fact.says for fact in answers_of(talk, ctx.time_zone)}:
                continue
            told = told_of(ctx, reader, Withdraw(relative, conversation=talk.id))
            journey = journey_of(ctx, reader, told, talk.id)
            return talk.id if any(note.made_at is None for note in journey.notes) else ""
    return ""


def _talk(command: Withdraw, facts: Facts, today: date) -> RecordConversation:
    """The talk in which they withdrew: *withdrawn* where a yes was ever given, else a refusal."""
    if command.held_on is not None and command.held_on.first > today:
        raise KnownError(Code.TALK_IN_FUTURE, field="held_on")
    lines = command.lines or tuple(term.code for term in vocabulary("consent_line").terms)
    agreed = _ever_agreed(facts, command.relative)
    values: dict[str, object] = {"direction": "they_came", "evidence": "heard_not_kept"}
    if command.held_on is not None:
        values["held_on"] = command.held_on
    if command.channel:
        values["channel"] = command.channel
    if command.note.strip():
        values["note"] = command.note.strip()
    terms = vocabulary("purpose").by_code
    of_line = {code: terms[code].text("line") if code in terms else "" for code in command.purposes}
    answers = tuple(
        AnswerDraft(
            code,
            "withdrawn" if of_line.get(code, code) in agreed else "refused",
            command.audience if command.purposes else "",
            command.recipients if command.purposes else (),
        )
        for code in command.purposes or lines
    )
    return RecordConversation(command.relative, values, answers)


def _godparents(reader: Reader, prisoner: str) -> tuple[tuple[str, str], ...]:
    rows = reader.godparenthood_rows(prisoner=prisoner)
    return tuple(sorted({(row.godparent, row.godparent_name) for row in rows}, key=lambda one: one[1]))


def _institutions(found: Told) -> tuple[str, ...]:
    """Those a yes of theirs names."""
    said = (one for one in found.before.answers if one.by == found.relative.id and one.says is Says.YES)
    return tuple(sorted({name for one in said if one.audience == _INSTITUTION for name in one.recipients}))


def _ever_agreed(facts: Facts, relative: str) -> frozenset[str]:
    """Lines in which this person ever said yes to something."""
    terms = vocabulary("purpose").by_code
    said = {one.purpose for one in facts.answers if one.by == relative and one.says is Says.YES}
    return frozenset(terms[code].text("line") for code in said if code in terms)


def _bonds(ctx: Context, reader: Reader, ledger: Ledger, prisoner: str) -> tuple[Bond, ...]:
    return tuple(
        Bond(row, withdrawal.proposed_state(row.state))
        for row in reader.godparenthood_rows(prisoner=prisoner)
        if row.state not in OVER
        and withdrawal.refuses_godparent(ledger, prisoner, row.godparent, ctx.today())
    )


def _to_tell(reader: Reader, found: Told, bonds: Sequence[Bond], time_zone: str) -> list[GodparenthoodRow]:
    """Godparenthoods whose godparent knows of the case, those included that ended over this withdrawal."""
    since = found.talk.recorded_at
    ended = {
        one.id
        for one in reader.find(Godparenthood, prisoner=found.prisoner.id, reason="consent_withdrawn")
        if one.ended_on is not None
        and since is not None
        and one.ended_on.last >= local_day(since, time_zone)
        # Who was never told of the case is not told now.
        and not any(old.before == "proposed" for old in reader.history(one.id, "state")[:1])
    }
    rows = [one.row for one in bonds if one.row.state not in _NOT_TOLD]
    return rows + [row for row in reader.godparenthood_rows(prisoner=found.prisoner.id) if row.id in ended]


def _reports(
    ctx: Context, reader: Reader, found: Told, ledger: Ledger
) -> tuple[Sequence[Report], Sequence[Report]]:
    """Those under way and those that left which carry what is denied now."""
    reach, on = withdrawal.reach_of(found.answers), ctx.today()
    ids, whose, facts = every_id(reader, found.prisoner.id), found.prisoner.id, ledger.facts

    def is_lost(one: Report) -> bool:
        apart = Ledger(apart_from(facts, one.id), ledger.known_at)
        return withdrawal.carried_and_lost(apart, requests_of(reader, one, whose, facts), reach, on)

    every = sorted(reader.find(Report), key=lambda one: one.number)
    carry = [one for one in every if not ids.isdisjoint(one.carried) and is_lost(one)]
    return [one for one in carry if one.state in UNDER_WAY], [one for one in carry if one.state in LEFT]


def _is_planned(next_step: str) -> bool:
    """Whether calling back is a next step already, in whatever language somebody planned it."""
    return any(translator(code)(_STEP).partition("{")[0] in next_step for code in LANGUAGES)


def _step(notes: Sequence[Note]) -> str:
    """What the owner has to do, naming reports and godparents; "" where nobody is to be called back.

    A note that was made is not sent yet: it may lie in a file, to go out with others.
    """
    what = [note.name for note in notes if not note.reports]
    for note in (one for one in notes if one.reports):
        numbers = ", ".join(note.reports)
        what.append(f"{numbers} ({note.name})" if note.name else numbers)
    return _(_STEP).format(what="; ".join(what)) if what else ""
