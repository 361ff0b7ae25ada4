"""How the sheet of a message says what stands against it, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from app.file_words import found_words
from app.i18n import _
from app.reports.occasions import Occasion
from app.services.message_start import MessageReader, MessageStart
from app.services.message_values import MessageSeen
from app.services.message_words import FoundInWords
from ui.views.reports.wording import left_out_words
from ui.widgets.frames import Tone


def reader_words(reader: MessageReader) -> str:
    """A recipient in the list: who stands up for this prisoner says so."""
    if not reader.theirs:
        return reader.name
    words = _("godparent") if reader.briefed else _("godparent, newest protocol not accepted")
    return f"{reader.name} · {words}"


def occasion_words(occasion: Occasion) -> str:
    """An occasion in the list, without what all of them begin with."""
    title = _(occasion.title)
    return (title.partition(":")[2].strip() or title).capitalize()


def not_cleared_words(start: MessageStart, occasion: Occasion, seen: MessageSeen) -> str:
    """Why nothing may be told, as far as this role may know."""
    if occasion.key not in start.fits:
        return _("That is not true of them today.")
    why = next((left_out_words(one.because, counted=False) for one in seen.left_out), "")
    return f"{why[:1].upper()}{why[1:]}." if why else _("Nobody may be told this today.")


def next_words(seen: MessageSeen, *, theirs: bool) -> tuple[Tone, str, str]:
    """What happens with a message that may be told: how it looks, first words, the rest."""
    if seen.needs_second:
        rest = (
            _("Your own words are searched for names of every desk by a security officer, who lets it leave.")
            if theirs
            else _("A security officer looks at it, searches it for names and lets it leave.")
        )
        return Tone.AMBER, _("It takes a second person."), rest
    return (
        Tone.GREEN,
        _("It may leave."),
        _("It is decided once more when you copy or save it, and recorded."),
    )


def found_lines(found: Sequence[FoundInWords]) -> tuple[str, ...]:
    """What own words say that has to go."""
    lines = []
    for one in found:
        what = found_words(one.what)[0]
        lines.append(f"{what}: “{one.said}”" if one.said else what)
    return tuple(lines)


def missing_words(occasion: Occasion, seen: MessageSeen) -> str:
    """What it would say, too, or what was checked too long ago; "" for nothing."""
    labels = {column.key: _(column.label) for column in occasion.columns}
    gone = [labels.get(one.column, one.column) for one in seen.missing if not one.old]
    old = [labels.get(one.column, one.column) for one in seen.missing if one.old]
    parts = [_("Not in it: {what}.").format(what=", ".join(gone))] if gone else []
    if old:
        parts.append(_("Too long ago: {what}.").format(what=", ".join(old)))
    return " ".join(parts)
