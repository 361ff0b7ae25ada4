"""The list of a quarter review: what changed, what was drawn, what was found; made once, when it begins."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Final

import attrs

from app.crypto.hashing import tagged_hash
from app.domain.case_findings import Found, Rule
from app.domain.clock import end_of_day
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader
from app.domain.progress import Progress
from app.domain.quarter import DRAWN, Outcome, QuarterItem, QuarterList, QuarterReview
from app.domain.quarter_changes import Change, in_order, of_rule
from app.domain.quarter_draw import digest_of_items, draw
from app.domain.review import Occasion, Review
from app.domain.review_due import Done
from app.i18n import _
from app.services.as_known import entry_at
from app.services.context import Context
from app.services.finding_kept import KeptFindings, found_whole
from app.services.findings import open_findings
from app.services.quarter_book import (
    QuarterBook,
    hash_of_entry,
    last_signed,
    newest_by_another,
    reviews_in,
    with_list,
)
from app.services.quarter_changes import Changed, Period, Register, changes_in

PART: Final = 400
"""So many items lie in one closed record: some hundred kilobytes."""
_TRIES: Final = 3
_RELATIVE: Final = "relative"
_SAME: Final = ((Rule.UNVERIFIED, Change.UNVERIFIED), (Rule.ONE_PERSON, Change.ONE_PERSON))
"""Findings that say what a change says."""


@attrs.frozen
class Beginning:
    """A review that is ready to begin, and its list."""

    review: QuarterReview
    items: tuple[QuarterItem, ...]

    def parts(self, ctx: Context) -> Iterable[QuarterList]:
        """The list as it is stored; an empty one is stored, too."""
        left = iter(self.items)
        for number in range(max(1, -(-len(self.items) // PART))):
            some = tuple(islice(left, PART))
            yield QuarterList(ctx.lasting_id(), review=self.review.id, part=number, items=some)


def preparing(ctx: Context, start: date | None, progress: Progress) -> Generator[None, None, Beginning]:
    """Everything a review that begins now looks at, with other work between the slices.

    Whoever writes in between starts this anew; where somebody always does, the last try is in one piece.

    Args:
        ctx: the session.
        start: the first day, where no review was signed before.
        progress: called between the slices.

    Raises:
        KnownError: INVALID_FIELD (no first day, or one to come), CANCELLED.
    """
    for _try in range(_TRIES):
        progress(0, 0, _("Making the list and drawing"))
        with ctx.reading() as reader:
            head, seen = reader.head(), _see(ctx, reader, start)
        yield
        progress(0, 0, _("Making the list and drawing"))
        gathered = yield from KeptFindings().in_slices(ctx)
        with ctx.reading() as reader:
            if reader.head() == head:
                return prepare(ctx, reader, seen, gathered)
    with ctx.reading() as reader:
        return prepare(ctx, reader, _see(ctx, reader, start), found_whole(ctx, reader))


@attrs.frozen
class _Seen:
    """What changed since the last review."""

    before: QuarterBook | None
    period: Period
    register: Register


def _see(ctx: Context, reader: Reader, start: date | None) -> _Seen:
    before = last_signed(reviews_in(ctx, reader))
    period = _period(ctx, reader, before, start)
    return _Seen(before, period, changes_in(ctx, reader, period))


def prepare(ctx: Context, reader: Reader, seen: _Seen, gathered: tuple[Found, ...]) -> Beginning:
    """The list and the draw, out of what changed and what was found."""
    before, period, register = seen.before, seen.period, seen.register
    found = open_findings(ctx, reader, gathered)
    asked = _still_asked(ctx, reader, before, register)
    seed_entry = newest_by_another(reader, ctx.me, period.upto)
    seed = hash_of_entry(reader, seed_entry)
    listed = {one.about for _digest, one in found if one.noun == _RELATIVE} | asked
    left = register.unchanged - listed
    drawn = draw(seed, left, DRAWN, tagged_hash)
    items = (
        *_of_relatives(reader, register, found, asked, drawn),
        *(_of_finding(digest, one) for digest, one in found if one.about not in register.everyone),
    )
    review = QuarterReview(
        RecordId(new_id()),
        previous=before.review.id if before is not None else None,
        first_day=period.first,
        last_day=period.last,
        since=period.since,
        upto=period.upto,
        seed_entry=seed_entry,
        seed=seed,
        listed=len(items),
        drawn=len(drawn),
        unchanged=len(left),
        findings=len(found),
        list_digest=digest_of_items(items, tagged_hash),
        by=ctx.me,
        at=ctx.moment(reader),
    )
    return Beginning(review, items)


def _period(ctx: Context, reader: Reader, before: QuarterBook | None, start: date | None) -> Period:
    today, head = ctx.today(), reader.head()[0]
    if before is not None:
        return Period(before.review.upto or 0, head, before.review.last_day or today, today)
    if start is None or start > today:
        raise KnownError(Code.INVALID_FIELD, "start", field="start")
    day_before = end_of_day(start - timedelta(days=1), ctx.time_zone)
    return Period(entry_at(reader, day_before), head, start, today)


def _of_relatives(
    reader: Reader,
    register: Register,
    found: Iterable[tuple[str, Found]],
    asked: Collection[str],
    drawn: Collection[str],
) -> Iterable[QuarterItem]:
    of_relative: dict[str, list[tuple[str, Found]]] = {}
    for digest, one in found:
        if one.about in register.everyone:
            of_relative.setdefault(one.about, []).append((digest, one))
    authors = _authors(reader, drawn)
    for relative in sorted({*register.changed, *of_relative, *asked, *drawn}):
        changed = register.changed.get(relative, Changed(relative, (), (), frozenset()))
        findings = of_relative.get(relative, [])
        kinds = {*changed.kinds, *(of_rule(one.rule) for _digest, one in findings)}
        kinds -= {change for rule, change in _SAME if of_rule(rule) in kinds}
        if relative in asked:
            kinds.add(Change.STILL_ASKED)
        hands = changed.authors | {one.by for _digest, one in findings if one.by}
        yield QuarterItem(
            key=relative,
            noun=_RELATIVE,
            about=relative,
            kinds=in_order(kinds) or (Change.DRAWN.value,),
            findings=tuple(f"{one.rule.value}:{digest}" for digest, one in findings),
            records=changed.records,
            authors=tuple(sorted(hands | authors.get(relative, frozenset()))),
        )


def _of_finding(digest: str, one: Found) -> QuarterItem:
    return QuarterItem(
        key=digest,
        noun=one.noun,
        about=one.about,
        kinds=(of_rule(one.rule),),
        findings=(f"{one.rule.value}:{digest}",),
        records=one.records,
        authors=(one.by,) if one.by else (),
    )


def _authors(reader: Reader, relatives: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Who recorded and seconded everything these relatives ever said: of them nothing is new."""
    found: dict[str, frozenset[str]] = {}
    for one in reader.relative_facts(ids=sorted(relatives)):
        by = [talk.recorded_by for talk in one.conversations] + [sign.by for sign in one.countersigns]
        found[one.relative.id] = frozenset(person for person in by if person)
    return found


def _still_asked(
    ctx: Context, reader: Reader, before: QuarterBook | None, register: Register
) -> frozenset[str]:
    """Relatives whose owner has not answered the last review."""
    if before is None:
        return frozenset()
    done = Done(reader.find(Review))
    made = {
        record
        for mark in with_list(ctx, reader, before).decided().values()
        if mark.outcome == Outcome.ASKED
        for record in mark.made
    }
    occasions = reader.get_many(Occasion, made).values()
    waiting = {one.relative for one in occasions if one.relative and not done.settles(one)}
    return frozenset(waiting & register.everyone)
