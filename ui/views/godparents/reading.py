"""What the page reads on the worker, and what the table of roles lets this person do here."""

from __future__ import annotations

from datetime import date

import attrs

from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.domain.roles import Action, Limit
from app.domain.rows import GodparenthoodRow, HistoryRow
from app.services.session import Session
from app.services.views import GodparentView


@attrs.frozen
class Held:
    """One godparenthood as the tab shows it.

    Attributes:
        states: what can follow its state, itself first.
        stopped: a stop acts on the prisoner, so nothing about them goes to the godparent.
    """

    row: GodparenthoodRow
    record: Godparenthood
    states: tuple[str, ...]
    stopped: bool = False


@attrs.frozen
class Facts:
    """One godparent as the detail shows them.

    Attributes:
        prisoners: names by id, for the actions.
        people: names of people by id.
    """

    view: GodparentView
    held: tuple[Held, ...]
    prisoners: dict[str, str]
    people: dict[str, str]
    today: date

    @property
    def godparent(self) -> Godparent:
        """The record."""
        return self.view.godparent

    @property
    def actions(self) -> tuple[GodparentAction, ...]:
        """What they did, newest first."""
        return self.view.actions


def may_edit(session: Session) -> bool:
    """Whether this person may change godparents."""
    permission = session.may(Action.EDIT_GODPARENT)
    return permission.allowed and permission.limit is not Limit.PUBLIC_TEXTS


def read_facts(session: Session, godparent: str) -> Facts:
    """On the worker: everything the detail needs."""
    service = session.godparents
    view = service.get(godparent)
    held = []
    for row in view.godparenthoods:
        record = service.godparenthood(row.id)
        stopped = bool(session.prisoners.get(row.prisoner).stopped)
        held.append(Held(row, record, service.next_states(record.state), stopped))
    names = {one.row.prisoner: one.row.prisoner_name for one in held}
    for action in view.actions:
        if action.prisoner and action.prisoner not in names:
            names[action.prisoner] = session.prisoners.row(action.prisoner).name
    people = {one.id: one.name for one in session.prisoners.owners()}
    return Facts(view, tuple(sorted(held, key=_order)), names, people, session.today())


_OVER = ("ended", "declined")


def _order(held: Held) -> tuple[bool, str]:
    """Those that go on first."""
    return held.row.state in _OVER, held.row.prisoner_name.casefold()


def read_history(session: Session, godparent: str) -> tuple[HistoryRow, ...]:
    """On the worker: what changed."""
    return session.godparents.history(godparent)
