"""Tells whoever has just unlocked how often somebody typed a wrong passphrase before."""

from __future__ import annotations

from typing import Final

from app.i18n import _, ngettext
from ui.views.main_window import MainWindow
from ui.widgets.dialogs import Sheet
from ui.widgets.labels import Text

_OWN_SLIPS: Final = 2
"""So many are one's own fingers; they are said in passing."""


def tell_attempts(window: MainWindow, wrong_attempts: int) -> None:
    """Say it over the window, if there is anything to say."""
    if not wrong_attempts:
        return
    words = ngettext(
        "A wrong passphrase was typed {n} time before you unlocked.",
        "A wrong passphrase was typed {n} times before you unlocked.",
        wrong_attempts,
    )
    if wrong_attempts <= _OWN_SLIPS:
        window.toast.say(words)
        return
    sheet = Sheet(window, _("Somebody tried to unlock"), width=460)
    sheet.add(Text(words, wrap=True))
    advice = _(
        "If that was neither you nor a colleague, tell your security officer, and change your passphrase in "
        "Settings if anybody may have seen it."
    )
    sheet.add(Text(advice, wrap=True))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
