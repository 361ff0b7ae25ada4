"""A place people are held in, with its postal address: make one or correct it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog, QWidget

from app.domain.canonical import Plain
from app.domain.fields import fields_of
from app.domain.source import Facility
from app.i18n import N_, _
from app.services.context import Saved
from app.services.facilities import SaveFacility
from ui.views.prisoners.editors import Offers
from ui.views.prisoners.form_sheet import FormSheet
from ui.views.prisoners.groups import group_of
from ui.worker import Failure
from ui.workplace import FACILITY, Workplace


class FacilitySheet(FormSheet):
    """The sheet, kept by itself: it opens over the form of a prisoner."""

    def unfinished(self) -> Mapping[str, Plain] | None:
        """What a lock keeps; None when nothing was typed."""
        return self.kept()


def open_facility(
    workplace: Workplace,
    parent: QWidget,
    facility: str,
    saved: Callable[[str], None],
    ready: Callable[[QDialog | None], None] = lambda _sheet: None,
) -> None:
    """Open the sheet of a place, or of a new one where `facility` is empty; `ready` gets it."""
    if not facility:
        ready(_open(workplace, parent, None, saved))
        return
    workplace.tasks.query(
        lambda: workplace.session.facilities.get(facility),
        initiator=parent,
        done=lambda found: ready(_open(workplace, parent, found, saved)),
        failed=lambda failure: _gone(workplace, failure, ready),
    )


def _open(
    workplace: Workplace, parent: QWidget, known: Facility | None, saved: Callable[[str], None]
) -> FacilitySheet:
    def save(values: Mapping[str, object]) -> Saved:
        base = known.version if known is not None else 0
        return workplace.session.facilities.save(
            SaveFacility(values, known.id if known is not None else "", base)
        )

    names = tuple(fields_of(Facility))
    sheet = FacilitySheet(
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
    sheet.setObjectName(FACILITY)
    sheet.saved.connect(saved)
    sheet.show_over(tall=False)
    return sheet


def _gone(workplace: Workplace, failure: Failure, ready: Callable[[QDialog | None], None]) -> None:
    workplace.tasks.failed.emit(failure)
    ready(None)
