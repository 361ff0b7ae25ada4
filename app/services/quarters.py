"""Quarter reviews: begun by an officer, decided item by item or many at once, signed at the end.

Every decision is stored as it is made, so a lock or a crash loses none. A review is signed when nothing is
open any more and everything of it fits the log; what changed meanwhile goes into the next one.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from typing import Final

import attrs

from app.crypto.hashing import tagged_hash
from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader
from app.domain.progress import Progress, at_once, no_progress
from app.domain.quarter import Outcome, QuarterItem, QuarterSign
from app.domain.quarter_rows import QuarterPast, QuarterRow, QuarterState
from app.domain.quarter_state import digest_of_marks, tallies
from app.domain.roles import Action, Limit
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.findings import holds_every_key
from app.services.quarter_book import QuarterBook, reviews_in, under_way, with_list
from app.services.quarter_changes import Period, changes_in
from app.services.quarter_check import Doubt, doubts_of, numbers, refuse_unsound
from app.services.quarter_deciding import (
    DecideItems,
    TakeBack,
    ask_owners,
    check_command,
    prisoners_of,
    put_in_order,
    stop_all,
    withdraw_questions,
    write_mark,
)
from app.services.quarter_list import preparing
from app.services.quarter_telling import past_of, rows_of

__all__ = ["SLICE", "BeginQuarter", "DecideItems", "Quarters", "TakeBack"]

SLICE: Final = 200
"""So many rows are read at a time."""


@attrs.frozen
class BeginQuarter:
    """Begin a review; `start` is its first day where none was signed before."""

    start: date | None = None


class Quarters:
    """Use cases of the quarter review."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._lists: Final[dict[str, tuple[QuarterItem, ...]]] = {}
        """By review: a list never changes, and reading it anew takes a second where everybody is on it."""

    # reading

    def past(self) -> tuple[QuarterPast, ...]:
        """Reviews in numbers, newest first, the one under way too. Raises KnownError NOT_ALLOWED."""
        self._require_reading()
        with self._ctx.reading() as reader:
            books = reviews_in(self._ctx, reader)
            return tuple(past_of(self._ctx, reader, book) for book in reversed(books))

    def doubts(self, review: str) -> tuple[Doubt, ...]:
        """What of a review does not fit the log; without a desk's key only what is open is looked at.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND.
        """
        self._require_reading()
        with self._ctx.reading() as reader:
            books = reviews_in(self._ctx, reader)
            book = next((one for one in books if one.review.id == review), None)
            if book is None:
                raise KnownError(Code.NOT_FOUND, review)
            return doubts_of(self._ctx, reader, book, books)

    def state(self) -> QuarterState | None:
        """How far the review under way is; None where none is.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY.
        """
        self._require()
        with self._ctx.reading() as reader:
            book = under_way(reviews_in(self._ctx, reader))
            if book is None:
                return None
            book = self._with_list(reader, book)
            found = book.decided()
            return QuarterState(past_of(self._ctx, reader, book), tallies(book.items, found))

    def moved_on(self) -> int:
        """About how many relatives something changed since the review under way began; they come next time.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND (none is under way).
        """
        self._require()
        with self._ctx.reading() as reader:
            review = self._under_way(reader).review
            today = self._ctx.today()
            since = Period(review.upto or 0, reader.head()[0], review.last_day or today, today)
            return len(changes_in(self._ctx, reader, since).changed)

    def rows(self, group: str, first: int = 0, count: int = SLICE) -> tuple[QuarterRow, ...]:
        """A slice of a group of the review under way, always in the same order.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND (none is under way).
        """
        self._require()
        with self._ctx.reading() as reader:
            book = self._under_way(reader)
            found = book.decided()
            items = [item for item in book.items if item.group == group]
            return rows_of(self._ctx, reader, book, items[first : first + count], found)

    def rows_named(self, keys: Sequence[str]) -> tuple[QuarterRow, ...]:
        """These items of the review under way, after a decision on them. Raises KnownError as `rows`."""
        self._require()
        wanted = set(keys)
        with self._ctx.reading() as reader:
            book = self._under_way(reader)
            items = [item for item in book.items if item.key in wanted]
            return rows_of(self._ctx, reader, book, items, book.decided())

    # writing

    def begin(self, command: BeginQuarter) -> Saved:
        """Fix the list and draw the lot. Raises KnownError as `beginning`."""
        return at_once(self.beginning(command))

    def beginning(
        self, command: BeginQuarter, progress: Progress = no_progress
    ) -> Generator[None, None, Saved]:
        """The same in slices; list and lot are in the log before anybody sees whom it met.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY (of any desk: a part of the list would be missing),
                ALREADY_DONE (one is under way), INVALID_FIELD (no first day), CHANGED_SINCE, CANCELLED, and
                what `refuse_unsound` raises.
        """
        ctx = self._ctx
        self._require()
        with ctx.reading() as reader:
            if not holds_every_key(ctx, reader):
                raise KnownError(Code.NEEDS_DESK_KEY)
            if under_way(reviews_in(ctx, reader)) is not None:
                raise KnownError(Code.ALREADY_DONE)
            refuse_unsound(ctx, reader)
        beginning = yield from preparing(ctx, command.start, progress)
        with ctx.writing() as work:
            if work.head()[0] != beginning.review.upto:
                raise KnownError(Code.CHANGED_SINCE)
            made = work.add(beginning.review)
            work.add_many(beginning.parts(ctx))
            committed = work.commit(Act.QUARTER_STARTED)
        return ctx.finish(committed, made.id, Act.QUARTER_STARTED, prisoners=())

    def decide(self, command: DecideItems) -> Saved:
        """Decide on items, all or none. *In order* of my own work becomes *own work*.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE (signed, or decided already),
                UNKNOWN_TERM, INVALID_FIELD, SAME_PERSON_TWICE (asking myself about my own work).
        """
        ctx = self._ctx
        self._require()
        with ctx.writing() as work:
            book = self._open_book(work, command.review)
            items = _chosen(book, command.items)
            if book.decided().keys() & set(command.items):
                raise KnownError(Code.ALREADY_DONE)
            outcome = check_command(ctx, command, items)
            act, prisoners = Act.SEALED_CHANGED, frozenset[str]()
            if outcome is Outcome.IN_ORDER:
                put_in_order(ctx, work, command, items)
            elif outcome is Outcome.ASKED:
                prisoners = frozenset(prisoners_of(work, items).values())
                write_mark(ctx, work, command, items, outcome, ask_owners(ctx, work, command, items))
            else:
                stopped = stop_all(ctx, work, command.reason, items)
                write_mark(ctx, work, command, items, outcome, stopped.made)
                act = Act.HOLD_PLACED if stopped.in_the_open else act
                prisoners = stopped.prisoners
                renew_clearances(ctx, work, sorted(prisoners))
            committed = work.commit(act)
        return ctx.finish(committed, command.review, act, prisoners=sorted(prisoners))

    def take_back(self, command: TakeBack) -> Saved:
        """Open items again, until the review is signed; a stop goes on acting, lifting it takes two.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE (signed, or open).
        """
        ctx = self._ctx
        self._require()
        with ctx.writing() as work:
            book = self._open_book(work, command.review)
            found = book.decided()
            items = _chosen(book, command.items)
            if set(command.items) - found.keys():
                raise KnownError(Code.ALREADY_DONE)
            about = {item.about for item in items}
            withdraw_questions(ctx, work, {found[item.key] for item in items}, about)
            prisoners = sorted(set(prisoners_of(work, items).values()))
            blank = DecideItems(command.review, command.items, Outcome.REOPENED)
            write_mark(ctx, work, blank, items, Outcome.REOPENED, ())
            committed = work.commit(Act.SEALED_CHANGED)
        return ctx.finish(committed, command.review, Act.SEALED_CHANGED, prisoners=prisoners)

    def sign(self, review: str) -> Saved:
        """End a review with my name under its numbers.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE, QUARTER_OPEN (something is not
                decided), QUARTER_DOUBTED (something does not fit the log), and as `begin` for the whole file.
        """
        ctx = self._ctx
        self._require()
        with ctx.writing() as work:
            book = self._open_book(work, review)
            found = book.decided()
            left = len(book.items) - len(found)
            if left:
                raise KnownError(Code.QUARTER_OPEN, open=left)
            if doubts_of(ctx, work, book, reviews_in(ctx, work)):
                raise KnownError(Code.QUARTER_DOUBTED)
            refuse_unsound(ctx, work)
            in_order, asked, stopped, own = numbers(book)
            made = work.add(
                QuarterSign(
                    RecordId(new_id()),
                    review=review,
                    in_order=in_order,
                    asked=asked,
                    stopped=stopped,
                    own=own,
                    marks_digest=digest_of_marks(found, tagged_hash),
                    by=ctx.me,
                    at=ctx.moment(work),
                )
            )
            committed = work.commit(Act.QUARTER_SIGNED)
        return ctx.finish(committed, made.id, Act.QUARTER_SIGNED, prisoners=())

    # parts

    def _require(self) -> None:
        self._ctx.require(Action.QUARTER_REVIEW)
        if not self._ctx.keys.desks:
            raise KnownError(Code.NEEDS_DESK_KEY)

    def _require_reading(self) -> None:
        """Who reads figures of findings reads these: officers and auditors."""
        if self._ctx.require(Action.READ_FINDINGS).limit is Limit.OWN_ACTS:
            raise KnownError(Code.NOT_ALLOWED)

    def _under_way(self, reader: Reader) -> QuarterBook:
        book = under_way(reviews_in(self._ctx, reader))
        if book is None:
            raise KnownError(Code.NOT_FOUND)
        return self._with_list(reader, book)

    def _with_list(self, reader: Reader, book: QuarterBook) -> QuarterBook:
        found = with_list(self._ctx, reader, book, self._lists.get(book.review.id))
        self._lists[book.review.id] = found.items
        return found

    def _open_book(self, reader: Reader, review: str) -> QuarterBook:
        found = next((book for book in reviews_in(self._ctx, reader) if book.review.id == review), None)
        if found is None:
            raise KnownError(Code.NOT_FOUND, review)
        if found.sign is not None:
            raise KnownError(Code.ALREADY_DONE)
        return self._with_list(reader, found)


def _chosen(book: QuarterBook, keys: Sequence[str]) -> list[QuarterItem]:
    by_key = {item.key: item for item in book.items}
    if not keys or any(key not in by_key for key in keys):
        raise KnownError(Code.NOT_FOUND, *[key for key in keys if key not in by_key][:10])
    return [by_key[key] for key in dict.fromkeys(keys)]
