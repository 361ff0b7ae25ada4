"""Before a case file is open: clear answers, a passphrase that stays nowhere, nothing written half."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app import bootstrap
from app.crypto.passphrase import KdfParameters
from app.domain.errors import Code, KnownError
from app.domain.progress import Progress, at_once, is_over
from app.services.session import Session
from tests.hostile.insider import person_named
from tests.rules import ROOT
from tests.services.office import OFFICER, an_office
from tests.ui import hands
from tests.ui.conftest import Until
from ui.change_bus import ChangeBus
from ui.messages import told_of
from ui.new_case import NewCaseDesk
from ui.program import Program
from ui.tasks import Tasks
from ui.views.start.asked import Guest, NewCase, Verdict
from ui.views.start.start_window import StartWindow
from ui.widgets.fields import Field
from ui.worker import Failure

WORDS = "lamp river paper stork winter bread"
ANSWERS = {
    Code.WRONG_PASSPHRASE: True,
    Code.HEADER_DAMAGED: False,
    Code.DATA_DAMAGED: False,
    Code.EMPTY_FILE: False,
    Code.CASE_FILE_INCOMPLETE: False,
    Code.NEWER_VERSION: False,
    Code.NOT_A_CASE_FILE: False,
    Code.KEYS_OLDER: True,
}


def _judge(passphrase: str, known: tuple[str, ...], tell: Callable[[Verdict], None]) -> None:
    enough = len(passphrase.split()) > 5
    tell(Verdict(1.0 if enough else 0.3, enough, "strong" if enough else "weak"))


@pytest.fixture
def window(application: QApplication) -> StartWindow:
    window = StartWindow(_judge, lambda: WORDS)
    window.show()
    return window


def _typed(window: StartWindow) -> str:
    """Everything that stands in any field, undone as far as a field can undo."""
    fields = window.findChildren(QLineEdit)
    for field in fields:
        field.setEchoMode(QLineEdit.EchoMode.Normal)
        field.undo()
    return " ".join(field.text() for field in fields)


def test_enter_unlocks_and_the_passphrase_is_gone_from_the_window(window: StartWindow) -> None:
    asked: list[tuple[Path, str]] = []
    window.unlock_asked.connect(lambda folder, words, _key: asked.append((folder, words)))
    window.show_unlock(Path("/somewhere/notes"))
    QTest.keyClicks(window.unlock_page.passphrase, WORDS)
    QTest.keyClick(window.unlock_page.passphrase, Qt.Key.Key_Return)
    assert asked == [(Path("/somewhere/notes"), WORDS)]
    assert "stork" not in _typed(window)


@pytest.mark.parametrize(("code", "again"), ANSWERS.items(), ids=[code.value for code in ANSWERS])
def test_every_answer_is_its_own_and_asks_again_only_where_that_helps(
    window: StartWindow, code: Code, *, again: bool
) -> None:
    window.show_unlock(Path("/somewhere/notes"))
    told = told_of(Failure(KnownError(code)))
    window.say_failure(told, code)
    page = window.unlock_page
    assert page.answer.isVisible()
    assert told.happened in page.answer.accessibleName()
    assert told.advice in page.answer.accessibleName()
    assert page.passphrase.isVisible() is again
    assert page.other.isVisible()


def test_a_key_file_may_be_dropped_where_the_passphrase_is_asked_for(
    window: StartWindow, tmp_path: Path
) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    for path in (mine / "cases.db", other / "cases.db", tmp_path / "stick" / "my.key"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    window.show_unlock(mine)
    page = window.unlock_page
    hands.drop(window, tmp_path / "stick" / "my.key")
    assert (page.key.path, page.key.name.text()) == (tmp_path / "stick" / "my.key", "my.key")
    assert page.asked_for[0] == mine
    hands.drop(window, other / "cases.db")  # a file inside another case file is that case file
    assert (page.asked_for[0], page.key.path) == (other, None)
    window.say_failure(told_of(Failure(KnownError(Code.DATA_DAMAGED))), Code.DATA_DAMAGED)
    hands.drop(window, tmp_path / "stick" / "my.key")
    assert page.key.path is None


def test_after_many_wrong_ones_there_is_a_wait(window: StartWindow) -> None:
    window.show_unlock(Path("/somewhere/notes"))
    window.say_failure(told_of(Failure(KnownError(Code.WRONG_PASSPHRASE))), Code.WRONG_PASSPHRASE, 4)
    assert not window.unlock_page.unlock.isEnabled()
    assert "4" in window.unlock_page.answer.accessibleName()


def test_caps_lock_is_noticed(window: StartWindow) -> None:
    window.show_unlock(Path("/somewhere/notes"))
    QTest.keyClicks(window.unlock_page.passphrase, "A")
    assert window.unlock_page.caps.isVisible()
    QTest.keyClicks(window.unlock_page.passphrase, "a")
    assert not window.unlock_page.caps.isVisible()


def test_a_case_file_is_asked_for_only_when_everything_fits(window: StartWindow, tmp_path: Path) -> None:
    asked: list[NewCase] = []
    window.create_asked.connect(asked.append)
    window.show_wizard()
    wizard = window.wizard
    _fill(window, "parent", str(tmp_path / "nowhere"))
    wizard.next.click()
    assert wizard.place.isVisible(), "a folder that is not there"
    parent = window.findChild(QLineEdit, "parent")
    assert isinstance(parent, QLineEdit)
    _fill(window, "parent", str(tmp_path))
    assert "no such folder" not in wizard.place._parent_field._hint.text(), "said of another folder"
    QTest.keyClick(parent, Qt.Key.Key_Return)
    wizard.next.click()
    assert wizard.names.isVisible(), "names are missing"
    for name in ("name", "person", "desk"):
        _fill(window, name, f"Some {name}")
    wizard.next.click()
    _fill(window, "first", WORDS)
    _fill(window, "second", WORDS + "x")
    wizard.next.click()
    assert asked == [], "typed differently the second time"
    _fill(window, "second", WORDS)
    wizard.next.click()
    assert asked == [NewCase(tmp_path / "notes", "Some name", "Some person", "Some desk", WORDS)]
    assert "stork" not in _typed(window)
    assert WORDS not in repr(asked[0])
    assert list(tmp_path.iterdir()) == [], "asking writes nothing"


def test_a_weak_passphrase_is_said_and_not_taken(window: StartWindow, until: Until) -> None:
    asked: list[NewCase] = []
    window.create_asked.connect(asked.append)
    window.show_wizard()
    for name in ("name", "person", "desk"):
        _fill(window, name, name)
    window.wizard._go(2)
    _fill(window, "first", "hello hello")
    _fill(window, "second", "hello hello")
    until(lambda: window.wizard.secret._verdict is not None)
    window.wizard.next.click()
    assert asked == []


def test_an_officer_is_told_why_opening_takes_longer_after_somebody_left(
    application: QApplication, until: Until, tmp_path: Path
) -> None:
    office = an_office(tmp_path / "casefile")
    with office.as_person(OFFICER) as session:
        at_once(session.removing.removing(person_named(session, "Hanna")))
    program, said = Program("en"), list[str]()
    program.open(office.folder)
    page = program.start.unlock_page
    shown = page.set_busy

    def listen(words: str) -> None:
        said.append(words)
        shown(words)

    page.set_busy = listen  # type: ignore[method-assign]
    page.passphrase.setText(OFFICER)
    page.unlock.click()
    until(lambda: program.shell is not None and not program.tasks.busy)
    assert any(words.startswith("Somebody left or is away; everything gets new keys.") for words in said)
    assert program.shell is not None
    assert not program.shell.session.removing.unfinished
    program.close()


def test_the_demo_fills_in_whoever_is_chosen(window: StartWindow) -> None:
    asked: list[str] = []
    window.unlock_asked.connect(lambda folder, words, _key: asked.append(words))
    people = [Guest("Hanna K.", "coordinator", "", "one"), Guest("Vera O.", "officer", "", "two")]
    window.show_demo(Path("/demo"), people)
    window.unlock_page.guests.choose(1)
    window.unlock_page.unlock.click()
    assert asked == ["two"]


def test_the_unlock_window_needs_no_service(tmp_path: Path) -> None:
    """Nothing heavy is imported before it is on screen (a second is all there is)."""
    script = (
        "import sys\nfrom ui.program import Program\nprogram = Program('en')\nprogram.open(None)\n"
        "slow = ('app.services', 'app.storage', 'app.reports', 'app.intake', 'babel')\n"
        "heavy = [name for name in sys.modules if name.startswith(slow)]\n"
        "program.close()\nsys.exit(', '.join(heavy) or 0)"
    )
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("height", [574, 720])
def test_a_verdict_of_two_lines_squeezes_no_field(window: StartWindow, height: int) -> None:
    window.resize(1040, height)
    window.show_wizard()
    window.wizard._go(2)
    fields = window.wizard.secret.findChildren(Field)
    _fill(window, "first", "lamp")
    for words in ("weak", "A well-equipped attacker would guess it within minutes. " * 2):
        window.wizard.secret._strength.show_verdict(Verdict(0.2, enough=False, words=words))
        QApplication.processEvents()
        for field in fields:
            assert field.height() >= field.minimumSizeHint().height(), words


def _new(tmp_path: Path) -> NewCase:
    return NewCase(tmp_path / "notes", "Case file Vilnius", "Officer", "Vilnius", WORDS)


def _cheap(new: NewCase, progress: Progress) -> Session:
    return bootstrap.create_case_file(
        new.folder,
        name=new.name,
        founder=new.person,
        passphrase=new.passphrase,
        desk=new.desk,
        kdf=KdfParameters.for_tests(),
        progress=progress,
    )


@pytest.mark.parametrize("steps", range(1, 9))
def test_making_a_case_file_can_be_cancelled_at_every_step(
    window: StartWindow, tmp_path: Path, until: Until, steps: int
) -> None:
    tasks, entered, told = Tasks(ChangeBus()), list[Path](), list[bool]()

    def make(new: NewCase, progress: Progress) -> Session:
        def step(done: int, total: int, what: str) -> None:
            told.append(is_over(done, total))
            if len(told) == steps:
                desk._on_cancel()
            progress(done, total, what)

        return _cheap(new, step)

    desk = NewCaseDesk(window, tasks, lambda session, folder, bring_in: entered.append(folder), make)
    window.show_wizard()
    _fill(window, "name", "Case file Vilnius")
    window.create_asked.emit(_new(tmp_path))
    assert window._current() is window.working_page, "it says what it does, and has a way to stop"
    until(lambda: not tasks.busy)
    if len(told) >= steps and not told[steps - 1]:
        assert window._current() is window.wizard
        assert window.wizard.stopped.isVisible()
        assert window.wizard.names.name == "Case file Vilnius", "only the passphrase is typed again"
        assert list(tmp_path.iterdir()) == []
    else:
        assert told[-1], "it said that everything is done, and nothing is told as cancelled then"
        assert window._current() is window.made
        window.made.entered.emit(False)  # noqa: FBT003 - a signal
        assert entered == [tmp_path / "notes"]
    tasks.stop(last=desk.close)


def _fill(window: StartWindow, name: str, words: str) -> None:
    field = window.findChild(QLineEdit, name)
    assert isinstance(field, QLineEdit)
    field.setText(words)


def test_after_making_a_case_file_a_second_place_for_backups_is_asked_for(
    window: StartWindow, tmp_path: Path
) -> None:
    asked: list[Path] = []
    window.made.place_asked.connect(asked.append)
    window.show_made()
    hands.drop(window.made, tmp_path)
    assert asked == [tmp_path]
    window.made.place_taken()
    assert "The second place is chosen." in window.made._backups.accessibleName()
    assert window.made._backups.property("frame") == "green", "done looks like a warning"
    window.made.place_refused("It is full.")
    assert "It is full." in window.made._backups.accessibleName()
    assert window.made._backups.property("frame") == "amber"


def test_the_wait_is_no_longer_told_once_it_is_over(window: StartWindow) -> None:
    window.show_unlock(Path("/somewhere/notes"))
    page = window.unlock_page
    wrong = KnownError(Code.WRONG_PASSPHRASE)
    page.say_failure(told_of(Failure(wrong)), Code.WRONG_PASSPHRASE, wait_s=2)
    assert "Wait 2 seconds." in page.answer.accessibleName()
    assert not page.unlock.isEnabled()
    page._wait.stop()
    page._wait.timeout.emit()
    assert "Wait" not in page.answer.accessibleName()
    assert "does not open this case file" in page.answer.accessibleName()
    assert page.unlock.isEnabled()
