"""Protects: nobody's record is opened, and nothing written to the log, before a person chose them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.acts import Act
from app.services.log import LogFilter
from tests.ui.consent.conftest import CaseFile, Desk, OpenDesk, says
from ui.widgets.table import TableView

pytestmark = pytest.mark.window
HINT = "Choose somebody in the list"


def opened(desk: Desk) -> int:
    """How often the log says that somebody was opened in this session."""
    found: list[int] = []
    start = desk.session.log
    desk.tasks.query(
        lambda: sum(row.act == Act.OPENED for row in start.rows(LogFilter())),
        initiator=None,
        done=found.append,
    )
    desk.settle(0)
    return found[0]


def table_of(desk: Desk) -> TableView:
    """The list."""
    return desk.page.list.table


def into(desk: Desk) -> None:
    """The keyboard comes into the list, as by Tab; Qt then makes the first row current."""
    desk.window.activateWindow()
    desk.page.list.new.setFocus()
    table_of(desk).setFocus(Qt.FocusReason.TabFocusReason)
    desk.settle()
    assert table_of(desk).current_id(), "Qt's trap is not set, and these tests prove nothing"


def middle_of(index: QModelIndex, table: TableView) -> QPoint:
    """Where a mouse would press it."""
    return table.visualRect(index).center()


def test_opening_tabbing_filtering_sorting_open_nobody(desk: OpenDesk) -> None:
    page = desk()
    before = opened(page)
    table = table_of(page)
    into(page)
    page.page.list.chips.noes.click()
    page.settle()
    page.page.list.chips.noes.click()
    page.page.list.needle.setText("mother")
    page.settle()
    page.page.list.needle.clear()
    table.sort_by("relative", descending=True)
    page.settle()
    page.key(Qt.Key.Key_Tab)
    page.settle()
    assert table.chosen_id() == ""
    assert opened(page) == before
    assert says(page, HINT)
    assert page.page.chosen_record() == ("relative", "")


def test_one_press_of_down_chooses_the_first_row_and_is_recorded_once(desk: OpenDesk) -> None:
    page = desk()
    before = opened(page)
    table = table_of(page)
    into(page)
    page.key(Qt.Key.Key_Down)
    page.settle()
    first = page.page.list.model.shown_ids()[0]
    assert table.chosen_id() == first
    assert page.page.list.detail.relative == first
    assert opened(page) == before + 1
    page.key(Qt.Key.Key_Down)
    page.key(Qt.Key.Key_Up)
    page.settle()
    assert opened(page) == before + 2, "each once in a session, however often one comes back"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Up])
def test_other_keys_choose_the_first_row_and_begin_no_talk(desk: OpenDesk, key: Qt.Key) -> None:
    page = desk()
    before = opened(page)
    into(page)
    page.key(key)
    page.settle()
    assert table_of(page).chosen_id() == page.page.list.model.shown_ids()[0]
    assert page.page.sheet is None
    assert opened(page) == before + 1


def test_the_mouse_chooses_exactly_who_was_pressed(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    before = opened(page)
    table, model = table_of(page), page.page.list.model
    where = middle_of(model.index(model.place_of(made.sister), 1), table)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    page.settle()
    assert page.page.list.detail.relative == made.sister
    assert opened(page) == before + 1


def test_actions_wait_until_somebody_is_chosen(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    listed, action = (
        page.page.list,
        next(one for one in page.page.actions() if one.objectName() == "conversation"),
    )
    assert not listed.talk.isEnabled()
    action.trigger()
    page.settle()
    assert page.page.sheet is None
    assert page.said == ["Choose somebody in the list first."]
    assert not any(one.isVisible() for one in (listed.detail.edit, listed.detail.stop, listed.detail.more))
    listed.table.select(made.mother)
    page.settle()
    assert listed.talk.isEnabled()
    assert all(one.isVisible() for one in (listed.detail.edit, listed.detail.stop, listed.detail.more))


def test_a_filter_that_hides_who_is_chosen_opens_nobody_else(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    listed = page.page.list
    listed.table.select(made.mother)
    page.settle()
    before = opened(page)
    listed.needle.setText("sister")
    page.settle()
    assert listed.model.shown_ids() == (made.sister,)
    assert listed.table.chosen_id() == ""
    assert listed.detail.relative == ""
    assert says(page, HINT)
    assert not listed.talk.isEnabled()
    listed.needle.clear()
    page.settle()
    assert listed.detail.relative == made.mother, "who was chosen is back"
    assert opened(page) == before


def test_an_older_copy_opens_nobody_and_opens_no_dialog_over_another(desk: OpenDesk, made: CaseFile) -> None:
    """The window says once above every page what it is; a dialog with every reading hid the first one."""
    one = desk()
    one.page.show_record(made.mother)
    one.settle()
    assert one.page.list.detail.view is not None
    one.tasks.command(lambda nothing: one.session.doubts.put_back(), None, initiator=None)
    one.settle()
    one.page.show_record(made.sister)
    one.settle()
    assert not one.failed
    assert one.page.list.detail.view is None
