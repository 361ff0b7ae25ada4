"""Things to press: buttons, filter chips, drop-downs. A button says what will happen when pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QStylePainter

from ui import theme
from ui.theme import Role
from ui.widgets.marks import paint_arrow

Choice = tuple[str, str]  # value, words shown


class Look(StrEnum):
    """How much a button asks for attention. One primary per page."""

    PLAIN = "plain"
    PRIMARY = "primary"
    QUIET = "quiet"
    DANGER = "danger"
    SOLID = "solid"
    CHIP = "chip"
    INLINE = "inline"
    SMALL = "small"
    TAG = "tag"
    TOAST = "toast"
    FOOT = "foot"


class Button(QPushButton):
    """A button with, if wanted, its keys in lighter words after the text.

    Args:
        words: what will happen.
        look: see `Look`.
        hint: keys as shown ("Ctrl L"); say them also in a QAction or QShortcut.
        description: for screen readers and the tool tip.
        arrow: draw ▾ after the words.
    """

    def __init__(
        self,
        words: str,
        look: Look = Look.PLAIN,
        *,
        hint: str = "",
        description: str = "",
        arrow: bool = False,
    ) -> None:
        super().__init__(words)
        self.setProperty("look", look.value)
        self._look, self._hint, self._arrow = look, hint, arrow
        self.setAutoDefault(look is not Look.DANGER)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if description:
            self.setAccessibleDescription(description)
            self.setToolTip(description)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses what has the keyboard, also what is nobody's default: Qt would press the default."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.autoDefault():
            self.click()
            return
        super().keyPressEvent(event)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        look = theme.current()
        if self._look is Look.CHIP:  # bold when pressed: keep room so that neighbours stay put
            bold = QFontMetrics(look.font(Role.BOLD)).horizontalAdvance(self.text())
            hint.setWidth(hint.width() + max(0, bold - self.fontMetrics().horizontalAdvance(self.text())))
        return QSize(hint.width() + self._extra(), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _extra(self) -> int:
        look = theme.current()
        extra = look.px(8) + look.px(5) if self._arrow else 0
        if self._hint:
            extra += QFontMetrics(look.font()).horizontalAdvance(self._hint) + look.px(8)
        return extra

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._extra():
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words = option.text
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        self._paint_words(painter, words)

    def _paint_words(self, painter: QPainter, words: str) -> None:
        look = theme.current()
        painter.setFont(look.font(Role.BOLD) if self.isChecked() else self.font())
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(words)
        left = (self.width() - width - self._extra()) // 2
        box = QRect(left, 0, width + 2, self.height())
        names = {
            Look.PRIMARY: "on_accent",
            Look.SOLID: "on_solid",
            Look.DANGER: "no",
            Look.QUIET: "accent_text",
            Look.SMALL: "muted",
        }
        name = "muted" if not self.isEnabled() else names.get(self._look, "text")
        if self.isChecked():
            name = "accent_text"
        painter.setPen(look.colour(name))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)
        left += width
        if self._arrow:
            arrow = look.colour(name if self._look is not Look.INLINE else "muted")
            paint_arrow(painter, QPointF(left + look.px(5) + look.px(4), self.height() / 2 + 0.5), arrow)
            left += look.px(13)
        if self._hint:
            painter.setFont(look.font())
            quiet = {Look.SOLID: "solid_hint", Look.PRIMARY: "on_accent"}.get(self._look, "muted")
            painter.setPen(look.colour(quiet if self.isEnabled() else "muted"))
            box = QRect(left + look.px(8), 0, self.width(), self.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), self._hint)


class FilterChip(Button):
    """A filter that is on or off ("Mine", "Said no · 21")."""

    def __init__(self, words: str, *, on: bool = False, description: str = "") -> None:
        super().__init__(words, Look.CHIP, description=description)
        self.setCheckable(True)
        self.setChecked(on)
        self.setAutoDefault(False)


class DropChip(Button):
    """A filter with choices ("Held or released ▾").

    Args:
        words: what it filters by, shown while nothing is chosen.
        choices: values and words, and what they mean where that takes saying; several may be ticked unless
            `single`.

    Signals:
        chosen(tuple[str, ...]): the values now ticked.
    """

    chosen = Signal(object)

    def __init__(
        self, words: str, choices: Sequence[Choice] = (), *, single: bool = False, description: str = ""
    ) -> None:
        super().__init__(words, Look.CHIP, arrow=True, description=description)
        self._words, self._single, self._number = words, single, ""
        self._actions: list[tuple[str, QAction]] = []
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._group.setExclusive(False)
        self._menu.triggered.connect(self._on_triggered)
        self.clicked.connect(self.open)
        self.setAutoDefault(False)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; ticked values that still exist stay ticked."""
        kept = set(self.values())
        self._menu.clear()
        self._actions = []
        for value, words in choices:
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(value in kept)
            self._actions.append((value, action))
        self._show_chosen()

    def set_meanings(self, meanings: Sequence[str]) -> None:
        """Say what each choice means, in their order: as a tool tip and to screen readers."""
        self._menu.setToolTipsVisible(True)
        for (_value, action), meaning in zip(self._actions, meanings, strict=True):
            action.setToolTip(meaning)
            action.setStatusTip(meaning)

    def set_number(self, number: str) -> None:
        """Say how many it shows, instead of how many choices are ticked."""
        self._number = number
        self._show_chosen()

    def values(self) -> tuple[str, ...]:
        """The values ticked."""
        return tuple(value for value, action in self._actions if action.isChecked())

    def set_values(self, values: Sequence[str]) -> None:
        """Tick exactly these, without a signal."""
        for value, action in self._actions:
            action.setChecked(value in values)
        self._show_chosen()

    def open(self) -> None:
        """Open the list under the chip."""
        self._menu.exec(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_triggered(self, pressed: QAction) -> None:
        if self._single and pressed.isChecked():
            for _, action in self._actions:
                if action is not pressed:
                    action.setChecked(False)
        self._show_chosen()
        self.chosen.emit(self.values())

    def _show_chosen(self) -> None:
        ticked = [action.text() for _, action in self._actions if action.isChecked()]
        number = self._number or (str(len(ticked)) if ticked else "")
        shown = ticked[0] if len(ticked) == 1 else f"{self._words} · {number}" if number else self._words
        self.setCheckable(bool(ticked))
        self.setChecked(bool(ticked))
        self.setText(shown)
        self.setAccessibleName(f"{self._words}: {', '.join(ticked)}" if ticked else self._words)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt; pressing opens the list and never toggles
        return


class InlineDrop(Button):
    """A quiet drop-down inside a line ("to Nov 2027 ▾").

    Args:
        name: what it sets, for screen readers.
        choices: values and words.
        small: quieter still, beside an answer.

    Signals:
        chosen(str): the value picked.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[Choice] = (), value: str = "", *, small: bool = False
    ) -> None:
        super().__init__("", Look.SMALL if small else Look.INLINE, arrow=True)
        self._name, self._choices, self._value = name, tuple(choices), value
        self._instead: Callable[[], None] | None = None
        self._menu = QMenu(self)
        self.clicked.connect(self.open)
        self.setAutoDefault(False)
        self.set_choices(choices, value)

    def open_instead(self, opener: Callable[[], None]) -> None:
        """Open something of the page's own under the words, not the list of choices."""
        self._instead = opener

    @property
    def value(self) -> str:
        """The value now chosen, or ""."""
        return self._value

    def set_choices(self, choices: Sequence[Choice], value: str = "") -> None:
        """Offer other choices."""
        self._choices = tuple(choices)
        self._menu.clear()
        for each, words in self._choices:
            if not each and words == self._name:
                continue  # what the button says while nothing is chosen: picking it would do nothing
            action = self._menu.addAction(words)
            action.triggered.connect(lambda _=False, picked=each: self._on_picked(picked))
        self.set_value(value)

    def set_value(self, value: str) -> None:
        """Choose without a signal."""
        self._value = value
        words = dict(self._choices).get(value, "")
        self.setText(words)
        self.setAccessibleName(f"{self._name}: {words}" if words else self._name)

    def open(self) -> None:
        """Open the list."""
        if self._instead is not None:
            self._instead()
        elif self._choices:
            self._menu.exec(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_picked(self, value: str) -> None:
        self.set_value(value)
        self.chosen.emit(value)
