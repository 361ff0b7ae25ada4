"""An approval for three months in words: what it covers, what of a report it does not, and why it is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from app.domain.date_words import date_words
from app.domain.dates import PartialDate
from app.i18n import N_, _, current_language
from ui.states import State
from ui.theme import Role
from ui.views.reports.wording import day_words
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Run, RunText, paragraph, stacked

if TYPE_CHECKING:
    from app.services.series import SeriesLook, SeriesRow

_OVER: Final[Mapping[str, str]] = {
    "ended": N_("It was ended."),
    "over": N_("Its three months are over."),
    "not_signed": N_("It does not fit the log and counts for nothing."),
    "approver_gone": N_("Whoever approved it is no security officer any more."),
}
_LACKS: Final[Mapping[str, str]] = {
    **_OVER,
    "approver_made_it": N_("Whoever approved the series made this report."),
    "kind": N_("Another version of the kind, another format or cover page."),
    "recipients": N_("For somebody else."),
    "words": N_("Another title or other texts."),
    "places": N_("The words of a place were changed"),
    "own_words": N_("Words of this case file were changed."),
    "new_people": N_("New"),
    "said_no": N_("Said no to something meanwhile"),
    "fields": N_("More is told, or on other grounds"),
    "typed": N_("A name or text is another"),
}


def series_day(day: date) -> str:
    """22 February 2027."""
    return date_words(PartialDate.of(day), current_language())


def series_words(row: SeriesRow) -> str:
    """Who approved it, when, to when."""
    return _("{who}, {day}, to {until}").format(
        who=row.approved_by, day=day_words(row.approved_at), until=series_day(row.until)
    )


def over_words(row: SeriesRow) -> str:
    """Why it stands no more; empty while it stands."""
    if row.why_over is None:
        return ""
    words = _(_OVER.get(row.why_over.value, ""))
    return f"{words} ({row.ended_by})" if row.ended_by else words


def look_lines(look: SeriesLook) -> QWidget | None:
    """What a series says of a draft: covered, or what the second person has to look at."""
    if look.row is None:
        return None
    if look.covers:
        words = _("Same people, fields and texts as in report {number}.").format(number=look.row.number)
        lead = _("Approved for three months: {words}.").format(words=series_words(look.row))
        return Notice(words, Tone.GREEN, lead=lead)
    head = _("Not covered by the approval of report {number} for three months:").format(
        number=look.row.number
    )
    lines: list[QWidget] = [paragraph(head, Role.MUTED)]
    for one in look.missing:
        words = _(_LACKS[one.gap.value])
        said = f"{words}: {'; '.join(one.names)}" if one.names else words
        lines.append(RunText([Run(said, state=State.ENDS)]))
    return stacked(*lines, gap=4)
