"""Protects: an officer goes through a quarter review by keys, many at once; an auditor sees numbers only."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.domain.acts import Act
from app.domain.conversation import Answer, Conversation
from app.domain.dates import PartialDate
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.domain.quarter import Outcome
from app.domain.quarter_changes import Change
from app.domain.relative import Relative
from app.domain.review import Cause
from app.services.session import Session
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, an_office
from tests.ui.conftest import Until
from tests.ui.log.test_auditor_walk import words_of
from tests.ui.pages import OnePage, open_one_page
from ui.views.log.page import LogPage
from ui.views.quarter.part import QuarterPart
from ui.views.quarter.sheets import AskSheet, SignSheet

Desk = OnePage[LogPage]
Held = Qt.KeyboardModifier
_EACH = 20
_TALKS: dict[Change, dict[str, object]] = {
    Change.PRESSURE: {"pressure": "possible"},
    Change.NO_EVIDENCE: {"evidence": ""},
    Change.NEW_YES: {},
    Change.NEW_NO: {"kind": "refused"},
    Change.TALK: {"kind": "deferred"},
}


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred relatives who spoke this month, twenty of each of five kinds."""
    folder = tmp_path_factory.mktemp("quarter") / "casefile"
    office, said = an_office(folder), list[tuple[Relative, dict[str, object]]]()
    with office.as_person(COORDINATOR) as session, session.context.writing() as work:
        for kind, values in _TALKS.items():
            for number in range(_EACH):
                prisoner = work.add(
                    Prisoner(
                        RecordId(new_id()),
                        reference=f"{kind}-{number}",
                        family_name=f"Invented{number:02}",
                        owner=session.context.me,
                    )
                )
                relative = work.add(Relative(RecordId(new_id()), prisoner=prisoner.id, relation="mother"))
                said.append((relative, values))
        work.commit(Act.SEALED_CHANGED)
    office.clock.turn(days=4)
    with office.as_person(COORDINATOR) as session, session.context.writing() as work:
        work.add_many([_talk(session, relative, dict(values)) for relative, values in said])
        work.commit(Act.SEALED_CHANGED)
    return folder


def _talk(session: Session, relative: Relative, values: dict[str, object]) -> Conversation:
    kind = str(values.pop("kind", "given"))
    known: dict[str, object] = {"evidence": "heard_not_kept", "pressure": "none", **values}
    return Conversation(
        session.context.lasting_id(),
        relative=relative.id,
        prisoner=relative.prisoner,
        channel="signal",
        verified_by="voice",
        direction="they_came",
        held_on=PartialDate(2026, 11, 20),
        answers=(Answer(answer=new_id(), kind=kind, purpose="contact", audience="internal"),),
        recorded_by=session.context.me,
        recorded_at=session.context.now(),
        **known,  # type: ignore[arg-type]
    )


@pytest.fixture
def open_page(made_once: Path, tmp_path: Path, until: Until) -> Iterator[Callable[[str], Desk]]:
    folder = tmp_path / "copy"
    shutil.copytree(made_once, folder)
    desks: list[Desk] = []

    def opened(passphrase: str) -> Desk:
        desk = open_one_page(folder, passphrase, LogPage, until)
        desks.append(desk)
        desk.page.activateWindow()
        desk.page.opened()
        desk.page.quarter.open()
        until(lambda: not desk.tasks.busy)
        return desk

    yield opened
    for desk in desks:
        desk.close()


