"""Protects: few keys, equal masks, plain text, safe defaults, and words for those who do not see the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from tests.pictures import kit_pages, kit_pages_more
from tests.ui.hands import in_front, type_into
from ui import theme
from ui.states import State
from ui.theme import Mode
from ui.widgets.answers import AnswerList, AnswerRow, Said
from ui.widgets.bars import Bar, StackedBars
from ui.widgets.buttons import Button, Look
from ui.widgets.cells import paint_badge
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, LineEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.frames import EmptyPage, MasterDetail, Notice
from ui.widgets.labels import Run, RunText, Text
from ui.widgets.laid_words import LaidWords
from ui.widgets.marks import MARK_PX
from ui.widgets.masked import MaskedText
from ui.widgets.page_viewer import PageViewer
from ui.widgets.search_box import Found, SearchBox
from ui.widgets.table import TableView
from ui.widgets.title_row import TitleRow
from ui.widgets.toast import Toast

pytestmark = pytest.mark.window
DETAILS = {
    Said.YES: [("12", "to Nov 2027"), ("6", "to May 2027")],
    Said.NO: [("never", "never until she says so")],
}


def conversation() -> AnswerList:
    answers = AnswerList([AnswerRow(key, f"Question {key}", DETAILS) for key in ("a", "b", "c", "d", "e")])
    in_front(answers)
    answers.start()
    return answers


def press(*keys: Qt.Key | str) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            type_into(focus, key)
        else:
            QTest.keyClick(focus, key)


def test_five_answers_take_five_keys() -> None:
    answers = conversation()
    press("y", "n", "l", "y", "n")
    assert [said for said, _ in answers.answers().values()] == [
        Said.YES,
        Said.NO,
        Said.LATER,
        Said.YES,
        Said.NO,
    ]


def test_the_same_keys_work_on_a_cyrillic_keyboard() -> None:
    answers = conversation()
    press("н", "т", "Д")
    assert [said for said, _ in answers.answers().values()] == [Said.YES, Said.NO, Said.LATER]


def test_arrows_move_and_a_line_can_be_taken_back() -> None:
    answers = conversation()
    press(Qt.Key.Key_Down, "y", Qt.Key.Key_Up, Qt.Key.Key_Delete)
    assert answers.answers() == {}
    press(Qt.Key.Key_Up, "n")
    assert answers.answers() == {"a": (Said.NO, "never")}


def test_not_raised_is_no_answer_and_details_follow_the_answer() -> None:
    answers = conversation()
    heard: list[tuple[str, str]] = []
    answers.answered.connect(lambda *parts: heard.append(parts))
    answers.rows[0].answer(Said.YES)
    assert answers.answers() == {"a": (Said.YES, "12")}
    answers.rows[0].answer(Said.YES)
    assert answers.answers() == {}
    assert heard == [("a", "yes"), ("a", "")]


def picture(widget: QWidget) -> QImage:
    widget.resize(widget.sizeHint())
    return widget.grab().toImage()


def test_masks_are_equal_whatever_they_stand_for() -> None:
    first, second = MaskedText("Name"), MaskedText("Signal")
    assert first.sizeHint() == second.sizeHint()
    assert picture(first) == picture(second)
    assert (first.accessibleName(), second.accessibleName()) == ("Name: closed", "Signal: closed")


def test_what_people_typed_is_never_markup() -> None:
    nasty = "<b>Alena</b><img src=x>"
    label = Text(nasty)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert RunText([Run(nasty)]).accessibleName() == nasty
    notice = Notice(nasty, lead="Stop.")
    assert nasty in notice.accessibleName()


PAGES: list[Callable[[], QWidget]] = [
    *(kit_pages.prisoners_page, kit_pages.relatives_page, kit_pages.conversation_page, kit_pages.kit_page),
    *(kit_pages_more.report_page, kit_pages_more.log_page),
]


@pytest.mark.parametrize("make", PAGES, ids=lambda each: each.__name__)
def test_every_control_has_a_name_and_every_label_is_plain(make: Callable[[], QWidget]) -> None:
    page = make()
    controls = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
    nameless = [
        type(each).__name__
        for kind in controls
        for each in page.findChildren(kind)
        if not (each.accessibleName() or (isinstance(each, QAbstractButton) and each.text()))
        and not each.objectName().startswith("qt_")
        and type(each.parent()).__name__ not in ("TabStrip", "QLineEdit", "PassphraseEdit")
    ]
    assert nameless == []
    rich = [
        each.text() for each in page.findChildren(QLabel) if each.textFormat() is not Qt.TextFormat.PlainText
    ]
    assert rich == []


def test_the_default_button_is_the_safe_one() -> None:
    sheet = Sheet(None, "Delete the draft?", "Delete the draft", dangerous=True)
    assert sheet.way_out.isDefault()
    assert sheet.action is not None
    assert not sheet.action.isDefault()
    assert not sheet.action.autoDefault()
    calm = Sheet(None, "Save?", "Save")
    assert calm.action is not None
    assert calm.action.isDefault()


def test_a_chart_says_its_numbers_and_differs_without_colour() -> None:
    chart = StackedBars("Answers", [Bar("Stay in touch", {State.YES: 46, State.NO: 9})])
    assert chart.accessibleDescription() == "Stay in touch: 46 yes, 9 no"
    chart.resize(500, 60)
    row = chart.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    right = {row.pixelColor(x, 8).lightness() for x in range(470, 500)}
    left = {row.pixelColor(x, 8).lightness() for x in range(150, 250)}
    assert len(right) > 1  # stripes
    assert len(left) == 1


def test_an_empty_page_offers_one_action() -> None:
    page = EmptyPage("Godparents belong here.", "New godparent")
    pressed: list[bool] = []
    page.pressed.connect(lambda: pressed.append(True))
    buttons = page.findChildren(Button)
    assert len(buttons) == 1
    buttons[0].click()
    assert pressed == [True]


def test_the_toast_gives_the_way_back() -> None:
    home = QWidget()
    home.resize(600, 300)
    home.show()
    toast = Toast(home)
    undone: list[bool] = []
    toast.undo_pressed.connect(lambda: undone.append(True))
    toast.say("The stop is saved.", undo=True)
    assert toast.isVisible()
    toast.findChildren(Button)[0].click()
    assert (undone, toast.isVisible()) == ([True], False)


def test_a_page_made_meanwhile_does_not_hide_the_toast() -> None:
    home = QWidget()
    home.resize(600, 300)
    home.show()
    toast = Toast(home)
    toast.say("The stop is saved.")
    page = QWidget(home)
    page.resize(600, 300)
    page.show()
    assert home.childAt(toast.geometry().center()) in (toast, *toast.findChildren(QWidget))


def test_turning_back_to_a_page_does_not_hide_the_toast() -> None:
    pages = QStackedWidget()
    pages.resize(600, 300)
    pages.addWidget(QWidget())
    pages.addWidget(QWidget())
    pages.show()
    toast = Toast(pages)
    toast.say("The godparent is added.")
    for place in (1, 0):
        pages.setCurrentIndex(place)
        assert pages.childAt(toast.geometry().center()) in (toast, *toast.findChildren(QWidget))


def test_a_sheet_is_never_larger_than_its_window() -> None:
    home = QWidget()
    home.resize(900, 500)
    home.show()
    sheet = Sheet(home, "Edit", "Save", width=400)
    sheet.resize(1200, 1200)
    sheet.show()
    assert (sheet.width(), sheet.height()) == (868, 468)


def test_a_list_that_needs_no_detail_has_the_whole_breadth() -> None:
    pair = MasterDetail(QWidget(), QWidget())
    pair.resize(1200, 300)
    pair.show()
    pair.set_has_detail(False)
    assert not pair.detail.isVisible()
    pair.resize(700, 300)
    pair.set_has_detail(True)
    assert pair.master.isVisible()
    assert not pair.detail.isVisible()


def test_search_is_driven_by_keys() -> None:
    home = QWidget()
    home.resize(800, 500)
    box = SearchBox()
    box.setParent(home)
    home.show()
    chosen: list[str] = []
    box.chosen.connect(chosen.append)
    box.set_found([Found("prisoner:1", "Alena"), Found("page:log", "Log")])
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert chosen == ["page:log"]


def test_master_and_detail_take_turns_when_it_is_narrow() -> None:
    both = MasterDetail(Text("list"), Text("detail"))
    both.resize(1300, 300)
    both.show()
    assert both.master.isVisible()
    assert both.detail.isVisible()
    both.resize(700, 300)
    assert (both.master.isVisible(), both.detail.isVisible()) == (True, False)
    both.show_detail()
    assert (both.master.isVisible(), both.detail.isVisible()) == (False, True)
    QTest.keyClick(both.detail, Qt.Key.Key_Escape)
    assert (both.master.isVisible(), both.detail.isVisible()) == (True, False)
    both.resize(1300, 300)
    assert (both.master.isVisible(), both.detail.isVisible()) == (True, True)


def test_pages_of_a_pdf_are_drawn_from_bytes() -> None:
    viewer = PageViewer("Pages of the report")
    viewer.resize(600, 500)
    viewer.open(kit_pages_more.sample_pdf())
    assert viewer.page_count == 2
    seen: list[tuple[int, int]] = []
    viewer.page_changed.connect(lambda *parts: seen.append(parts))
    viewer.show()
    assert viewer.grab().toImage().pixelColor(300, 100) == QColor("#ffffff")
    viewer.go_to(2)
    assert seen == [(2, 2)]
    viewer.zoom_in()
    viewer.close_document()
    assert viewer.page_count == 0


def test_quiet_buttons_keep_their_look() -> None:
    assert Button("More", Look.QUIET).property("look") == "quiet"


@pytest.mark.parametrize("make", PAGES[:4], ids=lambda each: each.__name__)
def test_a_page_grows_in_place_as_if_it_had_been_made_large(make: Callable[[], QWidget]) -> None:
    small = make()
    small.resize(1800, 1200)
    small.show()
    QApplication.processEvents()
    theme.apply(Mode.LIGHT, 1.35)
    QApplication.processEvents()
    large = make()
    large.resize(1800, 1200)
    large.show()
    QApplication.processEvents()
    assert small.minimumSizeHint().width() == large.minimumSizeHint().width()
    rows = [each for each in small.findChildren(TableView) if each.rowHeight(0) != theme.current().px(36)]
    assert rows == []


def test_buttons_go_below_a_title_that_would_be_cut() -> None:
    row = TitleRow(Button("Show name…"), Button("Stop…"))
    row.set_title("Sister of Abrykosevich, Aliaksandr")
    row.resize(700, 40)
    row.show()
    QApplication.processEvents()
    assert not row.is_folded
    low = row.sizeHint().height()
    row.resize(360, 40)
    QApplication.processEvents()
    assert row.is_folded
    assert row.sizeHint().height() > low
    row.resize(700, 40)
    QApplication.processEvents()
    assert (row.is_folded, row.sizeHint().height()) == (False, low)
    row.close()


def test_a_legend_that_does_not_fit_goes_on_below() -> None:
    """With *waits* as the fifth word it was cut in the card beside the findings."""
    chart = StackedBars("Answers", [Bar("Stay in touch", {State.YES: 4, State.WAITS: 1})])
    chart.resize(900, 120)
    assert len(chart.legend_rows()) == 1
    tall = chart.sizeHint().height()
    chart.resize(300, 120)
    rows = chart.legend_rows()
    assert [len(row) for row in rows] != [5]
    assert all(box.right() < 300 for row in rows for _state, _words, box in row)
    assert chart.sizeHint().height() > tall


def test_what_is_hidden_leaves_no_gap_in_a_line() -> None:
    page = QWidget()
    flow = FlowLayout(page)
    first, second, third = Button("One"), Button("Two"), Button("Three")
    for button in (first, second, third):
        flow.addWidget(button)
    in_front(page)
    first.hide()
    second.hide()
    flow.activate()
    assert third.x() == 0
    assert flow.sizeHint().width() == third.sizeHint().width()


def test_a_short_word_beside_a_mark_is_drawn(application: QApplication) -> None:
    """The legend said "✕" and a gap: what is narrower than a scrap of a long word was left out."""
    words, metrics = LaidWords(), QFontMetrics(theme.current().font())
    mark = theme.current().px(MARK_PX + 6)
    picture = QImage(mark + metrics.horizontalAdvance("no") + 2, 22, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint_badge(painter, picture.rect(), State.NO, "no", words)
    painter.end()
    beside = picture.copy(QRect(mark, 0, picture.width() - mark, 22))
    inked = {beside.pixel(x, y) for x in range(beside.width()) for y in range(beside.height())}
    assert len(inked) > 1


def test_a_sheet_grows_for_words_that_come_in(application: QApplication) -> None:
    """Its fields were squeezed to half their height by the very sentence that was about them."""
    home = QWidget()
    home.resize(1000, 900)
    sheet = Sheet(home, "The clock was wrong")
    field, wrong = LineEdit("From entry"), Text("", wrap=True)
    for part in (Text("Two people sign it. " * 12, wrap=True), Field("From entry", field), wrong):
        sheet.add(part)
    wrong.hide()
    home.show()
    sheet.open()
    QApplication.processEvents()
    whole, high = field.height(), sheet.height()
    wrong.setText("These are not two entries of this log, the earlier one first. " * 6)
    wrong.show()
    for _turn in range(3):
        QApplication.processEvents()
    assert field.height() == whole
    assert sheet.height() > high
    sheet.reject()
    home.close()
