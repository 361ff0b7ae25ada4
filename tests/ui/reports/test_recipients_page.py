"""Protects: recipients are written down, found, changed and chosen in the window, by keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.recipient import WORDS
from app.services.recipients import SaveList, SaveRecipient
from tests.services.office import COORDINATOR, REPORTS
from tests.ui.reports.windows import Window, Windows
from ui.views.reports.plan import Plan
from ui.views.reports.recipient_sheets import RecordSheet
from ui.views.reports.recipients_page import RecipientsPage
from ui.widgets.fields import LineEdit
from ui.widgets.terms import TermCombo


def _page(window: Window) -> RecipientsPage:
    window.page.open_recipients()
    window.settle()
    assert window.page.recipients is not None
    return window.page.recipients


def _sheet() -> RecordSheet:
    found = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, RecordSheet) and one.isVisible()
    ]
    assert found
    return found[-1]


def _type(sheet: RecordSheet, **values: object) -> None:
    for name, value in values.items():
        sheet.form.give(name, value)


def _save(window: Window, sheet: RecordSheet) -> None:
    sheet.save()
    window.settle()


def _committee(window: Window, name: str = "Committee on Human Rights", **more: object) -> str:
    values = {"name": name, "audience": "named_institution", **more}
    return window.ask(lambda: window.session.recipients.save(SaveRecipient(values))).id


def test_the_first_recipient_is_written_down_changed_and_remembered(windows: Windows) -> None:
    window = windows.as_person(REPORTS)
    page = _page(window)
    assert page.empty.isVisible()
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    sheet = _sheet()
    _type(sheet, name="Committee on Human Rights", audience="named_institution", lock="age1wrong")
    _save(window, sheet)
    assert sheet.isVisible()  # a key that cannot be one is refused where it was typed
    lock = next(one for one in sheet.findChildren(TermCombo) if one.findData(WORDS) >= 0)
    lock.setFocus()
    QTest.keyClick(lock, Qt.Key.Key_Home)  # not locked
    QTest.keyClick(lock, Qt.Key.Key_Down)  # with words: nobody types a word for it
    assert not [one for one in sheet.findChildren(LineEdit) if one.isVisible() and one.text() == "age1wrong"]
    _save(window, sheet)
    assert [row.recipient.lock for row in window.ask(window.session.recipients.rows)] == ["passphrase"]
    assert page.detail.shown
    page.open_record(page.detail.shown)
    _type(_sheet(), organisation="Example parliament")
    _save(window, _sheet())
    row = window.ask(window.session.recipients.rows)[0]
    assert row.recipient.called == "Committee on Human Rights, Example parliament"
    history = window.ask(lambda: window.session.recipients.history(row.id))
    assert [one.field for one in history] == ["organisation"]


def test_a_mailing_list_is_made_of_recipients(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    one, two = _committee(window), _committee(window, "Another committee")
    page = _page(window)
    page.open_list("")
    sheet = _sheet()
    _type(sheet, name="Committees", report_kind="parliament_briefing", members=(one, two))
    _save(window, sheet)
    made = window.ask(window.session.recipients.lists)
    assert [set(each.members) for each in made] == [{one, two}]


def test_the_list_is_filtered_and_escape_goes_back(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    _committee(window)
    _committee(window, "Lantern Society")
    page = _page(window)
    assert page.model.rowCount() == 2
    page.needle.setText("lantern")
    assert page.model.rowCount() == 1
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.model.rowCount() == 2
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_a_report_is_for_a_recipient_or_a_list_and_again_for_the_same(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    one, two = _committee(window), _committee(window, "Another committee")
    values = {"name": "Committees", "report_kind": "parliament_briefing", "members": (one, two)}
    both = window.ask(lambda: window.session.recipients.save_list(SaveList(values))).id
    window.begin(Plan(kind="parliament_briefing", language="en", formats=("pdf",)))
    making = window.page.making
    making.kind.recipient.setText("committee on human rights")
    assert making.kind.taken(making.plan).recipients() == (one,)
    making.kind.recipient.setText("Committees")
    assert making.kind.taken(making.plan).recipients() == (both,)
    making.kind.recipient.setText("Somebody else")
    assert making.kind.taken(making.plan).recipients() == ("Somebody else",)
    window.begin(Plan(kind="parliament_briefing", language="en", formats=("pdf",), recipient=f"{one}\n{two}"))
    assert making.kind.recipient.text() == "Committee on Human Rights, Another committee"
    assert making.kind.taken(making.plan).recipients() == (one, two)


def test_a_kind_for_everybody_offers_only_who_may_get_it(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    _committee(window)
    paper = _committee(window, "Evening Lantern", audience="public")
    window.begin(Plan(kind="public_list", language="en", formats=("pdf",), recipient=paper))
    readers = window.page.making.kind.readers
    assert readers.goes_field.isVisible()
    assert [readers.goes_to.itemData(place) for place in range(readers.goes_to.count())] == ["", paper]
    assert window.page.making.kind.taken(window.page.making.plan).recipients() == (paper,)
