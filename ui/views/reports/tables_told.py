"""What became of each table of public figures, said beside the pages, and the coarser table by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from app.i18n import N_, _
from app.reports.sizes.hiding import Standing
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.labels import SectionHead, Text, beside, paragraph, stacked

if TYPE_CHECKING:
    from app.services.report_views import TableLook

KEY: Final = "C"
"""One key takes the coarser table that is offered first."""
_STANDING: Final = {
    Standing.AS_BEFORE: N_("As it was published: hardly anybody moved in it since."),
    Standing.YEARLY: N_("Told once a year, in the last quarter."),
    Standing.LEFT_OUT: N_("Left out of this report."),
    Standing.TOO_CLOSE: N_("Not told: whatever is hidden, a small group could be worked out."),
}


def table_lines(tables: tuple[TableLook, ...], take: Callable[[str, int], None] | None) -> Iterator[QWidget]:
    """A heading and what is to be said of the tables.

    Args:
        take: makes a table coarser; None for a report that is kept.
    """
    said = [table for table in tables if table.standing is not Standing.TOLD or table.small or table.beside]
    if not tables:
        return
    yield SectionHead(_("What is hidden, and why"))
    if not said:
        yield paragraph(_("Nothing: every group is large enough."), Role.MUTED)
    key = KEY
    for table in sorted(said, key=lambda each: not each.much_hidden):
        yield stacked(
            Text(_(table.heading), Role.STRONG, wrap=True), paragraph(_why(table), Role.MUTED), gap=2
        )
        if take is not None and table.coarser and table.standing in (Standing.TOLD, Standing.TOO_CLOSE):
            yield _offer(table, take, key if table.much_hidden else "")
            key = "" if table.much_hidden else key


def offered(tables: tuple[TableLook, ...]) -> TableLook | None:
    """The table whose coarser one a key takes."""
    return next((table for table in tables if table.much_hidden and table.coarser), None)


def _why(table: TableLook) -> str:
    if table.standing is not Standing.TOLD:
        return _(_STANDING[table.standing])
    parts = [_("{hidden} of {rows} rows hidden.").format(hidden=table.small + table.beside, rows=table.rows)]
    if not table.coarser:
        return " ".join([*parts, _("As it was published for this quarter.")])
    if table.small:
        parts.append(_("Too few people: {n}.").format(n=table.small))
    if table.beside:
        parts.append(_("So that no other can be worked out: {n}.").format(n=table.beside))
    if table.much_hidden:
        parts.append(_("That is much: the coarser table says more."))
    return " ".join(parts)


def _offer(table: TableLook, take: Callable[[str, int], None], key: str) -> QWidget:
    name = _(table.coarser)
    words = _("Tell it coarser")
    button = Button(f"{words}  {key}" if key else words, description=name)
    button.clicked.connect(lambda: take(table.key, table.level))
    return stacked(paragraph(_("Coarser: {table}").format(table=name)), beside(button), gap=4)
