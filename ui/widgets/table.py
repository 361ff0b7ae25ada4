"""The table of every page: calm rows, columns one arranges, a place that is kept. Knows rows and ids only."""

from __future__ import annotations

import json

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from ui import theme
from ui.table_contract import RowsModel
from ui.widgets.cells import HeadRow, RowDelegate
from ui.widgets.choosing import ChoosingView
from ui.widgets.column_fit import fitted
from ui.widgets.frames import Card


class TableView(ChoosingView):
    """A table over a `RowsModel`; what is chosen see `ChoosingView`.

    Args:
        name: what the rows are, for screen readers.
        model: see `ui.table_contract`.
        multi: several rows may be chosen.

    Signals:
        layout_changed(): widths, order, sort or hidden columns changed; remember `layout_text()`.
    """

    layout_changed = Signal()

    def __init__(self, name: str, model: RowsModel, *, multi: bool = True) -> None:
        super().__init__(model)
        self._fitting = False
        self._scale = theme.current().scale
        self._wanted: list[int] = []  # widths as declared or chosen; a narrow window may show less
        self._put_away: set[int] = set()  # columns as declared or chosen; a narrow window may show fewer
        self._tucked: set[int] = set()  # those it has no room for
        self._refit = QTimer(self)
        self._refit.setSingleShot(True)
        self._refit.timeout.connect(self._fit)
        self.setAccessibleName(name)
        self._build(multi=multi)
        self.setModel(model)
        self._build_columns()
        self._connect()

    def _build(self, *, multi: bool) -> None:
        self.setHorizontalHeader(HeadRow(self))
        self.setItemDelegate(RowDelegate(self._rows, self))
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
        self._wanted = [look.px(column.width) for column in self._rows.columns]
        for place, column in enumerate(self._rows.columns):
            self.setColumnWidth(place, self._wanted[place])
            self.put_away(place, away=column.hidden)

    def _connect(self) -> None:
        head = self.horizontalHeader()
        head.sortIndicatorChanged.connect(self._on_sort)
        head.sectionClicked.connect(self._on_head_clicked)
        head.sectionResized.connect(self._on_resized)
        head.sectionMoved.connect(lambda *_: self.layout_changed.emit())
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda at: self.choose_columns(head.mapToGlobal(at)))
        for changed in (self._rows.modelReset, self._rows.layoutChanged, self._rows.dataChanged):
            changed.connect(self._on_rows)

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
            action.setChecked(place not in self._put_away)
            action.setEnabled(place > 0)
            action.toggled.connect(lambda on, which=place: self._show_column(which, shown=on))
        menu.exec(at)
        menu.deleteLater()

    def put_away(self, place: int, *, away: bool) -> None:
        """Hide a column until it is chosen again, whatever the room."""
        (self._put_away.add if away else self._put_away.discard)(place)
        self._hide_or_show(place)

    def tuck(self, place: int, *, tucked: bool) -> None:
        """Hide a column for want of room; with room it is back, unless somebody put it away."""
        (self._tucked.add if tucked else self._tucked.discard)(place)
        self._hide_or_show(place)

    def _hide_or_show(self, place: int) -> None:
        before, self._fitting = self._fitting, True  # a width given back is none somebody chose
        self.setColumnHidden(place, place in self._put_away or place in self._tucked)
        self._fitting = before

    def _show_column(self, place: int, *, shown: bool) -> None:
        self.put_away(place, away=not shown)
        self._fit()
        self.layout_changed.emit()

    def layout_text(self) -> str:
        """Widths, order, hidden columns and sort as text to remember."""
        head, scale = self.horizontalHeader(), theme.current().scale
        columns = {
            column.key: [head.visualIndex(place), round(self._wanted[place] / scale)]
            + ([1] if place in self._put_away else [])
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
                self._wanted[place] = theme.current().px(width)
                self.put_away(place, away=hidden and place > 0)
        if len(sort) == 2 and self._place_of(str(sort[0])) >= 0:
            self.sort_by(str(sort[0]), descending=bool(sort[1]))
        self._fit()

    def _place_of(self, key: str) -> int:
        return next((place for place, column in enumerate(self._rows.columns) if column.key == key), -1)

    def _on_resized(self, place: int, old: int, new: int) -> None:
        if not self._fitting and new > 0:
            self._wanted[place] = new
            self._fit()
            self.layout_changed.emit()

    def _on_rows(self) -> None:
        """Other rows may need other widths; looked at once they are shown, and only where it is narrow."""
        if self._is_narrow():
            self._refit.start(0)

    def _is_narrow(self) -> bool:
        places = [place for place in range(len(self._rows.columns)) if place not in self._put_away]
        return sum(self._wanted[place] for place in places) > self.viewport().width()

    def _shown_places(self) -> list[int]:
        return [place for place in range(len(self._rows.columns)) if not self.isColumnHidden(place)]

    def _fit(self) -> None:
        """Give the stretching column what the others leave, and a narrow window what it needs."""
        self._tuck_spare()
        places = self._shown_places()
        takers = [at for at, place in enumerate(places) if self._rows.columns[place].stretch]
        taker = takers[-1] if takers else None
        widths = wanted = [self._wanted[place] for place in places]
        if taker is not None:
            needed = [self._needed(place) for place in places] if self._is_narrow() else wanted
            widths = fitted(wanted, needed, self.viewport().width(), taker)
        self._fitting = True
        for place, width in zip(places, widths, strict=True):
            self.setColumnWidth(place, width)
        self._fitting = False

    def _tuck_spare(self) -> None:
        """Put the spare columns away, as many as it takes for the words of the others to be read whole."""
        columns = self._rows.columns
        spare = sorted(
            (place for place, column in enumerate(columns) if column.spare and place not in self._put_away),
            key=lambda place: -columns[place].spare,
        )
        for place in spare:
            self.tuck(place, tucked=False)
        if not spare or not self._is_narrow():
            return
        # A title may be as long as somebody likes: for more than twice its column nothing goes.
        needs = {place: min(self._needed(place), 2 * self._wanted[place]) for place in self._shown_places()}
        for place in spare:
            if sum(needs.values()) <= self.viewport().width():
                return
            self.tuck(place, tucked=True)
            del needs[place]

    def _needed(self, place: int) -> int:
        """Width at which no head and no cell in sight is cut."""
        return max(self.sizeHintForColumn(place), self.horizontalHeader().sectionSizeHint(place))

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
        self._wanted = [round(width * by) for width in self._wanted]
        self._fit()


def table_card(table: TableView, *above: QWidget) -> QWidget:
    """A table in a card that reaches the card's edges; `above` goes between edge and table."""
    card = Card(padding=0, gap=0)
    for widget in above:
        card.add(widget)
    card.add(table, 1)
    return card
