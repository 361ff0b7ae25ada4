"""What is other than in the report a report was made from: only that is told, to both people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _, ngettext
from ui.states import State
from ui.theme import Role
from ui.views.reports.wording import grouped
from ui.widgets.labels import Run, RunText, SectionHead, paragraph, stacked

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.services.since import Since


def since_lines(since: Since) -> QWidget:
    """Who is new, gone or told otherwise."""
    lines: list[QWidget] = [SectionHead(_("Since report {number}").format(number=since.number))]
    if since.figures is not None:
        return stacked(*lines, _figures_line(since.figures), gap=4)
    for words, people, state in (
        (_("New: {names}"), since.new, State.YES),
        (_("Gone: {names}"), since.gone, State.NO),
        (_("Told otherwise: {names}"), since.changed or (), State.ENDS),
    ):
        if people:
            lines.append(RunText([Run(words.format(names="; ".join(people)), state=state)]))
    if not (since.new or since.gone or since.changed):
        lines.append(
            paragraph(_("The same people.") if since.changed is None else _("Nothing is other."), Role.MUTED)
        )
    elif since.same:
        words = ngettext("{n} person as before", "{n} people as before", since.same)
        lines.append(paragraph(grouped(words, since.same), Role.MUTED))
    if since.changed is None:
        words = _("In another language or form: what is told of each cannot be compared.")
        lines.append(paragraph(words, Role.MUTED))
    return stacked(*lines, gap=4)


def _figures_line(number: int) -> QWidget:
    if not number:
        return paragraph(_("Every figure told then is told the same."), Role.MUTED)
    words = ngettext(
        "{n} figure told then is told differently; the report says why.",
        "{n} figures told then are told differently; the report says why.",
        number,
    )
    return RunText([Run(grouped(words, number), state=State.ENDS)])
