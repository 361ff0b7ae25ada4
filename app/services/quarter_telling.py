"""Quarter reviews in the words of rows: items as an officer looks at them, reviews as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from app.domain.case_findings import Found
from app.domain.ids import RecordId
from app.domain.port_values import RelativeFacts
from app.domain.ports import Reader, Record
from app.domain.prisoner import Prisoner
from app.domain.quarter import Outcome, QuarterItem, QuarterMark
from app.domain.quarter_changes import rule_of
from app.domain.quarter_rows import QuarterPast, QuarterRow
from app.domain.quarter_state import counts
from app.services import kept_lights
from app.services.context import Context
from app.services.finding_telling import Telling
from app.services.kept import NOT_COUNTED
from app.services.quarter_book import QuarterBook
from app.services.quarter_deciding import CAN_ASK, CAN_STOP, prisoners_of
from app.services.spoken import spoken

_FEW: Final = 40
_RELATIVE: Final = "relative"
_OPENS: Final = frozenset({_RELATIVE, "prisoner", "godparent", "report"})


def past_of(ctx: Context, reader: Reader, book: QuarterBook) -> QuarterPast:
    """A review in numbers: of its signature, or of the marks so far where the list is open to the reader."""
    review, sign = book.review, book.sign
    if sign is not None:
        outcomes = {
            Outcome.IN_ORDER: sign.in_order or 0,
            Outcome.ASKED: sign.asked or 0,
            Outcome.STOPPED: sign.stopped or 0,
            Outcome.OWN: sign.own or 0,
        }
    else:
        outcomes = dict(counts(book.decided()))
    seed_entry = review.seed_entry or 0
    return QuarterPast(
        id=review.id,
        first_day=review.first_day,
        last_day=review.last_day,
        begun_by=ctx.name_of(review.by),
        begun_at=review.at,
        signed_by=ctx.name_of(sign.by) if sign is not None else "",
        signed_at=sign.at if sign is not None else None,
        listed=review.listed or 0,
        drawn=review.drawn or 0,
        findings=review.findings or 0,
        outcomes=outcomes,
        seed_entry=seed_entry,
        alone=bool(seed_entry) and reader.entry(seed_entry).person == review.by,
        signed_entry=next(iter(reader.entries_of(sign.id)), None) if sign is not None else None,
    )


def rows_of(
    ctx: Context,
    reader: Reader,
    book: QuarterBook,
    items: Sequence[QuarterItem],
    found: Mapping[str, QuarterMark],
) -> tuple[QuarterRow, ...]:
    """These items as they are now."""
    prisoners = prisoners_of(reader, items)
    kept_lights.ready(ctx, reader)
    missing = kept_lights.missing(ctx, set(prisoners.values()))
    if len(missing) <= _FEW:  # else their lights come once the session has settled
        kept_lights.decide_families(ctx, reader, missing)
    owners = {one.id: one.owner for one in reader.get_many(Prisoner, set(prisoners.values())).values()}
    relatives = [item.about for item in items if item.noun == _RELATIVE]
    families = {one.relative.id: one for one in reader.relative_facts(ids=relatives)}
    names = _names(ctx, reader, items)
    made: list[QuarterRow] = []
    for item in items:
        prisoner = prisoners.get(item.key)
        row = QuarterRow(
            key=item.key,
            group=item.group,
            kinds=item.kinds,
            about=names.get(item.key, ""),
            prisoner=prisoner,
            owner=ctx.name_of(owners.get(RecordId(prisoner or ""))),
            own=ctx.me in item.authors,
            findings=len(item.findings),
            opens=(item.noun, item.about) if item.noun in _OPENS else None,
            may_ask=item.key in prisoners and item.noun in CAN_ASK,
            may_stop=item.noun in CAN_STOP,
        )
        one = families.get(RecordId(item.about))
        if one is not None:
            row = _with_relative(ctx, reader, row, one, book.review.upto or 0)
        if item.key in found:
            row = _with_decision(ctx, row, found[item.key])
        made.append(row)
    return tuple(made)


def _names(ctx: Context, reader: Reader, items: Iterable[QuarterItem]) -> Mapping[str, str]:
    """What findings that are not about a relative are about, by key."""
    found = [
        (item.key, Found(rule, item.noun, item.about, ()))
        for item in items
        if item.noun != _RELATIVE and (rule := rule_of(item.group)) is not None
    ]
    told = Telling(ctx, reader).items(found)
    return {one.digest: one.about for some in told.values() for one in some}


def _with_relative(
    ctx: Context, reader: Reader, row: QuarterRow, one: RelativeFacts, upto: int
) -> QuarterRow:
    """The same with what an officer needs of a relative, all but who it is."""
    family = ctx.cache.family(one.relative.prisoner or "", ctx.today())
    lines = family.lines.get(one.relative.id, NOT_COUNTED) if family is not None else NOT_COUNTED
    talk = next((talk for talk in reversed(one.conversations) if talk.answers), None)
    signs = [sign for sign in one.countersigns if sign.granted]
    written: list[Record] = [one.relative, *one.conversations, *one.countersigns]
    written += [stop.hold for stop in one.holds]
    return attrs.evolve(
        row,
        about=spoken(one.relative, one.prisoner_name),
        lines=lines.lights,
        ends_on=lines.ends_on,
        last_on=lines.last_on,
        last_kind=lines.last_kind,
        evidence=talk.evidence if talk else "",
        channel=talk.channel if talk else "",
        verified_by=talk.verified_by if talk else "",
        recorded_by=_people(ctx, [talk.recorded_by] if talk else []),
        seconded_by=_people(ctx, [sign.by for sign in signs if talk and sign.conversation == talk.id]),
        moved_on=any(reader.version_at(each.id, upto) != each.version for each in written),
    )


def _with_decision(ctx: Context, row: QuarterRow, mark: QuarterMark) -> QuarterRow:
    return attrs.evolve(
        row,
        outcome=Outcome(mark.outcome),
        note=mark.note,
        ask_by=mark.ask_by,
        decided_by=ctx.name_of(mark.by),
    )


def _people(ctx: Context, people: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in people if (name := ctx.name_of(one))))
