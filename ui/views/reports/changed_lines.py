"""What is other in a file than in the report of ours it was, as lines."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.file_words import place_words
from app.i18n import _, ngettext
from app.services.file_ours import OursChanged
from ui.theme import Role
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Run, RunText, SectionHead, Text, stacked

_MOST: Final = 40


def changed_lines(ours: OursChanged) -> QWidget:
    """What came in, what went, and what nobody can say any more."""
    if ours.same:
        words = _("It is byte for byte the file that was made here.")
        return Notice(words, Tone.GREEN, lead=_("Report {number}.").format(number=ours.number))
    lines: list[QWidget] = [SectionHead(_("Changed since report {number}").format(number=ours.number))]
    if not ours.new and not ours.gone_count:
        lines.append(Text(_("No word of it is other."), Role.MUTED, wrap=True))
    for place, text in ours.new[:_MOST]:
        where = Run(f" · {place_words(place)}", Role.MUTED)
        lines.append(RunText([Run("+ ", Role.BOLD), Run(text, Role.STRONG), where]))
    lines += _more(len(ours.new))
    for text in ours.gone[:_MOST]:
        lines.append(RunText([Run("− ", Role.BOLD), Run(text), Run(f" · {_('gone')}", Role.MUTED)]))
    lines += _more(len(ours.gone))
    if ours.gone_count and not ours.gone:
        words = ngettext("{n} text is gone.", "{n} texts are gone.", ours.gone_count)
        lines.append(Text(words.replace("{n}", f"{ours.gone_count}"), Role.MUTED, wrap=True))
    if ours.unknown:
        words = ngettext(
            "What it said of {n} person cannot be known any more.",
            "What it said of {n} people cannot be known any more.",
            ours.unknown,
        )
        lines.append(Text(words.replace("{n}", f"{ours.unknown}"), Role.MUTED, wrap=True))
    return stacked(*lines, gap=4)


def _more(count: int) -> list[QWidget]:
    more = count - _MOST
    if more <= 0:
        return []
    words = ngettext("and {n} more place", "and {n} more places", more)
    return [Text(words.replace("{n}", f"{more}"), Role.MUTED)]
