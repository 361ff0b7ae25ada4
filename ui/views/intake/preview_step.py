"""The preview: counts that filter, rows beside their detail, remarks, likely doubles, columns."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _, ngettext, number_words
from app.intake.problems import note_words
from app.intake.staged import READING_WORDS, Reading, StagedRow
from app.services.intake import Looked
from ui.theme import Role
from ui.views.intake import kin_words, tables
from ui.views.intake.row_card import RowCard
from ui.views.intake.words import doubles_of
from ui.widgets.buttons import FilterChip, InlineDrop
from ui.widgets.flow import FlowLayout
from ui.widgets.frames import MasterDetail, Notice, Tone
from ui.widgets.labels import Run, paragraph
from ui.widgets.table import TableView, table_card
from ui.widgets.tabs import TabStrip

_ALL, _REMARKS = "all", "remarks"
SAME, NEW = "same", "new"


class PreviewStep(QWidget):
    """What bringing the list in would do.

    Signals:
        decided(int, str): see `RowCard.decided`.
        search_asked(int): see `RowCard.search_asked`.
        godparent_decided(str, str): see `RowCard.godparent_decided`.
        decided_all(str): every doubtful row is the person named (`SAME`) or somebody new (`NEW`).
    """

    decided = Signal(int, str)
    decided_all = Signal(str)
    search_asked = Signal(int)
    godparent_decided = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._looked: Looked | None = None
        self._rows: Mapping[int, StagedRow] = {}
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._notes = Notice("", Tone.AMBER)
        self._said = paragraph("", Role.MUTED)
        column.addWidget(self._said)
        column.addWidget(self._notes)
        self._chips = QWidget()
        FlowLayout(self._chips)
        self._group = QButtonGroup(self)
        choices = [
            ("", _("Decide all doubtful")),
            (SAME, _("All: the person named")),
            (NEW, _("All: somebody new")),
        ]
        self._all = InlineDrop(_("Decide all doubtful"), choices)
        self._all.chosen.connect(self._on_all)
        column.addWidget(self._chips)
        self.tabs = TabStrip(
            _("What to look at"),
            [
                ("rows", _("Rows")),
                ("problems", _("Remarks")),
                ("doubles", _("Likely doubles")),
                ("columns", _("Columns")),
            ],
        )
        self._models = (
            tables.rows_model(),
            tables.problems_model(),
            tables.doubles_model(),
            tables.columns_model(),
        )
        rows, problems, doubles, columns = self._models
        self.tables = (
            TableView(_("Rows"), rows, multi=False),
            TableView(_("Remarks"), problems, multi=False),
            TableView(_("Likely doubles"), doubles, multi=False),
            TableView(_("Columns"), columns, multi=False),
        )
        self._stack = QStackedWidget()
        self.card = RowCard()
        self._split = MasterDetail(self._stack, self.card)
        for table in self.tables:
            self._stack.addWidget(table_card(table))
            table.current_changed.connect(self._on_current)
            table.opened.connect(lambda _id: self._split.show_detail())
        self.card.decided.connect(self.decided)
        self.card.search_asked.connect(self.search_asked)
        self.card.godparent_decided.connect(self.godparent_decided)
        self.tabs.chosen.connect(self._on_tab)
        column.addWidget(self.tabs)
        column.addWidget(self._split, 1)

    def show_looked(self, looked: Looked, decided: Mapping[int, StagedRow] | None = None) -> None:
        """Show this preview; the row in front stays in front."""
        first = self._looked is None
        self._looked = looked
        preview = looked.preview
        self._rows = {row.number: row for row in preview.rows}
        self.card.set_decided(decided or {})
        rows, problems, doubles, columns = self._models
        rows.set_rows(preview.rows)
        problems.set_rows([problem for row in preview.rows for problem in row.problems])
        doubles.set_rows(doubles_of(preview, looked.known))
        columns.set_rows(preview.columns)
        self._say()
        self._build_chips(first=first)
        if first:
            self.tables[0].select(str(preview.rows[0].number))
        self._on_current(self.tables[self._stack.currentIndex()].current_id())

    def _say(self) -> None:
        if self._looked is None:
            return
        counts = self._looked.preview.counts
        parts = [
            _("Nothing here is taken as consent."),
            ngettext("{n} person", "{n} people", counts.people),
            ngettext("{n} recognised and held", "{n} recognised and held", counts.recognised),
            ngettext("{n} anonymous", "{n} anonymous", counts.anonymous),
        ]
        parts += kin_words.totals(self._looked)
        if self._looked.cells_left_out:
            parts.append(_("Closed cells are left out: you do not hold the key of the desk."))
        self._said.set_runs([Run(parts[0] + " ", Role.STRONG), Run(" · ".join(parts[1:]), Role.MUTED)])
        notes = [note_words(note) for note in self._looked.preview.notes]
        self._notes.set_text(" ".join(notes))
        self._notes.setVisible(bool(notes))

    def _build_chips(self, *, first: bool) -> None:
        if self._looked is None:
            return
        counts = self._looked.preview.counts
        numbers = {
            _ALL: (_("all"), counts.rows),
            **{
                reading.value: (_(READING_WORDS[reading]), int(getattr(counts, reading.value)))
                for reading in Reading
            },
            _REMARKS: (_("with remarks"), sum(1 for row in self._rows.values() if row.problems)),
        }
        self._all.setVisible(counts.doubtful > 1)
        if not first:
            for button in self._group.buttons():
                words, number = numbers[str(button.property("key"))]
                button.setText(f"{words} · {number_words(number)}")
            return
        layout = self._chips.layout()
        for key, (words, number) in numbers.items():
            chip = FilterChip(f"{words} · {number_words(number)}", on=key == _ALL)
            chip.setProperty("key", key)
            chip.setObjectName(f"chip-{key}")
            chip.clicked.connect(lambda _on=False, key=key: self._on_chip(key))
            self._group.addButton(chip)
            if layout is not None:
                layout.addWidget(chip)
        if layout is not None:
            layout.addWidget(self._all)

    def _on_chip(self, key: str) -> None:
        self.tabs.choose("rows")
        model = self._models[0]
        if key == _ALL:
            model.set_filter(None)
        elif key == _REMARKS:
            model.set_filter(lambda row: bool(row.problems))
        else:
            model.set_filter(lambda row: row.reading.value == key)
        shown = model.shown_ids()
        if shown and self.tables[0].chosen_id() not in shown:
            self.tables[0].select(shown[0])

    def _on_all(self, choice: str) -> None:
        self._all.set_value("")
        if choice:
            self.decided_all.emit(choice)

    def _on_tab(self, key: str) -> None:
        self._stack.setCurrentIndex(("rows", "problems", "doubles", "columns").index(key))
        self._split.set_has_detail(key != "columns")
        self._on_current(self.tables[self._stack.currentIndex()].current_id())

    def _on_current(self, current: str) -> None:
        if self._looked is None:
            return
        number = current.partition("/")[0]
        row = self._rows.get(int(number)) if number.isdigit() and self.tabs.key() != "columns" else None
        self.card.show_row(row, self._looked)
