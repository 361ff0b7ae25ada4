"""Photos of a folder beside a list: the button that asks for the folder, the table of what comes of each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs
from PySide6.QtCore import Signal

from app.i18n import _, ngettext
from app.intake.table import row_order, row_words
from app.services.intake_looked import Looked
from app.services.list_photos import PHOTO_WORDS, ListPhotos, PhotoLine, PhotoState
from ui.columns import Badge, CellKind, Column
from ui.file_choice import choose_folder
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.views.intake.words import row_name
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


@attrs.frozen
class ShownPhoto:
    """A file or a row without one, and the name that stands in the row."""

    line: PhotoLine
    name: str

    @property
    def row(self) -> int | None:
        """Of the list; None for a file of nobody."""
        return self.line.row


def shown_photos(looked: Looked) -> list[ShownPhoto]:
    """Each photo beside whose it is taken for."""
    names = {row.number: row_name(row) for row in looked.preview.rows}
    return [
        ShownPhoto(one, names.get(one.row, "") if one.row is not None else "") for one in looked.photos.lines
    ]


def photos_model() -> RowTableModel[ShownPhoto]:
    """Every file of the folder, and every row without one."""
    column = Column[ShownPhoto]
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
            column("name", _("Name"), lambda one: one.name or None, CellKind.STRONG, width=200, stretch=True),
            column("file", _("File"), lambda one: one.line.file or None, CellKind.MUTED, width=150),
            column("state", _("What happens"), _badge, CellKind.BADGE, width=270),
        ],
        lambda one: f"{'' if one.row is None else one.row}/{one.line.file}",
    )


def _badge(one: ShownPhoto) -> Badge:
    return Badge(_STATES[one.line.state], _(PHOTO_WORDS[one.line.state]))
