"""How cells and heads of a table are drawn and edited: states with mark and word, closed cells as bars."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from ui import theme
from ui.columns import Badge, CellKind, Column, EditorKind
from ui.states import State
from ui.table_contract import COLUMN_ROLE, RowsModel
from ui.theme import Role
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import plain_tip
from ui.widgets.laid_words import LaidWords
from ui.widgets.marks import MARK_PX, paint_arrow, stamp_mark
from ui.widgets.masked import paint_mask
from ui.widgets.terms import TermCombo

_Index = QModelIndex | QPersistentModelIndex
PADDING: Final = 12
_AFTER: Final = 6  # px between the words and the next cell
_ARROW: Final = 16  # px for the arrow of the order
_SCRAP: Final = 24  # px: in less than that no word is begun
_ROLES: Final = {CellKind.STRONG: Role.STRONG, CellKind.MUTED: Role.MUTED}


# Joined and looked up once: what a cell is drawn as is asked a hundred times a screen.
_SELECTED: Final = QStyle.StateFlag.State_Selected
_FOCUSED: Final = QStyle.StateFlag.State_HasFocus
_EDITABLE: Final = Qt.ItemFlag.ItemIsEditable


def paint_badge(
    painter: QPainter,
    box: QRect,
    state: State,
    word: str,
    words: LaidWords,
    *,
    selected: bool = False,
) -> None:
    """Mark and word of a state, centred on the height of `box`; a chosen row needs darker quiet words.

    Where hardly a letter has room the mark stands alone; the tool tip says the word, like any that is cut.
    """
    look = theme.current()
    size = look.px(MARK_PX)
    top = box.y() + (box.height() - size) / 2
    quiet = selected and state is State.UNASKED
    ink = look.colour("muted_selected") if quiet else look.state_colour(state)
    stamp_mark(painter, QRectF(box.x(), top, size, size), state, ink)
    painter.setPen(ink)
    beside = box.adjusted(size + look.px(6), 0, 0, 0)
    if beside.width() >= min(look.px(_SCRAP), words.width(word, Role.BASE)):
        words.paint(painter, beside, word)


class RowDelegate(QStyledItemDelegate):
    """Draws a row: 1 px line below, selection with a bar at its left, cells by their kind.

    Args:
        rows: what is shown.
        parent: the table.
    """

    def __init__(self, rows: RowsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self._words = LaidWords()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme.current()
        box: QRect = option.rect
        state = option.state
        selected = bool(state & _SELECTED)
        painter.save()
        if selected:
            painter.fillRect(box, look.colour("selection"))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, look.colour("line"))
        if selected and self._is_first(option, index):
            painter.fillRect(box.x(), box.y(), look.px(3), box.height(), look.colour("focus"))
        place = index.column()
        cell, words = self._rows.cell(index.row(), place)
        inner = box.adjusted(look.px(PADDING), 0, -look.px(_AFTER), -1)
        self._paint_cell(painter, inner, self._rows.columns[place].kind, cell, words, selected=selected)
        if state & _FOCUSED and index.flags() & _EDITABLE:
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, box: QRect, kind: CellKind, cell: object, words: str, *, selected: bool
    ) -> None:
        look = theme.current()
        if kind is CellKind.MASKED:
            paint_mask(painter, QRectF(box), look.colour("muted_selected" if selected else "muted"))
            return
        if isinstance(cell, Badge):
            paint_badge(painter, box, cell.state, cell.word, self._words, selected=selected)
            return
        role = _ROLES.get(kind, Role.BASE)
        empty = cell is None or cell == ""
        painter.setPen(look.text_colour(Role.MUTED if empty else role, selected=selected))
        self._words.paint(painter, box, words, role, centred=kind is CellKind.NUMBER)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        look = theme.current()
        place = index.column()
        cell, words = self._rows.cell(index.row(), place)
        role = _ROLES.get(self._rows.columns[place].kind, Role.BASE)
        width = look.px(PADDING + _AFTER) + self._words.width(words, role) + 2
        if isinstance(cell, Badge):
            width += look.px(MARK_PX + 6)
        return QSize(width, look.px(theme.ROW_HEIGHT))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Words that are cut are said whole by the tool tip; closed cells say nothing."""
        column = index.data(COLUMN_ROLE)
        closed = isinstance(column, Column) and column.kind is CellKind.MASKED
        cut = not closed and self.sizeHint(option, index).width() > option.rect.width()
        if event.type() is not QEvent.Type.ToolTip or not cut:
            QToolTip.hideText()
            return False
        QToolTip.showText(event.globalPos(), plain_tip(str(index.data() or "")), view)
        return True

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        column = index.data(COLUMN_ROLE)
        editor = column.editor if isinstance(column, Column) else None
        widget: QWidget
        if editor is not None and editor.kind is EditorKind.DATE:
            widget = DateEdit(column.title)
        elif editor is not None and editor.kind is EditorKind.TERM:
            widget = TermCombo(column.title, editor.choices)
        else:
            widget = QLineEdit()
            widget.setAccessibleName(column.title if isinstance(column, Column) else "")
        widget.setParent(parent)
        return widget

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        value = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, DateEdit):
            editor.set_stored(value)
        elif isinstance(editor, TermCombo):
            editor.set_value(value)
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: _Index) -> None:
        value = ""
        if isinstance(editor, DateEdit):
            if not editor.is_valid():
                return
            value = editor.stored()
        elif isinstance(editor, TermCombo):
            value = editor.value()
        elif isinstance(editor, QLineEdit):
            value = editor.text()
        index.model().setData(_plain(index), value, Qt.ItemDataRole.EditRole)

    @staticmethod
    def _is_first(option: QStyleOptionViewItem, index: _Index) -> bool:
        header = getattr(option.widget, "horizontalHeader", None)
        if header is None:
            return index.column() == 0
        heads: QHeaderView = header()
        shown = (heads.logicalIndex(place) for place in range(heads.count()))
        return next((each for each in shown if not heads.isSectionHidden(each)), 0) == index.column()


