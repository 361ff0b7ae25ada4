"""What one does with reports, found by the search of the window from whichever page is in front."""

from __future__ import annotations

from typing import Final

from app.domain.roles import Action
from ui import actions
from ui.views.main_window import MainWindow
from ui.workplace import Workplace

PAGE: Final = "reports"
NEW: Final = "new:"
CHECK: Final = "check:"
KINDS: Final = "kinds:"
RECIPIENTS: Final = "recipient:"
_DOORS: Final = (
    (actions.NEW_REPORT, Action.COMPOSE_REPORT, NEW),
    (actions.CHECK_FILE, Action.CHECK_FILE, CHECK),
    (actions.KINDS, Action.READ_OPEN, KINDS),
    (actions.RECIPIENTS, Action.READ_OPEN, RECIPIENTS),
)
"""What, who may, and how the page is told."""


def open_report_doors(workplace: Workplace, window: MainWindow) -> None:
    """Have the window do what this person may."""
    if not window.has_page(PAGE):
        return
    for spec, action, record in _DOORS:
        if workplace.session.may(action).allowed:
            actions.make_action(window, spec, lambda record=record: workplace.go(PAGE, record))  # type: ignore[misc]
