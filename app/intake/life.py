"""The dates of one row beside each other: which cannot be, which leave a doubt. Reads no cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.domain.dates import PartialDate, years_between
from app.intake.cells.found import Doubt, left_out, marked
from app.intake.mapping import Target
from app.intake.problems import ProblemCode

DATES: Final = (
    Target.BORN,
    Target.DETAINED_ON,
    Target.RELEASED_ON,
    Target.DIED_ON,
    Target.STARTS_ON,
    Target.ENDS_ON,
    Target.VERDICT_ON,
    Target.APPEAL_ON,
    Target.RECOGNISED_ON,
)
MAY_LIE_AHEAD: Final = frozenset({Target.ENDS_ON, Target.APPEAL_ON})
_YOUNGEST: Final = 10


class Life:
    """The dates of one row; those that cannot be are dropped, each with a doubt that says so.

    Attributes:
        dates: by column, None where there is none or it was dropped.
        doubts: by column, in the order they were seen.
    """

    def __init__(self, dates: Mapping[Target, PartialDate | None], today: date) -> None:
        self.dates: Final = dict(dates)
        self.doubts: Final[list[tuple[Target, Doubt]]] = []
        self._drop_future(today)
        self._check_life()
        self._check_sentence()

    def _drop_future(self, today: date) -> None:
        for target in DATES:
            day = self.dates[target]
            if day is not None and day.first > today and target not in MAY_LIE_AHEAD:
                self._drop(target, ProblemCode.DATE_IN_FUTURE)

    def _check_life(self) -> None:
        born, detained, died = (self.dates[t] for t in (Target.BORN, Target.DETAINED_ON, Target.DIED_ON))
        if born is not None and detained is not None:
            if born.first > detained.last:
                self._drop(Target.BORN, ProblemCode.BORN_AFTER_DETAINED)
            elif years_between(born.first, detained.last) < _YOUNGEST:
                self.doubts.append((Target.BORN, marked(ProblemCode.DETAINED_AS_CHILD)))
        earliest = detained or born
        if died is not None and earliest is not None and died.last < earliest.first:
            self._drop(Target.DIED_ON, ProblemCode.DIED_BEFORE_DETAINED)

    def _check_sentence(self) -> None:
        starts = self.dates[Target.STARTS_ON] or self.dates[Target.VERDICT_ON]
        ends = self.dates[Target.ENDS_ON]
        if starts is not None and ends is not None and ends.last < starts.first:
            self._drop(Target.ENDS_ON, ProblemCode.ENDS_BEFORE_START)

    def _drop(self, target: Target, code: ProblemCode) -> None:
        self.dates[target] = None
        self.doubts.append((target, left_out(code)))
