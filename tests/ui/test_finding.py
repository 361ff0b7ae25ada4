"""Protects: what is found says how it was found, and one choice turns other spellings off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

import attrs
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QWidget

from app.domain.changes import Changes
from app.domain.rows import SearchHit
from app.services.filter_offers import suggestions
from app.services.filter_words import Asker, read_filter
from app.services.fitting import Answer
from app.services.saved_searches import SavedSearch
from tests.ui.conftest import Until
from ui.change_bus import ChangeBus
from ui.views.finding import Finding
from ui.views.main_window import MainWindow, PageSpec
from ui.widgets.labels import Text
from ui.workplace import Workplace

pytestmark = pytest.mark.window
_HITS = (
    SearchHit("prisoner", "1", "Барсуковіч, Іна", "No. 1", "Family name"),
    SearchHit("prisoner", "2", "Barsukovich, Ina", "No. 2", "Family name", "in another spelling"),
)


class _Workplace:
    """A workplace that answers at once."""

    def __init__(self) -> None:
        self.session = self.search = self.saved_searches = self.tasks = self
        self.asked: list[str] = []
        self.is_whole = True
        self.bus = ChangeBus()

    def answer(self, text: str) -> Answer:
        self.asked.append(text)
        words = read_filter(text, Asker({}, date(2026, 11, 28)))
        hits = _HITS[:1] if text.startswith("“") else _HITS
        return Answer(hits, words, len(_HITS), suggestions(text, (), ()), is_whole=self.is_whole)

    def all(self) -> tuple[SavedSearch, ...]:
        return (SavedSearch("1", "Nobody stands by them", "no:godparent"),)

    def query(self, work: Callable[[], Any], *, initiator: object, done: Callable[[Any], None]) -> None:
        done(work())


class _Prisoners(QWidget):
    """A page that takes a line."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def show_search(self, line: str) -> None:
        self.lines.append(line)


def _window(page: Callable[[], QWidget] = QWidget, key: str = "prisoners") -> tuple[MainWindow, _Workplace]:
    window = MainWindow([PageSpec(key, "Prisoners", "mdi6.account-outline", page)], case_file="C", role="R")
    window.resize(1440, 900)
    window.show()
    workplace = _Workplace()
    workplace.go = lambda page, record: window.go(page)  # type: ignore[attr-defined]
    Finding(cast("Workplace", workplace), window)
    return window, workplace


def _offered(window: MainWindow) -> list[str]:
    found = window.findChild(QListWidget)
    assert found is not None
    said = (found.item(place).data(Qt.ItemDataRole.AccessibleTextRole) for place in range(found.count()))
    return [str(words) for words in said]


def test_a_saved_search_is_reached_by_keys_alone() -> None:
    window, _workplace = _window(_Prisoners)
    window.search.start()
    assert _offered(window)[0] == "Nobody stands by them, saved search · no:godparent"
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    page = window.page("prisoners")
    assert isinstance(page, _Prisoners)
    assert page.lines == ["no:godparent"]


def test_filter_words_lead_to_the_list_and_to_saving() -> None:
    window, _workplace = _window(_Prisoners)
    window.search_asked.emit("status:held")
    offered = _offered(window)
    assert offered[0] == "Show 2 prisoners in the list, status:held"
    assert offered[1].startswith("Save this search…")
    assert len(offered) == 4
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    page = window.page("prisoners")
    assert isinstance(page, _Prisoners)
    assert page.lines == ["status:held"]


def test_after_a_line_was_completed_enter_goes_to_the_list() -> None:
    """The mark stayed in its row: a second Enter made “detained” into “died in custody”."""
    window, _workplace = _window(_Prisoners)
    window.search.start()
    window.search_asked.emit("status:d")
    assert len([one for one in _offered(window) if "go on typing" in one]) > 1
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    line = window.search.text()
    assert line.startswith("status:")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    page = window.page("prisoners")
    assert isinstance(page, _Prisoners)
    assert page.lines == [line]


