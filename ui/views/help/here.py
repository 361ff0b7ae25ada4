"""The help of where this person is: a sheet, a part of a page, or the page."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QDialog

from ui.views.help.reader import open_help
from ui.views.kept_sheets import INTAKE
from ui.views.main_window import MainWindow
from ui.workplace import MESSAGE, Helps

_OF_SHEETS: Final = {INTAKE: "lists", MESSAGE: "messages"}
"""Help pages of sheets, by their names."""


def open_help_here(window: MainWindow) -> None:
    """Open the page of the help that fits."""
    key = window.current_key
    page = window.page(key)
    if isinstance(page, Helps):
        key = page.help_key()
    for name, theirs in _OF_SHEETS.items():
        if any(sheet.isVisible() for sheet in window.findChildren(QDialog, name)):
            key = theirs
    open_help(window, key)
