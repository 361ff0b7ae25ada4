"""Public figures: what is hidden, what stays, and that nobody works a hidden count out."""

from __future__ import annotations

import itertools
import random

import attrs
import highspy
import pytest
from highspy import _Highs  # type: ignore[attr-defined]
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Code, KnownError
from app.reports.sizes.hiding import Earlier, Standing, percentages, tell
from app.reports.sizes.hierarchies import NOT_KNOWN
from app.reports.sizes.reach import exposed
from app.reports.sizes.told import ALL, TableTold, known, moved, rounded
from app.reports.verify import attack
from app.reports.verify.attack import UnsolvedError, attacked
from tests.reports.group_sizes import (
    QUARTERS,
    RULES,
    TABLES,
    Person,
    attackers,
    counts,
    people,
    told_quarter,
)

YEAR_END, SPRING, SUMMER = QUARTERS


def _town(**numbers: int) -> list[Person]:
    """So many people of each charge; everything else about them is alike and common."""
    alike = {key: table.codes[0] for key, table in TABLES.items()} | {"minors": "adult", "health": "nothing"}
    return [{**alike, "charges": charge} for charge, number in numbers.items() for _ in range(number)]


# rules, one by one


def test_eight_tables_count_everybody_and_merge_to_coarser_ones() -> None:
    assert list(TABLES) == [
        "charges",
        "regions",
        "periods",
        "ages",
        "sexes",
        "sentences",
        "health",
        "minors",
    ]
    sizes = {key: len(table.levels[0]) - 1 for key, table in TABLES.items()}
    assert (sizes["charges"], sizes["regions"], sizes["periods"], sizes["ages"]) == (5, 4, 3, 4)
    for table in TABLES.values():
        for level in table.levels:
            held = [code for row in level for code in row.holds]
            assert sorted(held) == sorted(table.codes), "everybody stands in one row of each level"
            assert table.sensitive or level[-1].code == NOT_KNOWN


def test_small_groups_are_hidden_others_rounded_with_the_total() -> None:
    made, _ = told_quarter(_town(protest=57, words=33, state=4, extremism=21, other=12), SPRING)
    assert made.total == 125  # of 127
    told = made.tables["charges"].told
    assert told is not None
    assert told.cells["state"] is None
    assert all(value is None or value % 5 == 0 for value in told.cells.values())
    assert told.cells[NOT_KNOWN] == 0, "nobody is no small group where nothing sensitive is asked"


def test_health_and_minors_are_told_once_a_year_hide_noughts_and_groups_under_twenty() -> None:
    town = [*_town(protest=300), *({**one, "health": "recorded"} for one in _town(protest=19))]
    spring, _ = told_quarter(town, SPRING)
    assert spring.tables["health"].standing is Standing.YEARLY
    year, _ = told_quarter(town, YEAR_END)
    health = year.tables["health"].told
    assert health is not None
    assert set(health.cells.values()) == {None}, "one alone could be worked out from the total"
    nobody, _ = told_quarter(_town(protest=300), YEAR_END)
    assert nobody.tables["health"].told == attrs.evolve(health, total=nobody.total), "a nought is hidden too"


def test_a_published_count_stays_until_it_moved_by_five_and_anew_only_where_ten_moved() -> None:
    first, told = told_quarter(_town(protest=57, words=40, other=30), YEAR_END)
    assert first.tables["charges"].told is not None
    same, _ = told_quarter(_town(protest=61, words=44, other=31), SPRING, told)
    assert same.tables["charges"].standing is Standing.AS_BEFORE, "nine people moved"
    more, _ = told_quarter(_town(protest=59, words=58, other=30), SPRING, told)
    cells = more.tables["charges"].told
    assert cells is not None
    assert cells.cells["protest"] == 55, "57 and 59 are both told as 55"
    assert cells.cells["words"] == 60


