"""The frame round every page: top bar, rail, page stack, status bar, and the keys that work everywhere.

Navigation only: it is given declarations of pages and asks nobody anything. Which pages a person may use is
decided before it is made; a page that is not declared is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol, runtime_checkable

import attrs
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from ui import actions, theme
from ui.theme import Role
from ui.widgets import tab_order
from ui.widgets.buttons import Button, Look
from ui.widgets.focus_ring import FocusRing
from ui.widgets.foot import Foot
from ui.widgets.keyboard_place import KeyboardPlace
from ui.widgets.labels import QuietLine, Text
from ui.widgets.rail import Rail, RailItem
from ui.widgets.search_box import Found, SearchBox
from ui.widgets.tags import Tag
from ui.widgets.toast import Toast


@attrs.frozen
class PageSpec:
    """A page of the window.

    Attributes:
        key: stable name ("prisoners"), also for `MainWindow.go`.
        title: translated words in the rail.
        icon: qtawesome name, shown when the rail is folded.
        group: 0 work, 1 reports and log, 2 settings.
        make: builds the page when it is first opened.
        help: name of its help page.
    """

    key: str
    title: str
    icon: str
    make: Callable[[], QWidget]
    group: int = 0
    help: str = ""


@runtime_checkable
class Page(Protocol):
    """A page that wants to know when it comes to the front."""

    def opened(self) -> None: ...


class MainWindow(QMainWindow):
    """The window.

    Args:
        pages: in the order of the rail.
        case_file: name of the case file.
        role: words of the person's role.

    Signals:
        lock_requested(): the Lock button or Ctrl+L.
        search_asked(str): look for this; answer with `search.set_found`.
        search_chosen(str): key of something found that is no page or action of the frame.
        page_changed(str): key of the page now in front.
        scale_requested(float): a person wants another text size.
        help_requested(str): name of a help page.
        undo_requested(): Undo on the bar at the foot.
        closing(): the window is about to close.
    """

    lock_requested = Signal()
    search_asked = Signal(str)
    search_chosen = Signal(str)
    page_changed = Signal(str)
    scale_requested = Signal(float)
    help_requested = Signal(str)
    undo_requested = Signal()
    closing = Signal()

    def __init__(self, pages: Sequence[PageSpec], *, case_file: str, role: str) -> None:
        super().__init__()
        self._pages: Final = {page.key: page for page in pages}
        self.page_keys: Final = tuple(self._pages)
        self._made: dict[str, QWidget] = {}
        self.before_closing: Callable[[], bool] | None = None
        self._current = ""
        self._folded: bool | None = None
        self.setWindowTitle(f"{case_file} – Poruch")
        self.setMinimumSize(900, 480)
        self._build(pages, case_file, role)
        self._connect()
        self._build_keys()

    # building

    def _build(self, pages: Sequence[PageSpec], case_file: str, role: str) -> None:
        whole = QWidget()
        whole.setObjectName("frame")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_top(case_file, role))
        self.bands = QVBoxLayout()  # what stands above the rail and every page
        column.addLayout(self.bands)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.rail = Rail(
            [
                RailItem(page.key, page.title, page.icon, page.group, f"Ctrl {place}" if place < 10 else "")
                for place, page in enumerate(pages, start=1)
            ]
        )
        middle.addWidget(self.rail)
        self._stack = QStackedWidget()
        middle.addWidget(self._stack, 1)
        column.addLayout(middle, 1)
        self.foot = Foot()
        column.addWidget(self.foot)
        whole.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # no field takes it by itself; Tab passes by
        self.setCentralWidget(whole)
        whole.setFocus()
        self.toast = Toast(whole)
        self.ring = FocusRing(self)
        self._keyboard = KeyboardPlace(self, lambda: self._made.get(self._current))

    def _build_top(self, case_file: str, role: str) -> QFrame:
        look = theme.current()
        top = QFrame()
        top.setProperty("frame", "top")
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 7, 16, 8)
        row.setSpacing(16)
        left, right = QWidget(), QWidget()
        left_row, right_row = QHBoxLayout(left), QHBoxLayout(right)
        for side in (left_row, right_row):
            side.setContentsMargins(0, 0, 0, 0)
            side.setSpacing(16)
        name = Text("Poruch", Role.BOLD)
        self._case_file = QuietLine(case_file)
        left_row.addWidget(name)
        left_row.addWidget(self._case_file, 1)
        self.search = SearchBox(actions.SEARCH.keys)
        self.search.setMaximumWidth(look.px(520))
        self.role = Tag(role)
        self.lock = Button(
            _("Lock"),
            Look.SOLID,
            hint=actions.LOCK.keys,
            description=_("Close everything behind the passphrase"),
        )
        right_row.addStretch(1)
        right_row.addWidget(self.role)
        right_row.addWidget(self.lock)
        row.addWidget(left, 3)
        row.addWidget(self.search, 4)
        row.addWidget(right, 3)
        return top

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.lock.clicked.connect(self.lock_requested)
        self.search.asked.connect(self.search_asked)
        self.search.chosen.connect(self._on_found)
        self.toast.undo_pressed.connect(self.undo_requested)

    def _build_keys(self) -> None:
        make = actions.make_action
        make(self, actions.SEARCH, self.search.start)
        make(self, actions.LOCK, self.lock_requested.emit, everywhere=True)
        make(self, actions.LARGER, lambda: self.scale_requested.emit(theme.larger(theme.current().scale)))
        make(self, actions.SMALLER, lambda: self.scale_requested.emit(theme.smaller(theme.current().scale)))
        make(self, actions.NORMAL, lambda: self.scale_requested.emit(1.0))
        make(self, actions.HELP, self._on_help)
        for place, key in enumerate(list(self._pages)[:9], start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.activated.connect(lambda key=key: self.go(key))

    # going

    def go(self, key: str) -> None:
        """Bring a page to the front, building it the first time; a page that is not declared does nothing."""
        spec = self._pages.get(key)
        if spec is None:
            return
        if key not in self._made:
            self._made[key] = spec.make()
            self._stack.addWidget(self._made[key])
        page = self._made[key]
        self._stack.setCurrentWidget(page)
        self.rail.set_current(key)
        self._current = key
        page.setFocus()
        if isinstance(page, Page):
            page.opened()
        self.page_changed.emit(key)

    @property
    def current_key(self) -> str:
        """The page in front."""
        return self._current

    def has_page(self, key: str) -> bool:
        """Whether this person has the page."""
        return key in self._pages

    def page(self, key: str) -> QWidget | None:
        """A page already built."""
        return self._made.get(key)

    def found_pages(self, text: str) -> list[Found]:
        """Pages and actions whose words hold the text, for the search to show beside what it finds."""
        needle = text.casefold()
        pages = [
            Found(f"page:{key}", page.title, _("page"))
            for key, page in self._pages.items()
            if needle in page.title.casefold()
        ]
        here = {action.objectName() for action in self._actions_here() if action.isEnabled()}
        doings = [
            Found(f"action:{spec.key}", spec.words, spec.keys or _("action"))
            for spec in actions.ALL
            if spec.in_search and spec.key in here and needle in spec.words.casefold()
        ]
        return pages + doings

    def _on_found(self, key: str) -> None:
        kind, _colon, name = key.partition(":")
        if kind == "page":
            self.go(name)
        elif kind == "action":
            for action in self._actions_here():
                if action.objectName() == name and action.isEnabled():
                    action.trigger()
                    return
        else:
            self.search_chosen.emit(key)

    def _actions_here(self) -> list[QAction]:
        page = self._made.get(self._current)
        return [*self.actions(), *(page.actions() if page is not None else [])]

    def _on_help(self) -> None:
        spec = self._pages.get(self._current)
        if spec is not None:
            self.help_requested.emit(spec.help or spec.key)

    # saying

    def set_role(self, words: str) -> None:
        """The role in the top bar."""
        self.role.set_words(words)

    # shape

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._folded = None
            self._fold()

    def _fold(self) -> None:
        if not hasattr(self, "rail"):  # Qt asks before everything is built
            return
        folded = self.width() < theme.current().px(theme.FOLD_WIDTH)
        if folded != self._folded:
            self._folded = folded
            self.rail.set_folded(folded=folded)
            self.search.setMaximumWidth(theme.current().px(520))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 - Qt
        """Tab goes in reading order."""
        return self._keyboard.leaves() or tab_order.go_on(self, forward=next)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.before_closing is not None and not self.before_closing():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
