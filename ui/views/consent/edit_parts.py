"""What the edit sheet begins with, and how its two halves are saved one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.domain.field_values import is_empty
from app.domain.relative import Identity
from app.services.context import Saved
from app.services.relatives import EditIdentity, EditRelative
from app.services.session import Session
from app.services.views import RelativeView
from ui.widgets.buttons import Choice

WHO_MARK: Final = "who."
"""Before names of fields that say who somebody is, in a conflict."""


@attrs.frozen
class EditStart:
    """What the sheet begins with.

    Attributes:
        view: somebody who is there, None to add.
        prisoner: preset for somebody new.
        prisoners: ids and names to choose from.
        family: others of the same prisoner, for the guardian.
        identity: while the name is open.
    """

    view: RelativeView | None
    prisoner: str
    prisoners: Sequence[Choice]
    family: Sequence[Choice]
    identity: Identity | None = attrs.field(default=None, repr=False)


def save_both(
    session: Session,
    relative: str,
    base: int,
    values: Mapping[str, object],
    version: int,
    who: Mapping[str, object],
) -> Saved:
    """Both parts, one after the other; runs on the worker."""
    saved: Saved | None = None
    if who:
        saved = _save_who(session, EditIdentity(relative, version, who))
        if version == 0 and values:
            base += 1  # the register was saved with it, to say where the name lies
    if values:
        edited = session.relatives.edit(EditRelative(relative, base, values))
        saved = edited if saved is None else attrs.evolve(edited, changes=saved.changes | edited.changes)
    if saved is None:
        raise KnownError(Code.NOTHING_CHANGED)
    return saved


def _save_who(session: Session, command: EditIdentity) -> Saved:
    """As the service does it; a conflict says that it is about who it is, both halves have a note."""
    try:
        return session.relatives.edit_identity(command)
    except KnownError as error:
        if error.code is not Code.CONFLICT:
            raise
        names = error.ids
    raise KnownError(Code.CONFLICT, *(f"{WHO_MARK}{name}" for name in names))


def both_empty(one: object, other: object) -> bool:
    """Whether two values of a field say nothing, each in its own way."""
    return is_empty(one) and is_empty(other)
