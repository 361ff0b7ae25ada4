"""The columns of the Prisoners table, and what a cell typed with F2 means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.fields import fields_of
from app.domain.prisoner import Prisoner
from app.domain.rows import Light, PrisonerRow
from app.i18n import _
from app.vocabulary import word
from ui.columns import Badge, Cell, CellKind, Column, Editor, EditorKind, SortKey
from ui.states import State, state_of
from ui.views.prisoners.wording import country_name, day_words, short_day

NEXT_STEP: Final = "next"
_OPENING: Final = "…"
_FIELD_OF: Final[Mapping[str, str]] = {
    NEXT_STEP: "next_step",
    "next_on": "next_step_on",
    "labels": "labels",
    "owner": "owner",
}
"""What may be typed in a cell: nothing a decision looks at."""


def public_badge(light: Light, until: date | None, *, has_key: bool) -> Badge:
    """Whether the name may be told in public, as a mark and a word."""
    state = state_of(light)
    if state is State.ENDS and until is not None:
        return Badge(state, _("until {day}").format(day=short_day(until)))
    return Badge(state, public_word(light, has_key=has_key))


def public_word(light: Light, *, has_key: bool) -> str:
    """may · may not · nobody asked · waits; without the key only cleared or not, whatever the reason."""
    if not has_key:
        return _("cleared") if light in (Light.YES, Light.ENDS) else _("not cleared")
    return {
        Light.YES: _("may"),
        Light.ENDS: _("may"),
        Light.NO: _("may not"),
        Light.NOT_ASKED: _("nobody asked"),
        Light.WAITS: _("waits"),
        Light.COUNTING: "…",
    }[light]


def columns(owners: Mapping[str, str], *, has_key: bool, may_edit: bool) -> list[Column[PrisonerRow]]:
    """Every column there is; people choose which they see.

    Args:
        owners: names of people by id.
        has_key: whether closed cells are open here.
        may_edit: whether anything may be typed.
    """
    text = Editor(EditorKind.TEXT) if may_edit else None
    day = Editor(EditorKind.DATE) if may_edit else None
    people = Editor(EditorKind.TERM, tuple(owners.items())) if may_edit else None
    closed = CellKind.MUTED if has_key else CellKind.MASKED
    return [
        Column[PrisonerRow]("name", _("Name"), lambda row: row.name, CellKind.STRONG, width=198),
        Column[PrisonerRow]("status", _("Status"), _status, width=128),
        Column[PrisonerRow]("held", _label("facility"), lambda row: row.facility, CellKind.MUTED, width=132),
        Column[PrisonerRow]("godparents", _("Godp."), lambda row: row.godparents, CellKind.NUMBER, width=56),
        Column[PrisonerRow](
            "public",
            _("Name in public"),
            lambda row: public_badge(row.name_in_public, row.name_until, has_key=has_key),
            CellKind.BADGE,
            width=136,
        ),
        Column[PrisonerRow](
            NEXT_STEP,
            _label("next_step"),
            lambda row: _OPENING if row.next_step is None else row.next_step,
            closed,
            width=96,
            stretch=True,
            editor=text if has_key else None,
            value=lambda row: row.next_step,
        ),
        Column[PrisonerRow](
            "next_on",
            _label("next_step_on"),
            lambda row: day_words(row.next_step_on),
            CellKind.MUTED,
            sort_key=_next_on,
            hidden=True,
            editor=day,
            value=lambda row: row.next_step_on.isoformat() if row.next_step_on else "",
        ),
        Column[PrisonerRow](
            "labels",
            _label("labels"),
            lambda row: _OPENING if row.labels is None else ", ".join(row.labels),
            closed,
            hidden=True,
            editor=text if has_key else None,
            value=lambda row: None if row.labels is None else ", ".join(row.labels),
        ),
        Column[PrisonerRow](
            "owner",
            _label("owner"),
            lambda row: owners.get(row.owner or "", ""),
            CellKind.MUTED,
            hidden=True,
            editor=people,
            value=lambda row: row.owner or "",
        ),
        Column[PrisonerRow](
            "detained",
            _label("detained_on"),
            lambda row: day_words(row.detained_on),
            CellKind.MUTED,
            sort_key=lambda row: row.detained_on.first.isoformat() if row.detained_on else None,
            hidden=True,
        ),
        Column[PrisonerRow](
            "country", _label("country"), lambda row: country_name(row.country), CellKind.MUTED, hidden=True
        ),
        Column[PrisonerRow](
            "reference",
            _label("reference"),
            lambda row: row.reference,
            CellKind.MUTED,
            width=110,
            hidden=True,
        ),
        Column[PrisonerRow]("stopped", _("Stopped"), _stopped, CellKind.BADGE, width=110, hidden=True),
    ]


def _label(name: str) -> str:
    return _(fields_of(Prisoner)[name].label)


def _status(row: PrisonerRow) -> Cell:
    return word("status", row.status) if row.status else ""


def _stopped(row: PrisonerRow) -> Cell:
    return Badge(State.NO, _("stopped")) if row.stopped else None


def _next_on(row: PrisonerRow) -> SortKey | None:
    return row.next_step_on.isoformat() if row.next_step_on else None


def typed_in_cell(key: str, untrusted_text: str) -> tuple[str, object]:
    """The field and value a typed cell means.

    Raises:
        KnownError: BAD_DATE, UNKNOWN_FIELD.
    """
    field = _FIELD_OF.get(key)
    if field is None:
        raise KnownError(Code.UNKNOWN_FIELD, key, field=key)
    text = untrusted_text.strip()
    match field:
        case "next_step_on":
            found = PartialDate.from_stored(text) if text else None
            if found is not None and not found.exact:
                raise KnownError(Code.BAD_DATE, field, field=field)
            return field, found.first if found is not None else None
        case "labels":
            return field, tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        case "owner":
            return field, text or None
    return field, text