def test_one_person_more_changes_no_table() -> None:
    town = _town(protest=59, words=40, other=30)
    _, told = told_quarter(town, YEAR_END)
    for charge in TABLES["charges"].codes:
        made, _ = told_quarter([*town, *_town(**{charge: 1})], SPRING, told)
        assert {one.table for one in made.told} == {ALL}


def test_over_forty_per_cent_hidden_offers_the_coarser_table_and_it_says_more() -> None:
    town = _town(protest=57, words=6, state=5, extremism=7, other=8)
    fine, _ = told_quarter(town, SPRING)
    assert fine.tables["charges"].much_hidden
    coarse, _ = told_quarter(town, SPRING, levels={"charges": 1})
    assert not coarse.tables["charges"].much_hidden
    none, _ = told_quarter(town, SPRING, levels={"charges": TABLES["charges"].left_out})
    assert none.tables["charges"].standing is Standing.LEFT_OUT


def test_a_case_file_with_hardly_anybody_tells_nothing() -> None:
    with pytest.raises(KnownError) as refused:
        told_quarter(_town(protest=9), SPRING)
    assert refused.value.code is Code.REPORT_TOO_FEW


def test_shares_come_from_published_counts_of_a_base_of_thirty() -> None:
    assert percentages([30, None, 10], 40, 30) == (75, None, 25)
    assert percentages([20, 5], 25, 30) == (None, None)


# the attacker


def _one_table(**cells: int | None) -> TableTold:
    rows: dict[str, int | None] = dict.fromkeys(TABLES["charges"].codes, 0)
    return TableTold("charges", 0, SPRING, 100, {**rows, **cells})


def test_a_lone_hidden_count_is_worked_out_from_the_total() -> None:
    told = [TableTold(ALL, 0, SPRING, 100), _one_table(protest=95, state=None)]
    (cell,) = attacked(TABLES, told, SPRING, RULES)
    assert (cell.table, cell.row) == ("charges", "state")
    assert cell.high < RULES.hide_under
    assert exposed(TABLES, told, SPRING, RULES) == (("charges", "state"),)


def test_a_bad_suppression_that_only_the_program_catches() -> None:
    """Each quarter alone hides enough; two of them together do not: the rounding of others averages out."""
    nought = {"state": 0, NOT_KNOWN: 0, "other": None}
    before = TableTold("charges", 0, YEAR_END, 100, {"protest": 40, "words": 30, "extremism": 25, **nought})
    now = TableTold("charges", 0, SPRING, 130, {"protest": 60, "words": 45, "extremism": 10, **nought})
    told = [before, TableTold(ALL, 0, YEAR_END, 100), now, TableTold(ALL, 0, SPRING, 130)]
    assert not exposed(TABLES, told, SPRING, RULES)
    assert not attacked(TABLES, told[2:], SPRING, RULES)
    (cell,) = attacked(TABLES, told, SPRING, RULES)
    assert cell == attack.Cell("charges", "other", 7, 13)


def test_figures_that_contradict_each_other_are_refused() -> None:
    told = [TableTold(ALL, 0, SPRING, 100), _one_table(protest=50, state=None, words=0)]
    told[1] = attrs.evolve(told[1], cells={**told[1].cells, "other": 200})
    with pytest.raises(UnsolvedError):
        attacked(TABLES, told, SPRING, RULES)


class _TooSlow(_Highs):  # type: ignore[misc]
    """A solver whose time is over before it knows anything."""

    def getModelStatus(self) -> object:  # noqa: N802 - its own name
        return highspy.HighsModelStatus.kTimeLimit


def test_a_solver_that_takes_too_long_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highspy, "_Highs", _TooSlow)
    with pytest.raises(UnsolvedError):
        attacked(TABLES, [TableTold(ALL, 0, SPRING, 100), _one_table(protest=95, state=None)], SPRING, RULES)


def test_the_solver_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    attacked(TABLES, [TableTold(ALL, 0, SPRING, 100), _one_table(protest=95, state=None)], SPRING, RULES)
    assert capfd.readouterr() == ("", "")


