"""Saved searches on the Prisoners page: saved as it is filtered, used, renamed, removed, put back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.saved_searches import SavedSearch, SaveSearch
from tests.services.office import REPORTS
from tests.ui.prisoners.conftest import Desk, Open
from tests.ui.prisoners.driving import CTRL, names, press
from ui.views.shared.saved_searches import NameSheet, SavedSheet


def saved(desk: Desk) -> tuple[SavedSearch, ...]:
    found = desk.ask(desk.session.saved_searches.all)
    assert isinstance(found, tuple)
    return found


def keep(desk: Desk, name: str, line: str) -> None:
    desk.ask(lambda: desk.session.saved_searches.save(SaveSearch(name, line)))


def offered(desk: Desk) -> dict[str, QAction]:
    """What the button offers, read as it is when it is pressed."""
    button = desk.page.searches
    button.fill(saved(desk))
    return {action.text(): action for action in button.menu_of_searches.actions()}


def sheet(desk: Desk, kind: type[NameSheet] | type[SavedSheet]) -> NameSheet | SavedSheet:
    def found() -> list[NameSheet | SavedSheet]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    desk.until(lambda: bool(found()))
    return found()[0]


def test_what_is_filtered_is_saved_and_shown_again(open_page: Open) -> None:
    desk = open_page()
    QTest.keyClick(desk.page.table, Qt.Key.Key_F, CTRL)
    desk.page.head.held.set_values(["held"])
    desk.page.head.more.set_values(["label:poet"])
    desk.page.card.line.setText("no:stop")
    desk.until(lambda: names(desk) == ["Zhawnyarovich, Siarhei"])
    offered(desk)["Save this search…"].trigger()
    name = sheet(desk, NameSheet)
    assert isinstance(name, NameSheet)
    QTest.keyClicks(name.name, "My poets")
    QTest.keyClick(name.name, Qt.Key.Key_Return)
    desk.until(lambda: bool(desk.said))
    assert [(one.name, one.line) for one in saved(desk)] == [
        ("My poets", "owner:me status:held label:poet no:stop")
    ]
    desk.page.card.close_filter()
    desk.page.head.clear()
    desk.until(lambda: len(names(desk)) == 4)
    offered(desk)["My poets"].trigger()
    desk.until(lambda: names(desk) == ["Zhawnyarovich, Siarhei"])
    assert desk.page.card.line.isVisible()
    assert desk.page.card.line.text() == "owner:me status:held label:poet no:stop"
    assert desk.page.head.mine.isChecked() is False  # it is said in the line now


def test_renamed_and_removed_and_put_back(open_page: Open) -> None:
    desk = open_page()
    keep(desk, "Held", "status:held")
    offered(desk)["Rename or remove…"].trigger()
    kept = sheet(desk, SavedSheet)
    assert isinstance(kept, SavedSheet)
    desk.until(lambda: len(kept.findChildren(type(kept.undo))) > 3)
    press(kept, "Rename…")
    name = sheet(desk, NameSheet)
    assert isinstance(name, NameSheet)
    name.name.setText("In prison")
    QTest.keyClick(name.name, Qt.Key.Key_Return)
    desk.until(lambda: [one.name for one in saved(desk)] == ["In prison"])
    press(kept, "Remove")
    desk.until(lambda: saved(desk) == ())
    desk.until(kept.undo.isVisible)
    assert kept.focusWidget() is kept.undo
    QTest.keyClick(kept.undo, Qt.Key.Key_Space)
    desk.until(lambda: [one.name for one in saved(desk)] == ["In prison"])
    kept.reject()


def test_one_that_means_nothing_any_more_is_told_and_shows_nobody(open_page: Open) -> None:
    desk = open_page()
    line = 'owner:"Greta L."'
    kept = {"id": "1", "name": "Of Greta", "line": line}
    desk.ask(lambda: desk.session.context.store.save_draft("poruch/searches", {"searches": [kept]}))
    offered(desk)["Of Greta"].trigger()
    desk.until(lambda: names(desk) == [])
    words = desk.page.head.wrong_words()
    assert words == f"Poruch does not know what “{line}” means."
    assert desk.page.card.line.accessibleDescription() == words


def test_a_search_comes_first_when_the_page_opens_with_it(open_page: Open) -> None:
    desk = open_page(REPORTS, start=False)
    desk.page.opened()
    desk.page.show_search("status:free")
    desk.until(lambda: names(desk) == ["Abadouski, Ales"])
    desk.page.show_search("label:poet")
    desk.until(lambda: names(desk) == [])
    assert "only with the key of the desk" in desk.page.head.wrong_words()
