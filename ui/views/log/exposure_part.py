"""Exposure on the Log page: made when somebody first asks, shown in place of the log, and back again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.roles import Action
from app.i18n import _
from ui.views.exposure.view import ExposureView
from ui.widgets.buttons import Button
from ui.widgets.frames import PageFrame
from ui.workplace import Workplace

ABOUT: Final = "exposure:"
"""`Workplace.go("log", "exposure:relative:id")` asks about a relative, "exposure:person:id" about anybody."""


class ExposurePart(QObject):
    """On behalf of the page.

    Args:
        page: where it is shown.
        log: what it takes the place of.

    Signals:
        go_asked(str, str): go to a page, with a record.
        check_asked(): check the whole log.
        about_asked(str, str): everything that happened to a record, with its words.
        left(): the log is in front again; that somebody asked is written there since.
    """

    go_asked = Signal(str, str)
    check_asked = Signal()
    about_asked = Signal(str, str)
    left = Signal()

    def __init__(self, page: PageFrame, workplace: Workplace, log: Sequence[QWidget]) -> None:
        super().__init__(page)
        self._page, self._workplace, self._log = page, workplace, log
        session = workplace.session
        self._allowed = session.has_desk_key and session.may(Action.SEE_EXPOSURE).allowed
        self.view: ExposureView | None = None
        self._behind: QWidget | None = None
        self.button = Button(
            _("Who could open it…"),
            description=_("After a seizure, an arrest or a doubt: who could, who did"),
        )
        if not self._allowed:
            self.button.hide()  # and never shown here: without a place yet it would be a window of its own
        self.button.clicked.connect(lambda _on=False: self.open())

    def open(self, about: str = "") -> None:
        """Show it; `about` is "relative:id" or "person:id", "" for what was asked last."""
        if not self._allowed:
            return
        if self.view is None:
            self.view = ExposureView(self._workplace)
            self.view.closed.connect(self.close)
            self.view.go_asked.connect(self.go_asked)
            self.view.check_asked.connect(self._on_check)
            self.view.about_asked.connect(self._on_about)
            self._page.add(self.view, 1)
        for part in self._log:
            part.hide()
        self.view.show()
        if self._behind is None:  # whoever gives the keyboard to the page means what is in front
            self._behind = self._page.focusProxy()
            self._page.setFocusProxy(self.view)
        self.view.setFocus()
        noun, _colon, record = about.partition(":")
        if record:
            self.view.begin(noun, record)

    def lead(
        self,
        go: Callable[[str, str], None],
        check: Callable[[], None],
        about: Callable[[str, str], None],
    ) -> None:
        """Where each signal leads."""
        self.go_asked.connect(go)
        self.check_asked.connect(check)
        self.about_asked.connect(about)

    def open_filter(self, behind: Callable[[], None]) -> None:
        """Ctrl+F: in the list of an answer, or `behind` it while this is not in front."""
        if self.view is None or self.view.isHidden():
            behind()
        else:
            self.view.open_filter()

    def close(self) -> None:
        """The log again; what was asked stays."""
        if self.view is None or self.view.isHidden():
            return
        self._page.setFocusProxy(cast("QWidget", self._behind))
        self._behind = None
        self.view.hide()
        for part in self._log:
            part.show()
        self.left.emit()

    def _on_check(self) -> None:
        self.close()
        self.check_asked.emit()

    def _on_about(self, record: str, words: str) -> None:
        self.close()
        self.about_asked.emit(record, words)
