"""The note about a prisoner that is to be taken home; one for each, changed as often as one likes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.domain.derived_copy import CopyNote
from app.i18n import N_, _
from app.services.context import Saved
from app.services.this_copy import WriteNote
from ui.views.prisoners.editors import Offers
from ui.views.prisoners.form_sheet import FormSheet
from ui.views.prisoners.groups import group_of
from ui.widgets.frames import Notice
from ui.workplace import Workplace


def note_sheet(workplace: Workplace, parent: QWidget, note: CopyNote, name: str) -> FormSheet:
    """Write it, change it, or empty it."""
    prisoner = note.prisoner or ""

    def save(values: Mapping[str, object]) -> Saved:
        text = str(values.get("text", note.text) or "")
        return workplace.session.this_copy.write(WriteNote(prisoner, note.version, text))

    sheet = FormSheet(
        workplace,
        parent,
        title=_("Note to take home about {name}").format(name=name),
        action=_("Keep it"),
        groups=[group_of(CopyNote, "one", N_("Note"), ("text",))],
        values={"text": note.text},
        offers=Offers(),
        save=save,
        kind="note",
        about=prisoner,
        width=640,
        new=not note.version,
    )
    words = _("Whoever opens this copy reads it. Write nothing about a family that could harm it.")
    sheet.body.insertWidget(0, Notice(words))
    return sheet