@settings(max_examples=5)
@given(st.integers(0, 10**9), st.sampled_from([12, 40, 90, 300]))
def test_three_quarters_of_any_population_give_no_small_group_away(seed: int, number: int) -> None:
    rng = random.Random(seed)
    town, earlier = people(rng, number), Earlier()
    for on in QUARTERS:
        if len(town) < RULES.hide_under:
            return
        made, earlier = told_quarter(town, on, earlier)
        assert not attackers(earlier.told, on)
        _assert_true(made.told, counts(town), earlier)
        rng.shuffle(town)
        town = town[rng.randint(0, len(town) // 3) :] + people(rng, rng.randint(0, 25))


def _assert_true(told: tuple[TableTold, ...], counted: object, earlier: Earlier) -> None:
    """Every published count lies within five of the truth, and no group under ten is told anew."""
    for one in told:
        for row in TABLES[one.table].rows(one.level) if one.table != ALL else ():
            value = one.cells[row.code]
            truth = sum(earlier.counted[(one.table, one.on)][code] for code in row.holds)
            assert value is None or abs(value - truth) < 5


@given(st.integers(10, 10**6), st.one_of(st.none(), st.integers(2, 10**5).map(lambda n: 5 * n)))
def test_what_a_reader_knows_of_a_count_holds_the_count(count: int, before: int | None) -> None:
    keeps = before is not None and abs(count - before) < 5
    value = before if keeps and before is not None else rounded(count, RULES)
    low, high = known(value, before, 10, RULES)
    assert low <= count <= high
    assert attack._between(value, before, 10, RULES) == (low, high)


@given(
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 30)),
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 30)),
)
def test_never_more_people_are_said_to_have_moved_than_did(
    before: dict[str, int], now: dict[str, int]
) -> None:
    most = sum(abs(now.get(row, 0) - before.get(row, 0)) for row in "abc")
    assert (most + 1) // 2 <= moved(before, now) <= most


def test_counts_nobody_kept_leave_the_table_as_it_was() -> None:
    town = _town(protest=60, words=40)
    _, told = told_quarter(town, YEAR_END)
    lost = attrs.evolve(told, counted={})
    made = tell(TABLES, counts(_town(protest=90, words=9)), {}, SPRING, lost, RULES, lambda _told: ())
    assert made.tables["charges"].standing is Standing.AS_BEFORE


@settings(max_examples=8)
@given(st.tuples(*[st.integers(0, 24)] * 3), st.tuples(*[st.booleans()] * 3))
def test_the_program_says_what_trying_every_town_says(
    counts: tuple[int, ...], hide: tuple[bool, ...]
) -> None:
    """Every town of three groups that is told the same, counted one by one, has exactly these bounds."""

    def told(town: tuple[int, ...]) -> tuple[int | None, ...]:
        shown = zip(town, hide, strict=True)
        cells = [None if no or 0 < one < 10 else rounded(one, RULES) for one, no in shown]
        return (*cells, rounded(sum(town), RULES))

    if sum(counts) < 10:
        return
    said = told(counts)
    same = [town for town in itertools.product(range(32), repeat=3) if sum(town) >= 10 and told(town) == said]
    rows = dict(zip(TABLES["sexes"].codes, said[:3], strict=True))
    tables = [TableTold("sexes", 0, SPRING, said[3] or 0, rows), TableTold(ALL, 0, SPRING, said[3] or 0)]
    for place, row in enumerate(TABLES["sexes"].codes):
        if said[place] is None and max(town[place] for town in same) < 30:
            bounds = attack._bounds(TABLES, tables, SPRING, (), RULES, ("sexes", row), shown=False)
            low, high = min(town[place] for town in same), max(town[place] for town in same)
            assert bounds is not None
            # a reader who did not know what is hidden on purpose knows less than whoever tried every town
            assert bounds[0] <= low <= high <= bounds[1]
            if all(hide[other] or said[other] is not None for other in range(3)):
                assert bounds == (low, high)
