"""A figure others gave: write it down with its source and day, or correct it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog, QWidget

from app.domain.canonical import Plain
from app.domain.fields import fields_of
from app.domain.quoted import QuotedFigure
from app.i18n import N_, _
from app.services.context import Saved
from app.services.quoting import SaveQuoted
from ui.views.prisoners.editors import Offers
from ui.views.prisoners.form_sheet import FormSheet
from ui.views.prisoners.groups import group_of
from ui.workplace import FIGURE, Workplace


class FigureSheet(FormSheet):
    """The sheet, kept by itself over a lock."""

    def unfinished(self) -> Mapping[str, Plain] | None:
        """What a lock keeps; None when nothing was typed."""
        return self.kept()


def open_figure(
    workplace: Workplace,
    parent: QWidget,
    figure: str,
    ready: Callable[[QDialog | None], None] = lambda _sheet: None,
) -> None:
    """Open the sheet of a figure, or of a new one where `figure` is empty; `ready` gets it."""
    if not figure:
        ready(_open(workplace, parent, None))
        return

    def done(rows: tuple[QuotedFigure, ...]) -> None:
        known = next((one for one in rows if one.id == figure), None)
        ready(_open(workplace, parent, known) if known is not None else None)

    workplace.tasks.query(workplace.session.quoting.rows, initiator=parent, done=done)


def _open(workplace: Workplace, parent: QWidget, known: QuotedFigure | None) -> FigureSheet:
    def save(values: Mapping[str, object]) -> Saved:
        base = known.version if known is not None else 0
        return workplace.session.quoting.save(SaveQuoted(values, known.id if known is not None else "", base))

    names = tuple(fields_of(QuotedFigure))
    sheet = FigureSheet(
        workplace,
        parent,
        title=_("A figure others gave"),
        action=_("Add figure") if known is None else _("Save"),
        groups=[group_of(QuotedFigure, "figure", N_("Figure"), names)],
        values={name: getattr(known, name) for name in names} if known is not None else {},
        offers=Offers(),
        save=save,
        kind="quoted_figure",
        about=known.id if known is not None else "",
        width=640,
        new=known is None,
    )
    sheet.setObjectName(FIGURE)
    sheet.show_over(tall=False)
    return sheet
