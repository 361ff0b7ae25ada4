"""Fields to type in that keep quiet about what is typed: no learning keyboards, no rich text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.i18n import _
from ui import theme
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.labels import Text
from ui.widgets.wrong import go_to_first

_QUIET = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText


class LineEdit(QLineEdit):
    """One line; keyboards are told not to learn from it.

    Args:
        name: what it is, for screen readers.
        value: text at first.
        example: shown while empty.
    """

    def __init__(self, name: str, value: str = "", *, example: str = "") -> None:
        super().__init__(value)
        self.setAccessibleName(name)
        self.setPlaceholderText(example)
        self.setInputMethodHints(_QUIET)
        self.setDragEnabled(False)

    def set_wrong(self, words: str) -> None:
        """Say what is wrong, "" when nothing is."""
        self.setProperty("wrong", "true" if words else "false")
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.style().unpolish(self)
        self.style().polish(self)


class PassphraseEdit(LineEdit):
    """A line shown as dots, with a button to look at it. Never copied, dragged or remembered."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._suggested = ""
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            _QUIET | Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._look = self.addAction(theme.icon("mdi6.eye-outline"), QLineEdit.ActionPosition.TrailingPosition)
        self._look.setCheckable(True)
        self._look.setText(_("Look at what I typed"))
        self._look.setToolTip(_("Look at what I typed"))
        self._look.toggled.connect(self._on_look)
        self.textEdited.connect(self._on_typed)

    def _on_look(self, on: bool) -> None:
        modes = QLineEdit.EchoMode
        self.setEchoMode(modes.Normal if on else modes.Password)

    def _on_typed(self, text: str) -> None:
        if self._suggested and self._suggested not in text:
            self._suggested = ""
            self._look.setChecked(False)  # what could be read was no secret of theirs; this is

    def suggest(self, words: str) -> None:
        """Show words by chance, to be read and written down until somebody types their own."""
        self._suggested = words
        self.setText(words)
        self._look.setChecked(True)

    def take(self) -> str:
        """The text, and forget it here."""
        words = self.text()
        self.setText("")  # unlike clear(), also forgets what could be undone
        self._suggested = ""
        self._look.setChecked(False)
        return words


def enter_goes_on(lines: Sequence[QLineEdit], done: Callable[[], object]) -> None:
    """Enter in a line goes to the next one still empty; where none is, it does what the button does."""
    for place, line in enumerate(lines):
        line.returnPressed.connect(partial(enter_from, tuple(lines[place + 1 :]), done))


def enter_from(after: Sequence[QLineEdit], done: Callable[[], object]) -> None:
    """What Enter does in a line that stands before these."""
    empty = next((line for line in after if not line.text().strip()), None)
    if empty is None:
        done()
    else:
        empty.setFocus(Qt.FocusReason.TabFocusReason)


class TextEdit(QPlainTextEdit):
    """Several plain lines; Tab goes on to the next field.

    Args:
        name: what it is, for screen readers.
        lines: height to begin with.
    """

    def __init__(self, name: str, value: str = "", *, lines: int = 4, example: str = "") -> None:
        super().__init__(value)
        self._lines = lines
        self.setAccessibleName(name)
        self.setPlaceholderText(example)
        self.setTabChangesFocus(True)
        self.setInputMethodHints(_QUIET)

    def set_lines(self, lines: int) -> None:
        """Another height to begin with."""
        self._lines = lines
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(
            super().sizeHint().width(),
            self._lines * self.fontMetrics().lineSpacing() + theme.current().px(20),
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(120), 2 * self.fontMetrics().lineSpacing() + theme.current().px(20))


class CountedText(QWidget):
    """Several lines with a count of characters and a limit.

    Args:
        name: what it is.
        limit: characters; typing on is possible and marked wrong, so nothing is cut off unseen.

    Signals:
        changed(str): the text.
    """

    changed = Signal(str)

    def __init__(self, name: str, value: str = "", *, limit: int, lines: int = 4) -> None:
        super().__init__()
        self._limit = limit
        self.edit = TextEdit(name, value, lines=lines)
        self._count = Text("", Role.SMALL)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit, 1)
        column.addWidget(self._count)
        self.edit.textChanged.connect(self._on_changed)
        self._show_count()

    def text(self) -> str:
        """What stands there."""
        return self.edit.toPlainText()

    def is_valid(self) -> bool:
        """Whether it is within the limit."""
        return len(self.text()) <= self._limit

    def _on_changed(self) -> None:
        self._show_count()
        self.changed.emit(self.text())

    def _show_count(self) -> None:
        number = len(self.text())
        words = _("{number} of {limit} characters").format(number=number, limit=self._limit)
        self._count.setText(words)
        self.edit.setAccessibleDescription(words)
        self._count.set_tone("" if number <= self._limit else "error")
        wrong = "true" if number > self._limit else "false"
        if self.edit.property("wrong") != wrong:
            self.edit.setProperty("wrong", wrong)
            self.edit.style().unpolish(self.edit)
            self.edit.style().polish(self.edit)


class Field(QWidget):
    """A label over a field, with a hint or what is wrong under it.

    Args:
        label: shown over the field, and its name for screen readers.
        field: the control.
        hint: one short sentence.
        required: adds the word, never only a star.
    """

    def __init__(self, label: str, field: QWidget, *, hint: str = "", required: bool = False) -> None:
        super().__init__()
        self.field = field
        self._hint_words = hint
        self._judged = ""
        self._is_wrong = False
        line = field if isinstance(field, QLineEdit) else field.focusProxy()  # a line with a button beside it
        self._line = line if isinstance(line, LineEdit) else None
        self._typed = line if isinstance(line, QLineEdit) else None  # a date marks itself
        if self._typed is not None:
            self._typed.textEdited.connect(self._on_edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        shown = f"{label} ({_('needed')})" if required else label
        self.label = Text(shown, Role.STRONG)
        self.label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self._hint = Text(hint, Role.SMALL, wrap=True)
        column.addWidget(self.label)
        column.addWidget(field, 1)
        column.addWidget(self._hint)
        self._hint.setVisible(bool(hint))  # not before it has a place: it would be a window for a moment
        if hint:
            field.setAccessibleDescription(hint)

    def set_hint(self, words: str) -> None:
        """Another hint than before."""
        self._hint_words = words
        self.field.setAccessibleDescription(words)
        if not self._is_wrong:
            self.set_wrong("")

    def set_wrong(self, words: str, *, typing: bool = False) -> None:
        """Say what is wrong under the field, "" when nothing is, and go to the first that is wrong.

        Args:
            typing: said while somebody types, perhaps elsewhere: the keyboard stays where it is.
        """
        self._hint.setText(words or self._hint_words)
        self._hint.set_tone("error" if words else "")
        self._hint.setVisible(bool(words or self._hint_words))
        if self._typed is not None:
            self._judged = self._typed.text()
        if self._line is not None:
            self._line.set_wrong(words)
        self._is_wrong = bool(words)
        if words and not typing and self.isVisible():
            go_to_first([one for one in self.window().findChildren(Field) if one._is_wrong])

    def _on_edited(self, text: str) -> None:
        # What was said of other words does not hold for these; a judgement of these very words stays.
        if text != self._judged and self._is_wrong:
            self.set_wrong("")


def reveal_button(words: str) -> Button:
    """A button that opens closed values; says whose it opens ("Show the sister's name")."""
    return Button(words, Look.PLAIN, description=_("What is shown is recorded"))
