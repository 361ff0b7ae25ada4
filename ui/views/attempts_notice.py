"""Tells whoever has just unlocked what somebody tried before: wrong passphrases, older keys put back."""

from __future__ import annotations

from typing import Final

from app.i18n import _, ngettext
from ui.views.main_window import MainWindow
from ui.widgets.dialogs import Sheet
from ui.widgets.labels import Text

_OWN_SLIPS: Final = 2
"""So many are one's own fingers; they are said in passing."""


def tell_attempts(window: MainWindow, wrong_attempts: int, *, older_keys: int = 0) -> None:
    """Say it over the window, if there is anything to say."""
    if older_keys:
        _tell_older_keys(window)
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
    _sheet(
        window,
        _("Somebody tried to unlock"),
        words,
        _(
            "If that was neither you nor a colleague, tell your security officer, and change your passphrase "
            "in Settings if anybody may have seen it."
        ),
    )


def _tell_older_keys(window: MainWindow) -> None:
    _sheet(
        window,
        _("Older keys lay in the folder"),
        _(
            "An older copy of the keys had been put into the folder of this case file. With it, passphrases "
            "that have ended would open it again. Poruch opened nothing with them, and the keys of now are "
            "back."
        ),
        _(
            "If nobody here copied files by hand, somebody had this computer, or a backup of it: tell your "
            "security officer."
        ),
    )


def _sheet(window: MainWindow, title: str, words: str, advice: str) -> None:
    sheet = Sheet(window, title, width=460)
    sheet.add(Text(words, wrap=True))
    sheet.add(Text(advice, wrap=True))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
