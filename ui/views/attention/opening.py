"""From anywhere to the sheet of hostile attention, beginning with whom the page in front shows."""

from __future__ import annotations

from app.domain.roles import Action
from ui import actions
from ui.views.main_window import MainWindow
from ui.workplace import Chooses, Workplace


class HostileAttention:
    """The action of the window, for whoever may stop something."""

    def __init__(self, workplace: Workplace, window: MainWindow) -> None:
        self._workplace, self._window = workplace, window
        session = workplace.session
        if session.may(Action.PLACE_STOP).allowed and session.context.copy is None:
            actions.make_action(window, actions.ATTENTION, self.open)

    def open(self, about: str = "") -> None:
        """Open the sheet; `about` is "noun:id", "" for whoever is chosen."""
        from ui.views.attention.sheet import open_attention

        noun, _colon, record = about.partition(":")
        page: object = self._window.page(self._window.current_key)
        if not about and isinstance(page, Chooses):
            noun, record = page.chosen_record()
        open_attention(self._workplace, self._window, noun if record else "", record)
