"""What a stop says wherever it is shown: since when, why, by whom; with a button to lift it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.domain.hold import Hold
from app.domain.two_people import Stop
from app.i18n import _
from app.vocabulary import word
from ui.views.consent.words import gentle
from ui.views.prisoners import wording
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import beside


def stop_words(placed_at: datetime | None, reason: str, placed_by: str) -> str:
    """ "Stopped since 3 May 2026: danger · Vera O."."""
    since = wording.medium_day(placed_at.astimezone().date()) if placed_at is not None else ""
    why = gentle(word("hold_reason", reason)) if reason else ""
    words = _("Stopped since {day}").format(day=since) if since else _("Stopped")
    words = f"{words}: {why}" if why else words
    return f"{words} · {placed_by}" if placed_by else words


def stop_notice(
    stop: Stop[Hold],
    placed_by: str,
    *,
    here: str,
    lift: Callable[[str], None] | None,
    about: str = "",
    perhaps: bool = False,
) -> Notice:
    """A stop in the detail of whom it acts on.

    Args:
        here: the noun of the detail; a stop on something else says on what.
        about: what that is called.
        perhaps: it reaches them only because nobody wrote down where they are.
        lift: proposes to lift it; None where this person may not.
    """
    hold = stop.hold
    on = "" if hold.on_noun == here else word("hold_target", hold.on_noun)
    if on and about and hold.on_noun != "case_file":
        on = f"{on}: {about}"
    words = f"{on}." if on else ""
    if perhaps:
        words = f"{words} {_('Nobody wrote down where they are: it stops them, too.')}"
    waits = stop.asked is not None
    if waits:
        words = f"{words} {_('Somebody asked to lift it; a second person decides.')}".strip()
    lead = stop_words(hold.placed_at, hold.reason, placed_by).removesuffix(".") + "."
    notice = Notice(words, Tone.RED, lead=lead)
    if lift is not None and not waits:
        button = Button(_("Ask to lift this stop"))
        button.clicked.connect(lambda: lift(hold.id))
        notice.add(beside(button))
    return notice
