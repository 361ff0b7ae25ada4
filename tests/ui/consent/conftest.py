"""A small case file of invented people, and the page on it in a real window."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app import bootstrap
from app.crypto.passphrase import KdfParameters
from app.domain.dates import PartialDate
from app.domain.relative import SafeContactPlan
from app.i18n import set_language
from app.services.consent import AnswerDraft, RecordConversation
from app.services.people import AddPerson
from app.services.prisoners import CreatePrisoner
from app.services.relatives import AddRelative
from app.services.session import Session
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.views.consent.conversation import ConversationSheet
from ui.views.consent.edit_sheet import EditSheet
from ui.views.consent.page import RelativesPage
from ui.views.consent.show import ReasonSheet
from ui.workplace import Workplace

OFFICER = "paper stork winter bread lamp river"
COORDINATOR = "candle forest garden window apple bridge"
NAME = "Марыя Прыдуманая"
NUMBER = "+375 29 555 90 90"


@attrs.frozen
class CaseFile:
    """Where it lies, and who is in it."""

    folder: Path
    mother: str
    sister: str


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    """One case file for all tests of this room; each works on a copy."""
    folder = tmp_path_factory.mktemp("consent") / "case-file"
    session = bootstrap.create_case_file(
        folder,
        name="Case file",
        founder="Vera O.",
        passphrase=OFFICER,
        desk="Desk",
        kdf=KdfParameters.for_tests(),
    )
    session.people.add(AddPerson("Hanna K.", ("coordinator",), COORDINATOR))
    session.close()
    session = bootstrap.open_case_file(folder).unlock(COORDINATOR)
    try:
        return CaseFile(folder, *_people(session))
    finally:
        session.close()


def _people(session: Session) -> tuple[str, str]:
    values: dict[str, object] = {
        "family_name": "Вымысел",
        "given_name": "Алена",
        "born": PartialDate(1979, 12, 12),
        "status": "penal_colony",
        "owner": session.person.id,
        "country": "BY",
    }
    prisoner = session.prisoners.create(CreatePrisoner(values)).id
    plan = SafeContactPlan(
        channel="signal", hours="After 20:00", language="ru", you_are="Anna from the library"
    )
    register: dict[str, object] = {"relation": "mother", "born": PartialDate(1955), "plan": (plan,)}
    who: dict[str, object] = {"full_name": NAME, "phones": (NUMBER,), "place": "Рэчкі"}
    mother = session.relatives.add(AddRelative(prisoner, register, who)).id
    sister = session.relatives.add(
        AddRelative(prisoner, {"relation": "sister"}, {"full_name": "Ніхто Ніяк"})
    ).id
    for relative, line, kind in ((mother, "stay_in_touch", "given"), (sister, "stay_in_touch", "refused")):
        talk = {"direction": "they_came", "channel": "phone", "verified_by": "voice"}
        session.consent.record(RecordConversation(relative, talk, (AnswerDraft(line, kind),)))
    return mother, sister


class Desk:
    """The page on a copy of the case file."""

    def __init__(
        self, folder: Path, passphrase: str, unfinished: object = None, shown_before: str = ""
    ) -> None:
        set_language("en")
        self.bus = ChangeBus()
        self.tasks = Tasks(self.bus)
        self.said: list[str] = []
        self.backs: list[Callable[[], None]] = []
        self.failed: list[object] = []
        self.tasks.failed.connect(self.failed.append)
        opened: list[Session] = []
        self.tasks.query(
            lambda: bootstrap.open_case_file(folder).unlock(passphrase), initiator=None, done=opened.append
        )
        self.settle()
        self.session = opened[0]
        work = Workplace(self.session, self.tasks, self.bus, lambda page, record: None, self._say)
        self.window = QWidget()
        self.page = RelativesPage(work)
        self.page.setParent(self.window)
        if isinstance(unfinished, dict):
            self.page.take_up(unfinished)
        if shown_before:
            self.page.come_back(shown_before)
        self.window.resize(1240, 800)
        self.page.resize(1240, 800)
        self.window.show()
        self.page.opened()
        self.settle()

    def _say(self, words: str, *, undo: bool | Callable[[], None] = False) -> None:
        self.said.append(words)
        if callable(undo):
            self.backs.append(undo)

    def settle(self, more_ms: int = 250) -> None:
        """Run the event loop until nothing is under way any more, timers of a moment included."""
        deadline, calm = QDeadlineTimer(10_000), QDeadlineTimer(more_ms)
        while not calm.hasExpired() or self.tasks.busy:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            if deadline.hasExpired():
                pytest.fail("the worker did not come to an end")

    def press(self, keys: str) -> None:
        """Press keys as somebody who talks on the phone would."""
        for key in keys:
            QTest.keyClicks(self.focus(), key)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        QTest.keyClick(self.focus(), key, modifier)

    def focus(self) -> QWidget:
        """What has the keyboard."""
        found: QWidget | None = QApplication.focusWidget()
        inside: QWidget | None = self.window.focusWidget()
        return found or inside or self.page

    @property
    def talk(self) -> ConversationSheet:
        """The sheet that is open."""
        found = self.page.sheet
        assert found is not None
        return found

    @property
    def form(self) -> EditSheet:
        """The form that is open."""
        found = self.page.editing.sheet
        assert found is not None
        return found

    def save_form(self) -> None:
        """Press its button."""
        assert self.form.action is not None
        self.form.action.click()
        self.settle()

    def close(self) -> None:
        """Close the case file."""
        self.tasks.stop(last=self.session.close)
        self.window.close()


def words_of(root: QWidget) -> Iterator[str]:
    """Everything a screen or a screen reader would say."""
    for widget in (root, *root.findChildren(QWidget)):
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()
        if isinstance(widget, QLabel):
            yield widget.text()


def says(desk: Desk, text: str) -> bool:
    """Whether the window says this anywhere."""
    return any(text in words for words in words_of(desk.window))


def reason_sheet(desk: Desk) -> ReasonSheet:
    """The sheet that asks why."""
    found = desk.window.findChild(ReasonSheet)
    assert found is not None
    return found


OpenDesk = Callable[..., Desk]


@pytest.fixture
def desk(made: CaseFile, tmp_path: Path) -> Iterator[OpenDesk]:
    """Opens the page as the coordinator, or as whom is asked for; closes what is still open."""
    folder = tmp_path / "case-file"
    shutil.copytree(made.folder, folder)
    open_ones: list[Desk] = []

    def open_desk(passphrase: str = COORDINATOR, unfinished: object = None, shown_before: str = "") -> Desk:
        for other in open_ones:
            other.close()
        open_ones.clear()
        open_ones.append(Desk(folder, passphrase, unfinished, shown_before))
        return open_ones[0]

    yield open_desk
    for one in open_ones:
        one.close()
