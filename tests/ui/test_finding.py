"""Protects: what is found says how it was found, and one choice turns other spellings off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.rows import SearchHit
from ui.views.finding import Finding
from ui.views.main_window import MainWindow, PageSpec
from ui.workplace import Workplace

pytestmark = pytest.mark.window
_HITS = (
    SearchHit("prisoner", "1", "Барсуковіч, Іна", "No. 1", "Family name"),
    SearchHit("prisoner", "2", "Barsukovich, Ina", "No. 2", "Family name", "in another spelling"),
)


class _Workplace:
    """A workplace that answers at once."""

    def __init__(self) -> None:
        self.session = self.search = self.tasks = self
        self.asked: list[str] = []

    def everywhere(self, text: str) -> tuple[SearchHit, ...]:
        self.asked.append(text)
        return _HITS[:1] if text.startswith("“") else _HITS

    def query(self, work: Callable[[], Any], *, initiator: object, done: Callable[[Any], None]) -> None:
        done(work())


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
