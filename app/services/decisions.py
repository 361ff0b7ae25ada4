"""Decisions about many prisoners at once, field by field, for whatever is composed or shown.

With the key they come from the ledger (and, where they leave the house, from rows checked against the log);
without it from clearances, which steer screens only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

import attrs

from app.domain.consent import LATEST, ConsentRequest, Decision, Ground, Reason, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import Facts
from app.domain.errors import Code, KnownError
from app.domain.hold import Clearance
from app.domain.ports import Reader
from app.domain.progress import Progress, no_progress
from app.i18n import _
from app.services.context import Context
from app.services.facts import CaseLedger, read_ledger
from app.services.recipient_names import known_as
from app.services.vouched import check_two_people

_SLICE = 50


@attrs.frozen
class FieldAsk:
    """One field of a prisoner, for what purpose and on which grounds it may leave."""

    field: str
    purpose: str
    grounds: frozenset[Ground]


@attrs.frozen
class FieldAnswer:
    """Whether one field of one prisoner may leave.

    Attributes:
        until: the last day that holds, as far as answers and birthdays go.
        reason: None without the key.
        source: id of the trusted source that says the same, where it is published.
    """

    allowed: bool
    ground: Ground | None = None
    until: date | None = None
    reason: Reason | None = None
    source: str | None = None


@attrs.frozen
class Ask:
    """What a report asks of every prisoner it may carry.

    Attributes:
        audience: code of the vocabulary `audience`.
        recipients: ids of godparents, names of institutions.
        names: every name the recipients have or had; a no that may mean one of them counts.
        ids: of the recipients and of the godparents they are.
        on: the day it is about.
        known_at: replay what was known then.
    """

    fields: tuple[FieldAsk, ...]
    audience: str
    recipients: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    on: date | None = None
    known_at: datetime = LATEST


Answers = Mapping[str, Mapping[str, FieldAnswer]]
"""By prisoner and field."""


def decide_fields(
    ctx: Context,
    reader: Reader,
    prisoners: Collection[str] | None,
    ask: Ask,
    *,
    leaves_the_house: bool,
    progress: Progress = no_progress,
) -> Answers:
    """Decide every field for every prisoner.

    Args:
        ctx: the session.
        reader: of the transaction that will use the answers.
        prisoners: whom; None for everybody.
        ask: what.
        leaves_the_house: to be approved or written: the key is needed and every row is checked.
        progress: called between slices.

    Raises:
        KnownError: NEEDS_DESK_KEY, ROW_NOT_IN_LOG, RECORD_DAMAGED, CANCELLED.
    """
    if not reader.has_desk_key:
        if leaves_the_house:
            raise KnownError(Code.NEEDS_DESK_KEY)
        return _from_clearances(ctx, reader, prisoners, ask)
    found = read_ledger(ctx, reader, prisoners)
    if leaves_the_house:
        found.check(reader)
        ctx.righting.check(reader)
        _check_two_people(ctx, reader, found)
    on = ask.on or ctx.today()
    answers: dict[str, Mapping[str, FieldAnswer]] = {}
    for done, prisoner in enumerate(found.prisoners):
        if done % _SLICE == 0:
            progress(done, len(found.prisoners), _("Deciding what may be told"))
        answers[prisoner] = _decided(found, prisoner, ask, on)
    return answers


def strictest_answer(every: Sequence[FieldAnswer]) -> FieldAnswer:
    """What all of them allow: agreed where any rests on it, until the earliest end."""
    refused = next((one for one in every if not one.allowed), None)
    if refused is not None:
        return refused
    weakest = next((one for one in every if one.ground is not Ground.PUBLISHED), every[0])
    until = min((one.until for one in every if one.until is not None), default=None)
    return attrs.evolve(weakest, until=until)


def _check_two_people(ctx: Context, reader: Reader, found: CaseLedger) -> None:
    family = [one for families in found.families.values() for one in families]
    check_two_people(
        reader,
        ctx.keys.signers,
        trusts=found.trusts,
        stops=[*found.holds, *(stop for one in family for stop in one.holds)],
        conversations=[talk for one in family for talk in one.conversations],
        countersigns=[sign for one in family for sign in one.countersigns],
        pauses=found.pauses,
    )


def _decided(found: CaseLedger, prisoner: str, ask: Ask, on: date) -> Mapping[str, FieldAnswer]:
    facts = found.facts(prisoner)
    ledger = Ledger(facts, ask.known_at)
    answers: dict[str, FieldAnswer] = {}
    also = known_as(facts, ask.names, ask.ids)
    for (purpose, grounds), fields in _grouped(ask.fields).items():
        request = ConsentRequest(
            prisoner, purpose, ask.audience, fields, ask.recipients, grounds, known_as=also
        )
        decision = decide_in(ledger, request, on)
        for field in fields:
            answers[field] = _answer(facts, decision, field, on, ask.known_at)
    return answers


def _grouped(fields: Sequence[FieldAsk]) -> Mapping[tuple[str, frozenset[Ground]], frozenset[str]]:
    groups: dict[tuple[str, frozenset[Ground]], set[str]] = defaultdict(set)
    for one in fields:
        groups[(one.purpose, one.grounds)].add(one.field)
    return {key: frozenset(names) for key, names in groups.items()}


def _answer(facts: Facts, decision: Decision, field: str, on: date, known_at: datetime) -> FieldAnswer:
    if field not in decision.fields:
        return FieldAnswer(allowed=False, reason=decision.left_out.get(field, decision.reason))
    if field in decision.published:
        source = _source(facts, field, on, known_at)
        return FieldAnswer(
            allowed=True,
            ground=Ground.PUBLISHED,
            until=decision.until,
            reason=Reason.PUBLISHED,
            source=source,
        )
    return FieldAnswer(allowed=True, ground=Ground.AGREED, until=decision.until, reason=Reason.AGREED)


def _source(facts: Facts, field: str, on: date, known_at: datetime) -> str | None:
    same = (
        trusted.source
        for trusted in facts.trusted
        if trusted.field == field
        and trusted.value == facts.stored.get(field)
        and trusted.counts(on, known_at)
    )
    return next(same, None)


def _from_clearances(ctx: Context, reader: Reader, prisoners: Collection[str] | None, ask: Ask) -> Answers:
    on = ask.on or ctx.today()
    rows: dict[str, list[Clearance]] = defaultdict(list)
    kept = [] if ctx.righting.doubts(reader) else reader.find(Clearance)  # of an older copy: no word
    for row in kept:
        if row.prisoner and _covers(row, ask, on):
            rows[row.prisoner].append(row)
    wanted = prisoners if prisoners is not None else [row.id for row in reader.prisoner_rows(on)]
    return {
        prisoner: {one.field: _cleared(rows.get(prisoner, []), one) for one in ask.fields}
        for prisoner in wanted
    }


def _cleared(rows: Iterable[Clearance], asked: FieldAsk) -> FieldAnswer:
    for row in rows:
        ground = Ground(row.ground) if row.ground else Ground.AGREED
        if row.purpose == asked.purpose and asked.field in row.fields and ground in asked.grounds:
            return FieldAnswer(allowed=True, ground=ground)
    return FieldAnswer(allowed=False)


def _covers(row: Clearance, ask: Ask, on: date) -> bool:
    days = (row.starts_on is None or row.starts_on <= on) and (row.ends_on is None or on <= row.ends_on)
    if not days:
        return False
    if row.audience == "public":
        return True
    if row.audience == "all_godparents":
        return ask.audience in ("all_godparents", "named_godparent")
    return row.audience == ask.audience and (not row.recipient or ask.recipients == {row.recipient})
