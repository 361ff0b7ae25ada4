"""What a consent audit counts, and how: every definition in one place. Pure.

* Days are days of the case file's time zone; a **period** holds its first and its last day.
* What somebody wrote down belongs to the day it was **recorded**, whatever day it is about: a later audit of
  the same period then says the same.
* **Yes** and **no** are answers recorded as given or renewed, and as refused; **withdrew** is an answer
  recorded as withdrawn by the person. One talk can hold many.
* **Taken back** is an entry that says of an earlier answer that we revoked it, that it was not valid, or that
  it was a mistake. It counts for what that answer was about, and the answer stays counted where it was.
* **Ran out**: a yes whose last day lies in the period (the day it was recorded, where that is later), that
  nobody had taken back by then and to which the same person had given no newer yes or no for the same purpose
  by then (a newer one that was itself taken back by then does not count).
* **Two people**: a decision belongs to the day of its second half, and so does one person's own second yes.
* **Stops** belong to the days they were placed and lifted on; one is *in force* on the last day if it was
  placed by the end of that day and not lifted by then.
* **Quarter reviews** belong to the day they were signed, with what came of every item of their lists.
* **Findings** wait or do not wait on the day of the report; a review belongs to the day it was written and
  counts every finding it names, in a review of its own or in a quarter review.

Source: consent.md, *What the security officer gets*.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.consent_facts import Says
from app.domain.errors import Code, KnownError


@attrs.frozen
class Period:
    """From a first to a last day, both in it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def check(self, today: date) -> None:
        """Refuse a period that is none, or that is not over.

        Raises:
            KnownError: INVALID_FIELD (period).
        """
        if not self.first <= self.last <= today:
            raise KnownError(Code.INVALID_FIELD, "period", field="period")


@attrs.frozen(slots=True)
class ToldAnswer:
    """One answer as an audit looks at it.

    Attributes:
        place: where it stands among all answers, in the order they were recorded.
        end: the last day it bears at most, for a yes.
        cancels: the answer it takes back.
    """

    id: str
    relative: str
    kind: str
    says: Says
    purpose: str
    audience: str
    recorded: date
    place: int
    end: date
    cancels: str = ""

    @property
    def out_on(self) -> date:
        """The day a yes runs out on."""
        return max(self.end, self.recorded)


@attrs.frozen
class CountRow:
    """One line of a table: what it is about and its figures, or texts for what is no figure."""

    key: str
    values: tuple[int | str, ...]


Counts = Mapping[str, tuple[CountRow, ...]]
"""The rows of every table, by its key (`app.reports.audit_tables`)."""

ANSWER_COLUMNS: Final = ("yes", "no", "withdrew", "taken_back", "ran_out")


def answer_counts(said: Sequence[ToldAnswer], period: Period) -> Iterable[tuple[str, ToldAnswer]]:
    """Every answer with the column it counts in; one can count in two (a yes that runs out at once).

    Args:
        said: of everybody, in the order they were recorded.
    """
    by_id = {one.id: one for one in said}
    taken: dict[str, date] = {}
    for one in said:
        if one.says is Says.TAKES_BACK and one.cancels:
            taken[one.cancels] = min(one.recorded, taken.get(one.cancels, one.recorded))
    for one in said:
        if one.recorded not in period:
            continue
        if one.says is Says.YES:
            yield "yes", one
        elif one.says is Says.NO:
            yield ("withdrew" if one.kind == "withdrawn" else "no"), one
        elif one.says is Says.TAKES_BACK:
            yield "taken_back", by_id.get(one.cancels, one)
    yield from (("ran_out", one) for one in _ran_out(said, taken, period))


def _ran_out(said: Sequence[ToldAnswer], taken: Mapping[str, date], period: Period) -> Iterable[ToldAnswer]:
    words: dict[tuple[str, str], list[ToldAnswer]] = defaultdict(list)
    for one in said:
        if one.says in (Says.YES, Says.NO):
            words[(one.relative, one.purpose)].append(one)
    for of_one in words.values():
        for one in of_one:
            if one.says is not Says.YES or one.out_on not in period or _by(taken.get(one.id), one.out_on):
                continue
            if not any(
                other.place > one.place
                and other.recorded <= one.out_on
                and not _by(taken.get(other.id), one.out_on)
                for other in of_one
            ):
                yield one


def _by(day: date | None, end: date) -> bool:
    return day is not None and day <= end


def answers_by(
    counted: Iterable[tuple[str, ToldAnswer]], rows: Sequence[str], of: str
) -> tuple[CountRow, ...]:
    """The table of answers by purpose or by audience, every row there is, also one without any.

    Args:
        counted: see `answer_counts`.
        rows: codes in their order; what a newer Poruch wrote comes behind them.
        of: `purpose` or `audience`.
    """
    cells: Counter[tuple[str, str]] = Counter((getattr(one, of), column) for column, one in counted)
    known = (*rows, *sorted({row for row, _column in cells} - set(rows)))
    return tuple(CountRow(row, tuple(cells[(row, column)] for column in ANSWER_COLUMNS)) for row in known)


def crossed(
    cells: Mapping[tuple[str, str], int], rows: Iterable[str], columns: Sequence[str], *, full: bool = True
) -> tuple[CountRow, ...]:
    """A table from its cells; rows of nothing but zeros go where it need not be `full`."""
    made = (CountRow(row, tuple(cells.get((row, column), 0) for column in columns)) for row in rows)
    return tuple(row for row in made if full or any(row.values))
