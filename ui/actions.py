"""What the keys do: one declaration per action, read by menus, buttons, the search box and the help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.i18n import N_, _


@attrs.frozen
class ActionSpec:
    """One action.

    Attributes:
        key: stable name.
        text: English words, translated where shown.
        shortcut: as Qt writes it ("Ctrl+Shift+C"), or "".
        others: more keys for the same.
        in_search: found by the search box.
    """

    key: str
    text: str
    shortcut: str = ""
    others: tuple[str, ...] = ()
    in_search: bool = True

    @property
    def words(self) -> str:
        """The words in the language of the window."""
        return _(self.text)

    @property
    def keys(self) -> str:
        """The keys as a hint on a button: "Ctrl L", "⌘ L" where that is the habit."""
        native = QKeySequence(self.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        held, plus, last = native.rpartition("+")
        if plus and not last:  # the key is the plus itself
            held, last = held.removesuffix("+"), "+"
        return " ".join([*held.split("+"), last]).strip()


SEARCH: Final = ActionSpec("search", N_("Find"), "Ctrl+K", in_search=False)
LOCK: Final = ActionSpec("lock", N_("Lock"), "Ctrl+L")
LARGER: Final = ActionSpec("larger", N_("Larger text"), "Ctrl++", ("Ctrl+=",))
SMALLER: Final = ActionSpec("smaller", N_("Smaller text"), "Ctrl+-")
NORMAL: Final = ActionSpec("normal", N_("Normal text size"), "Ctrl+0")
HELP: Final = ActionSpec("help", N_("Help for this page"), "F1")
FILTER: Final = ActionSpec("filter", N_("Filter this list"), "Ctrl+F", in_search=False)
NEW: Final = ActionSpec("new", N_("New"), "Ctrl+N", in_search=False)
UNDO: Final = ActionSpec("undo", N_("Undo"), "Ctrl+Z", in_search=False)
REDO: Final = ActionSpec("redo", N_("Redo"), "Ctrl+Shift+Z", ("Ctrl+Y",), in_search=False)
SLIP: Final = ActionSpec("slip", N_("Open a slip or an answer…"), "Ctrl+Shift+O")
PRINT: Final = ActionSpec("print", N_("Print…"), "Ctrl+P")
CONVERSATION: Final = ActionSpec("conversation", N_("Conversation…"), "Ctrl+Shift+C")
ATTENTION: Final = ActionSpec("attention", N_("Record hostile attention…"), "Ctrl+Shift+H")
STOP: Final = ActionSpec("stop", N_("Place a stop…"))
DUPLICATES: Final = ActionSpec("duplicates", N_("Duplicates…"))
LIST: Final = ActionSpec("list", N_("Bring in a list…"))
MESSAGE: Final = ActionSpec("message", N_("Message…"), "M", ("Ь",))  # the same key of a Cyrillic keyboard
NEW_REPORT: Final = ActionSpec("new_report", N_("New report"))
CHECK_FILE: Final = ActionSpec("check_file", N_("Check a file…"))
KINDS: Final = ActionSpec("kinds", N_("Kinds of report…"))
RECIPIENTS: Final = ActionSpec("recipients", N_("Recipients and mailing lists"))
AGAIN: Final = ActionSpec("again", N_("Again"), in_search=False)

BACKUP: Final = ActionSpec("backup", N_("Back up now"), "Ctrl+Shift+B")

ALL: Final = (
    *(SEARCH, LOCK, LARGER, SMALLER, NORMAL, HELP, FILTER, NEW, UNDO, REDO, SLIP, PRINT, BACKUP),
    *(CONVERSATION, ATTENTION, STOP, DUPLICATES, LIST, MESSAGE, AGAIN),
    *(NEW_REPORT, CHECK_FILE, KINDS, RECIPIENTS),
)


def make_action(
    owner: QWidget, spec: ActionSpec, run: Callable[[], object], *, everywhere: bool = False
) -> QAction:
    """An action that works while `owner` shows, with its keys.

    Args:
        owner: page or window the keys belong to.
        spec: the declaration.
        run: what to do.
        everywhere: also while another window of the program is in front (locking).
    """
    action = QAction(spec.words, owner)
    action.setObjectName(spec.key)
    action.setShortcuts([QKeySequence(keys) for keys in (spec.shortcut, *spec.others) if keys])
    contexts = Qt.ShortcutContext
    whole = contexts.ApplicationShortcut if everywhere else contexts.WindowShortcut
    action.setShortcutContext(whole if owner.isWindow() else contexts.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _checked=False: run())
    owner.addAction(action)
    return action
