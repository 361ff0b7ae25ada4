"""Bringing a list in by the sheet: seen first, chosen by a person, kept over a lock, taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QRadioButton, QWidget

from app import bootstrap
from app.intake.staged import Reading
from app.services.context import Saved
from app.services.prisoners import CreatePrisoner
from app.services.session import Session
from tests.services.office import COORDINATOR, Office, an_office
from tests.services.test_list_photos import picture
from tests.ui.conftest import Until
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.views.intake.choices import WhoSheet
from ui.views.intake.preview_step import SAME
from ui.views.intake.run_report import RunReportSheet
from ui.views.intake.sheet import IntakeSheet, open_intake
from ui.widgets.buttons import Button
from ui.widgets.details import PhotoBox
from ui.workplace import Workplace

_LIST = """id,name,birthday,arrested,family agrees
1,Siarhei Ramonchyk,1979-12-12,2021-09-14,yes
2,Volha Kachanovich,1990-02-30,2021-09-15,no
2,Hanna Muraushka,1985-01-01,2021-09-16,
"""


class Desk:
    """A window with a session behind it."""

    def __init__(self, office: Office, until: Until) -> None:
        self.said: list[str] = []
        self.window, self.until = QWidget(), until
        self.window.resize(1440, 900)
        self.window.show()
        self.tasks = Tasks(ChangeBus())
        opened: list[Session] = []
        self.tasks.query(
            lambda: bootstrap.open_case_file(office.folder).unlock(COORDINATOR),
            initiator=None,
            done=opened.append,
        )
        until(lambda: bool(opened))
        self.session = opened[0]
        self.workplace = Workplace(
            self.session,
            self.tasks,
            ChangeBus(),
            lambda page, record: None,
            lambda words, **rest: self.said.append(words),
        )

    def settle(self) -> None:
        self.until(lambda: not self.tasks.busy)

    def open(self, path: Path | None = None) -> IntakeSheet:
        sheet = open_intake(self.workplace, self.window, path)
        self.settle()
        return sheet

    def look(self, path: Path) -> IntakeSheet:
        sheet = self.open(path)
        sheet.choose.source.setText("Some list")
        sheet.next.click()
        self.settle()
        return sheet

    def wait_to_bring_in(self, sheet: IntakeSheet) -> None:
        """A double click on "Look at it" brings nothing in: the button sleeps for a moment."""
        assert not sheet.next.isEnabled()
        self.until(sheet.next.isEnabled)


@pytest.fixture
def desk(application: QApplication, tmp_path: Path, until: Until) -> Iterator[Desk]:
    found = Desk(an_office(tmp_path / "case"), until)
    yield found
    found.settle()
    found.tasks.stop(last=found.session.close)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(_LIST, encoding="utf-8")
    return path


def _choice(sheet: IntakeSheet, value: str) -> QRadioButton:
    """The newest choice of this name; the card before it may not be gone yet."""
    found = sheet.preview.card.findChildren(QRadioButton, f"who-{value}")
    return found[-1]


def test_every_row_and_remark_is_seen_before_anything_is_saved(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    rows, remarks, _doubles, columns, _parts, _photos = sheet.preview.tables
    assert rows.model().rowCount() == 3
    assert remarks.model().rowCount() >= 2
    assert columns.model().rowCount() == 5
    assert desk.workplace.tasks.busy is False
    assert sheet.next.text() == "Bring in 2 rows"
    sheet.reject()


def test_a_doubtful_row_waits_for_a_person_and_a_choice_can_be_changed(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    sheet.preview.tables[0].select("4")
    choice = sheet.preview.card.findChildren(QRadioButton)
    assert [button.text() for button in choice] == [
        "Kachanovich, Volha · row 3",
        "somebody new",
        "leave this row out",
    ]
    assert not any(button.isChecked() for button in choice)
    choice[1].click()
    desk.settle()
    assert sheet.next.text() == "Bring in 3 rows"
    _choice(sheet, "leave_out").click()
    desk.settle()
    assert sheet.next.text() == "Bring in 2 rows"
    assert _choice(sheet, "leave_out").isChecked()
    sheet.reject()


def test_a_row_can_be_anybody_in_the_case_file(desk: Desk, people: Path) -> None:
    made: list[Saved] = []
    desk.tasks.query(
        lambda: desk.session.prisoners.create(CreatePrisoner({"family_name": "Verasanski"})),
        initiator=None,
        done=made.append,
    )
    desk.settle()
    known = made[0].id
    sheet = desk.look(people)
    sheet.preview.tables[0].select("4")
    desk.settle()
    search = sheet.preview.card.findChild(Button, "who-search")
    assert isinstance(search, Button)
    search.click()
    desk.settle()
    (who,) = sheet.findChildren(WhoSheet)
    who.search.line.setText("verasanski")
    desk.until(who.take.isEnabled)
    who.take.click()
    desk.settle()
    assert _choice(sheet, known).isChecked()
    assert sheet.next.text() == "Bring in 3 rows"
    sheet.reject()


def test_a_list_is_brought_in_and_nothing_of_it_is_consent(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    desk.wait_to_bring_in(sheet)
    sheet.next.click()
    desk.settle()
    assert "Nothing was taken as consent" in sheet.done_notice.accessibleName()
    assert sheet.runs.table.model().rowCount() == 1
    assert sheet.runs.trust.isVisible()
    sheet.runs.trust.click()
    desk.settle()
    assert not sheet.runs.trust.isVisible(), "one person cannot say both yeses"
    sheet.reject()


def test_a_newer_list_shows_what_differs_and_the_same_one_that_nothing_does(
    desk: Desk, people: Path, tmp_path: Path
) -> None:
    sheet = desk.look(people)
    desk.wait_to_bring_in(sheet)
    sheet.next.click()
    desk.settle()
    sheet.reject()
    same = desk.look(people)
    settled = same.looking.now
    assert settled is not None
    known = settled.preview.counts.unchanged
    assert known == 2
    assert same.next.text() == "Note that nothing changed"
    same.reject()
    newer = tmp_path / "newer.csv"
    newer.write_text(f"{_LIST}3,Palina Harbuzava,1991-01-01,2022-01-01,\n", encoding="utf-8")
    sheet = desk.look(newer)
    rows = sheet.preview.tables[0]
    assert sheet.looking.now is not None
    assert rows.model().rowCount() == sheet.looking.now.preview.counts.rows - known
    assert sheet.next.text() == "Bring in 1 row"
    (every,) = sheet.preview.findChildren(QAbstractButton, "chip-all")
    every.click()
    assert rows.model().rowCount() == sheet.looking.now.preview.counts.rows
    sheet.reject()


def test_the_lists_stand_there_as_soon_as_one_more_came_in(desk: Desk, people: Path) -> None:
    for number in (1, 2):
        sheet = desk.look(people)
        desk.wait_to_bring_in(sheet)
        rows: list[int] = []
        sheet.done_notice.installEventFilter(watch := _Shown(sheet, rows))
        sheet.next.click()
        desk.settle()
        sheet.done_notice.removeEventFilter(watch)
        assert rows[:1] == [number], "the table was of before"
        assert not sheet.runs._none.isVisible()
        sheet.back.click()
        assert sheet.choose.path is None, "another list is wanted, not the same"
        assert sheet.focusWidget() is sheet.choose.choose
        people.write_text(people.read_text(encoding="utf-8") + "\n", encoding="utf-8")  # another file
        sheet.reject()


class _Shown(QObject):
    """Counts the lists at the moment it is said that one came in."""

    def __init__(self, sheet: IntakeSheet, rows: list[int]) -> None:
        super().__init__(sheet)
        self._table, self._rows = sheet.runs.table, rows

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() is QEvent.Type.Paint:
            self._rows.append(self._table.model().rowCount())
        return False


def test_that_there_is_no_list_is_said_under_its_heading_and_only_once_it_is_known(desk: Desk) -> None:
    sheet = desk.open()
    runs = sheet.runs
    assert runs._none.isVisible()
    QApplication.processEvents()
    assert runs._none.y() - runs._head.geometry().bottom() < 60, "the words float far below their heading"
    sheet.reject()


def test_a_list_that_cannot_be_read_is_said_and_the_sheet_stays(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("id,name\n", encoding="utf-8")
    sheet = desk.look(path)
    assert sheet.choose.answer.isVisible()
    assert sheet.choose.source.text() == "Some list"
    sheet.reject()


def test_after_a_list_of_something_else_the_right_one_can_be_looked_at(
    desk: Desk, people: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "invoices.csv"
    wrong.write_text("Invoice;Amount;Due\n2026-001;120,00;2026-12-01\n", encoding="utf-8")
    sheet = desk.look(wrong)
    assert sheet.next.text() == "Bring in 0 rows"
    assert not sheet.preview.most.isVisible(), "nobody would be gone: nothing of it can come in"
    sheet.back.click()
    assert sheet.next.text() == "Look at it"
    assert sheet.next.isEnabled()
    sheet.choose.set_path(people)
    sheet.next.click()
    desk.settle()
    assert sheet.next.text() == "Bring in 2 rows"
    sheet.reject()


@pytest.mark.parametrize("content", ['[{"name": "Anton', '{"name": "Anton"}'])
def test_a_file_that_is_no_list_in_json_is_told_so(desk: Desk, tmp_path: Path, content: str) -> None:
    path = tmp_path / "people.json"
    path.write_text(content, encoding="utf-8")
    sheet = desk.look(path)
    assert "JSON" in sheet.choose.answer.accessibleName()
    assert sheet.focusWidget() is sheet.choose.choose, "another file is what is needed now"
    sheet.reject()


def test_the_keyboard_goes_on_to_what_is_missing(desk: Desk, people: Path) -> None:
    sheet = desk.open()
    assert sheet.focusWidget() is sheet.choose.choose
    sheet.choose.set_path(people)
    assert sheet.focusWidget() is sheet.choose.source
    sheet.choose.source.setText("Some list")
    sheet.choose.set_path(people)
    assert sheet.focusWidget() is sheet.next
    sheet.reject()


def test_what_was_said_about_the_last_attempt_is_gone_after_the_next(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    desk.wait_to_bring_in(sheet)
    desk.tasks.query(
        lambda: desk.session.prisoners.create(CreatePrisoner({"family_name": "Verasanski"})),
        initiator=None,
        done=lambda saved: None,
    )
    desk.settle()
    sheet.next.click()
    desk.settle()
    assert sheet.choose.answer.isVisible(), "the case file changed in between"
    assert sheet.focusWidget() is sheet.next
    sheet.next.click()
    desk.settle()
    sheet.back.click()
    assert not sheet.choose.answer.isVisible()
    sheet.reject()


def test_a_lock_keeps_file_name_and_choices(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    sheet.preview.tables[0].select("4")
    sheet.preview.card.findChildren(QRadioButton)[1].click()
    desk.settle()
    kept = sheet.unfinished()
    assert kept is not None
    sheet.reject()
    again = desk.open()
    again.take_up(kept)
    desk.settle()
    desk.settle()
    rows = again.looking.now.preview.rows if again.looking.now is not None else ()
    assert [row.reading for row in rows] == [Reading.NEW] * 3
    again.reject()


def test_photos_of_a_folder_come_in_with_their_rows(desk: Desk, people: Path, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "1.png").write_bytes(picture("PNG"))
    (folder / "7.jpg").write_bytes(picture())
    sheet = desk.look(people)
    assert not sheet.preview.tabs.isTabVisible(5)
    sheet.preview.photos.chosen.emit(folder)
    desk.settle()
    assert sheet.preview.photos.text() == "1 photo…"
    shown = sheet.preview.tables[5]
    named = {str(shown.model().index(at, 1).data()) for at in range(shown.model().rowCount())}
    assert len(named - {"None", ""}) >= 1, "whose a photo is taken for stands beside its file"
    sheet.preview.tabs.choose("photos")
    assert sheet.preview.card.findChild(PhotoBox) is not None
    assert sheet.preview.tabs.isTabVisible(5)
    assert sheet.preview.tables[5].model().rowCount() == 3  # two files, and a number without one
    desk.until(sheet.next.isEnabled)
    sheet.next.click()
    desk.settle()
    photos: list[bool] = []
    desk.tasks.query(
        lambda: [bool(desk.session.pictures.photo(row.id)) for row in desk.session.prisoners.rows()],
        initiator=None,
        done=photos.extend,
    )
    desk.until(lambda: bool(photos))
    assert photos.count(True) == 1
    sheet.reject()


def test_what_a_list_did_is_read_line_by_line(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    desk.wait_to_bring_in(sheet)
    sheet.next.click()
    desk.settle()
    sheet.runs.report.click()
    desk.settle()
    (report,) = sheet.findChildren(RunReportSheet)
    told = [report.table.model().index(row, 1).data() for row in range(report.table.model().rowCount())]
    assert [line.partition(" · ")[0] for line in told[:2]] == ["Kachanovich, Volha", "Ramonchyk, Siarhei"]
    assert "row 4" in told
    assert report.table.accessibleName() == "What the list did"
    report.reject()
    sheet.reject()


def test_families_of_known_prisoners_come_in_with_one_choice_for_all(desk: Desk, tmp_path: Path) -> None:
    """Whoever is named once is chosen; of two namesakes nobody is, and the button says what comes in."""
    for family, given in (("Kot", "Anton"), ("Bus", "Piotr"), ("Bus", "Piotr")):
        values: dict[str, object] = {"family_name": family, "given_name": given}
        make = partial(desk.session.prisoners.create, CreatePrisoner(values))
        desk.tasks.query(make, initiator=None, done=lambda _saved: None)
        desk.settle()
    path = tmp_path / "families.csv"
    path.write_text(
        "Вязень;Сваяцтва;Сваяк\nAnton Kot;маці;Nina Kot\nPiotr Bus;брат;Ihar Bus\n", encoding="utf-8"
    )
    sheet = desk.look(path)
    sheet.preview.decided_all.emit(SAME)
    desk.settle()
    model = sheet.preview.tables[0].model()
    assert [str(model.index(row, 2).data()) for row in range(2)] == ["relatives come in", "doubtful"]
    assert sheet.next.text() == "Bring in 1 row"
    desk.until(sheet.next.isEnabled)
    sheet.next.click()
    desk.settle()
    assert "1 new relative" in sheet.done_notice.accessibleName()
    sheet.reject()
