"""The Settings page of one person, opened and read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ui.conftest import Until
from tests.ui.pages import OnePage, open_one_page
from ui.views.settings.page import SettingsPage

Desk = OnePage[SettingsPage]


@contextmanager
def settings_of(folder: Path, passphrase: str, until: Until) -> Iterator[Desk]:
    """Settings as this person sees them; the session ends with the block."""
    desk = open_one_page(folder, passphrase, SettingsPage, until)
    try:
        desk.page.opened()
        until(lambda: not desk.tasks.busy)
        yield desk
    finally:
        desk.close()
