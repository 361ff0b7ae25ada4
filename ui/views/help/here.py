"""The help of where this person is: a sheet, a part of a page, or the page."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from ui.views.help.reader import open_help
from ui.views.kept_sheets import INTAKE
from ui.views.main_window import MainWindow
from ui.workplace import Helps


def open_help_here(window: MainWindow) -> None:
    """Open the page of the help that fits."""
    key = window.current_key
    page = window.page(key)
    if isinstance(page, Helps):
        key = page.help_key()
    if any(sheet.isVisible() for sheet in window.findChildren(QDialog, INTAKE)):
        key = "lists"
    open_help(window, key)
