"""The table of every page: calm rows, one selection, a place that is kept. Knows rows and ids only."""

from __future__ import annotations

import json

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from ui import theme
from ui.table_contract import ID_ROLE, RowsModel
from ui.widgets.cells import HeadRow, RowDelegate
from ui.widgets.frames import Card


class TableView(QTableView):
    """A table over a `RowsModel`.

    Args:
        name: what the rows are, for screen readers.
        model: see `ui.table_contract`.
        multi: several rows may be chosen.

    Signals:
        current_changed(str): id of the row now current, "" for none.
        selection_changed(tuple[str, ...]): ids chosen.
        opened(str): Enter or double click on a row that is not edited in place.
        layout_changed(): widths, order, sort or hidden columns changed; remember `layout_text()`.
    """

    current_changed = Signal(str)
    selection_changed = Signal(object)
    opened = Signal(str)
    layout_changed = Signal()

    def __init__(self, name: str, model: RowsModel, *, multi: bool = True) -> None:
        super().__init__()
        self._rows = model
        self._kept: tuple[tuple[str, ...], str, int] = ((), "", 0)
        self._fitting = False
        self._announced = ""
        self._scale = theme.current().scale
        self.setAccessibleName(name)
        self._build(multi=multi)
        self.setModel(model)
        self._build_columns()
        self._connect()

    def _build(self, *, multi: bool) -> None:
        self.setHorizontalHeader(HeadRow(self))
        self.setItemDelegate(RowDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if multi else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setMinimumSectionSize(1)
        upright.setDefaultSectionSize(theme.current().px(theme.ROW_HEIGHT))

    def _build_columns(self) -> None:
        look = theme.current()
        for place, column in enumerate(self._rows.columns):
            self.setColumnWidth(place, look.px(column.width))
            self.setColumnHidden(place, column.hidden)

    def _connect(self) -> None:
        head = self.horizontalHeader()
        head.sortIndicatorChanged.connect(self._on_sort)
        head.sectionClicked.connect(self._on_head_clicked)
        head.sectionResized.connect(self._on_resized)
        head.sectionMoved.connect(lambda *_: self.layout_changed.emit())
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda at: self.choose_columns(head.mapToGlobal(at)))
        self._rows.modelAboutToBeReset.connect(self._keep_place)
        self._rows.modelReset.connect(self._restore_place)
        self.doubleClicked.connect(lambda index: self.opened.emit(str(index.data(ID_ROLE) or "")))

    # rows

    def current_id(self) -> str:
        """The id of the current row, "" for none."""
        return str(self.currentIndex().data(ID_ROLE) or "")

    def selected_ids(self) -> tuple[str, ...]:
        """The ids chosen, in the order shown."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        shown = self._rows.shown_ids()
        return tuple(shown[place] for place in places if place < len(shown))

    def select(self, row_id: str) -> bool:
        """Make a row current and chosen; False when it is not shown."""
        place = self._rows.place_of(row_id)
        if place < 0:
            return False
        chosen = self._rows.index(place, 0)
        # Not selectRow: it looks at the keys still held, and Ctrl+Enter would add to what was chosen before.
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(chosen, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(chosen)
        return True

    def _keep_place(self) -> None:
        self._kept = (self.selected_ids(), self.current_id(), self.verticalScrollBar().value())

    def _restore_place(self) -> None:
        ids, current, scroll = self._kept
        last = len(self._rows.columns) - 1
        chosen = QItemSelection()
        for each in ids:
            place = self._rows.place_of(each)
            if place >= 0:
                chosen.select(self._rows.index(place, 0), self._rows.index(place, last))
        selection = self.selectionModel()
        selection.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        place = self._rows.place_of(current)
        if place >= 0:
            selection.setCurrentIndex(self._rows.index(place, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.updateGeometries()
        self.verticalScrollBar().setValue(scroll)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]  # noqa: N802
        super().currentChanged(current, previous)
        row_id = str(current.data(ID_ROLE) or "")
        if row_id != self._announced:
            self._announced = row_id
            self.current_changed.emit(row_id)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit(self.selected_ids())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        editing = self.state() is QAbstractItemView.State.EditingState
        if enter and not editing and self.current_id():
            self.opened.emit(self.current_id())
            return
        super().keyPressEvent(event)

    # columns

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Sort by a column."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(self._place_of(key), order)

    def _on_head_clicked(self, place: int) -> None:
        head = self.horizontalHeader()
        same = head.sortIndicatorSection() == place
        up = same and head.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        head.setSortIndicator(place, Qt.SortOrder.DescendingOrder if up else Qt.SortOrder.AscendingOrder)

    def _on_sort(self, place: int, order: Qt.SortOrder) -> None:
        self._rows.sort(place, order)
        self.horizontalHeader().viewport().update()
        self.layout_changed.emit()

    def choose_columns(self, at: QPoint) -> None:
        """Open the list of columns to show or hide."""
        menu = QMenu(self)
        for place, column in enumerate(self._rows.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.setEnabled(place > 0)
            action.toggled.connect(lambda on, which=place: self._show_column(which, shown=on))
        menu.exec(at)
        menu.deleteLater()

    def _show_column(self, place: int, *, shown: bool) -> None:
        self.setColumnHidden(place, not shown)
        self._fit()
        self.layout_changed.emit()

    def layout_text(self) -> str:
        """Widths, order, hidden columns and sort as text to remember."""
        head, scale = self.horizontalHeader(), theme.current().scale
        columns = {
            column.key: [head.visualIndex(place), round(self.columnWidth(place) / scale)]
            + ([1] if self.isColumnHidden(place) else [])
            for place, column in enumerate(self._rows.columns)
        }
        sort = self._rows.sort_state
        by = [self._rows.columns[sort[0]].key, int(sort[1])] if sort else []
        return json.dumps({"columns": columns, "sort": by})

    def restore_layout(self, text: str) -> None:
        """Take up a remembered layout; what no longer fits is left as it is."""
        try:
            saved = json.loads(text)
            columns, sort = dict(saved["columns"]), list(saved["sort"])
            wanted = sorted(
                (int(parts[0]), key, int(parts[1]), len(parts) > 2) for key, parts in columns.items()
            )
        except (ValueError, KeyError, TypeError, IndexError):
            return
        for visual, key, width, hidden in wanted:
            place = self._place_of(key)
            if place >= 0 and visual < len(self._rows.columns):
                self.horizontalHeader().moveSection(self.horizontalHeader().visualIndex(place), visual)
                self.setColumnWidth(place, theme.current().px(width))
                self.setColumnHidden(place, hidden and place > 0)
        if len(sort) == 2 and self._place_of(str(sort[0])) >= 0:
            self.sort_by(str(sort[0]), descending=bool(sort[1]))
        self._fit()

    def _place_of(self, key: str) -> int:
        return next((place for place, column in enumerate(self._rows.columns) if column.key == key), -1)

    def _on_resized(self, place: int, old: int, new: int) -> None:
        if not self._fitting:
            self._fit()
            self.layout_changed.emit()

    def _fit(self) -> None:
        """Give the stretching column what the others leave."""
        places = range(len(self._rows.columns))
        open_ones = [place for place in places if not self.isColumnHidden(place)]
        taker = next((place for place in open_ones if self._rows.columns[place].stretch), None)
        if taker is None:
            return
        others = sum(self.columnWidth(place) for place in open_ones if place != taker)
        least = theme.current().px(self._rows.columns[taker].width)
        self._fitting = True
        self.setColumnWidth(taker, max(least, self.viewport().width() - others))
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._scale != theme.current().scale:
            self._rescale(theme.current().scale)

    def _rescale(self, scale: float) -> None:
        """Take up a new text size; widths a person chose grow with it."""
        by, self._scale = scale / self._scale, scale
        self.verticalHeader().setDefaultSectionSize(theme.current().px(theme.ROW_HEIGHT))
        for place in range(len(self._rows.columns)):
            if not self.isColumnHidden(place):
                self.setColumnWidth(place, round(self.columnWidth(place) * by))
        self._fit()


def table_card(table: TableView, *above: QWidget) -> QWidget:
    """A table in a card that reaches the card's edges; `above` goes between edge and table."""
    card = Card(padding=0, gap=0)
    for widget in above:
        card.add(widget)
    card.add(table, 1)
    return card
