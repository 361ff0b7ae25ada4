"""Photos of a folder beside a list: the button that asks for the folder, the table of what comes of each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal

from app.i18n import _, ngettext
from app.intake.table import row_order, row_words
from app.services.list_photos import PHOTO_WORDS, ListPhotos, PhotoLine, PhotoState
from ui.columns import Badge, CellKind, Column
from ui.file_choice import choose_folder
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.widgets.buttons import Button

_STATES: Final = {
    PhotoState.READY: State.YES,
    PhotoState.MISSING: State.UNASKED,
    PhotoState.HAS_ONE: State.UNASKED,
    PhotoState.HIDDEN: State.NO,
    PhotoState.TWICE: State.ENDS,
    PhotoState.NO_PICTURE: State.NO,
    PhotoState.NOBODY: State.ENDS,
}


class PhotosButton(Button):
    """Asks for a folder of photos; says how many come in once one was looked at.

    Signals:
        chosen(Path): a folder.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        about = _("Files named like the numbers of the list")
        super().__init__(_("Photos from a folder…"), description=about)
        self.setObjectName("photos")
        self.clicked.connect(self._on_clicked)

    def show_photos(self, photos: ListPhotos) -> None:
        """How many photos come in."""
        coming = ngettext("{n} photo…", "{n} photos…", photos.ready)
        self.setText(coming if photos.lines else _("Photos from a folder…"))

    def _on_clicked(self) -> None:
        folder = choose_folder(self, _("Folder with the photos"))
        if folder is not None:
            self.chosen.emit(Path(folder))


def photos_model() -> RowTableModel[PhotoLine]:
    """Every file of the folder, and every row without one."""
    column = Column[PhotoLine]
    return RowTableModel(
        [
            column(
                "row",
                _("Row"),
                lambda one: row_words(one.row) if one.row is not None else None,
                CellKind.NUMBER,
                sort_key=lambda one: row_order(one.row) if one.row is not None else None,
                width=80,
            ),
            column("file", _("File"), lambda one: one.file or None, CellKind.STRONG, width=170, stretch=True),
            column("state", _("What happens"), _badge, CellKind.BADGE, width=300),
        ],
        lambda one: f"{'' if one.row is None else one.row}/{one.file}",
    )


def _badge(line: PhotoLine) -> Badge:
    return Badge(_STATES[line.state], _(PHOTO_WORDS[line.state]))
