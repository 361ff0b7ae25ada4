"""Pictures of the screen: whether this system keeps windows out of them, and the exception for a while."""

from __future__ import annotations

from app.i18n import _
from ui.capture import CaptureGuard, Shown, the_guard
from ui.theme import Role
from ui.views.capture_band import until_words
from ui.widgets.buttons import Button
from ui.widgets.frames import Card
from ui.widgets.labels import Run, SectionHead, beside, paragraph


class CaptureCard(Card):
    """One sentence; where something can be chosen, one button.

    Args:
        guard: of the program; by default that of this one.
    """

    def __init__(self, guard: CaptureGuard | None = None) -> None:
        super().__init__()
        self._guard = guard or the_guard()
        self.add(SectionHead(_("Pictures of the screen")))
        self.words = paragraph("", Role.MUTED)
        self.add(self.words)
        self.allow = Button(
            _("Allow them for five minutes"), description=_("For a call in which you show this window")
        )
        self.end = Button(_("End it now"))
        self._row = beside(self.allow, self.end)
        self.add(self._row)
        self.allow.clicked.connect(self._guard.allow)
        self.end.clicked.connect(self._guard.end)
        self._guard.changed.connect(self.load)
        self.load()

    def load(self) -> None:
        """Say how it is now."""
        shown = self._guard.shown
        self.words.set_runs([Run(_words(self._guard), Role.MUTED)])
        self._row.setVisible(shown is not Shown.CANNOT_HIDE)
        self.allow.setVisible(shown is not Shown.ALLOWED)
        self.end.setVisible(shown is Shown.ALLOWED)


def _words(guard: CaptureGuard) -> str:
    shown = guard.shown
    if shown is Shown.CANNOT_HIDE:
        return _(
            "On Linux every other program can take a picture of this window, and nothing can be asked to "
            "keep it from that. Lock before you share the screen or let somebody else at this computer."
        )
    if shown is Shown.ALLOWED:
        return _("Allowed until {when}. Locking ends it, too.").format(when=until_words(guard))
    if shown is Shown.REFUSED:
        return _(
            "This system was asked to keep the windows out of pictures and said no: other programs can take "
            "them. Lock before you share the screen."
        )
    return _(
        "The system is asked to keep these windows out of screenshots, recordings and shared screens. A "
        "camera sees them all the same, and so do a program that has taken over this computer and some "
        "recorders of newer macOS."
    )
