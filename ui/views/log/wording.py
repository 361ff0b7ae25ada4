"""Entries of the log in the words of the person at the screen. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from babel.dates import format_skeleton, format_time

from app.domain.acts import WORDS, Act
from app.domain.attention import Attention
from app.domain.fields import Kind, fields_of
from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.domain.hold import Hold
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicTexts
from app.domain.rows import FieldChange, LogRow
from app.domain.showing import Showing
from app.domain.source import Facility
from app.domain.two_people import GRANTED, KEPT, PROPOSED
from app.i18n import N_, _, locale_name, ngettext
from app.services.log_closed import CLOSED_WORDS
from ui.views.prisoners.wording import EMPTY, facility_words, value_words

_NOUNS: Final[Mapping[str, type]] = {
    "prisoner": Prisoner,
    "public_texts": PublicTexts,
    "godparent": Godparent,
    "godparenthood": Godparenthood,
    "godparent_action": GodparentAction,
    "facility": Facility,
    "hold": Hold,
    "showing": Showing,
    "attention": Attention,
}
_STEPS: Final[Mapping[str, Mapping[str, str]]] = {
    "hold_step": {PROPOSED: N_("Asked to lift a stop"), KEPT: N_("Kept a stop")},
    "relative_hold_step": {
        PROPOSED: N_("Asked to lift a stop of contact"),
        GRANTED: N_("Lifted a stop of contact"),
        KEPT: N_("Kept a stop of contact"),
    },
}
"""Steps of lifting a stop: who asked has not lifted it."""
_MOST: Final = 3
_LONG: Final = 60


def when_words(moment: datetime, today: date) -> str:
    """ "22 Nov 14:02"; with the year where it is not this one."""
    local = moment.astimezone()
    skeleton = "MMMd" if local.year == today.year else "yMMMd"
    day = format_skeleton(skeleton, local, locale=locale_name())
    return f"{day} {format_time(local, 'HH:mm', locale=locale_name())}"


def checked_words(moment: datetime, today: date) -> str:
    """ "today 14:00", or the day with the time."""
    local = moment.astimezone()
    if local.date() != datetime.now().astimezone().date():
        return when_words(moment, today)
    return _("today {time}").format(time=format_time(local, "HH:mm", locale=locale_name()))


def act_words(act: str) -> str:
    """What somebody did; an act of a newer Poruch by its own word."""
    try:
        return _(WORDS[Act(act)])
    except (KeyError, ValueError):
        return act


def what_words(row: LogRow) -> str:
    """What somebody did, as far as the reader may know; that one person was both halves is said."""
    did = _did(row)
    return _("{what} · one person").format(what=did) if row.one_person else did


def _did(row: LogRow) -> str:
    if row.act == Act.OPENED and row.noun:
        return _("Opened a relative")
    if row.step and row.noun in _STEPS:
        return _(_STEPS[row.noun].get(row.step, WORDS[Act.HOLD_LIFTED]))
    if row.act == Act.SEALED_CHANGED and row.noun in CLOSED_WORDS:
        return _(CLOSED_WORDS[row.noun][0 if row.added else 1])
    if row.act == Act.GODPARENTHOOD_CHANGED and row.added:
        return _("Added a godparenthood")
    return act_words(row.act)


def who_words(row: LogRow) -> str:
    """Who did it."""
    name = row.person_name or _("somebody no longer here")
    return _("{name} (automatic)").format(name=name) if row.automatic else name


def about_words(row: LogRow) -> str:
    """ "Dubnianskaya, Alena · held at: No. 24 → No. 4"."""
    parts = [row.about] if row.about else []
    if row.about and row.more:
        parts[0] = ngettext("{name} and {n} more", "{name} and {n} more", row.more).replace(
            "{name}", row.about
        )
    if row.answers:
        parts.append(ngettext("{n} answer", "{n} answers", row.answers))
    if row.slip_of:
        parts.append(slip_words(row))
    parts += [_change(one) for one in row.changes[:_MOST]]
    left = len(row.changes) - _MOST
    if left > 0:
        parts.append(ngettext("{n} more field", "{n} more fields", left))
    return " · ".join(part for part in parts if part)


def slip_words(row: LogRow) -> str:
    """Who the second person is, where their answer came in a slip and somebody else brought it in."""
    return _("with the answer of {name} in a slip").format(name=row.slip_of)


def change_lines(row: LogRow) -> list[str]:
    """Everything an entry changed, a line each."""
    return [words for words in map(_change, row.changes) if words]


def _change(change: FieldChange) -> str:
    cls = _NOUNS.get(change.noun)
    field = fields_of(cls).get(change.field) if cls is not None else None
    if field is None:
        return ""
    label = _(field.label)
    if change.closed:
        return _("{field}: closed").format(field=label)
    before, after = (_value(change, value) for value in (change.before, change.after))
    if change.noun in ("showing", "godparent_action", "hold", "attention"):
        return after
    if change.noun == "godparenthood" and change.before is None and change.field == "state":
        return after  # how it began
    if field.kind in (Kind.FREE_TEXT, Kind.PARTS, Kind.PICTURE):
        return _("{field}: changed").format(field=label)
    return _("{field}: {before} → {after}").format(field=label, before=before or EMPTY, after=after or EMPTY)


def _value(change: FieldChange, value: object) -> str:
    if isinstance(value, Facility):
        words = facility_words(value)
    else:
        field = fields_of(_NOUNS[change.noun])[change.field]
        words = (
            value if field.kind is Kind.REFERENCE and isinstance(value, str) else value_words(field, value)
        )
    return words if len(words) <= _LONG else f"{words[:_LONG].rstrip()}…"
