"""One line opened: its purposes one by one, who sees it, until when. Stands under the line, goes with Esc."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.domain.dates import PartialDate, add_months
from app.i18n import N_, _, ngettext
from app.vocabulary import vocabulary, word
from ui import theme
from ui.theme import Role
from ui.views.consent.condition import ConditionPart
from ui.views.consent.draft import TalkDraft, purposes_of
from ui.views.consent.line_draft import LineDraft
from ui.views.consent.named import NamedParts
from ui.views.consent.recipients import NOBODY, Recipients
from ui.views.consent.words import long_day_words
from ui.widgets.answers import Said
from ui.widgets.buttons import InlineDrop
from ui.widgets.frames import line
from ui.widgets.labels import Text

_MONTHS: Final = (12, 6, 3, 1)
_SAID: Final = ((Said.YES, N_("Yes")), (Said.NO, N_("No")), (Said.LATER, N_("Later")))
_KEYS: Final = {"y": Said.YES, "н": Said.YES, "n": Said.NO, "т": Said.NO, "l": Said.LATER, "д": Said.LATER}
_FOR_A_YES: Final = ("internal", "named_godparent", "named_institution", "all_godparents", "public")
_FOR_A_NO: Final = ("named_godparent", "named_institution", "all_godparents", "public")
_OWN: Final = "own"


class LinePopup(QFrame):
    """Details of one line.

    Args:
        parent: the row it belongs to.
        key: the line.
        draft: written to as it is typed, so that nothing is lost when this goes.
        today: the day it is.
        recipients: who can be named.

    Signals:
        changed(): something in the draft.
    """

    changed = Signal()

    def __init__(
        self, parent: QWidget, key: str, draft: TalkDraft, today: date, recipients: Recipients = NOBODY
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("frame", "popup")
        self.setAccessibleName(word("consent_line", key))
        self._key, self._draft, self._today = key, draft, today
        self._drops: list[InlineDrop] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(Text(word("consent_line", key), Role.SECTION))
        column.addLayout(self._build_purposes())
        column.addWidget(line())
        column.addLayout(self._build_rest())
        self.named = NamedParts(key, draft, recipients)
        self.named.changed.connect(self._on_named)
        column.addWidget(self.named)
        self.named.refresh()
        self.condition = ConditionPart(key, draft)
        self.condition.changed.connect(self._on_condition)
        column.addWidget(self.condition)
        self.condition.refresh()
        hint = Text(_("Keys Y, N and L · arrows up and down · Esc closes"), Role.SMALL)
        column.addWidget(hint)

    @property
    def _line(self) -> LineDraft:
        return self._draft.lines[self._key]

    # building

    def _build_purposes(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        choices = [(said.value, _(words)) for said, words in _SAID] + [("", _("not raised"))]
        for place, purpose in enumerate(purposes_of(self._key)):
            words = word("purpose", purpose)
            drop = InlineDrop(words, choices, self._draft.says(self._key, purpose).value)
            drop.chosen.connect(lambda value, which=purpose: self._on_said(which, Said(value)))
            drop.setProperty("purpose", purpose)
            drop.installEventFilter(self)
            self._drops.append(drop)
            grid.addWidget(Text(words), place, 0)
            grid.addWidget(drop, place, 1, Qt.AlignmentFlag.AlignLeft)
        return grid

    def _build_rest(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        inside = all(
            vocabulary("purpose").term(p).text("audience") == "internal" for p in purposes_of(self._key)
        )
        if not inside:
            grid.addWidget(Text(_("Who sees it"), Role.MUTED), 0, 0)
            grid.addWidget(self._build_audience(), 0, 1, Qt.AlignmentFlag.AlignLeft)
        if self._line.said is not Said.NO:
            grid.addWidget(Text(_("Every yes of this talk ends"), Role.MUTED), 2, 0)
            grid.addWidget(self._build_end(), 2, 1, Qt.AlignmentFlag.AlignLeft)
        return grid

    def _build_audience(self) -> InlineDrop:
        if self._line.said is Said.NO:
            choices = [("", _("nobody"))] + [(code, _not_for(code)) for code in _FOR_A_NO]
        else:
            choices = [("", _("as usual"))] + [(code, word("audience", code)) for code in _FOR_A_YES]
        drop = InlineDrop(_("Who sees it"), choices, self._line.audience)
        drop.chosen.connect(self._on_audience)
        drop.installEventFilter(self)
        self._drops.append(drop)
        return drop

    def _build_end(self) -> InlineDrop:
        spoken = self._draft.spoken_on(self._today)
        ends = {months: add_months(spoken, months) for months in _MONTHS}
        choices = [
            (day.isoformat(), f"{long_day_words(day)} · {ngettext('{n} month', '{n} months', months)}")
            for months, day in ends.items()
        ]
        now = self._draft.end(self._today).isoformat()
        if now not in dict(choices):
            choices.append((now, long_day_words(date.fromisoformat(now))))
        drop = InlineDrop(_("Every yes of this talk ends"), choices, now)
        drop.chosen.connect(self._on_end)
        drop.installEventFilter(self)
        self._drops.append(drop)
        return drop

    # typing

    def _on_said(self, purpose: str, said: Said) -> None:
        one = self._line
        one.apart.pop(purpose, None)
        if self._draft.says(self._key, purpose) is not said:
            one.apart[purpose] = said
        self.named.refresh()
        self.condition.refresh()
        self.adjustSize()
        self.changed.emit()

    def _on_audience(self, value: str) -> None:
        self._line.audience = value
        self.named.refresh()
        self.condition.refresh()
        self.adjustSize()
        self.changed.emit()

    def _on_end(self, value: str) -> None:
        usual = add_months(self._draft.spoken_on(self._today), _MONTHS[0])
        chosen = PartialDate.from_stored(value).first
        self._draft.ends_on = None if chosen == usual else chosen
        self.changed.emit()

    def _on_named(self) -> None:
        self.named.refresh()
        self.condition.refresh()
        self.adjustSize()
        self.changed.emit()

    def _on_condition(self) -> None:
        self.adjustSize()
        self.changed.emit()

    # keys

    def open_at(self, place: QPoint) -> None:
        """Show it with its right edge under the words that opened it, inside the screen."""
        self.setMinimumWidth(theme.current().px(360))
        self.adjustSize()
        left = place.x() - self.width()
        screen = self.screen().availableGeometry()
        top = min(place.y() + 4, screen.bottom() - self.height() - 4)
        self.move(max(left, screen.left() + 4), max(top, screen.top() + 4))
        self.show()
        self._drops[0].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            place = next((at for at, drop in enumerate(self._drops) if drop is watched), -1)
            if place >= 0 and self._on_key(place, event):
                return True
        return super().eventFilter(watched, event)

    def _on_key(self, place: int, event: QKeyEvent) -> bool:
        drop = self._drops[place]
        said = _KEYS.get(event.text().casefold())
        purpose = str(drop.property("purpose") or "")
        if said is not None and purpose:
            drop.set_value(said.value)
            self._on_said(purpose, said)
            self._focus(place + 1)
            return True
        match event.key():
            case Qt.Key.Key_Down:
                self._focus(place + 1)
            case Qt.Key.Key_Up:
                self._focus(place - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                drop.open()
            case Qt.Key.Key_Left:
                self.close()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if purpose:
                drop.set_value("")
                self._on_said(purpose, Said.NOT_RAISED)
            case _:
                return False
        return True

    def _focus(self, place: int) -> None:
        drop = self._drops[max(0, min(place, len(self._drops) - 1))]
        drop.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def _not_for(audience: str) -> str:
    return {
        "public": _("not in public"),
        "all_godparents": _("not for all godparents"),
        "named_godparent": _("not for named godparents"),
        "named_institution": _("not for a named institution"),
    }[audience]
