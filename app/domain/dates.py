"""Days as people know them: `PartialDate` is a day, a month, a year, or "about" one of these.

Never a clock in here: moments are aware UTC datetimes and live in `clock.py`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import total_ordering
from typing import Final, Self

import attrs

from app.domain.errors import Code, KnownError

EARLIEST_YEAR: Final = 1850
LATEST_YEAR: Final = 2150

_STORED = re.compile(r"(~?)([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@total_ordering
@attrs.frozen(order=False)
class PartialDate:
    """A date known to the day, the month or the year.

    Attributes:
        year: 1850 to 2150.
        month: 1 to 12, or None when only the year is known.
        day: 1 to 31, or None when only the month is known.
        about: True for "ca. 1990".
    """

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __attrs_post_init__(self) -> None:
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR or (self.month is None and self.day is not None):
            raise KnownError(Code.BAD_DATE)
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError as error:
            raise KnownError(Code.BAD_DATE) from error

    @classmethod
    def from_stored(cls, text: str) -> Self:
        """Read the stored form: `2021`, `2021-06`, `2021-06-14`, each with `~` before it for "about".

        Raises:
            KnownError: BAD_DATE.
        """
        match = _STORED.fullmatch(text)
        if match is None:
            raise KnownError(Code.BAD_DATE)
        about, year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None, bool(about))

    @classmethod
    def of(cls, day: date) -> Self:
        """The partial date that is exactly this day."""
        return cls(day.year, day.month, day.day)

    def stored(self) -> str:
        """The stored form, which `from_stored` reads back."""
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return f"~{text}" if self.about else text

    @property
    def first(self) -> date:
        """The first day this can be ("about" widens a year by one on each side)."""
        if self.about:
            return _shifted(date(self.year, self.month or 1, self.day or 1), -1)
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day this can be."""
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        end = date(self.year, month, day)
        return _shifted(end, 1) if self.about else end

    @property
    def exact(self) -> bool:
        """Whether it is one known day."""
        return self.day is not None and not self.about

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.first, self.last) < (other.first, other.last)


def _shifted(day: date, years: int) -> date:
    return add_months(day, 12 * years)


def add_months(day: date, months: int) -> date:
    """`day` moved by whole months, clipped to the end of the month (31 January + 1 = 28 February)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def end_of_month(day: date) -> date:
    """The last day of the month `day` lies in."""
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def years_between(born: date, on: date) -> int:
    """Completed years from `born` to `on` (a birthday on 29 February falls on 1 March elsewhere)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def certainly_adult(born: PartialDate | None, on: date) -> bool:
    """Whether someone is 18 or older on this day whatever an imprecise birth date turns out to be.

    Unknown, or partial so that under 18 is possible, counts as under 18 (consent.md, *strict reading*).
    """
    return born is not None and years_between(born.last, on) >= 18


def eighteenth_birthday(born: PartialDate) -> date:
    """The last day that can be the 18th birthday."""
    last = born.last
    try:
        return last.replace(year=last.year + 18)
    except ValueError:
        return last.replace(year=last.year + 18, day=28) + timedelta(days=1)
