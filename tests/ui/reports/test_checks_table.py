"""Protects: the table of checks, the ledger and the findings say their words whole in a narrow window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.case_findings import TITLES, Weight
from app.domain.dates import PartialDate
from app.domain.rows import ReportRow
from app.i18n import LANGUAGES, _, set_language
from app.reports.kind_file import shipped
from app.reports.kinds import FORMATS
from app.reports.verify import CHECK_WORDS
from app.services.findings import FindingCount
from tests.ui.cut_words import cut_words
from ui.columns import Badge, Column
from ui.states import State
from ui.views.intake.tables import rows_model
from ui.views.log.findings_card import FindingsCard
from ui.views.prisoners.wording import day_words
from ui.views.reports.landing import LandingPage
from ui.views.reports.step_checks import CheckRow, ChecksStep
from ui.views.reports.wording import looked_words, size_words
from ui.views.reports.work import Landing
from ui.widgets.table import TableView

pytestmark = pytest.mark.window
NARROW, SMALL, LAPTOP, WIDE = 997, 1036, 1126, 1400  # of a page in windows of 1093, 1280, 1366 and 1640 px


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest) -> object:
    set_language(request.param)
    yield request.param
    set_language("en")


def _checks(width: int) -> ChecksStep:
    step = ChecksStep()
    step.resize(width, 420)
    step.show()
    passed = dict.fromkeys(FORMATS, Badge(State.YES, "544.018"))
    step.model.set_rows(
        [CheckRow(key, _(words), looked_words(key), passed) for key, words in CHECK_WORDS.items()]
    )
    step.table.arrange()
    QApplication.processEvents()
    return step


def _cut(table: TableView, columns: Sequence[Column[Any]]) -> list[str]:
    """Columns in which a word is cut."""
    keys = [column.key for column in columns]
    shown = [place for place in range(len(keys)) if not table.isColumnHidden(place)]
    return [keys[place] for place in shown if table.sizeHintForColumn(place) > table.columnWidth(place)]


@pytest.mark.parametrize("width", [NARROW, SMALL, LAPTOP, WIDE])
def test_every_check_is_read_whole_at_any_width(width: int) -> None:
    step = _checks(width)
    table = step.table
    assert table.horizontalScrollBar().maximum() == 0
    assert set(_cut(table, step.model.columns)) in (set(), set(FORMATS))  # marks alone, or numbers whole
    assert len({table.columnWidth(place) for place in range(1, len(FORMATS) + 1)}) == 1
    assert cut_words(step) == []
    step.close()


def test_where_there_is_room_nothing_is_left_out() -> None:
    step = _checks(WIDE)
    assert _cut(step.table, step.model.columns) == []
    assert not any(step.table.isColumnHidden(place) for place in range(len(step.model.columns)))
    step.close()


@pytest.mark.parametrize(("width", "folded"), [(SMALL, True), (LAPTOP, False)])
def test_the_ledger_does_not_scroll_sideways(width: int, *, folded: bool) -> None:
    day = datetime(2026, 9, 28, 12, tzinfo=UTC)
    rows = tuple(
        ReportRow(
            str(number), 1, f"2026-{number:03}", "public_list", "", "de", state, FORMATS, 516, 687, 1,
            "Hanna K.", day, "Ales M.", day, day, "",
        )
        for number, state in enumerate(("draft", "checked", "approved", "done"))
    )  # fmt: skip
    page = LandingPage(Landing(rows, frozenset(), {kind.name: kind for kind in shipped()}))
    page.show()
    page.resize(width + page.width() - page.both.width(), 600)
    QApplication.processEvents()
    assert page.both.width() == width
    assert page.both.is_folded is folded
    assert page.table.horizontalScrollBar().maximum() == 0
    assert "title" not in _cut(page.table, page.model.columns)
    page.close()


def test_how_soon_a_finding_is_wanted_is_read_whole() -> None:
    card = FindingsCard()
    rules = list(TITLES)
    card.show_figures(
        [FindingCount(rules[place], each, 1, 0, date(2026, 11, 28)) for place, each in enumerate(Weight)]
    )
    card.resize(620, 240)
    card.show()
    QApplication.processEvents()
    assert "weight" not in _cut(card.table, card.model.columns)
    card.close()


def test_a_birthday_in_a_list_is_read_whole() -> None:
    width: Callable[[str], int] = TableView("Rows", rows_model()).fontMetrics().horizontalAdvance
    born = next(column for column in rows_model().columns if column.key == "born")
    longest = max(width(day_words(PartialDate(1988, month, 28))) for month in range(1, 13))
    assert longest + 20 <= born.width


def test_a_size_keeps_its_unit_on_its_line() -> None:
    assert all(" " not in size_words(size) for size in (544_018, 2_400_000, 3_000_000_000))


def test_a_column_put_away_stays_away_however_large_the_window_becomes(language: str) -> None:
    step = _checks(WIDE)
    looked = [column.key for column in step.model.columns].index("looked")
    assert not step.table.isColumnHidden(looked)
    step.table.put_away(looked, away=True)
    for width in (NARROW, WIDE, WIDE + 200):
        step.resize(width, 420)
        QApplication.processEvents()
        assert step.table.isColumnHidden(looked)
    step.close()
