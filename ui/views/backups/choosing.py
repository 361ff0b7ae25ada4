"""A folder for backups is chosen or dropped: one question where a program seems to copy it elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.backup_places import is_synchronised
from ui.widgets.dialogs import ask


def taken_knowingly(parent: QWidget, folder: Path) -> bool:
    """Whether to go on with this folder; asks only where it seems to be synchronised."""
    return not is_synchronised(folder) or ask(
        parent,
        _("This folder seems to be synchronised"),
        _(
            "A program copies it to a server and to other computers. The backup stays encrypted, but "
            "copies of it stay there that nobody can take back, also after a passphrase has ended. "
            "A stick in a drawer is safer."
        ),
        _("Use it all the same"),
        dangerous=True,
    )
