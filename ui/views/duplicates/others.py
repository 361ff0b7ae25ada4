"""What is done about a line of the Duplicates sheet that is no pair of prisoners to look at."""

from __future__ import annotations

from collections.abc import Callable

from app.i18n import _
from app.services.context import Saved
from app.services.session import Session
from ui.views.duplicates.lists import Other
from ui.views.duplicates.words import MERGED, RELATIVES, RELATIVES_APART


def doing_of(row: Other, session: Session) -> tuple[Callable[[], Saved], str]:
    """What its button saves, and what is said after it."""
    one, two, duplicates = row.one, row.two, session.duplicates
    again = _("They are proposed again.")
    if row.what == RELATIVES:
        kept = _("Kept apart: not the same person.")
        return (lambda: duplicates.keep_relatives_apart(one, two)), kept
    if row.what == RELATIVES_APART:
        return (lambda: duplicates.take_relatives_back(one, two)), again
    if row.what == MERGED:
        return (lambda: session.merging.take_apart(one)), _("Two records again.")
    return (lambda: duplicates.take_back(one, two)), again