def _plain(index: _Index) -> QModelIndex:
    return index.model().index(index.row(), index.column())


class HeadRow(QHeaderView):
    """The head of a table: quiet words, the order shown by a small arrow after them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(False)
        self.setMinimumSectionSize(theme.current().px(40))
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.current().px(34))

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:  # noqa: N802, N803 - Qt
        look = theme.current()
        words = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        width = QFontMetrics(look.font(Role.HEAD)).horizontalAdvance(words) + look.px(PADDING + 4) + 2
        if self.sortIndicatorSection() == logicalIndex:
            width += look.px(_ARROW)
        return QSize(width, look.px(34))

    def viewportEvent(self, event: QEvent) -> bool:
        """A head that is cut is said whole by the tool tip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.logicalIndexAt(event.pos())
            if place >= 0 and self.sectionSizeFromContents(place).width() > self.sectionSize(place):
                words = str(self.model().headerData(place, Qt.Orientation.Horizontal) or "")
                QToolTip.showText(event.globalPos(), plain_tip(words), self)
                return True
        return super().viewportEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803
        look = theme.current()
        painter.save()
        painter.fillRect(rect, look.colour("rail"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), look.colour("border"))
        words = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        painter.setFont(look.font(Role.HEAD))
        ink: QColor = look.colour("muted")
        painter.setPen(ink)
        column = self.model().index(0, logicalIndex).data(COLUMN_ROLE)
        centred = isinstance(column, Column) and column.kind is CellKind.NUMBER
        inner = rect.adjusted(look.px(PADDING), 0, -look.px(4), -1)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        flag = Qt.AlignmentFlag.AlignCenter if centred else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(flag), shown)
        if self.sortIndicatorSection() == logicalIndex:
            width = painter.fontMetrics().horizontalAdvance(shown)
            left = inner.x() + (inner.width() + width) / 2 if centred else inner.x() + width
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            paint_arrow(painter, QPointF(left + look.px(9), inner.center().y() + 1), ink, up=up)
        painter.restore()
