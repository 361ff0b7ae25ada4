"""Protects: figures about families stay coarse however added up; a file that says more is refused."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Sequence
from datetime import date

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.domain.consent_audit import CountRow, Counts, Period
from app.i18n import translator
from app.languages import IN_REPORTS
from app.reports.audit import AuditRequest, compose_audit
from app.reports.audit_tables import TABLES
from app.reports.composed import ComposedReport, FigureRow, FigureTable
from app.reports.draft import make_files, write_one
from app.reports.guarding import NOT_GIVEN, guarded
from app.reports.kind_file import read_kind, shipped_kind
from app.reports.kinds import FORMATS, GroupRules
from app.reports.verify import verify
from tests.reports.making import said_as_in_english

_KIND = shipped_kind("consent_audit")
_RULES = GroupRules(5, 5)
_ENGLISH = translator("en")


def _counts(**more: tuple[CountRow, ...]) -> Counts:
    made: dict[str, tuple[CountRow, ...]] = {
        "answers": (CountRow("contact", (12, 3, 0, 1, 0)), CountRow("name", (41, 0, 0, 0, 6))),
        "audiences": (CountRow("internal", (13, 3, 0, 1, 0)), CountRow("public", (40, 0, 0, 0, 6))),
        "decided": tuple(CountRow(key, (value,)) for key, value in (("two", 7), ("one", 0), ("bypass", 2))),
        "reports": tuple(CountRow(key, (value,)) for key, value in (("made", 3), ("left", 1))),
        "log_state": (CountRow("checked", (1204,)), CountRow("standing", (0,))),
    }
    return made | more


def _report(language: str = "en", **more: tuple[CountRow, ...]) -> ComposedReport:
    period = Period(date(2026, 7, 1), date(2026, 9, 30))
    request = AuditRequest(
        _KIND, language, "2026-031", date(2026, 11, 22), period, 1204, _counts(**more), "", ()
    )
    return compose_audit(request).report


def _refusals(report: ComposedReport) -> list[str]:
    files = make_files(report, ("pdf",))
    return [one.check for one in verify(files, report, _KIND, write_one) if not one.passed]


def _cells(report: ComposedReport, key: str) -> list[tuple[str, ...]]:
    return [row.values for table in report.tables if table.key == key for row in table.rows]


@pytest.mark.parametrize("language", IN_REPORTS)
def test_it_passes_every_check_in_every_language(language: str) -> None:
    report = _report(language)
    assert _refusals(report) == []
    assert write_one(report, "pdf") == write_one(_report(language), "pdf")
    assert language == "en" or said_as_in_english(report, _report()) <= {"Foto", "deadbeef"}


def test_a_kind_of_the_house_that_asks_for_other_files_gets_them_with_the_same_guard() -> None:
    report = _report()
    files = make_files(report, FORMATS)
    assert [one for one in verify(files, report, _KIND, write_one) if not one.passed] == []
    loose = _with("answers", _cell("3"))
    found = verify(make_files(loose, FORMATS), loose, _KIND, write_one)
    assert {one.file_format for one in found if one.check == "figures" and not one.passed} == set(FORMATS)


def test_small_counts_about_families_are_given_as_a_range_and_others_rounded() -> None:
    report = _report()
    assert _cells(report, "answers") == [("10", "1 to 4", "0", "1 to 4", "0"), ("40", "0", "0", "0", "5")]
    assert _cells(report, "decided") == [("5",), ("0",), ("1 to 4",)]


def test_counts_of_the_offices_own_work_are_exact() -> None:
    report = _report()
    assert _cells(report, "reports") == [("3",), ("1",)]
    assert _cells(report, "log_state") == [("1,204",), ("0",)]
    assert next((figure.value, figure.label) for figure in report.figures) == (
        "1,204",
        "entries of the log checked",
    )


def _texts(columns: Sequence[Sequence[int]]) -> list[tuple[str, ...]]:
    places = [("t", number) for number in range(len(columns))]
    found = guarded(dict(zip(places, columns, strict=True)), [places], _RULES, _ENGLISH)
    return [found[place] for place in places]


def _possible(text: str) -> range:
    """Every count a text can stand for, tried one by one through the rule itself."""
    if text == NOT_GIVEN:
        return range(61)
    fits = [count for count in range(61) if _texts([[count]])[0][0] == text]
    return range(fits[0], fits[-1] + 1)


@settings(max_examples=60, deadline=None)
@given(
    parts=st.lists(st.integers(0, 9), min_size=1, max_size=4),
    cuts=st.lists(st.integers(0, 40), min_size=1, max_size=3),
)
def test_no_sum_tells_more_of_a_hidden_count_than_its_own_text(parts: list[int], cuts: list[int]) -> None:
    total = sum(parts)
    edges = [0, *sorted(min(cut, total) for cut in cuts), total]
    other = [high - low for low, high in itertools.pairwise(edges)]
    texts = _texts([parts, other])
    ranges = [[_possible(text) for text in column] for column in texts]
    sums = [{sum(one) for one in itertools.product(*column)} for column in ranges]
    for number, column in enumerate(texts):
        for place, text in enumerate(column):
            if text != "1 to 4":
                continue
            rest = [cells for index, cells in enumerate(ranges[number]) if index != place]
            beside = {sum(one) for one in itertools.product(*rest)}
            seen = {n for n in range(1, 5) if any(n + more in sums[1 - number] for more in beside)}
            assert seen == {1, 2, 3, 4}, texts


def test_a_column_that_would_give_another_away_is_not_given() -> None:
    by_purpose, by_audience = _texts([[4], [1, 1, 1, 1]])
    assert by_purpose == ("1 to 4",)
    assert by_audience == (NOT_GIVEN,) * 4


def _with(key: str, change: Callable[[FigureTable], FigureTable]) -> ComposedReport:
    report = _report()
    return attrs.evolve(report, tables=tuple(change(one) if one.key == key else one for one in report.tables))


def _cell(text: str) -> Callable[[FigureTable], FigureTable]:
    def change(table: FigureTable) -> FigureTable:
        first = attrs.evolve(table.rows[0], values=(text, *table.rows[0].values[1:]))
        return attrs.evolve(table, rows=(first, *table.rows[1:]))

    return change


@pytest.mark.parametrize("text", ["3", "12", "1 to 3", "fewer than 9", "", "Kvitkavets"])
def test_a_figure_that_is_small_exact_or_no_figure_is_refused(text: str) -> None:
    assert "figures" in _refusals(_with("answers", _cell(text)))


def test_tables_that_give_each_other_away_are_refused() -> None:
    def four_small(table: FigureTable) -> FigureTable:
        row = FigureRow("x", ("1 to 4", "0", "0", "0", "0"))
        return attrs.evolve(table, rows=(row, row, row, row))

    def one_small(table: FigureTable) -> FigureTable:
        return attrs.evolve(table, rows=(FigureRow("y", ("1 to 4", "0", "0", "0", "0")),))

    report = _report()
    tables = {"answers": one_small, "audiences": four_small}
    spoilt = attrs.evolve(
        report, tables=tuple(tables[one.key](one) if one.key in tables else one for one in report.tables)
    )
    assert "figures" in _refusals(spoilt)


def test_a_table_the_kind_does_not_have_is_refused() -> None:
    report = _report()
    more = FigureTable("families", "Families", (), ("Count",), (FigureRow("Hrodna", ("10",)),))
    assert "rows" in _refusals(attrs.evolve(report, tables=(*report.tables, more)))
    assert "rows" in _refusals(attrs.evolve(report, tables=report.tables[:-1]))


def test_a_large_number_that_stands_in_no_table_is_refused() -> None:
    report = _report()
    spoilt = attrs.evolve(report.figures[0], value="77")
    assert "figures" in _refusals(attrs.evolve(report, figures=(spoilt, *report.figures[1:])))


def test_a_file_with_other_figures_than_composed_is_refused() -> None:
    report, other = _report(), _with("reports", _cell("4"))
    files = make_files(other, ("pdf",))
    refused = [one.check for one in verify(files, report, _KIND, write_one) if not one.passed]
    assert {"words", "rows", "again"} <= set(refused)


def test_every_table_about_families_is_guarded_and_no_kind_can_say_otherwise() -> None:
    guarded_tables = {table.key for table in _KIND.tables if table.guarded}
    assert {key for key, shape in TABLES.items() if shape.of_families} <= guarded_tables
    import resources
    from app.domain.errors import Code, KnownError

    text = resources.path("report_kinds/consent_audit.toml").read_text(encoding="utf-8")
    for old, new in (
        ('guarded = true\nsums = "answers"', 'sums = "answers"'),
        ('sums = "across"\n', ""),
        ('key = "stops"', 'key = "families"'),
        ('audience = "internal"', 'audience = "public"'),
        ('formats = ["pdf"]', 'formats = ["pdf", "odt"]'),
        ("round_to = 5", "round_to = 1"),
    ):
        assert old in text
        with pytest.raises(KnownError) as refused:
            read_kind(text.replace(old, new, 1))
        assert refused.value.code is Code.REPORT_KIND_INVALID


@pytest.mark.parametrize("language", ["en", "de", "be"])
@pytest.mark.parametrize("rows", range(0, 36, 3))
def test_the_last_page_holds_more_than_a_table_of_four_lines(language: str, rows: int) -> None:
    stops = tuple(CountRow("relative", (7, 7, 7)) for _ in range(rows))
    report = _report(language, stops=stops)
    pages = PdfReader(io.BytesIO(write_one(report, "pdf"))).pages
    on_it = " ".join(pages[-1].extract_text().split())
    assert [one.key for one in report.tables if one.heading in on_it][-2:] == ["log", "log_state"]
