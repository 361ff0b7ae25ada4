"""The preview: counts that filter, rows beside their detail, remarks, likely doubles, columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _, ngettext, number_words
from app.intake.mapping import Meaning
from app.intake.parts import worth_choosing
from app.intake.problems import note_words
from app.intake.staged import READING_WORDS, Reading, StagedRow
from app.services.intake import Looked
from ui.theme import Role
from ui.views.intake import kin_words, tables
from ui.views.intake.column_card import ColumnCard
from ui.views.intake.memory_notice import MemoryNotice
from ui.views.intake.most_notice import MostNotice
from ui.views.intake.part_card import PartCard
from ui.views.intake.photos import PhotosButton, photos_model, shown_photos
from ui.views.intake.row_card import RowCard
from ui.views.intake.words import doubles_of
from ui.widgets.buttons import FilterChip, InlineDrop
from ui.widgets.flow import FlowLayout
from ui.widgets.frames import MasterDetail, Notice, Tone
from ui.widgets.labels import Run, paragraph
from ui.widgets.table import TableView, table_card
from ui.widgets.tabs import TabStrip

_ALL, _DIFFERS, _REMARKS = "all", "differs", "remarks"
_TABS: Final = ("rows", "problems", "doubles", "columns", "parts", "photos")
SAME, NEW = "same", "new"


class PreviewStep(QWidget):
    """What bringing the list in would do.

    Signals:
        decided(int, str): see `RowCard.decided`.
        search_asked(int): see `RowCard.search_asked`.
        godparent_decided(str, str): see `RowCard.godparent_decided`.
        kin_decided(object, int, str): see `RowCard.kin_decided`.
        decided_all(str): every doubtful row is the person named (`SAME`) or somebody new (`NEW`).
        columns_chosen(object, object): a `Part` and what its columns are, see `ColumnCard.chosen`.
        switched(str, object, bool): see `PartCard.switched`.
        memory_asked(bool): read it as the last list of its source, or as the program guesses.
    """

    decided = Signal(object, str)
    decided_all = Signal(str)
    search_asked = Signal(object)
    godparent_decided = Signal(str, str)
    kin_decided = Signal(object, int, str)
    columns_chosen = Signal(object, object)
    switched = Signal(str, object, bool)
    memory_asked = Signal(bool)

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
        self.memory = MemoryNotice()
        self.memory.asked.connect(self.memory_asked)
        column.addWidget(self._said)
        column.addWidget(self._notes)
        column.addWidget(self.memory)
        self.most = MostNotice()
        column.addWidget(self.most)
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
        self.photos = PhotosButton()
        column.addWidget(self._chips)
        self.tabs = TabStrip(
            _("What to look at"),
            [
                ("rows", _("Rows")),
                ("problems", _("Remarks")),
                ("doubles", _("Likely doubles")),
                ("columns", _("Columns")),
                ("parts", _("Tables")),
                ("photos", _("Photos")),
            ],
        )
        self._models = (
            tables.rows_model(),
            tables.problems_model(),
            tables.doubles_model(),
            tables.columns_model(),
            tables.parts_model(),
            photos_model(),
        )
        rows, problems, doubles, columns, parts, photos = self._models
        self.tables = (
            TableView(_("Rows"), rows, multi=False),
            TableView(_("Remarks"), problems, multi=False),
            TableView(_("Likely doubles"), doubles, multi=False),
            TableView(_("Columns"), columns, multi=False),
            TableView(_("Tables"), parts, multi=False),
            TableView(_("Photos"), photos, multi=False),
        )
        self._stack, self._details = QStackedWidget(), QStackedWidget()
        self.card, self.column_card, self.part_card = RowCard(), ColumnCard(), PartCard()
        for card in (self.card, self.column_card, self.part_card):
            self._details.addWidget(card)
        self._split = MasterDetail(self._stack, self._details)
        for table in self.tables:
            self._stack.addWidget(table_card(table))
            table.current_changed.connect(self._on_current)
            table.opened.connect(lambda _id: self._split.show_detail())
        self.card.decided.connect(self.decided)
        self.card.search_asked.connect(self.search_asked)
        self.card.godparent_decided.connect(self.godparent_decided)
        self.card.kin_decided.connect(self.kin_decided)
        self.column_card.chosen.connect(self._on_column)
        self.part_card.switched.connect(self.switched)
        self.tabs.chosen.connect(self._on_tab)
        column.addWidget(self.tabs)
        column.addWidget(self._split, 1)

    def show_looked(
        self, looked: Looked, decided: Mapping[int, StagedRow] | None = None, *, first: bool = True
    ) -> None:
        """Show this preview; the row in front stays in front unless it is the first look at a file."""
        self._looked = looked
        preview = looked.preview
        self._rows = {row.number: row for row in preview.rows}
        self.card.set_decided(decided or {})
        rows, problems, doubles, columns, parts, photos = self._models
        rows.set_rows(preview.rows)
        problems.set_rows([problem for row in preview.rows for problem in row.problems])
        doubles.set_rows(doubles_of(preview, looked.known))
        columns.set_rows(looked.columns)
        parts.set_rows(looked.parts)
        photos.set_rows(shown_photos(looked))
        self.photos.show_photos(looked.photos)
        self.tabs.setTabVisible(_TABS.index("parts"), worth_choosing(looked.parts))
        self.tabs.setTabVisible(_TABS.index("photos"), bool(looked.photos.lines))
        self._say()
        self._build_chips()
        self.most.show_looked(looked, first=first)
        if first:
            self._begin(looked)
        self._on_current(self.tables[self._stack.currentIndex()].current_id())

    def _begin(self, looked: Looked) -> None:
        """The first look at a file: its rows, or its columns where nobody has a name yet.

        A newer list of a source shows what differs: what is known already is one chip away.
        """
        rows = looked.preview.rows
        begins = _DIFFERS if 0 < looked.unchanged < len(rows) else _ALL
        for chip in self._group.buttons():
            chip.setChecked(chip.property("key") == begins)
        if rows:
            self.tables[0].select(str(rows[0].number))
        self._on_chip(begins)
        self.tables[3].select(looked.columns[0].key if looked.columns else "")
        self.tables[4].select("0")
        self.tabs.choose("rows" if rows else "columns")

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
        self.memory.show_looked(self._looked)

    def _build_chips(self) -> None:
        if self._looked is None:
            return
        counts = self._looked.preview.counts
        numbers = {
            _ALL: (_("all"), counts.rows),
            _DIFFERS: (_("what differs"), counts.rows - self._looked.unchanged),
            **{
                reading.value: (_(READING_WORDS[reading]), int(getattr(counts, reading.value)))
                for reading in Reading
            },
            Reading.UNCHANGED.value: (_(READING_WORDS[Reading.UNCHANGED]), self._looked.unchanged),
            _REMARKS: (_("with remarks"), sum(1 for row in self._rows.values() if row.problems)),
        }
        if not self._group.buttons():
            self._add_chips(list(numbers))
        self._all.setVisible(counts.doubtful > 1)
        for button in self._group.buttons():
            key = str(button.property("key"))
            words, number = numbers[key]
            button.setText(f"{words} · {number_words(number)}")
            # Only files with several tables have such rows: nobody else needs the word.
            needless = key == Reading.JOINED.value and not number
            button.setVisible(not (needless or (key == _DIFFERS and not self._looked.unchanged)))

    def _add_chips(self, keys: Sequence[str]) -> None:
        layout = self._chips.layout()
        if layout is None:
            return
        for key in keys:
            chip = FilterChip("", on=key == _ALL)
            chip.setProperty("key", key)
            chip.setObjectName(f"chip-{key}")
            chip.clicked.connect(lambda _on=False, key=key: self._on_chip(key))
            self._group.addButton(chip)
            layout.addWidget(chip)
        layout.addWidget(self._all)
        layout.addWidget(self.photos)

    def _on_chip(self, key: str) -> None:
        self.tabs.choose("rows")
        model = self._models[0]
        if key == _ALL:
            model.set_filter(None)
        elif key == _DIFFERS:
            model.set_filter(lambda row: not row.changes_nothing)
        elif key == Reading.UNCHANGED.value:
            model.set_filter(lambda row: row.changes_nothing)
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
        place = _TABS.index(key)
        self._stack.setCurrentIndex(place)
        self._details.setCurrentIndex({"columns": 1, "parts": 2}.get(key, 0))
        self._on_current(self.tables[place].current_id())

    def _on_current(self, current: str) -> None:
        looked = self._looked
        if looked is None:
            return
        if self.tabs.key() == "columns":
            facts = next((one for one in looked.columns if one.key == current), None)
            self.column_card.show_column(facts, looked.parts[facts.part] if facts is not None else None)
        elif self.tabs.key() == "parts":
            self.part_card.show_part(looked.parts[int(current)] if current.isdecimal() else None)
        else:
            number = current.partition("/")[0]
            self.card.show_row(self._rows.get(int(number)) if number.isdecimal() else None, looked)

    def _on_column(self, chosen: Mapping[int, Meaning | None]) -> None:
        self.columns_chosen.emit(self.column_card.part, chosen)
