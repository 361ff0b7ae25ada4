"""What quarter reviews leave to look at: own work nobody else reviewed, and what does not fit the log."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.case_findings import Found, Rule
from app.domain.clock import local_day
from app.domain.ports import Reader
from app.domain.quarter import Outcome
from app.services.context import Context
from app.services.quarter_book import QuarterBook, reviews_in, with_list
from app.services.quarter_check import quick_doubts

_LOOKED_AT = 3
"""The newest so many reviews; older ones stood when these were signed."""


def found_in_quarters(ctx: Context, reader: Reader) -> Iterator[Found]:
    """Findings of the newest reviews; with a desk's key only."""
    books = reviews_in(ctx, reader)
    for book in books[-_LOOKED_AT:]:
        listed = with_list(ctx, reader, book)
        doubts = quick_doubts(ctx, reader, listed, books)
        if doubts:
            review = book.review
            facts = (review.id, *(doubt.value for doubt in doubts))
            yield Found(
                Rule.QUARTER_DOUBT,
                "quarter_review",
                review.id,
                facts,
                (review.id,),
                review.last_day,
                review.by,
            )
        yield from _own_work(ctx, listed)


def _own_work(ctx: Context, book: QuarterBook) -> Iterator[Found]:
    """What a signed review says nobody but its author looked at."""
    if book.sign is None:
        return
    for key, mark in book.decided().items():
        item = next((one for one in book.items if one.key == key), None)
        if item is not None and mark.outcome == Outcome.OWN:
            on = local_day(mark.at, ctx.time_zone) if mark.at is not None else None
            facts = (book.review.id, mark.id)
            yield Found(Rule.OWN_WORK, item.noun, item.about, facts, (mark.id,), on, mark.by)
