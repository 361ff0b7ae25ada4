"""A place people are held in, with its postal address: make one or correct it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from app.domain.fields import fields_of
from app.domain.source import Facility
from app.i18n import N_, _
from app.services.context import Saved
from app.services.facilities import SaveFacility
from ui.views.prisoners.editors import Offers
from ui.views.prisoners.form_sheet import FormSheet
from ui.views.prisoners.groups import group_of
from ui.workplace import Workplace


def open_facility(workplace: Workplace, parent: QWidget, facility: str, saved: Callable[[str], None]) -> None:
    """Open the sheet of a place, or of a new one where `facility` is empty."""
    if not facility:
        _open(workplace, parent, None, saved)
        return
    workplace.tasks.query(
        lambda: workplace.session.facilities.get(facility),
        initiator=parent,
        done=lambda found: _open(workplace, parent, found, saved),
    )


def _open(
    workplace: Workplace, parent: QWidget, known: Facility | None, saved: Callable[[str], None]
) -> None:
    def save(values: Mapping[str, object]) -> Saved:
        base = known.version if known is not None else 0
        return workplace.session.facilities.save(
            SaveFacility(values, known.id if known is not None else "", base)
        )

    names = tuple(fields_of(Facility))
    sheet = FormSheet(
        workplace,
        parent,
        title=_("New place") if known is None else known.name,
        action=_("Add place") if known is None else _("Save"),
        groups=[group_of(Facility, "place", N_("Place"), names)],
        values={name: getattr(known, name) for name in names} if known is not None else {},
        offers=Offers(),
        save=save,
        kind="facility",
        about=known.id if known is not None else "",
        width=640,
        new=known is None,
    )
    sheet.saved.connect(saved)
    sheet.show_over(tall=False)
