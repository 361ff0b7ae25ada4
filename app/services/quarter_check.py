"""Whether a quarter review fits the log: its hands, its beginning, its list, its draw, its decisions.

What is open anybody may check, an auditor too; the list and the draw need a desk's key. Nothing of a review
is believed because it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from app.crypto.hashing import tagged_hash
from app.domain.conversation import Conversation
from app.domain.errors import KnownError
from app.domain.ids import is_id
from app.domain.ports import Reader
from app.domain.quarter import DRAWN, Outcome, QuarterList, QuarterMark, QuarterReview, QuarterSign
from app.domain.quarter_changes import Change
from app.domain.quarter_draw import digest_of_items, same_draw
from app.domain.quarter_state import counts, digest_of_marks
from app.services.context import Context
from app.services.quarter_book import QuarterBook, hash_of_entry, newest_by_another, with_list
from app.services.quarter_changes import changes_in, period_of


class Doubt(StrEnum):
    """What does not fit."""

    ROWS = "rows"  # a record is not what the log says, or is gone
    PERIOD = "period"  # it does not begin where the last one ended
    LOT = "lot"  # the seed is not the hash of an entry the officer could not choose
    LIST = "list"  # the list is not the one it began with
    LEFT_OUT = "left_out"  # something changed about somebody who is not on it
    DRAW = "draw"  # others would be drawn
    DECISIONS = "decisions"  # not what was signed


def doubts_of(
    ctx: Context, reader: Reader, book: QuarterBook, books: Sequence[QuarterBook]
) -> tuple[Doubt, ...]:
    """Everything that does not fit, with the log followed and every row compared.

    Args:
        ctx: the session.
        reader: of one transaction.
        book: the review.
        books: all of them, in the order of the log.
    """
    found = set(_open_doubts(ctx, reader, book, books))
    if not _rows_hold(reader, book):
        found.add(Doubt.ROWS)
    if reader.has_desk_key:
        found |= set(_closed_doubts(ctx, reader, with_list(ctx, reader, book)))
    return tuple(doubt for doubt in Doubt if doubt in found)


def refuse_unsound(ctx: Context, reader: Reader) -> None:
    """Nobody reviews what an old copy or a hole in the closed part hides; findings say what it is.

    Raises:
        KnownError: LOG_DOUBTED, LOG_BROKEN, RECORD_DAMAGED (a part of the list would be missing).
    """
    ctx.refuse_doubted(reader)
    reader.check_rows(Conversation, ())  # refuses while any closed record is damaged or missing


def quick_doubts(
    ctx: Context, reader: Reader, book: QuarterBook, books: Sequence[QuarterBook]
) -> tuple[Doubt, ...]:
    """What can be seen without reading the whole register, for findings: all but who was left out.

    The book comes with its list.
    """
    found = {*_open_doubts(ctx, reader, book, books), *_of_list(book)}
    return tuple(doubt for doubt in Doubt if doubt in found)


def _open_doubts(
    ctx: Context, reader: Reader, book: QuarterBook, books: Sequence[QuarterBook]
) -> Iterator[Doubt]:
    review, began = book.review, reader.entries_of(book.review.id)[0]
    if review.upto != began - 1 or not _follows(book, books):
        yield Doubt.PERIOD
    if not _drawn_by_another(reader, review):
        yield Doubt.LOT
    if book.sign is not None and _total(book.sign) != review.listed:
        yield Doubt.DECISIONS


def _follows(book: QuarterBook, books: Sequence[QuarterBook]) -> bool:
    """It begins at the end of the one before it; only the first chooses its beginning."""
    place = next(at for at, one in enumerate(books) if one.review.id == book.review.id)
    if place == 0:
        return book.review.previous is None
    before = books[place - 1]
    ends = (before.review.id, before.review.upto, before.review.last_day)
    return before.sign is not None and ends == (
        book.review.previous,
        book.review.since,
        book.review.first_day,
    )


def _drawn_by_another(reader: Reader, review: QuarterReview) -> bool:
    """The newest entry somebody else wrote before it began; the newest of all where there is none."""
    upto, entry = review.upto or 0, review.seed_entry or 0
    if not 0 < entry <= upto or hash_of_entry(reader, entry) != review.seed:
        return False
    return entry == newest_by_another(reader, review.by, upto)


def _rows_hold(reader: Reader, book: QuarterBook) -> bool:
    try:
        reader.check_rows(QuarterReview, [book.review.id])
        if book.sign is not None:
            reader.check_rows(QuarterSign, [book.sign.id])
        if reader.has_desk_key:
            for cls in (QuarterList, QuarterMark):
                reader.check_rows(cls, [one.id for one in reader.find(cls, review=book.review.id)])
    except KnownError:
        return False
    return True


def _closed_doubts(ctx: Context, reader: Reader, book: QuarterBook) -> Iterator[Doubt]:
    yield from _of_list(book)
    try:
        register = changes_in(ctx, reader, period_of(book.review))
    except KnownError:
        yield Doubt.LEFT_OUT
        return
    listed = {item.key for item in book.items}
    if register.changed.keys() - listed:
        yield Doubt.LEFT_OUT
    drawn = [item.key for item in book.items if item.kinds == (Change.DRAWN,)]
    others = listed - set(drawn)
    known = all(is_id(one) and reader.version_at(one, book.review.upto or 0) for one in drawn)
    sound = known and len(drawn) == book.review.drawn and len(drawn) == _wanted(book.review)
    if not sound or not same_draw(book.review.seed, drawn, register.everyone - others, tagged_hash):
        yield Doubt.DRAW


def _wanted(review: QuarterReview) -> int:
    return min(DRAWN, review.unchanged or 0)


def _of_list(book: QuarterBook) -> Iterator[Doubt]:
    if digest_of_items(book.items, tagged_hash) != book.review.list_digest:
        yield Doubt.LIST
    if book.sign is not None:
        found = book.decided()
        said = (book.sign.in_order, book.sign.asked, book.sign.stopped, book.sign.own)
        if digest_of_marks(found, tagged_hash) != book.sign.marks_digest or said != numbers(book):
            yield Doubt.DECISIONS


def numbers(book: QuarterBook) -> tuple[int, int, int, int]:
    """In order, asked, stopped, own work."""
    counted = counts(book.decided())
    return (
        counted[Outcome.IN_ORDER],
        counted[Outcome.ASKED],
        counted[Outcome.STOPPED],
        counted[Outcome.OWN],
    )


def _total(sign: QuarterSign) -> int:
    return sum(number or 0 for number in (sign.in_order, sign.asked, sign.stopped, sign.own))
