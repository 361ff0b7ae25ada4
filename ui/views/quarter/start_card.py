"""The card that begins a quarter review, or says that one is under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal

from app.domain.dates import PartialDate, add_months
from app.domain.quarter_rows import QuarterPast
from app.i18n import _, ngettext
from ui import theme
from ui.theme import Role
from ui.views.prisoners.wording import medium_day
from ui.widgets.buttons import Button, Look
from ui.widgets.date_edit import DateEdit
from ui.widgets.fields import Field
from ui.widgets.frames import Card
from ui.widgets.labels import SectionHead, Text, beside, paragraph
from ui.widgets.working import WorkingStrip

_QUARTER: Final = 3


class StartCard(Card):
    """The card.

    Signals:
        begin_asked(date | None): begin; with a first day where no review was signed yet.
    """

    begin_asked = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._first = True
        self.add(SectionHead(_("Begin a quarter review")))
        words = _(
            "The list is fixed at once: everybody about whom something changed, open findings, and 60 "
            "unchanged relatives drawn at random. The draw comes out of an entry somebody else signed, so "
            "nobody chooses it and anybody with the key can repeat it. Names stay closed."
        )
        self.add(paragraph(words))
        self.since = Text("", Role.STRONG, wrap=True)
        self.add(self.since)
        self.day = DateEdit(_("Since when"), PartialDate.of(add_months(today, -_QUARTER)))
        self.field = Field(_("Since when"), self.day, hint=_("Later reviews begin where the last one ended."))
        self.day.setMaximumWidth(theme.current().px(320))
        self.add(self.field)
        self.begin = Button(_("Begin"), Look.PRIMARY)
        self.begin.clicked.connect(self._on_begin)
        self.day.returnPressed.connect(self._on_begin)
        self.add(beside(self.begin))
        self.strip = WorkingStrip()
        self.add(self.strip)
        self.body.addStretch(1)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_past(self, reviews: Sequence[QuarterPast], today: date) -> None:
        """Where the next one begins."""
        last = next((one for one in reviews if one.signed_at is not None), None)
        self._first = last is None
        self.field.setVisible(self._first)
        self.since.setVisible(not self._first)
        if last is not None and last.last_day is not None:
            days = (today - last.last_day).days
            ago = ngettext("{n} day ago", "{n} days ago", days) if days else _("today")
            self.since.setText(
                _("It begins where the last one ended: {day}, {ago}.").format(
                    day=medium_day(last.last_day), ago=ago
                )
            )

    def _on_begin(self) -> None:
        if not self._first:
            self.begin_asked.emit(None)
            return
        day = self.day.date() if self.day.is_valid() else None
        if day is None:
            self.field.set_wrong(_("A day, or roughly: “September 2026”"))
            self.day.setFocus()
            return
        self.begin_asked.emit(day.first)

    def set_busy(self, *, busy: bool) -> None:
        """While the list is made."""
        self.begin.setEnabled(not busy)
        if busy:
            self.strip.start(_("Making the list and drawing"))
        else:
            self.strip.finish()
