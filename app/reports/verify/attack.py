"""The attacker: from everything published, a linear program bounds every hidden count of the newest quarter.

It reads the finished figures and what the ledger says was published before, and shares no code with what
hid them. Where the program can tell that a group is small, or how many people it has to within fewer counts
than the least size of a group, the report is refused, and the cell is named by the words of its row and
column. A solver that fails, takes too long or finds that the figures contradict each other refuses too.

Besides this quarter alone it tries what a patient reader would: that what was hidden stayed as it was since
one earlier quarter, or since all of them; and that what is told the same stayed as it was too. A
supposition that contradicts what was published tells that reader nothing.

Sources: M. Fischetti and J. J. Salazar-González, Mathematical Programming 84 (1999), *attacker's problem*;
A. Hundepool et al., *Statistical Disclosure Control*, Wiley 2012, 4.4.2. Solver: Q. Huangfu and J. A. J.
Hall, Mathematical Programming Computation 10 (2018).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.reports.kinds import GroupRules
from app.reports.sizes.hierarchies import SizeTable
from app.reports.sizes.told import TableTold

_LONGEST: Final = 5.0  # seconds for one bound; they take milliseconds
_SLACK: Final = 1e-6
_ALL: Final = "all"
_MOVE: Final = 5
_BACK: Final = 8
_MOST: Final = 1e7  # people; without an end the solver could not tell unbounded from impossible


class UnsolvedError(Exception):
    """The solver gave no answer that can be relied on."""


@attrs.frozen
class Cell:
    """A hidden count that can be worked out too well."""

    table: str
    row: str
    low: int
    high: int


@attrs.define
class _Program:
    """A linear program in the making: counts between bounds, sums of counts between bounds."""

    low: list[float] = attrs.field(factory=list)
    high: list[float] = attrs.field(factory=list)
    sums: list[tuple[dict[int, float], float, float]] = attrs.field(factory=list)

    def count(self, low: float, high: float) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1


def attacked(
    tables: Mapping[str, SizeTable], told: Sequence[TableTold], now: date, rules: GroupRules
) -> tuple[Cell, ...]:
    """The hidden counts of a quarter that everything told gives away, the first of each table.

    Args:
        told: of every quarter, the newest too; it holds the number of all people as table `all`.

    Raises:
        UnsolvedError: no answer: then nobody may rely on there being none.
    """
    before = sorted({one.on for one in told if one.on < now})[-_BACK:]
    suppositions: list[tuple[tuple[date, ...], bool]] = [((), False)]
    for days in [*((day,) for day in before), tuple(before)]:
        suppositions += [(days, False), (days, True)] if days else []
    found = []
    for one in told:
        if one.on == now and one.table != _ALL:
            least = rules.sensitive_under if tables[one.table].sensitive else rules.hide_under
            hidden = [row for row, value in one.cells.items() if value is None]
            known = (
                Cell(one.table, row, *bounds)
                for row in hidden
                for days, shown in suppositions
                if (bounds := _bounds(tables, told, now, days, rules, (one.table, row), shown=shown))
                and _too_well(*bounds, least)
            )
            found += [cell for cell in (next(known, None),) if cell is not None]
    return tuple(found)


def _bounds(
    tables: Mapping[str, SizeTable],
    told: Sequence[TableTold],
    now: date,
    days: Sequence[date],
    rules: GroupRules,
    wanted: tuple[str, str],
    *,
    shown: bool,
) -> tuple[int, int] | None:
    """What one supposition tells of a hidden count; None where it contradicts what was published."""
    found = _solved(*_program(tables, told, now, days, rules, wanted, shown=shown))
    if found is None and not days:
        raise UnsolvedError  # figures that contradict each other are no figures
    return found


def _too_well(low: int, high: int, least: int) -> bool:
    return low < least and (high < least or high - low + 1 < least)


def _program(
    tables: Mapping[str, SizeTable],
    told: Sequence[TableTold],
    now: date,
    days: Sequence[date],
    rules: GroupRules,
    wanted: tuple[str, str],
    *,
    shown: bool,
) -> tuple[_Program, dict[int, float]]:
    """The program, and the sum whose bounds are asked for."""
    program = _Program()
    read = [one for one in told if one.on == now or one.on in days]
    everybody = {
        one.on: program.count(*_between(one.total, _total_before(told, one.on), rules.hide_under, rules))
        for one in read
    }
    places = {}
    for one in read:
        if one.table != _ALL:
            places[(one.table, one.on)] = _put(
                program, tables[one.table], one, told, everybody[one.on], rules
            )
    for (key, on), counts in places.items():
        inside = tables[key].within
        if inside is not None and (inside.of, on) in places:
            outer = places[(inside.of, on)]
            program.sums.append(({outer[inside.into]: 1.0, counts[inside.row]: -1.0}, 0.0, math.inf))
    newest = {one.table: one for one in read if one.on == now}
    for was in read:
        if was.on != now and was.table in newest and was.table != _ALL:
            for holds in _unmoved(tables[was.table], was, newest[was.table], wanted, shown=shown):
                mine, theirs = places[(was.table, now)], places[(was.table, was.on)]
                equal = {mine[code]: 1.0 for code in holds} | {theirs[code]: -1.0 for code in holds}
                program.sums.append((equal, 0.0, 0.0))
    table, row = wanted
    asked = next(one.holds for one in tables[table].rows(newest[table].level) if one.code == row)
    return program, {places[(table, now)][code]: 1.0 for code in asked}


def _put(
    program: _Program,
    table: SizeTable,
    one: TableTold,
    told: Sequence[TableTold],
    everybody: int,
    rules: GroupRules,
) -> dict[str, int]:
    """The finest counts of a table, bound by what is told of their sums."""
    counts = {code: program.count(0.0, _MOST) for code in table.codes}
    program.sums.append(({**dict.fromkeys(counts.values(), 1.0), everybody: -1.0}, 0.0, 0.0))
    same = [was for was in told if was.table == one.table and was.on < one.on]
    was = max(same, key=lambda each: each.on, default=None)
    least = rules.sensitive_under if table.sensitive else rules.hide_under
    for row in table.rows(one.level):
        value = one.cells[row.code]
        if value is not None:
            earlier = was.cells.get(row.code) if was is not None and was.level == one.level else None
            low, high = _between(value, earlier, least, rules)
            program.sums.append((dict.fromkeys((counts[code] for code in row.holds), 1.0), low, high))
    return counts


def _between(value: int, earlier: int | None, least: int, rules: GroupRules) -> tuple[float, float]:
    """The counts that are told as this value: the rules are public."""
    if not value:
        return 0.0, 0.0
    fits = [
        count
        for count in range(max(0, value - _MOVE), value + _MOVE + 1)
        if value == (earlier if earlier and abs(count - earlier) < _MOVE else _anew(count, least, rules))
    ]
    return (float(fits[0]), float(fits[-1])) if fits else (1.0, 0.0)


def _anew(count: int, least: int, rules: GroupRules) -> int | None:
    half = rules.round_to // 2
    return None if count < least else (count + half) // rules.round_to * rules.round_to


def _total_before(told: Sequence[TableTold], on: date) -> int | None:
    return max(((one.on, one.total) for one in told if one.on < on), default=(on, None))[1]


def _unmoved(
    table: SizeTable, was: TableTold, now: TableTold, wanted: tuple[str, str], *, shown: bool
) -> Iterator[frozenset[str]]:
    """The rows a reader supposes to have stayed as they were."""
    for row in table.rows(now.level):
        then = was.cells.get(row.code) if was.level == now.level else None
        if now.cells[row.code] is not None:
            if shown and now.cells[row.code] == then:
                yield row.holds
        elif then is None or (now.table, row.code) != wanted:  # else everybody saw it move
            yield row.holds


def _solved(program: _Program, asked: Mapping[int, float]) -> tuple[int, int] | None:
    """The least and the most the asked sum can be; None where nothing fits."""
    import highspy  # with numpy a tenth of a second: only where figures are checked
    from highspy import _Highs  # type: ignore[attr-defined]  # its dressed form greets on standard output

    solver = _Highs()
    options = {"output_flag": False, "threads": 1, "parallel": "off", "time_limit": _LONGEST}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_as_model(program, asked))
    found = []
    for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
        solver.changeObjectiveSense(sense)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise UnsolvedError
        found.append(solver.getInfo().objective_function_value)
    return math.ceil(found[0] - _SLACK), math.floor(found[1] + _SLACK)


def _as_model(program: _Program, asked: Mapping[int, float]) -> object:
    import highspy
    import numpy

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.low), len(program.sums)
    model.col_cost_ = numpy.array([asked.get(index, 0.0) for index in range(len(program.low))])
    model.col_lower_, model.col_upper_ = numpy.array(program.low), numpy.array(program.high)
    model.row_lower_ = numpy.array([low for _parts, low, _high in program.sums])
    model.row_upper_ = numpy.array([high for _parts, _low, high in program.sums])
    starts: list[int] = [0]
    places: list[int] = []
    values: list[float] = []
    for parts, _low, _high in program.sums:
        places += parts.keys()
        values += parts.values()
        starts.append(len(places))
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = numpy.array(starts, dtype=numpy.int32)
    matrix.index_ = numpy.array(places, dtype=numpy.int32)
    matrix.value_ = numpy.array(values, dtype=numpy.double)
    return model
