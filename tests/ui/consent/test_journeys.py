"""The page driven by keys, on a real case file: names stay closed, a talk is quick, nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.dates import PartialDate
from app.domain.rows import Light
from app.services.relatives import EditRelative
from tests.ui.consent.conftest import OFFICER, CaseFile, Desk, OpenDesk, reason_sheet, says, words_of
from ui.views.consent.waiting import WaitingSheet
from ui.views.shared.lift_sheet import LiftSheet
from ui.widgets.answers import Said
from ui.widgets.date_edit import DateEdit

pytestmark = pytest.mark.window
CONTROL = Qt.KeyboardModifier.ControlModifier


def _action(desk: Desk, name: str) -> QAction:
    return next(action for action in desk.page.actions() if action.objectName() == name)


class KeyCounter(QObject):
    """Counts keys as they reach the widget that has the keyboard: each once, however far it travels on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self.pressed = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() is QEvent.Type.KeyPress and watched is self._window.focusWidget():
            self.pressed += 1
        return False


def test_five_answers_take_at_most_twelve_keys(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.list.table.select(made.mother)
    page.settle()
    counter = KeyCounter(page.window)
    app = QApplication.instance()
    assert app is not None
    page.window.activateWindow()  # shortcuts act in the active window only
    page.settle()
    app.installEventFilter(counter)
    _action(page, "conversation").trigger()  # Ctrl+Shift+C, one key more
    page.settle()
    page.press("yynny")
    page.settle()
    page.key(Qt.Key.Key_Return, CONTROL)
    page.settle()
    app.removeEventFilter(counter)
    keys = 1 + counter.pressed
    row = page.page.list.model.row(made.mother)
    assert counter.pressed >= 6  # every one of them went through the window
    assert keys <= 12
    assert row is not None
    assert row.lines[0] is Light.YES
    assert row.lines[2] is Light.NO
    assert page.said == ["5 answers saved."]
    assert page.page.list.table.current_id() == made.mother


def test_what_changes_and_what_waits_is_said_before_saving(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("lly")
    page.settle()
    assert says(page, "wait")
    assert says(page, "Until somebody else agrees it stays as it is.")


def test_a_talk_without_answers_throws_no_answer_away(desk: OpenDesk, made: CaseFile) -> None:
    """It was saved without the noes that stood there, and nobody was told."""
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    assert page.talk.save_plain.isEnabled()
    page.press("n")
    assert not page.talk.save_plain.isEnabled()
    assert page.talk.save.isEnabled()


def test_a_lock_in_the_middle_of_a_talk_loses_nothing(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("yn")
    page.talk.talk.note.setPlainText("Asks about parcels.")
    kept = page.page.unfinished()
    assert kept is not None
    again = desk(unfinished=dict(kept))
    sheet = again.talk
    assert sheet.talk.note.toPlainText() == "Asks about parcels."
    assert [row.said for row in sheet.talk.lines.list.rows][:2] == [Said.YES, Said.NO]


def test_a_lock_in_the_middle_of_a_form_loses_nothing(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    page.page.list.detail.edit.click()
    page.settle()
    form = page.form
    form.register.entries["nickname"].set_text("the gardener")
    kept = page.page.unfinished()
    form.reject()
    assert kept is not None
    again = desk(unfinished=dict(kept))
    assert again.form.register.entries["nickname"].text() == "the gardener"
    again.save_form()
    row = again.page.list.model.row(made.mother)
    assert row is not None
    assert row.nickname == "the gardener"


def test_leaving_a_talk_keeps_it(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("y")
    page.key(Qt.Key.Key_Escape)
    page.settle()
    assert page.page.sheet is None
    page.page.list.kept.go_on.click()
    page.settle()
    assert page.talk.talk.lines.list.rows[0].said is Said.YES


def test_more_talks_than_one_are_told_of(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    for relative in (made.mother, made.sister):
        page.page.start_conversation(relative)
        page.settle()
        page.press("y")
        page.key(Qt.Key.Key_Escape)
        page.settle()
    kept = page.page.list.kept
    assert "Mother of" in kept.short.toolTip()
    assert "and 1 more after it" in kept.short.toolTip()
    kept.throw_away.click()
    page.settle()
    assert "Sister of" in kept.short.toolTip()
    assert "more" not in kept.short.toolTip()


def test_in_a_narrow_window_notices_take_no_row_of_the_list(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("llly")
    page.settle()
    page.talk.save_by_keys()
    page.settle()
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("y")
    page.key(Qt.Key.Key_Escape)
    page.settle()
    found = page.page.list
    page.page.resize(1000, 560)
    page.settle()
    for notice in (found.kept, found.banner):
        assert not notice.isVisible()
        assert notice.short.isVisible()
        assert "." in notice.short.accessibleDescription(), "the whole sentence is said"
    found.banner.short.click()
    page.settle()
    assert page.window.findChild(WaitingSheet) is not None
    page.page.resize(1400, 900)
    page.settle()
    for notice in (found.kept, found.banner):
        assert notice.isVisible()
        assert not notice.short.isVisible()


def test_a_second_person_agrees(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("lll" + "y")
    page.settle()
    page.talk.save_by_keys()
    page.settle()
    assert page.page.list.banner.isVisible()
    officer = desk(OFFICER)
    officer.page.list.banner.look.click()
    sheet = officer.window.findChild(WaitingSheet)
    assert sheet is not None
    for agree, _refuse in list(sheet.buttons_of.values()):
        agree.click()
        officer.settle()
    assert not officer.page.list.banner.isVisible()
    row = officer.page.list.model.row(made.mother)
    assert row is not None
    assert row.lines[3] is Light.YES


def test_a_new_relative_is_added_and_chosen(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    row = page.page.list.model.row(made.mother)
    assert row is not None
    page.page.add_relative(row.prisoner)
    page.settle()
    form = page.form
    form.register.entries["relation"].set_text("brother")
    form.who.entries["full_name"].set_text("Хтосьці Новы")
    page.save_form()
    chosen = page.page.list.model.row(page.page.list.table.current_id())
    assert chosen is not None
    assert chosen.relation == "brother"
    assert not says(page, "Хтосьці Новы")


def test_filters_count_and_narrow(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.list.chips.noes.click()
    assert page.page.list.model.shown_ids() == (made.sister,)
    assert page.page.list.chips.noes.text() == "Said no · 1"
    page.page.show_record(made.mother)
    assert page.page.list.table.current_id() == made.mother


def test_a_stop_stands_first_and_is_undone_by_two(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    page.page.list.detail.stop.click()
    sheet = reason_sheet(page)
    sheet.choices["danger"].click()
    assert sheet.action is not None
    sheet.action.click()
    page.settle()
    assert says(page, "Do not contact. Stopped since")
    assert says(page, "Hanna K. What it stops: everything about them.")
    assert page.page.list.detail.stop.text() == "Lift the stop…"
    page.page.list.detail.stop.click()
    page.settle()
    officer = desk(OFFICER)
    officer.page.list.banner.look.click()
    waits = officer.window.findChild(WaitingSheet)
    assert waits is not None
    next(iter(waits.buttons_of.values()))[0].click()
    officer.settle()
    reach = waits.findChild(LiftSheet)
    assert reach is not None
    assert reach.action is not None
    reach.action.click()  # once it stands there whom that lets out again
    officer.settle()
    officer.page.show_record(made.mother)
    officer.settle()
    assert officer.page.list.detail.stop.text() == "Stop…"


def test_a_line_opens_into_its_purposes(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("ly")
    popup = page.talk.talk.lines.open_line("support")  # a popup goes when another window comes
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_N):  # letters, parcels, money
        QTest.keyClick(popup.focusWidget(), key)
    popup.close()
    assert page.talk.draft.lines["support"].apart == {"money": Said.NO}
    assert page.talk.talk.lines.row("support").detail.text() == "letters +1; not money"


def test_somebody_elses_change_is_shown_beside_mine(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    page.page.list.detail.edit.click()
    page.settle()
    session = page.session
    page.tasks.command(
        session.relatives.edit, EditRelative(made.mother, 1, {"nickname": "theirs"}), initiator=page.page
    )
    page.settle()
    page.form.register.entries["nickname"].set_text("mine")
    page.save_form()
    assert page.form.register.open_questions()
    assert any("theirs" in words for words in words_of(page.form))
    page.save_form()  # mine stands, as typed
    row = page.page.list.model.row(made.mother)
    assert row is not None
    assert row.nickname == "mine"


def test_two_talks_may_be_begun(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    for relative, key in ((made.mother, "y"), (made.sister, "l")):
        page.page.start_conversation(relative)
        page.settle()
        page.press(key)
    kept = page.page.unfinished()
    assert kept is not None
    again = desk(unfinished=dict(kept))
    assert again.talk.draft.relative == made.sister
    again.page.start_conversation(made.mother)
    again.settle()
    assert again.talk.talk.lines.list.rows[0].said is Said.YES
    again.page.show_record(made.sister)
    again.page.list.kept.throw_away.click()
    again.page.list.kept.throw_away.click()
    assert again.page.unfinished() is None
    assert not again.page.list.kept.isVisible()
    assert len(again.backs) == 2
    for back in again.backs:  # Undo, at the foot
        back()
    values = again.page.unfinished()
    assert values is not None
    assert len(values["talks"]) == 2  # type: ignore[arg-type]
    assert again.page.list.kept.isVisible()


@pytest.mark.parametrize(
    ("typed", "kept"), [("3.11.2020", PartialDate(2020, 11, 3)), ("12.2019", PartialDate(2019, 12))]
)
def test_the_day_typed_last_is_the_day_that_is_saved(
    desk: OpenDesk, made: CaseFile, typed: str, kept: PartialDate
) -> None:
    page = desk()
    field = _day_field(page, made)
    QTest.keyClicks(field, "2018")
    field.selectAll()
    QTest.keyClicks(field, typed)  # nothing ends the typing: the key that saves comes next
    assert page.talk.draft.held_on == kept
    page.talk.save_by_keys()
    page.settle()
    assert page.page.sheet is None


def test_a_talk_with_no_date_under_when_is_not_saved(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    field = _day_field(page, made)
    QTest.keyClicks(field, "31.02.2025")
    page.talk.before.more.click()  # put away again, with the wrong day in it
    page.talk.save_by_keys()
    page.settle()
    assert page.page.sheet is not None
    assert field.isVisible()
    assert field.accessibleDescription()


def _day_field(page: Desk, made: CaseFile) -> DateEdit:
    page.page.start_conversation(made.mother)
    page.settle()
    page.talk.before.more.click()
    field = page.talk.before.day
    field.setFocus()
    field.selectAll()
    return field
