"""A field for the twenty words of one sheet: completes a word, counts, says which one is not in the list.

What is typed never leaves it: no copying out, no undo afterwards, no draft, no learning keyboard.
A word is completed only where its first four letters leave no other; what is wrong is shown, never repaired.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.crypto.shares import WORDS_EACH, Share, is_word, nearest, read_share, word_list, words_in
from app.domain.errors import Code, KnownError
from app.i18n import _
from app.words import words_for
from ui.theme import Role
from ui.widgets.fields import TextEdit
from ui.widgets.labels import Text
from ui.widgets.wrong import go_to

_TELLING: Final = 4
"""So many letters tell every word of the list from every other."""
_ACCEPT: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class WordsEdit(TextEdit):
    """Several words; the rest of a word that can only be one is written ahead, selected."""

    def __init__(self, name: str) -> None:
        super().__init__(name, lines=3)
        self.setInputMethodHints(
            self.inputMethodHints()
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhPreferLowercase
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def take(self) -> str:
        """The text, and forget it here."""
        text = self.toPlainText()
        self.setPlainText("")  # also forgets what could be undone
        return text

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt
        """Nothing is ever copied or dragged out."""
        return QMimeData()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ACCEPT:
            cursor = self.textCursor()
            cursor.setPosition(cursor.selectionEnd())  # what was written ahead is taken
            self.setTextCursor(cursor)
            if event.key() != Qt.Key.Key_Space:
                super().keyPressEvent(
                    QKeyEvent(event.type(), Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
                )
                return
        super().keyPressEvent(event)
        if event.text().isalpha():
            self._write_ahead()

    def _write_ahead(self) -> None:
        cursor = self.textCursor()
        behind = self.toPlainText()[cursor.position() :]
        begun = self.toPlainText()[: cursor.position()].split()[-1:]
        if not begun or (behind and not behind[0].isspace()) or len(begun[0]) < _TELLING:
            return
        found = [word for word in word_list() if word.startswith(begun[0].casefold())]
        if len(found) != 1 or found[0] == begun[0].casefold():
            return
        here, rest = cursor.position(), found[0][len(begun[0]) :]
        cursor.insertText(rest)
        cursor.setPosition(here + len(rest))
        cursor.setPosition(here, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)


class SheetField(QWidget):
    """One sheet.

    Args:
        place: A, B or C.

    Signals:
        changed(): something was typed.
    """

    changed = Signal()

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place: Final = place
        title = _("Sheet {place}").replace("{place}", place)
        self.edit = WordsEdit(title)
        self.edit.setObjectName(f"sheet {place}")
        self.label = Text(title, Role.STRONG)
        self.label.setBuddy(self.edit)
        self.state = Text("", Role.SMALL, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.label, self.edit, self.state):
            column.addWidget(part)
        self.edit.textChanged.connect(self._on_changed)
        self.setFocusProxy(self.edit)
        self._on_changed()

    def share(self) -> Share | None:
        """The sheet as typed; None, and said under the field, where it is not one."""
        try:
            return read_share(self.edit.toPlainText(), self._place)
        except KnownError as error:
            self.set_wrong(_wrong(error, self.edit.toPlainText()))
            return None

    def set_wrong(self, words: str) -> None:
        """Say what is wrong with it."""
        self._say(words, tone="error")

    def forget(self) -> None:
        """Empty it."""
        self.edit.take()

    def _on_changed(self) -> None:
        text = self.edit.toPlainText()
        typed = words_in(text)
        finished = typed if not text or text[-1].isspace() else typed[:-1]
        unknown = next((number for number, word in enumerate(finished, 1) if not is_word(word)), 0)
        if unknown:
            error = KnownError(Code.RECOVERY_UNKNOWN_WORD, share=self._place, word=unknown)
            self.set_wrong(_wrong(error, text))
        else:
            count = _("{n} of {all} words").replace("{all}", str(WORDS_EACH))
            self._say(count.replace("{n}", str(len(typed))), tone="")
        self.changed.emit()

    def _say(self, words: str, *, tone: str) -> None:
        self.state.setText(words)
        self.state.set_tone(tone)
        self.edit.setAccessibleDescription(words)


class ThreeSheets(QWidget):
    """Three fields, in any order of sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.fields = tuple(SheetField(place) for place in "ABC")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for field in self.fields:
            column.addWidget(field)
        self.setFocusProxy(self.fields[0])

    def shares(self) -> list[Share] | None:
        """All three; None, and said under each field, where one is not whole."""
        read = [field.share() for field in self.fields]
        whole = [one for one in read if one is not None]
        if len(whole) < len(read):
            go_to(next(field for field, one in zip(self.fields, read, strict=True) if one is None))
            return None
        return whole

    def forget(self) -> None:
        """Empty every field."""
        for field in self.fields:
            field.forget()


def _wrong(error: KnownError, text: str) -> str:
    """What is wrong, and which words of the list look like the one that is none."""
    told = words_for(error)
    number = error.details.get("word")
    if not isinstance(number, int):
        return told.line()
    alike = nearest(words_in(text)[number - 1])
    if not alike:
        return told.happened
    return f"{told.happened} {_('Like it: {words}.').replace('{words}', ', '.join(alike))}"
