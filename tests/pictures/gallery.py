"""Draws the kit to PNG files to be looked at: `python -m tests.pictures.gallery FOLDER [NAME [LANGUAGE]]`.

Prints nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.i18n import set_language
from tests.pictures import exposure_pages, kit_pages, kit_pages_more, quarter_page
from ui import theme
from ui.theme import Mode
from ui.views.main_window import MainWindow, PageSpec
from ui.widgets.answers import AnswerList

PAGES = [
    PageSpec("overview", "Overview", "mdi6.view-dashboard-outline", kit_pages.kit_page),
    PageSpec("prisoners", "Prisoners", "mdi6.account-outline", kit_pages.prisoners_page),
    PageSpec("relatives", "Relatives & consent", "mdi6.account-group-outline", kit_pages.relatives_page),
    PageSpec("godparents", "Godparents", "mdi6.hand-heart-outline", kit_pages.conversation_page),
    PageSpec("support", "Letters & support", "mdi6.email-outline", kit_pages.kit_page),
    PageSpec("calendar", "Calendar", "mdi6.calendar-blank-outline", kit_pages.kit_page),
    PageSpec("reports", "Reports", "mdi6.file-document-outline", kit_pages_more.report_page, group=1),
    PageSpec("log", "Log", "mdi6.clipboard-list-outline", kit_pages_more.log_page, group=1),
    PageSpec("quarter", "Quarter review", "mdi6.clipboard-check-outline", quarter_page.page, group=1),
    PageSpec("settings", "Settings", "mdi6.cog-outline", kit_pages.kit_page, group=2),
    # Not pages of the rail: parts of the Log page, drawn as it shows them.
    PageSpec("exposure", "Exposure", "mdi6.eye-outline", exposure_pages.relative_page, group=2),
    PageSpec("exposure_person", "Exposure, person", "mdi6.eye-outline", exposure_pages.person_page, group=2),
]
COUNTS = {"prisoners": 40, "relatives": 77, "godparents": 25, "support": 6, "calendar": 9, "reports": 1}
SHOWN = {"prisoners": "prisoners", "relatives": "consent", "godparents": "conversation"} | {
    "reports": "report",
    "log": "log",
    "exposure": "exposure",
    "exposure_person": "exposure_person",
    "quarter": "quarter",
    "overview": "parts",
}


def draw(folder: Path, mode: Mode, width: int, height: int, scale: float = 1.0, only: str = "") -> None:
    """Draw every page at one size."""
    theme.apply(mode, scale)
    window = MainWindow(PAGES, case_file="Case file Vilnius", role="Coordinator")
    window.resize(width, height)
    window.show()
    for key, number in COUNTS.items():
        window.rail.set_count(key, number)
    window.foot.set_status("Saved 14:02", "Log checked today 14:00")
    window.foot.set_backup("Backup today 09:30")
    for key, name in SHOWN.items():
        if only and name != only:
            continue
        window.go(key)
        QApplication.processEvents()
        _touch(window, name)
        QApplication.processEvents()
        window.grab().save(str(folder / f"{name}-{mode.value}-{width}x{height}-{round(scale * 100)}.png"))
        window.ring.hide()
        window.toast.hide()
    window.close()
    window.deleteLater()
    QApplication.processEvents()


def _touch(window: MainWindow, name: str) -> None:
    if name == "conversation":
        answers = window.findChild(AnswerList, "answers")
        if answers is not None:
            window.ring.show_for(answers.rows[3].focus_button())
    if name == "log":
        window.toast.say("The stop is saved.", undo=True)


def main(folder: Path) -> None:
    """Draw both themes at the sizes of the design."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    only = sys.argv[2] if len(sys.argv) > 2 else ""
    set_language(sys.argv[3] if len(sys.argv) > 3 else "en")
    draw(folder, Mode.LIGHT, 1440, 900, only=only)
    draw(folder, Mode.DARK, 1440, 900, only=only)
    draw(folder, Mode.LIGHT, 1093, 574, only=only)
    draw(folder, Mode.LIGHT, 1920, 1200, 1.35, only=only)
    app.quit()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: python -m tests.pictures.gallery FOLDER [NAME [LANGUAGE]]")
    main(Path(sys.argv[1]))
