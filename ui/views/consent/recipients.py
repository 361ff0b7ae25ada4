"""Whom an answer can name: godparents, the prisoner's own first, and institutions named before."""

from __future__ import annotations

from typing import Final

import attrs

from app.services.session import Session
from app.services.views import RelativeView
from ui.widgets.buttons import Choice

_INSTITUTION: Final = "named_institution"


@attrs.frozen
class Recipients:
    """Who can be picked.

    Attributes:
        godparents: ids and names, the prisoner's own first, then by name.
        institutions: recipients of reports, and names this relative's answers named before.
    """

    godparents: tuple[Choice, ...] = ()
    institutions: tuple[str, ...] = ()


NOBODY: Final = Recipients()


def read_recipients(session: Session, view: RelativeView) -> Recipients:
    """Ask for them; runs on the worker."""
    prisoner = view.relative.prisoner or ""
    own = {row.godparent for row in session.godparents.godparenthoods(prisoner=prisoner)}
    rows = sorted(session.godparents.rows(), key=lambda row: (row.id not in own, row.name.casefold()))
    named = {
        name
        for talk in view.conversations
        for one in talk.answers
        if one.audience == _INSTITUTION
        for name in one.recipients
    }
    named |= {row.recipient.institution for row in session.recipients.rows() if not row.recipient.left}
    return Recipients(tuple((row.id, row.name) for row in rows), tuple(sorted(named)))
