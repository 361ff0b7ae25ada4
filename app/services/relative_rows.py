"""Lines of Relatives & consent: five lights, what ends, and whether something is up for review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.consent_facts import Facts
from app.domain.consent_lines import LineState, last_answer, lines_of
from app.domain.errors import BugError
from app.domain.port_values import RelativeFacts
from app.domain.ports import Reader
from app.domain.rows import Light, RelativeRow
from app.services.context import Context
from app.services.facts import CaseLedger, read_ledger
from app.services.review_book import ReviewBook, listener_of, read_book

_LINES: Final = 5


def rows(ctx: Context, reader: Reader, prisoner: str | None) -> list[RelativeRow]:
    """The lines of one family, or of all, by the prisoner's name."""
    found = reader.relative_facts(prisoner=prisoner)
    whose = {one.relative.prisoner or "" for one in found}
    ledger = read_ledger(ctx, reader, whose, relatives=found)
    book = read_book(reader, ctx.today(), ctx.time_zone)
    made: list[RelativeRow] = []
    for key, family in ledger.families.items():
        if key in ledger.prisoners:
            made += _family(ctx, ledger, book, key, family)
    return sorted(made, key=lambda row: (row.prisoner_name.casefold(), row.relation, row.id))


def lights_of(states: tuple[LineState, ...]) -> tuple[Light, Light, Light, Light, Light]:
    """The five lights."""
    if len(states) != _LINES:
        raise BugError("people speak of consent in five lines")
    first, second, third, fourth, fifth = (state.light for state in states)
    return first, second, third, fourth, fifth


def _family(
    ctx: Context, ledger: CaseLedger, book: ReviewBook, prisoner: str, family: Sequence[RelativeFacts]
) -> list[RelativeRow]:
    facts = ledger.facts(prisoner)
    stopped = ledger.stopped(prisoner)
    due = {one.relative for one in book.due(prisoner, [listener_of(one, facts) for one in family])}
    return [
        _row(ctx, facts, one, stopped=stopped, to_review=bool({None, one.relative.id} & due))
        for one in family
    ]


def _row(ctx: Context, facts: Facts, one: RelativeFacts, *, stopped: bool, to_review: bool) -> RelativeRow:
    relative, on = one.relative, ctx.today()
    states = lines_of(facts, relative.id, on)
    last = last_answer(facts, relative.id)
    ends = [state.until for state in states if state.until is not None]
    return RelativeRow(
        id=relative.id,
        version=relative.version,
        prisoner=relative.prisoner or "",
        prisoner_name=one.prisoner_name,
        relation=relative.relation,
        nickname=relative.nickname,
        lines=lights_of(states),
        ends_on=min(ends, default=None),
        last_answer_on=last.on if last else None,
        last_answer_kind=last.kind if last else "",
        asking=relative.asking,
        stopped=stopped or any(stop.active for stop in one.holds),
        mine=one.owner == ctx.me,
        to_review=to_review,
    )
