"""Protects: a part of the window takes the one path it wants, and nothing else that is dropped on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import hands
from ui.drops import Drops

pytestmark = pytest.mark.window


def test_one_folder_is_taken_and_everything_else_goes_by(application: QApplication, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("nothing")
    opened: list[Path] = []
    widget = QWidget()
    Drops(widget, Path.is_dir, opened.append)
    assert hands.drop(widget, tmp_path)
    assert not hands.drop(widget, note)
    assert not hands.drop(widget, tmp_path, tmp_path)
    assert not hands.drop(widget)
    assert not hands.drop(widget, tmp_path / "gone")
    assert opened == [tmp_path]