class Keys:
    """Presses keys where the keyboard is, and counts them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.count = 0

    def press(
        self,
        key: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        on: QWidget | None = None,
    ) -> None:
        target = on or self._desk.page.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, held)
        self.count += 1
        self._desk.until(lambda: not self._desk.tasks.busy)

    def text(self, words: str) -> None:
        target = self._desk.page.focusWidget()
        assert isinstance(target, QLineEdit | QPlainTextEdit)
        QTest.keyClicks(target, words)


def part_of(desk: Desk) -> QuarterPart:
    part = desk.page.quarter.part
    assert part is not None
    return part


def begun(desk: Desk) -> QuarterPart:
    part = part_of(desk)
    part.start.begin_asked.emit(date(2026, 11, 25))
    desk.until(lambda: part.state is not None and not desk.tasks.busy and bool(part.work.model.shown_ids()))
    return part


def test_a_hundred_relatives_in_five_groups_take_a_dozen_keys(
    open_page: Callable[[str], Desk], until: Until
) -> None:
    desk = open_page(OFFICER)
    part, keys = begun(desk), Keys(desk)
    assert part.state is not None
    assert [(one.group, one.total) for one in part.state.groups] == [(kind, _EACH) for kind in _TALKS]
    for _kind in _TALKS:
        keys.press(Qt.Key.Key_A, Held.ControlModifier)
        keys.press(Qt.Key.Key_I)
    assert part.state.open == 0
    keys.press(Qt.Key.Key_Return, Held.ControlModifier)
    until(lambda: isinstance(part.sheet, SignSheet))
    assert part.sheet is not None
    keys.press(Qt.Key.Key_Return, on=part.sheet)
    until(lambda: part.state is None)
    (past,) = desk.ask(desk.session.quarters.past)
    assert past.outcomes[Outcome.IN_ORDER] == 100
    assert past.signed_by == "Vera O."
    assert keys.count == 12


def test_space_picks_arrows_keep_and_u_takes_back(open_page: Callable[[str], Desk]) -> None:
    desk = open_page(OFFICER)
    part, keys = begun(desk), Keys(desk)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down):
        keys.press(key)
    first, _second, third = part.work.model.shown_ids()[:3]
    assert part.work.table.selected_ids() == (first, third)
    keys.press(Qt.Key.Key_I)
    assert part.state is not None
    assert part.state.open == 98
    assert not {first, third} & set(part.work.model.shown_ids()), "only what is open is shown"
    assert len(part.work.table.selected_ids()) == 1, "and the next one is current"
    keys.press(Qt.Key.Key_U)
    assert part.state.open == 100
    assert desk.failures == []


def test_the_owner_is_asked_by_keys(open_page: Callable[[str], Desk], until: Until) -> None:
    desk = open_page(OFFICER)
    part, keys = begun(desk), Keys(desk)
    keys.press(Qt.Key.Key_A)
    sheet = part.deciding.sheet
    assert isinstance(sheet, AskSheet)
    sheet.accept()
    assert sheet.isVisible(), "not without words"
    QTest.keyClicks(sheet.note, "Who was on the phone?")
    assert part.work.note.text() == "Who was on the phone?", "kept, should a lock come"
    keys.press(Qt.Key.Key_Return, on=sheet.day)
    until(lambda: part.state is not None and part.state.open == 99)
    desk.until(lambda: not desk.tasks.busy)
    (row,) = [one for one in desk.ask(desk.session.reviews.due) if one.cause is Cause.QUARTER]
    assert row.note == "Who was on the phone?"
    assert part.work.note.text() == ""


def test_a_note_survives_a_lock_and_brings_the_review_back(open_page: Callable[[str], Desk]) -> None:
    desk = open_page(OFFICER)
    part, keys = begun(desk), Keys(desk)
    keys.press(Qt.Key.Key_N)
    keys.text("ask Hanna")
    kept = desk.page.unfinished()
    assert kept == {"note": "ask Hanna"}
    desk.page.quarter.close()
    assert desk.page.head.isVisibleTo(desk.page)
    desk.page.take_up(kept)
    assert desk.page.quarter.is_open
    assert desk.page.help_key() == "quarter"
    assert part.work.note.text() == "ask Hanna"


def test_an_auditor_reads_numbers_and_checks_what_is_open(
    open_page: Callable[[str], Desk], made_once: Path
) -> None:
    officer = open_page(OFFICER)
    part = begun(officer)
    assert part.state is not None
    review = part.state.past.id
    officer.close()
    desk = open_page(AUDITOR)
    part = part_of(desk)
    assert not part.start.isVisibleTo(desk.page)
    assert not part.sign.isVisibleTo(desk.page)
    part.history.checks[review].click()
    desk.until(lambda: not desk.tasks.busy)
    said = " ".join(words_of(part))
    assert "100 items" in said
    assert "What is open of it fits" in said
    assert not any(word in said for word in ("Mother", "Invented0"))


def test_who_may_not_has_no_button(open_page: Callable[[str], Desk], made_once: Path) -> None:
    desk = open_one_page(made_once, COORDINATOR, LogPage, open_page(OFFICER).until)
    try:
        assert not desk.page.quarter.button.isVisibleTo(desk.page)
    finally:
        desk.close()
