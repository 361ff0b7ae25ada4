"""Reads the help inside the program: pages at the left, the one chosen at the right. Loads nothing else."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, current_language
from ui import theme
from ui.help_pages import help_page, help_pages
from ui.theme import Role
from ui.widgets.focus_ring import FocusRing
from ui.widgets.labels import Text

_KEY: Final = Qt.ItemDataRole.UserRole
_SCHEME: Final = "help"
_WIDE: Final = 860
_HIGH: Final = 560


class Reading(QTextBrowser):
    """One page. Opens no file, no picture and no link but those to other pages of the help."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt
        """Nothing is ever loaded, whatever a page asks for."""
        return None

    def show_text(self, markdown: str) -> None:
        """Show a page, in the fonts and colours of the window."""
        document = QTextDocument(self)
        look = theme.current()
        document.setDefaultFont(look.font())
        document.setDocumentMargin(0)
        document.setIndentWidth(look.px(24))
        document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        _space(document, look.px(10))
        self.setDocument(document)
        self.moveCursor(QTextCursor.MoveOperation.Start)


class HelpReader(QDialog):
    """The help in a window of its own, beside the work; stays open while one tries what it says."""

    def __init__(self, parent: QWidget | None, key: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Help"))
        self._language: Final = current_language()
        self._shown = ""
        self._build()
        self.show_page(key)
        self._fit()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Pages of the help"))
        self.list.setFixedWidth(theme.current().px(240))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        for page in help_pages(self._language):
            item = QListWidgetItem(page.title, self.list)
            item.setData(_KEY, page.key)
        row.addWidget(self.list)
        card = QFrame()
        card.setProperty("frame", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        self.title = Text("", Role.TITLE, wrap=True)
        self.reading = Reading()
        column.addWidget(self.title)
        column.addWidget(self.reading, 1)
        row.addWidget(card, 1)
        self.list.currentItemChanged.connect(self._on_item)
        self.reading.anchorClicked.connect(self._on_link)
        for keys in ("Escape", "F1"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.close)
        self.ring = FocusRing(self)

    def _fit(self) -> None:
        look, home = theme.current(), self.parentWidget()
        room = home.window().size() if home is not None else QSize(look.px(_WIDE), look.px(_HIGH))
        self.resize(min(look.px(_WIDE), room.width() - 32), min(look.px(_HIGH), room.height() - 32))

    @property
    def shown(self) -> str:
        """Key of the page shown."""
        return self._shown

    def show_page(self, key: str) -> None:
        """Turn to a page."""
        page = help_page(key, self._language)
        self._shown = page.key
        self.title.setText(page.title)
        self.reading.setAccessibleName(page.title)
        self.reading.show_text(page.text)
        for place in range(self.list.count()):
            if self.list.item(place).data(_KEY) == page.key:
                self.list.setCurrentRow(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._shown:
            self.show_page(self._shown)

    def _on_item(self, item: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        if item is not None and item.data(_KEY) != self._shown:
            self.show_page(str(item.data(_KEY)))

    def _on_link(self, link: QUrl) -> None:
        if link.scheme() == _SCHEME:
            self.show_page(link.path())


def open_help(home: QWidget, key: str) -> HelpReader:
    """Turn to a page, in the reader that is open or in a new one, over whatever sheet is in front."""
    front = QApplication.activeModalWidget() or home
    for window in QApplication.topLevelWidgets():
        if isinstance(window, HelpReader) and window.isVisible():
            if window.parentWidget() is front:
                window.show_page(key)
                window.raise_()
                window.activateWindow()
                return window
            window.close()
    reader = HelpReader(front, key)
    reader.show()
    reader.list.setFocus()
    return reader


def _space(document: QTextDocument, gap: int) -> None:
    """Room between paragraphs and points, the same everywhere."""
    cursor = QTextCursor(document)
    block: QTextBlock = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        shape = block.blockFormat()
        shape.setTopMargin(0)
        shape.setBottomMargin(gap)
        shape.setLineHeight(135, 1)  # ProportionalHeight
        cursor.setBlockFormat(shape)
        block = block.next()
