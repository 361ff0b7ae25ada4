"""From the Log page to the quarter review and back: one button, and what stands in front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.roles import Action, Limit
from app.i18n import _
from ui import theme
from ui.views.quarter.part import QuarterPart
from ui.widgets.buttons import Button
from ui.widgets.frames import PageFrame
from ui.workplace import Workplace

_NARROW: Final = 1120


class QuarterDoor(QObject):
    """The button, and the part once it was opened.

    Args:
        page: the review comes in front of everything else on it.

    Signals:
        entry_asked(int): back to the log, at an entry.
        go_asked(str, str): go to a record, by noun and id.
        closed(): back to the log.
    """

    entry_asked = Signal(int)
    go_asked = Signal(str, str)
    closed = Signal()

    def __init__(self, workplace: Workplace, page: PageFrame) -> None:
        super().__init__(page)
        self._workplace: Final = workplace
        self._page = page
        self._behind: tuple[QWidget, ...] = ()
        self.part: QuarterPart | None = None
        session = workplace.session
        audits = session.may(Action.READ_FINDINGS).limit is Limit.WITHOUT_IDENTITIES
        reviews = session.has_desk_key and session.may(Action.QUARTER_REVIEW).allowed
        self.button: Final = Button(
            _("Quarter review…"),
            description=_("What changed since the last one, and 60 drawn at random"),
        )
        if not (audits or reviews):
            self.button.hide()  # and never shown here: without a place yet it would be a window of its own
        self.button.clicked.connect(self.open)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        """Where the page is narrow, one word leaves room for its title."""
        if watched is self._page and event.type() is QEvent.Type.Resize:
            narrow = self._page.width() < theme.current().px(_NARROW)
            self.button.setText(_("Quarter…") if narrow else _("Quarter review…"))
        return super().eventFilter(watched, event)

    @property
    def is_open(self) -> bool:
        """Whether the review is in front."""
        return self.part is not None and self.part.isVisibleTo(self._page)

    def set_behind(self, *parts: QWidget) -> None:
        """What makes room for it."""
        self._behind = parts

    def open(self) -> None:
        """Bring it to the front."""
        if self.part is None:
            self.part = QuarterPart(self._workplace)
            self.part.back_asked.connect(self.close)
            self.part.entry_asked.connect(self._on_entry)
            self.part.go_asked.connect(self.go_asked)
            self._page.add(self.part, 1)
        for one in self._behind:
            one.hide()
        self.part.show()
        self.part.setFocus()

    def close(self) -> None:
        """Back to the log, if it is in front."""
        if self.part is None or not self.is_open:
            return
        self.part.hide()
        for one in self._behind:
            one.show()
        self._page.setFocus()
        self.closed.emit()

    def _on_entry(self, entry: int) -> None:
        self.close()
        self.entry_asked.emit(entry)

    def unfinished(self) -> Mapping[str, Plain] | None:
        """What is typed there and not saved."""
        return self.part.unfinished() if self.part is not None else None

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Put it back, with the review in front."""
        if self.button.isVisibleTo(self._page):
            self.open()
        if self.part is not None:
            self.part.take_up(values)


class BehindQuarter:
    """What a page says of itself while the review may stand in front of it (`Helps`, `Keeps`)."""

    quarter: QuarterDoor

    def help_key(self) -> str:
        """The help page of what is in front."""
        return "quarter" if self.quarter.is_open else "log"

    def unfinished(self) -> Mapping[str, Plain] | None:
        """A note of the review."""
        return self.quarter.unfinished()

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Put it back."""
        self.quarter.take_up(values)
