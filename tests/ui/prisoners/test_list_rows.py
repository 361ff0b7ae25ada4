"""Protects: what lists said is asked for, recorded, shown as it stood, and gone when the sheet closes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.domain.acts import Act
from tests.services.lists import SOURCE, row, write_list
from tests.services.office import REPORTS
from tests.ui.prisoners.conftest import Desk, Open
from ui.views.prisoners.list_rows_sheet import ListRowsSheet
from ui.widgets.buttons import Button
from ui.widgets.labels import RunText

_REMARK = "ask her sister"


def _brought_in(desk: Desk, folder: Path) -> None:
    path = write_list(folder / "list.csv", [row(7, "Anton Iodkauuk", comment=_REMARK)])

    def bring_in() -> str:
        session = desk.session
        session.intake.commit(session.intake.look(path, SOURCE))
        return next(one.id for one in session.prisoners.rows() if "Iodkauuk" in one.name)

    prisoner = desk.ask(bring_in)
    desk.page.show_record(str(prisoner))
    desk.until(lambda: desk.page.detail.shown == prisoner)


def _button(desk: Desk) -> Button | None:
    found = [one for one in desk.page.detail.findChildren(Button) if one.text() == "What lists said…"]
    return found[0] if found else None


def _texts(sheet: ListRowsSheet) -> str:
    return " ".join(one.accessibleName() for one in sheet.findChildren(RunText))


def test_rows_are_recorded_shown_and_let_go(open_page: Open, tmp_path: Path) -> None:
    desk = open_page()
    desk.loaded()
    _brought_in(desk, tmp_path)
    button = _button(desk)
    assert button is not None
    button.click()
    sheets = QApplication.topLevelWidgets
    desk.until(lambda: any(isinstance(one, ListRowsSheet) and one.isVisible() for one in sheets()))
    sheet = next(one for one in sheets() if isinstance(one, ListRowsSheet) and one.isVisible())
    assert _REMARK not in _texts(sheet), "nothing is open before somebody says so"
    sheet.show_rows.click()
    desk.until(lambda: _REMARK in _texts(sheet))
    assert desk.ask(lambda: desk.session.log.rows()[0].act) == Act.ROWS_SHOWN
    sheet.reject()
    desk.until(lambda: not any(isinstance(one, ListRowsSheet) for one in sheets()))


def test_who_has_no_key_is_not_offered_them(open_page: Open) -> None:
    desk = open_page(REPORTS)
    desk.loaded()
    assert _button(desk) is None
