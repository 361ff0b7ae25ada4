"""Protects: a sheet over the window that a lock closes half typed opens again as it was, and then goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import attrs
import pytest
from PySide6.QtWidgets import QDialog, QWidget

from app import bootstrap
from app.services.attention import RecordAttention
from app.services.facilities import SaveFacility
from app.services.reviews import DecideReview
from app.services.session import Session
from tests.services.office import COORDINATOR, Office, add_mother, add_prisoner, an_office
from tests.ui.conftest import Until
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.views.attention.sheet import AttentionSheet, open_attention
from ui.views.consent.review_sheet import ReviewSheet, go_through_reviews
from ui.views.keeping import Keeping
from ui.views.main_window import MainWindow, PageSpec
from ui.views.prisoners.facility_sheet import FacilitySheet, open_facility
from ui.views.settings.figure_sheet import FigureSheet, open_figure
from ui.worker import Failure
from ui.workplace import REVIEWS, Workplace

pytestmark = pytest.mark.window
S = TypeVar("S", bound=QDialog)


@attrs.define
class Sitting:
    """One unlocked window with nothing on its pages."""

    window: MainWindow
    workplace: Workplace
    keeping: Keeping
    tasks: Tasks
    until: Until

    def sheet(self, cls: type[S]) -> S:
        """The sheet of this class, once it is open."""
        self.until(lambda: bool(self._open(cls)) and not self.tasks.busy)
        return self._open(cls)[0]

    def _open(self, cls: type[S]) -> list[S]:
        return [one for one in self.window.findChildren(cls) if one.isVisible()]

    def none_open(self) -> bool:
        return not self.tasks.busy and not self._open(QDialog)

    def lock(self) -> None:
        """Keep what is typed, let go of everything."""
        self.keeping.stop()
        for sheet in self._open(QDialog):
            sheet.hide()
        self.tasks.stop(last=self.workplace.session.close)
        self.window.close()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = an_office(tmp_path / "case")
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session, owner=session.person.id)
        mother = add_mother(session, prisoner)
        session.attention.record(RecordAttention("smear", relatives=(mother,)))
        session.facilities.save(SaveFacility({"name": "Penal colony", "town": "Homiel"}))
    return office


@pytest.fixture
def sit(office: Office, until: Until) -> Iterator[Callable[[], Sitting]]:
    sittings: list[Sitting] = []

    def down() -> Sitting:
        bus = ChangeBus()
        tasks = Tasks(bus)
        found: list[Session] = []
        failures: list[Failure] = []
        tasks.query(
            lambda: bootstrap.open_case_file(office.folder).unlock(COORDINATOR, office.clock),
            initiator=None,
            done=found.append,
            failed=failures.append,
        )
        until(lambda: bool(found or failures))
        pages = [PageSpec("prisoners", "Prisoners", "mdi6.account-outline", QWidget)]
        window = MainWindow(pages, case_file="Case file", role="Coordinator")
        window.resize(1200, 800)
        window.show()
        workplace = Workplace(found[0], tasks, bus, lambda page, record: None, lambda words, undo=False: None)
        keeping = Keeping(found[0], tasks, window, lambda words: None)
        tasks.query(found[0].drafts.all, initiator=None, done=keeping.start)
        until(lambda: not tasks.busy)
        keeping.reopen(workplace)
        sitting = Sitting(window, workplace, keeping, tasks, until)
        sittings.append(sitting)
        return sitting

    yield down
    for sitting in sittings:
        if sitting.window.isVisible():
            sitting.lock()


def test_hostile_attention_comes_back_with_note_and_ticks(sit: Callable[[], Sitting]) -> None:
    before = sit()
    open_attention(before.workplace, before.window)
    sheet = before.sheet(AttentionSheet)
    sheet.what.set_value("questioning")
    sheet.when.set_stored("2026-11")
    sheet.note.setPlainText("Two men asked at the school.")
    key = next(iter(sheet.boxes))
    sheet.boxes[key].setChecked(not sheet.boxes[key].isChecked())
    wanted = sheet.unfinished()
    before.lock()
    after = sit()
    assert after.sheet(AttentionSheet).unfinished() == wanted


def test_what_was_only_looked_at_does_not_come_back(sit: Callable[[], Sitting]) -> None:
    before = sit()
    open_attention(before.workplace, before.window)
    before.sheet(AttentionSheet)
    before.lock()
    after = sit()
    after.until(after.none_open)


def test_a_review_comes_back_with_its_note(sit: Callable[[], Sitting]) -> None:
    before = sit()
    go_through_reviews(before.workplace, before.window, mine=True)
    sheet = before.sheet(ReviewSheet)
    sheet.note.setPlainText("Ask the lawyer first.")
    wanted = sheet.unfinished()
    before.lock()
    assert sit().sheet(ReviewSheet).unfinished() == wanted


@pytest.mark.parametrize("known", [True, False])
def test_a_place_comes_back(office: Office, sit: Callable[[], Sitting], known: bool) -> None:
    with office.as_person(COORDINATOR) as session:
        place = session.prisoners.facilities()[0].id if known else ""
    before = sit()
    open_facility(before.workplace, before.window, place, lambda _id: None)
    sheet = before.sheet(FacilitySheet)
    sheet.form.boxes["postal_code"].editor.take_up("246012")
    wanted = sheet.unfinished()
    assert wanted is not None
    before.lock()
    assert sit().sheet(FacilitySheet).unfinished() == wanted


def test_a_note_on_what_is_up_for_review_no_more_is_let_go(
    office: Office, sit: Callable[[], Sitting]
) -> None:
    before = sit()
    go_through_reviews(before.workplace, before.window, mine=True)
    sheet = before.sheet(ReviewSheet)
    sheet.note.setPlainText("Ask the lawyer first.")
    before.lock()
    with office.as_person(COORDINATOR) as session:
        rows = session.reviews.due()
        assert rows
        session.reviews.decide(
            [
                DecideReview(row.cause, row.because, row.prisoner, row.relative, "still_holds", "")
                for row in rows
            ]
        )
    after = sit()
    after.until(after.none_open)
    assert not after.keeping.waits(REVIEWS)


def test_a_figure_others_gave_comes_back_half_typed(sit: Callable[[], Sitting]) -> None:
    before = sit()
    open_figure(before.workplace, before.window, "")
    sheet = before.sheet(FigureSheet)
    sheet.form.boxes["said"].editor.set_value("over 560")
    sheet.form.boxes["source"].editor.set_value("Invented review")
    wanted = sheet.unfinished()
    assert wanted is not None
    before.lock()
    after = sit()
    assert after.sheet(FigureSheet).unfinished() == wanted
