"""What changed of one record, field by field: old and new value, who, when, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.fields import Field
from app.domain.public_texts import told_fields
from app.domain.rows import HistoryRow
from app.i18n import _, ngettext
from ui.theme import Role
from ui.views.prisoners import wording
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import EmptyPage, line
from ui.widgets.labels import Run, RunText, SectionHead, paragraph, stacked
from ui.widgets.title_row import TitleRow

SHOWN: Final = 40
_SHORT: Final = 160

Restore = Callable[[str, int], None]


def history_tab(
    rows: tuple[HistoryRow, ...],
    names: Mapping[str, str],
    restore: Restore | None,
    *,
    all_shown: bool,
    fields: Mapping[str, Field] | None = None,
) -> list[QWidget]:
    """Newest first.

    Args:
        rows: of the service.
        names: words of people and places by id.
        restore: given field and entry; None where this person may not edit.
        all_shown: all of it, not only the newest.
        fields: of what it is the history of, by name; a prisoner's where none are given.
    """
    declared = told_fields() if fields is None else fields
    known = [row for row in rows if row.field in declared]
    if not known:
        return [EmptyPage(_("Nothing was changed since this was added."))]
    shown: list[QWidget] = []
    for place, row in enumerate(known if all_shown else known[:SHOWN]):
        if place:
            shown.append(line())
        shown.append(_change(declared[row.field], row, names, restore))
    left = 0 if all_shown else len(known) - SHOWN
    if left > 0:
        shown.append(paragraph(ngettext("{n} older change", "{n} older changes", left), Role.MUTED))
    return shown


def _change(field: Field, row: HistoryRow, names: Mapping[str, str], restore: Restore | None) -> QWidget:
    head: QWidget = SectionHead(_(field.label))
    if restore is not None:
        button = Button(_("Restore this value"), Look.SMALL)
        button.setAccessibleName(_("Restore the earlier value: {field}").format(field=_(field.label)))
        button.clicked.connect(lambda: restore(row.field, row.sequence))
        head = title = TitleRow(button)  # the button goes below a long label: the card stays as wide as it is
        title.set_title(_(field.label))
    before = _short(wording.value_words(field, row.before, names))
    after = _short(wording.value_words(field, row.after, names))
    values = RunText(
        [Run(before or wording.EMPTY, Role.MUTED), Run("  →  ", Role.MUTED), Run(after or wording.EMPTY)]
    )
    values.setAccessibleName(
        _("was: {before}, is: {after}").format(before=before or _("nothing"), after=after or _("nothing"))
    )
    who = " · ".join(part for part in (row.person_name, wording.moment_words(row.moment)) if part)
    return stacked(head, values, paragraph(who, Role.MUTED), gap=2)


def _short(words: str) -> str:
    return words if len(words) <= _SHORT else f"{words[:_SHORT].rstrip()}…"
