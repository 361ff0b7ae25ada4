"""Protects: a message is written by keys, shows what will be read, and leaves only while it may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import attrs
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import bootstrap
from app.services.approval import ApproveReport
from app.services.session import Session
from tests.services.office import COORDINATOR, OFFICER, REPORTS
from tests.services.test_messages import Written, prepared, withdraw_name
from tests.ui.conftest import Until
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.views.message.sheet import MessageSheet, open_message
from ui.views.prisoners.page import PrisonersPage
from ui.views.reports.kept_sheet import KeptSheet, open_kept, write_again
from ui.widgets.labels import Text
from ui.workplace import Workplace

__all__ = ["prepared"]
T = TypeVar("T")


@attrs.define
class Desk:
    """Somebody at their window."""

    workplace: Workplace
    home: QWidget
    said: list[str]
    until: Until

    def ask(self, method: Callable[[], T]) -> T:
        """Ask the session, on its thread."""
        found: list[T] = []
        self.workplace.tasks.query(method, initiator=None, done=found.append)
        self.until(lambda: bool(found))
        return found[0]

    def settle(self) -> None:
        """Wait for the worker."""
        self.until(lambda: not self.workplace.tasks.busy)

    def write(self, prisoner: str) -> MessageSheet:
        """The sheet, once it has looked."""
        found: list[object] = []
        open_message(self.workplace, self.home, prisoner, found.append)
        self.until(lambda: bool(found))
        self.settle()
        assert isinstance(found[0], MessageSheet)
        return found[0]


Desks = Callable[[str], Desk]


@pytest.fixture
def desks(prepared: Written, tmp_path: Path, until: Until) -> Iterator[Callable[[str], Desk]]:
    """Opens a copy of the case file for somebody."""
    folder = prepared.office.copied(tmp_path / "case file").folder
    open_ones: list[Desk] = []

    def close() -> None:
        for desk in open_ones:
            desk.settle()
            desk.home.close()
            desk.home.deleteLater()
            assert desk.workplace.tasks.stop(last=desk.workplace.session.close)
        open_ones.clear()

    def opened(passphrase: str) -> Desk:
        close()
        bus = ChangeBus()
        tasks = Tasks(bus)
        found: list[Session] = []
        clock = prepared.office.clock
        tasks.query(
            lambda: bootstrap.open_case_file(folder).unlock(passphrase, clock),
            initiator=None,
            done=found.append,
        )
        until(lambda: bool(found))
        said: list[str] = []
        place = Workplace(
            found[0], tasks, bus, lambda page, record: None, lambda words, undo=False: said.append(words)
        )
        home = QWidget()
        home.resize(1200, 800)
        home.show()
        open_ones.append(Desk(place, home, said, until))
        return open_ones[0]

    yield opened
    close()


def _lines(sheet: MessageSheet | KeptSheet) -> str:
    return "\n".join(text.text() for text in sheet.findChildren(Text))


def _states(desk: Desk) -> list[str]:
    session = desk.workplace.session
    return sorted(row.state for row in desk.ask(session.reports.rows))


def test_a_birthday_is_copied_with_two_keys(desks: Desks, prepared: Written) -> None:
    desk = desks(COORDINATOR)
    page = PrisonersPage(desk.workplace)
    page.setParent(desk.home)
    page.show()
    page.opened()
    desk.until(lambda: bool(page.detail.shown))
    page.show_record(prepared.prisoner)
    desk.until(lambda: page.detail.shown == prepared.prisoner)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_M)
    desk.until(lambda: desk.home.findChild(MessageSheet) is not None)
    sheet = desk.home.findChild(MessageSheet)
    assert isinstance(sheet, MessageSheet)
    desk.until(sheet.copy.isEnabled)
    assert sheet.language.value() == "de"  # hers
    assert "Am 12. Dezember hat Siarhei Zhawnyarovich Geburtstag." in _lines(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: bool(desk.said))
    desk.settle()
    assert "Am 12. Dezember hat" in QGuiApplication.clipboard().text()
    assert QGuiApplication.clipboard().mimeData().data("x-kde-passwordManagerHint").data() == b"secret"
    assert _states(desk) == ["done"]
    QGuiApplication.clipboard().clear()


def test_what_is_withdrawn_meanwhile_is_refused_at_copy(desks: Desks, prepared: Written) -> None:
    desk = desks(COORDINATOR)
    sheet = desk.write(prepared.prisoner)
    assert sheet.copy.isEnabled()
    desk.ask(lambda: withdraw_name(desk.workplace.session, prepared))  # nobody told the sheet
    assert sheet.copy.isEnabled()
    sheet.copy.click()
    desk.settle()
    assert "may not be told" in sheet.verdict.accessibleName()
    assert desk.said == []
    assert _states(desk) == []
    sheet.look()
    desk.settle()
    assert not sheet.copy.isEnabled()
    sheet.reject()


def test_own_words_are_looked_at_while_they_are_typed(desks: Desks, prepared: Written) -> None:
    desk = desks(OFFICER)
    sheet = desk.write(prepared.prisoner)
    sheet.words.setPlainText("Greetings from Taisija Dubrouskaja")
    assert not sheet.copy.isEnabled()  # at once, before anybody looked
    sheet.look()
    desk.settle()
    assert "taisija dubrouskaja" in sheet.verdict.accessibleName().casefold()
    assert not sheet.copy.isEnabled()
    kept = sheet.unfinished()
    assert kept is not None
    sheet.words.setPlainText("He likes chess.")
    sheet.look()
    desk.settle()
    assert sheet.copy.isEnabled()
    sheet.words.clear()
    sheet.take_up(kept)
    assert sheet.words.toPlainText() == "Greetings from Taisija Dubrouskaja"
    sheet.words.clear()
    desk.settle()
    sheet.reject()


def test_reports_staff_have_no_own_words(desks: Desks, prepared: Written) -> None:
    desk = desks(REPORTS)
    sheet = desk.write(prepared.prisoner)
    assert sheet.words_field.isHidden()
    assert sheet.about.findData("words") < 0
    assert sheet.copy.isEnabled()
    sheet.reject()


def test_to_a_committee_it_is_kept_and_the_second_person_lets_it_leave(
    desks: Desks, prepared: Written, tmp_path: Path
) -> None:
    desk = desks(COORDINATOR)
    sheet = desk.write(prepared.prisoner)
    sheet.to.set_value(prepared.committee)
    sheet.language.set_value("en")
    sheet.words.setPlainText("Please ask about his health.")
    sheet.look()
    desk.settle()
    assert not sheet.copy.isVisible()
    assert sheet.hand_in.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: bool(desk.said))
    assert _states(desk) == ["checked"]
    desk = desks(OFFICER)
    session = desk.workplace.session
    (report,) = desk.ask(session.approval.pending)
    open_kept(desk.workplace, desk.home, report, lambda _report: None)
    desk.until(lambda: desk.home.findChild(KeptSheet) is not None)
    draft = desk.home.findChild(KeptSheet)
    assert isinstance(draft, KeptSheet)
    assert "Please ask about his health." in _lines(draft)
    assert not draft.approve.isEnabled()
    draft.approving.search()
    desk.settle()
    draft.side.set_folder(tmp_path / "out")
    assert draft.approve.isEnabled()
    draft.approve.click()
    desk.settle()
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".eml"]
    assert _states(desk) == ["done"]
    draft.reject()


def test_a_draft_is_written_anew_from_what_stood_in_it(desks: Desks, prepared: Written) -> None:
    desk = desks(COORDINATOR)
    session = desk.workplace.session
    draft = desk.ask(
        lambda: session.messages.hand_in(prepared.to_committee(words="Ask about his health."))
    ).id
    report = desk.ask(lambda: session.reports.kept(draft)).report
    write_again(desk.workplace, desk.home, report)
    desk.until(lambda: desk.home.findChild(MessageSheet) is not None)
    sheet = desk.home.findChild(MessageSheet)
    assert isinstance(sheet, MessageSheet)
    desk.until(sheet.hand_in.isEnabled)
    assert sheet.words.toPlainText() == "Ask about his health."
    sheet.hand_in.click()
    desk.until(lambda: bool(desk.said))
    desk.settle()
    assert _states(desk) == ["checked", "dropped"]


def test_a_message_that_left_is_in_the_ledger_and_cannot_be_approved(
    desks: Desks, prepared: Written, application: QApplication, tmp_path: Path
) -> None:
    desk = desks(OFFICER)
    session = desk.workplace.session
    sent = desk.ask(lambda: session.messages.save(prepared.birthday(), tmp_path / "out"))
    assert desk.ask(session.approval.pending) == ()
    failures: list[object] = []
    desk.workplace.tasks.query(
        lambda: session.approval.approve(ApproveReport(sent.saved.id, tmp_path / "again")),
        initiator=None,
        done=lambda _written: None,
        failed=failures.append,
    )
    desk.until(lambda: bool(failures))
    assert not (tmp_path / "again").exists()
