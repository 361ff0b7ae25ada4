"""The one application object of Qt, made so that it leaves no traces, and the language the system speaks."""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.i18n import LANGUAGES
from ui.file_choice import keep_no_traces
from ui.qt_messages import keep_quiet


def the_application() -> QApplication:
    """The application, made when it is first asked for."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Qt keeps folders of file dialogs in a settings file of its own: nothing of a case may land there.
    QApplication.setOrganizationName("")
    keep_no_traces()
    QGuiApplication.setDesktopFileName("poruch")
    keep_quiet()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Poruch")
    application.setQuitOnLastWindowClosed(True)
    return application


def system_language() -> str:
    """The first language of the system that Poruch speaks."""
    from PySide6.QtCore import QLocale

    wanted = [name.split("-")[0] for name in QLocale.system().uiLanguages()]
    return next((name for name in wanted if name in LANGUAGES), "en")
