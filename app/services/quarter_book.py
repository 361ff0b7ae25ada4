"""Quarter reviews as they lie in the file, as far as they count: written once, by an officer, in person.

A mark a coordinator writes, a signature in somebody else's name, a second version of anything: none of them
counts. Whether what counts also fits the log is asked by `quarter_check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

import attrs

from app.domain.clock import local_day
from app.domain.errors import Code, KnownError
from app.domain.ports import Reader, Record
from app.domain.quarter import Outcome, QuarterItem, QuarterList, QuarterMark, QuarterReview, QuarterSign
from app.domain.quarter_state import decided
from app.domain.roles import Role
from app.services.context import Context


class _Signed(Record, Protocol):
    @property
    def by(self) -> str | None: ...


S = TypeVar("S", bound=_Signed)


@attrs.frozen
class QuarterBook:
    """One review with everything that belongs to it.

    Attributes:
        items: of its list; none without a desk's key.
        marks: those that count, in the order of the log.
        sign: its end, None while it is under way.
    """

    review: QuarterReview
    sign: QuarterSign | None
    items: tuple[QuarterItem, ...] = ()
    marks: tuple[QuarterMark, ...] = ()

    def decided(self) -> Mapping[str, QuarterMark]:
        """The mark that counts, by item."""
        return decided(self.items, self.marks)


def reviews_in(ctx: Context, reader: Reader) -> tuple[QuarterBook, ...]:
    """All reviews that count, in the order of the log, without their lists."""
    signs: dict[str, QuarterSign] = {}
    for sign in counting(ctx, reader, reader.find(QuarterSign)):
        signs.setdefault(sign.review or "", sign)
    reviews = counting(ctx, reader, reader.find(QuarterReview))
    return tuple(QuarterBook(review, signs.get(review.id)) for review in reviews)


def under_way(books: Iterable[QuarterBook]) -> QuarterBook | None:
    """The review that is not signed yet; the first, should somebody have begun another beside it."""
    return next((book for book in books if book.sign is None), None)


def last_signed(books: Sequence[QuarterBook]) -> QuarterBook | None:
    """The newest review that is signed."""
    return next((book for book in reversed(books) if book.sign is not None), None)


def with_list(
    ctx: Context, reader: Reader, book: QuarterBook, known: tuple[QuarterItem, ...] | None = None
) -> QuarterBook:
    """The same with its list (or the one that is known) and its marks. Raises KnownError NEEDS_DESK_KEY."""
    items = known
    if items is None:
        items = tuple(item for part in counting_lists(reader, book.review) for item in part.items)
    marks = counting(ctx, reader, reader.find(QuarterMark, review=book.review.id))
    return attrs.evolve(book, items=items, marks=tuple(marks))


def book_of(ctx: Context, reader: Reader, review: str) -> QuarterBook:
    """One review with its list. Raises KnownError NOT_FOUND, NEEDS_DESK_KEY."""
    found = next((book for book in reviews_in(ctx, reader) if book.review.id == review), None)
    if found is None:
        raise KnownError(Code.NOT_FOUND, review)
    return with_list(ctx, reader, found)


def counting(ctx: Context, reader: Reader, records: Iterable[S]) -> list[S]:
    """Those an officer wrote once, in their own name, in the order of the log."""
    return [one for one in reader.in_order(records) if wrote(ctx, reader, one.id) == one.by]


def counting_lists(reader: Reader, review: QuarterReview) -> list[QuarterList]:
    """The parts of a list, as the entry that began the review wrote them."""
    began = reader.entries_of(review.id)[:1]
    parts = [
        part for part in reader.find(QuarterList, review=review.id) if reader.entries_of(part.id) == began
    ]
    return sorted(parts, key=lambda part: part.part or 0)


def wrote(ctx: Context, reader: Reader, record: str) -> str:
    """The officer who wrote a record, if it was written once; empty for anybody and anything else."""
    entries = reader.entries_of(record)
    if len(entries) != 1:
        return ""
    person = reader.entry(entries[0]).person
    return person if Role.OFFICER in reader.roles_at(person, entries[0]) else ""


def findings_settled(ctx: Context, reader: Reader) -> Mapping[str, frozenset[str]]:
    """Digests of findings quarter reviews answered for, by rule; what was taken back is open again."""
    settled: dict[str, set[str]] = {}
    if not reader.has_desk_key:
        return {}
    for mark in counting(ctx, reader, reader.find(QuarterMark)):
        for rule, _colon, digest in (one.partition(":") for one in mark.findings):
            digests = settled.setdefault(rule, set())
            (digests.discard if mark.outcome == Outcome.REOPENED else digests.add)(digest)
    return {rule: frozenset(digests) for rule, digests in settled.items()}


def hash_of_entry(reader: Reader, sequence: int) -> str:
    """The hash of an entry, as the one behind it says. Raises KnownError NOT_FOUND."""
    newest, newest_hash = reader.head()
    return newest_hash if sequence == newest else reader.entry(sequence + 1).previous


def newest_by_another(reader: Reader, person: str | None, upto: int) -> int:
    """The newest entry up to this one that somebody else wrote; this one where nobody else did.

    Its hash draws the lot: who begins a review can neither choose nor foresee what another person signs.
    """
    for sequence in range(upto, 0, -1):
        entry = reader.entry(sequence)
        if entry.person != person and not entry.automatic:
            return sequence
    return upto


def signed_between(ctx: Context, reader: Reader, first: date, last: date) -> tuple[QuarterSign, ...]:
    """Signatures of these days, both included, oldest first; open to everybody, numbers only."""
    return tuple(
        book.sign
        for book in reviews_in(ctx, reader)
        if book.sign is not None
        and book.sign.at is not None
        and first <= local_day(book.sign.at, ctx.time_zone) <= last
    )
