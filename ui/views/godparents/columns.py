"""The columns of the Godparents table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.dates import PartialDate
from app.domain.fields import fields_of
from app.domain.godparent import Godparent, Term, term_on
from app.domain.rows import GodparentRow
from app.i18n import _
from app.vocabulary import word
from ui.columns import Badge, Cell, CellKind, Column
from ui.states import State
from ui.views.prisoners.wording import country_name, day_number, day_words, month_number

_STATES = {Term.ENDS: State.ENDS, Term.OVER: State.NO}


def kind_words(what: str, office: str) -> str:
    """What somebody is: the office where it is known, else the kind."""
    return office or (word("godparent_kind", what) if what else "")


def term_words(until: PartialDate) -> str:
    """The end of a mandate, short: "09/2026"."""
    return month_number(until.last) if until.month is not None else day_words(until)


def term_cell(until: PartialDate | None, today: date) -> Cell:
    """The end of a mandate, marked when it is near or past."""
    if until is None:
        return None
    state = _STATES.get(term_on(until, today) or Term.RUNS)
    return Badge(state, term_words(until)) if state is not None else term_words(until)


def protocol_cell(version: str) -> Badge:
    """Which protocol was accepted."""
    if version:
        return Badge(State.YES, version)
    return Badge(State.ENDS, _("missing"))


def columns(today: Callable[[], date]) -> list[Column[GodparentRow]]:
    """Every column there is; people choose which they see.

    Args:
        today: the day it is in the case file.
    """
    muted = CellKind.MUTED
    return [
        Column[GodparentRow]("name", _("Name"), lambda row: row.name, CellKind.STRONG, width=196),
        Column[GodparentRow](
            "what", _("Kind, office"), lambda row: kind_words(row.what, row.office), width=220, stretch=True
        ),
        # The office names the chamber already: one column of it is enough until somebody wants the party.
        Column[GodparentRow]("chamber", _("Chamber, party"), _chamber, muted, width=150, hidden=True),
        Column[GodparentRow](
            "country", _label("country"), lambda row: country_name(row.country), muted, width=116
        ),
        Column[GodparentRow](
            "term",
            _label("term_until"),
            lambda row: term_cell(row.term_until, today()),
            CellKind.BADGE,
            sort_key=lambda row: row.term_until.last.isoformat() if row.term_until else None,
            width=112,
        ),
        Column[GodparentRow](
            "protocol",
            _("Protocol"),
            lambda row: protocol_cell(row.protocol_version),
            CellKind.BADGE,
            accessible=lambda row: _("Protocol accepted: {words}").format(
                words=row.protocol_version or _("missing")
            ),
            width=92,
        ),
        Column[GodparentRow](
            "godparenthoods",
            _("Active / all"),
            lambda row: f"{row.active} / {row.godparenthoods}",
            CellKind.NUMBER,
            sort_key=lambda row: (row.active, row.godparenthoods),
            accessible=_spoken,
            width=88,
        ),
        Column[GodparentRow](
            "last",
            _("Last action"),
            lambda row: day_number(row.last_action_on) if row.last_action_on else "",
            muted,
            sort_key=lambda row: row.last_action_on.isoformat() if row.last_action_on else None,
            width=100,
        ),
    ]


def _chamber(row: GodparentRow) -> str:
    return " · ".join(part for part in (row.chamber, row.party) if part)


def _spoken(row: GodparentRow) -> str:
    return _("Godparenthoods: {all}, active {active}").format(all=row.godparenthoods, active=row.active)


def _label(name: str) -> str:
    return _(fields_of(Godparent)[name].label)