@pytest.mark.parametrize(("text", "first"), [("New be", "New bench, page"), ("be", "before:, go on typing")])
def test_two_words_of_a_page_or_action_are_meant_before_a_filter(text: str, first: str) -> None:
    """“neuer be” and Enter began the filter “betreut:” instead of a new report."""
    spec = PageSpec("prisoners", "New bench", "mdi6.account-outline", QWidget)
    window = MainWindow([spec], case_file="C", role="R")
    window.show()
    workplace = _Workplace()
    workplace.all = lambda: ()  # type: ignore[method-assign]
    workplace.answer = lambda text: attrs.evolve(_Workplace.answer(workplace, text), hits=())  # type: ignore[method-assign]
    Finding(cast("Workplace", workplace), window)
    window.search_asked.emit(text)
    assert _offered(window)[0] == first


def test_a_word_that_means_nothing_is_said() -> None:
    window, _workplace = _window()
    window.search_asked.emit("status:blue")
    said = " ".join(one.text() for one in window.findChildren(Text) if one.isVisible())
    assert "Poruch does not know what “status:blue” means." in said


def test_just_after_unlocking_it_says_that_more_may_come_and_asks_again(until: Until) -> None:
    window, workplace = _window()
    workplace.is_whole = False
    window.search.start()
    window.search.setText("барсук")
    window.search_asked.emit("барсук")
    said = [one.text() for one in window.findChildren(Text) if one.isVisible()]
    assert "Names are still being read; more may be found." in said
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    workplace.is_whole = True
    until(lambda: workplace.asked.count("барсук") > 1)
    assert "Names are still being read; more may be found." not in [
        one.text() for one in window.findChildren(Text) if one.isVisible()
    ]
    found = window.findChild(QListWidget)
    assert found is not None
    assert found.currentRow() == 1  # whoever walked down the list stays there


def test_who_reads_figures_only_is_asked_nothing() -> None:
    window, workplace = _window(key="log")
    window.search_asked.emit("pris")
    assert workplace.asked == []
    assert _offered(window) == ["Prisoners, page"]


def test_only_as_typed_asks_again_between_quotation_marks() -> None:
    pages = [PageSpec("prisoners", "Prisoners", "mdi6.account-outline", QWidget)]
    window, workplace = MainWindow(pages, case_file="Case file", role="Coordinator"), _Workplace()
    window.resize(1440, 900)
    window.show()
    finding = Finding(cast("Workplace", workplace), window)
    window.search_asked.emit("барсук")
    found = window.search
    found.chosen.emit("spelling:as typed")
    assert workplace.asked == ["барсук", "“барсук”"]
    assert found.text() == "“барсук”"
    assert finding.parent() is window


def test_who_may_read_no_names_finds_pages_and_is_asked_no_further() -> None:
    """An auditor's Ctrl+K ended in "Your role does not include this." with the first key."""
    pages = [PageSpec("log", "Log", "mdi6.text-box-outline", QWidget)]
    window, workplace = MainWindow(pages, case_file="Case file", role="Auditor"), _Workplace()
    window.resize(1440, 900)
    window.show()
    finding = Finding(cast("Workplace", workplace), window)
    window.search.start()
    window.search_asked.emit("lo")
    window.search_asked.emit("барсук")
    assert workplace.asked == []
    assert "name" not in window.search.placeholderText()
    assert finding.parent() is window


def test_a_no_acts_on_what_was_found_while_it_is_open() -> None:
    """Beside whom it finds stands whether they may be contacted: that was true when it was asked."""
    window, workplace = _window()
    window.search.start()
    window.search.setText("барсук")
    window.search_asked.emit("барсук")
    workplace.bus.announce(Changes({"report": {""}, "log": {""}}), None)
    assert workplace.asked.count("барсук") == 1
    workplace.bus.announce(Changes({"conversation": {"1"}, "log": {""}}), None)
    assert workplace.asked.count("барсук") == 2
    window.search.close_list()
    workplace.bus.announce(Changes({"conversation": {"1"}, "log": {""}}), None)
    assert workplace.asked.count("барсук") == 2, "nobody looks at it"
