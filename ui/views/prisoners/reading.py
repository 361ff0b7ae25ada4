"""What the page reads on the worker, and what the table of roles lets this person do here."""

from __future__ import annotations

from collections.abc import Collection

from app.domain.errors import Code, KnownError
from app.domain.roles import Action, Limit
from app.domain.rows import HistoryRow, PrisonerRow
from app.services.prisoner_filter import PrisonerFilter
from app.services.session import Session
from ui.views.prisoners.detail import May
from ui.views.prisoners.wording import facility_words

Rows = tuple[tuple[PrisonerRow, ...], int]


def may_of(session: Session) -> May:
    """What the table of roles says of everything on this page."""
    edit = session.may(Action.EDIT_PRISONER)
    return May(
        edit=edit.allowed,
        edit_all=edit.allowed and edit.limit is not Limit.PUBLIC_TEXTS,
        godparents=session.may(Action.EDIT_GODPARENT).allowed
        and session.may(Action.EDIT_GODPARENT).limit is not Limit.PUBLIC_TEXTS,
        relatives=session.has_desk_key and session.may(Action.RECORD_CONVERSATION).allowed,
        stop=session.may(Action.PLACE_STOP).allowed,
        merge=session.has_desk_key and session.may(Action.MERGE_PRISONERS).allowed,
        lift=session.may(Action.LIFT_STOP).allowed,
        message=session.may(Action.WRITE_MESSAGE).allowed,
        rows=session.has_desk_key and session.may(Action.SHOW_IDENTITY).allowed,
        hostile=session.may(Action.PLACE_STOP).allowed and session.context.copy is None,
        note=session.context.copy is not None,
    )


def read_rows(session: Session, wanted: PrisonerFilter) -> Rows:
    """On the worker: the rows wanted, and how many there are of mine, or of all."""
    rows = session.prisoners.rows(wanted, quickly=True)
    every = PrisonerFilter(mine=wanted.mine)
    return rows, len(rows) if wanted == every else len(session.prisoners.rows(every, quickly=True))


def read_some(session: Session, ids: Collection[str]) -> tuple[PrisonerRow, ...]:
    """On the worker: these rows, as far as they are still there."""
    found = []
    for prisoner in ids:
        try:
            found.append(session.prisoners.row(prisoner))
        except KnownError as error:
            if error.code is not Code.NOT_FOUND:
                raise
    return tuple(found)


def read_history(session: Session, prisoner: str) -> tuple[tuple[HistoryRow, ...], dict[str, str]]:
    """On the worker: what changed, and words for places and people in it."""
    names: dict[str, str] = {one.id: facility_words(one) for one in session.prisoners.facilities()}
    names.update((one.id, one.name) for one in session.prisoners.owners())
    return session.prisoners.history(prisoner), names
