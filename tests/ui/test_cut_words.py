"""Protects: on a laptop of 1366 x 768 at 125 % no word is cut in a label, a button or the head of a table.

Cells of tables may be cut, and quiet words beside a title: both are said whole by their tool tip.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app import bootstrap
from app.domain.dates import PartialDate
from app.i18n import LANGUAGES, set_language
from app.services.list_rows import BeforeRows
from app.services.prisoners import CreatePrisoner
from app.services.session import Session
from tests.ui.consent.conftest import COORDINATOR, NUMBER, OFFICER, CaseFile, made
from tests.ui.cut_words import cut_words
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.views.backups.drill_sheet import DrillSheet
from ui.views.consent.page import RelativesPage
from ui.views.duplicates.sheet import DuplicatesSheet
from ui.views.godparents.page import GodparentsPage
from ui.views.intake.earlier_sheet import open_earlier
from ui.views.prisoners.list_rows_sheet import ListRowsSheet
from ui.views.prisoners.page import PrisonersPage
from ui.views.shell import Shell
from ui.widgets.labels import Text

__all__ = ["made"]
pytestmark = pytest.mark.window
Until = Callable[[Callable[[], bool]], None]
SMALL = (1093, 614)


@attrs.define
class Opened:
    """A window on the case file, and what was found cut in it."""

    shell: Shell
    tasks: Tasks
    until: Until
    cut: dict[str, list[str]] = attrs.field(factory=dict)

    def settle(self) -> None:
        for _round in range(3):
            QApplication.processEvents()
            self.until(lambda: not self.tasks.busy)
        QApplication.processEvents()

    def look(self, where: str) -> None:
        self.settle()
        self.shell.window.resize(*SMALL)  # the screen of a test is smaller, and pulls windows in
        self.settle()
        window = QApplication.activeModalWidget() or self.shell.window
        window.grab()  # lays out what was only just shown
        if found := cut_words(window):
            self.cut[where] = found

    def sheet(self, where: str, press: Callable[[], object]) -> None:
        press()
        self.look(where)
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, QDialog), where
        sheet.reject()
        self.settle()


@pytest.fixture(params=LANGUAGES)
def opened(
    request: pytest.FixtureRequest, made: CaseFile, tmp_path: Path, until: Until
) -> Iterator[Callable[[str], Opened]]:
    shutil.copytree(made.folder, tmp_path / "case-file")
    ones: list[Opened] = []

    def open_as(passphrase: str) -> Opened:
        set_language(request.param)
        bus = ChangeBus()
        tasks = Tasks(bus)
        found: list[Session] = []
        tasks.query(
            lambda: bootstrap.open_case_file(tmp_path / "case-file").unlock(passphrase),
            initiator=None,
            done=found.append,
        )
        until(lambda: bool(found))
        shell = Shell(found[0], tasks, bus, lock=lambda: None, leave=lambda: None, other=lambda _folder: None)
        one = Opened(shell, tasks, until)
        ones.append(one)
        shell.show()
        shell.window.resize(*SMALL)
        one.settle()
        return one

    yield open_as
    for one in ones:
        one.shell.put_away(locking=False)
        one.tasks.stop(one.shell.close_session)
    set_language("en")


@pytest.mark.parametrize("passphrase", [COORDINATOR, OFFICER], ids=["coordinator", "officer"])
def test_pages(opened: Callable[[str], Opened], passphrase: str) -> None:
    one = opened(passphrase)
    for key in one.shell.window.page_keys:
        one.shell.window.go(key)
        one.look(key)
    assert one.cut == {}


def test_a_relative_and_a_talk(opened: Callable[[str], Opened], made: CaseFile) -> None:
    one = opened(COORDINATOR)
    one.shell.window.go("relatives")
    one.settle()
    page = one.shell.window.page("relatives")
    assert isinstance(page, RelativesPage)
    page.show_record(made.sister)
    one.look("somebody chosen")
    detail = page.list.detail
    for name, press in (
        ("show", detail.show_name.click),
        ("stop", detail.stop.click),
        ("edit", detail.edit.click),
        ("withdrawal", lambda: page.withdrawals.begin(made.sister)),
    ):
        one.sheet(name, press)
    page.start_conversation(made.mother)
    one.until(lambda: page.sheet is not None)
    one.look("a talk")
    assert one.cut == {}


def test_forms(opened: Callable[[str], Opened]) -> None:
    one = opened(COORDINATOR)
    window = one.shell.window
    window.go("prisoners")
    one.settle()
    prisoners = window.page("prisoners")
    assert isinstance(prisoners, PrisonersPage)
    prisoners.table.selectRow(0)
    one.look("a prisoner chosen")
    one.sheet("a prisoner", lambda: prisoners.doings.open_edit(prisoners.table.current_id(), ""))
    window.go("godparents")
    one.settle()
    godparents = window.page("godparents")
    assert isinstance(godparents, GodparentsPage)
    one.sheet("a godparent", godparents.doings.open_new)
    assert one.cut == {}


def test_sheets_over_the_window(opened: Callable[[str], Opened], tmp_path: Path) -> None:
    one = opened(COORDINATOR)
    session, workplace, window = one.shell.session, one.shell.workplace, one.shell.window
    path = tmp_path / "list.csv"
    path.write_text(f"name,mother's phone,consent?\nAnton Kot,{NUMBER},yes\n", encoding="utf-8")
    twice = {"family_name": "Вымысел", "given_name": "Алена", "born": PartialDate(1979, 12, 12)}

    def prepare() -> None:
        session.prisoners.create(CreatePrisoner({**twice, "status": "penal_colony", "country": "BY"}))
        session.intake.commit(session.intake.look(path, "Office"))

    one.tasks.query(prepare, initiator=None, done=lambda nothing: None)
    one.settle()
    one.sheet("duplicates", lambda: DuplicatesSheet(workplace, window).show_over())
    rows = BeforeRows(3, words=True)
    one.sheet("rows of lists", lambda: ListRowsSheet(workplace, window, "ab", "Вымысел, Алена", rows).open())
    one.sheet("earlier answers", lambda: open_earlier(workplace, window))
    one.sheet("a drill", lambda: DrillSheet(workplace, window).open())
    assert one.cut == {}


def test_a_talk_in_the_narrowest_window(opened: Callable[[str], Opened], made: CaseFile) -> None:
    one = opened(COORDINATOR)
    window = one.shell.window
    window.go("relatives")
    one.settle()
    page = window.page("relatives")
    assert isinstance(page, RelativesPage)
    page.start_conversation(made.mother)
    one.until(lambda: page.sheet is not None)
    one.settle()
    window.resize(window.minimumWidth(), SMALL[1])
    one.settle()
    assert page.sheet is not None
    for card in (page.sheet.before, page.sheet.talk):
        assert card.minimumSizeHint().width() <= card.width()
        assert card.mapTo(window, card.rect().topRight()).x() <= window.width()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rail_has_room_for_its_words(language: str, made: CaseFile, tmp_path: Path, until: Until) -> None:
    from ui.views.pages import PAGES
    from ui.widgets.rail import Rail, RailItem

    set_language(language)
    try:
        from app.i18n import _

        rail = Rail([RailItem(page.key, _(page.title), page.icon, page.group) for page in PAGES])
        rail.show()
        for page in PAGES:
            rail.set_count(page.key, 999)
        QApplication.processEvents()
        tight = [key for key, button in rail._buttons.items() if button.words_width() > button.width() + 1]
        rail.close()
        assert tight == []
    finally:
        set_language("en")


def test_a_cut_word_would_be_seen() -> None:
    label = Text("Letters, calls, parcels, money")
    home = Text()
    label.setParent(home)
    home.resize(300, 60)
    label.setGeometry(0, 0, 60, 20)
    home.show()
    QApplication.processEvents()
    assert cut_words(home) == ["Text: Letters, calls, parcels, money"]
    home.close()
