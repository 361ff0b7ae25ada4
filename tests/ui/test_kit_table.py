"""Protects: a table keeps its place through every change, and never shows or sorts by what is closed."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip

from ui.columns import Badge, CellKind, Column, Editor, EditorKind
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.widgets.table import TableView

Until = Callable[[Callable[[], bool]], None]
pytestmark = pytest.mark.window


@attrs.frozen
class Line:
    """A row of an invented table."""

    id: str
    name: str
    number: int | None = 0
    state: State = State.YES


def columns() -> list[Column[Line]]:
    return [
        Column("name", "Name", lambda row: row.name, CellKind.STRONG, editor=Editor(EditorKind.TEXT)),
        Column("number", "Number", lambda row: row.number, CellKind.NUMBER),
        Column("state", "State", lambda row: Badge(row.state, row.state.value), CellKind.BADGE),
        Column("closed", "Phone", lambda row: row.name, CellKind.MASKED, stretch=True),
    ]


def model_of(*rows: Line) -> RowTableModel[Line]:
    model = RowTableModel(columns(), lambda row: row.id)
    model.set_rows(rows)
    return model


ROWS = [Line(str(number), f"Person {number:03d}", number) for number in range(200)]


@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3), max_size=6),
            st.sets(st.sampled_from("abcdefgh"), max_size=3),
            st.integers(-1, 1),
        ),
        max_size=6,
    )
)
def test_any_row_of_changes_ends_in_the_right_rows(
    steps: list[tuple[dict[str, int], set[str], int]],
) -> None:
    model = model_of()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    expected: dict[str, Line] = {}
    for changed, removed, sort in steps:
        rows = [Line(each, each, number) for each, number in changed.items()]
        model.sort(sort)
        model.replace(rows, removed)
        expected |= {row.id: row for row in rows}
        for each in removed:
            expected.pop(each, None)
        assert sorted(model.shown_ids()) == sorted(expected)
        assert [model.row_at(place) for place in range(model.rowCount())] == [
            expected[each] for each in model.shown_ids()
        ]
        assert all(model.place_of(each) == place for place, each in enumerate(model.shown_ids()))
    tester.deleteLater()


def test_a_changed_row_keeps_selection_current_row_and_scroll() -> None:
    model = model_of(*ROWS)
    table = TableView("People", model)
    table.resize(600, 300)
    table.show()
    table.sort_by("name")
    table.select("100")
    table.selectionModel().select(
        model.index(102, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    )
    scroll = table.verticalScrollBar().value()
    assert scroll > 0
    model.replace([attrs.evolve(ROWS[100], number=7)])
    assert table.selected_ids() == ("100", "102")
    assert table.current_id() == "100"
    assert table.verticalScrollBar().value() == scroll
    assert model.row("100") == attrs.evolve(ROWS[100], number=7)


def test_a_reload_of_everything_keeps_the_place() -> None:
    model = model_of(*ROWS)
    table = TableView("People", model)
    table.resize(600, 300)
    table.show()
    table.select("100")
    scroll = table.verticalScrollBar().value()
    model.set_rows([*ROWS, *(Line(f"new{number}", "Zz") for number in range(90))])
    assert (table.selected_ids(), table.current_id()) == (("100",), "100")
    assert table.verticalScrollBar().value() == scroll


def test_only_changed_rows_are_announced() -> None:
    model = model_of(*ROWS[:10])
    touched: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: touched.append((first.row(), last.row())))
    model.replace([ROWS[3], attrs.evolve(ROWS[4], number=99)])
    assert touched == [(4, 4)]


def test_empty_cells_sort_last_in_both_directions() -> None:
    model = model_of(Line("a", "A", 2), Line("b", "B", None), Line("c", "C", 1))
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert model.shown_ids() == ("c", "a", "b")
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert model.shown_ids() == ("a", "c", "b")


def test_a_closed_cell_is_not_shown_sorted_searched_or_spoken() -> None:
    model = model_of(Line("b", "Zoja"), Line("a", "Alena"))
    model.sort(3)
    assert model.shown_ids() == ("a", "b")  # by id, not by what is behind the bars
    cells = [model.index(place, 3) for place in range(2)]
    assert len({cell.data() for cell in cells}) == 1
    assert {cell.data(Qt.ItemDataRole.AccessibleTextRole) for cell in cells} == {"Phone: closed"}
    only_closed = RowTableModel([columns()[3]], lambda row: row.id)
    only_closed.set_rows([Line("a", "Alena")])
    only_closed.set_needle("Alena")
    assert only_closed.shown_ids() == ()


def test_cells_speak_their_state() -> None:
    model = model_of(Line("a", "Alena", state=State.NO))
    assert model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "State: no"


def test_filter_and_needle_work_together() -> None:
    model = model_of(*ROWS)
    model.set_filter(lambda row: (row.number or 0) < 50)
    model.set_needle("person 01")
    assert model.shown_ids() == tuple(str(number) for number in range(10, 20))
    assert model.total == 200


def test_a_set_of_ids_narrows_as_a_question_asked_of_each_row() -> None:
    model = model_of(*ROWS)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.show_only({"3", "5", "150", "nobody"})
    assert model.shown_ids() == ("150", "5", "3")
    model.set_needle("person 00")
    assert model.shown_ids() == ("5", "3")
    model.set_needle("")
    model.show_only(None)
    assert model.total == len(model.shown_ids()) == 200


def test_what_is_looked_through_follows_the_rows_and_never_spans_two_cells() -> None:
    steady = RowTableModel(columns(), lambda row: row.id, steady=True)
    steady.set_rows(ROWS[:3])
    steady.set_needle("person 001")
    assert steady.shown_ids() == ("1",)
    steady.replace([attrs.evolve(ROWS[1], name="Volha"), attrs.evolve(ROWS[2], name="Person 001")])
    assert steady.shown_ids() == ("2",)
    steady.set_rows([attrs.evolve(ROWS[0], name="Person 001")])
    assert steady.shown_ids() == ("0",)
    steady.set_needle("0010")  # the end of the name and the number beside it
    assert steady.shown_ids() == ()


def test_a_cell_that_was_open_is_not_found_once_it_is_closed() -> None:
    opened = ["Alena"]
    model = RowTableModel(
        [Column[Line]("who", "Who", lambda row: opened[0] if opened else "…")], lambda row: row.id
    )
    model.set_rows(ROWS[:1])
    model.set_needle("alena")
    assert model.shown_ids() == ("0",)
    opened.clear()
    model.set_needle("alen")
    assert model.shown_ids() == ()


def test_typed_letters_go_to_the_next_row_that_begins_so_and_around() -> None:
    table = TableView("People", model_of(*ROWS[:30]), multi=False)
    table.show()
    table.select("20")
    table.keyboardSearch("PERSON 01")
    assert table.chosen_id() == "10"
    table.keyboardSearch("nobody")
    assert table.chosen_id() == "10"


def test_editing_asks_the_page_and_changes_nothing_itself() -> None:
    model = model_of(Line("a", "Alena"))
    asked: list[tuple[str, str, str]] = []
    model.edited.connect(lambda *parts: asked.append(parts))
    assert model.setData(model.index(0, 0), "Olena")
    assert asked == [("a", "name", "Olena")]
    assert model.index(0, 0).data() == "Alena"


def test_f2_opens_the_cell_and_enter_asks(until: Until) -> None:
    model = model_of(Line("a", "Alena"))
    table = TableView("People", model)
    table.show()
    asked: list[tuple[str, str, str]] = []
    model.edited.connect(lambda *parts: asked.append(parts))
    table.setFocus()
    table.setCurrentIndex(model.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "Volha")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    until(lambda: bool(asked))  # Qt commits on its next round
    assert asked == [("a", "name", "Volha")]


def test_a_layout_is_remembered_and_nonsense_is_ignored() -> None:
    table = TableView("People", model_of(*ROWS[:3]))
    table.setColumnWidth(0, 222)
    table.setColumnHidden(1, True)  # noqa: FBT003 - Qt
    table.horizontalHeader().moveSection(0, 2)
    table.sort_by("state", descending=True)
    text = table.layout_text()
    other = TableView("People", model_of(*ROWS[:3]))
    other.restore_layout(text)
    assert other.layout_text() == text
    for nonsense in (
        "",
        "{}",
        "[1]",
        '{"columns": {"name": "x"}, "sort": 3}',
        '{"columns": {}, "sort": [1]}',
    ):
        other.restore_layout(nonsense)
    assert other.layout_text() == text


def test_enter_opens_the_row() -> None:
    table = TableView("People", model_of(*ROWS[:3]))
    opened: list[str] = []
    table.opened.connect(opened.append)
    table.select("1")
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == ["1"]


def test_one_changed_row_of_twenty_thousand_does_not_make_the_others_anew() -> None:
    """Counted, not timed: sorting asks each row once, drawing only the rows in sight."""
    asked: list[str] = []

    def told(row: Line) -> str:
        asked.append(row.id)
        return row.name

    rows = [Line(str(number), f"Person {number % 977}", number) for number in range(20_000)]
    columns_ = [Column[Line]("name", "Name", told, CellKind.STRONG), *columns()[1:]]
    model = RowTableModel(columns_, lambda row: row.id)
    model.set_rows(rows)
    table = TableView("People", model)
    table.resize(800, 600)
    table.show()
    table.sort_by("name")
    table.select("1500")
    asked.clear()
    model.replace([attrs.evolve(rows[77], name="Person 500")])
    table.grab()
    assert len(asked) < len(rows) + 1_000
    assert table.current_id() == "1500"


def test_choosing_a_row_while_a_key_is_held_lets_go_of_the_others(application: QApplication) -> None:
    """Ctrl+Enter saves somebody new: with Ctrl still down the two would be chosen together."""
    table = TableView("People", model_of(*ROWS[:5]))
    table.select("1")
    QTest.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    table.select("3")
    assert table.selected_ids() == ("3",)


def test_a_cell_that_waits_to_be_opened_is_not_edited() -> None:
    opened = ["", ""]
    editor = Editor(EditorKind.TEXT)
    step = Column[Line](
        "step", "Next", lambda row: "…", editor=editor, value=lambda row: opened[row.number or 0] or None
    )
    model = RowTableModel([step], lambda row: row.id)
    model.set_rows(ROWS[:1])
    cell = model.index(0, 0)
    assert not model.flags(cell) & Qt.ItemFlag.ItemIsEditable
    opened[0] = "call the lawyer"
    assert model.flags(cell) & Qt.ItemFlag.ItemIsEditable


@pytest.mark.parametrize("multi", [False, True])
def test_the_neighbour_of_a_row_that_goes_is_not_chosen(multi: bool) -> None:
    model = model_of(*ROWS[:5])
    table = TableView("People", model, multi=multi)
    told: list[str] = []
    table.current_changed.connect(told.append)
    table.show()
    table.select("2")
    model.replace((), removed=["2"])
    assert table.selected_ids() == ()
    assert table.chosen_id() == ""
    assert table.current_id() in ("1", "3"), "the keyboard stays near"
    assert told == ["2", ""]
    table.choose_first()
    assert told[-1] == table.chosen_id() == table.current_id()


@pytest.mark.parametrize("ids", [["4"], ["0"], ["3", "4"], ["0", "1", "2", "3", "4"]])
def test_rows_at_the_ends_go_without_anybody_chosen(ids: list[str]) -> None:
    model = model_of(*ROWS[:5])
    table = TableView("People", model, multi=False)
    told: list[str] = []
    table.current_changed.connect(told.append)
    table.show()
    table.select(ids[-1])
    model.replace((), removed=ids)
    assert told == [ids[-1], ""]
    assert table.selected_ids() == ()


def test_a_reset_that_loses_the_chosen_row_says_so() -> None:
    model = model_of(*ROWS)
    table = TableView("People", model, multi=False)
    told: list[str] = []
    table.current_changed.connect(told.append)
    table.show()
    table.select("3")
    model.set_filter(lambda row: row.number is not None and row.number > 100)
    assert told == ["3", ""]


def test_keys_choose_the_row_with_the_keyboard_before_they_open_it() -> None:
    model = model_of(*ROWS[:5])
    table = TableView("People", model, multi=False)
    told: list[str] = []
    opened: list[str] = []
    table.current_changed.connect(told.append)
    table.opened.connect(opened.append)
    table.show()
    table.selectionModel().setCurrentIndex(model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    assert told == []
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert (told, opened) == (["0"], [])
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == ["0"]
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert told == ["0", "1"]


def _tip_of(table: TableView, row: int, column: int) -> str:
    QToolTip.hideText()
    where = table.visualRect(table.model().index(row, column)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, where, table.viewport().mapToGlobal(where))
    QApplication.sendEvent(table.viewport(), event)
    return QToolTip.text() if QToolTip.isVisible() else ""


def test_words_that_are_cut_are_said_whole_and_a_closed_cell_says_nothing() -> None:
    long = "A name that is longer than <b>any</b> column is wide"
    table = TableView("People", model_of(Line("a", long), Line("b", "Volha")))
    table.resize(420, 200)
    table.show()
    QApplication.processEvents()
    table.setColumnWidth(0, 90)
    table.setColumnWidth(3, 40)
    assert _tip_of(table, 1, 0) == ""
    assert _tip_of(table, 0, 3) == ""
    assert "&lt;b&gt;any&lt;/b&gt;" in _tip_of(table, 0, 0)
    table.close()


def test_in_a_narrow_window_columns_give_what_they_do_not_need() -> None:
    table = TableView("People", model_of(*ROWS[:3]))
    table.resize(900, 200)
    table.show()
    QApplication.processEvents()
    text = table.layout_text()
    table.resize(380, 200)
    QApplication.processEvents()
    shown = [table.columnWidth(place) for place in range(4)]
    assert sum(shown) <= table.viewport().width()
    assert table.layout_text() == text  # what was chosen for a wide window is not forgotten
    table.resize(900, 200)
    QApplication.processEvents()
    assert table.columnWidth(0) > shown[0]
    table.close()
