"""What is opened from whichever page is in front: by its keys, by the search, or from another page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.views.attention.opening import HostileAttention
from ui.views.consent.slip_opening import open_slip_door
from ui.views.duplicates.opening import DuplicatesDoor
from ui.views.main_window import MainWindow
from ui.views.reports.doors import open_report_doors
from ui.workplace import DUPLICATES, HOSTILE, Workplace


def open_doors(workplace: Workplace, window: MainWindow) -> Mapping[str, Callable[[str], None]]:
    """Have the window open them; gives those that other pages lead to."""
    open_slip_door(workplace, window)
    open_report_doors(workplace, window)
    hostile, doubles = HostileAttention(workplace, window), DuplicatesDoor(workplace, window)
    return {HOSTILE: hostile.open, DUPLICATES: doubles.open}
