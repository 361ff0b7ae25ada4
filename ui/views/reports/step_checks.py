"""Step 4: every check in words, what it looked at, and its result for every file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.report import CheckResult, ReportFile
from app.i18n import _, ngettext, number_words
from app.reports.kinds import FORMATS
from ui.columns import Badge, Cell, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.theme import Role
from ui.views.reports.side import SideCard, then_notice
from ui.views.reports.wording import fingerprint, format_words, looked_words, size_words, where_words
from ui.views.reports.work import Seen, Start
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Run, RunText, SectionHead, Text, paragraph, stacked
from ui.widgets.table import TableView, table_card


@attrs.frozen
class CheckRow:
    """One check over all files."""

    id: str
    words: str
    looked_at: str
    results: Mapping[str, Badge]


class ChecksTable(TableView):
    """Says every check whole: in a narrow window the numbers by the marks go, then what was looked at.

    All formats are as wide as each other. A number that is not shown is in the tool tip and still spoken.
    """

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Share the room there is."""
        places = {column.key: place for place, column in enumerate(self._rows.columns)}
        formats = [places[key] for key in FORMATS if not self.isColumnHidden(places[key])]
        if not formats:
            return
        if places["looked"] in self._tucked:
            self.tuck(places["looked"], tucked=False)  # a hidden head needs nothing
        looked = self._needed(places["looked"])
        whole = max(self._needed(place) for place in formats)
        mark = max(self.horizontalHeader().sectionSizeHint(place) for place in formats)
        room = self.viewport().width() - self._needed(places["words"])
        width = whole if whole * len(formats) <= room else mark
        self.tuck(places["looked"], tucked=room - width * len(formats) < looked)
        for place, wanted in ((places["looked"], looked), *((each, width) for each in formats)):
            self.setColumnWidth(place, wanted)


class ChecksStep(QWidget):
    """Table of checks, and beside it what came of them."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        columns = [
            Column[CheckRow](
                "words", _("Check"), lambda row: row.words, CellKind.STRONG, width=250, stretch=True
            ),
            *(self._result(each) for each in FORMATS),
            Column[CheckRow]("looked", _("Looked at"), _looked, CellKind.MUTED, width=130),
        ]
        self.model = RowTableModel(columns, lambda row: row.id)
        self.table = ChecksTable(_("Checks"), self.model, multi=False)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        row.addWidget(table_card(self.table), 1)
        self.side = SideCard()
        row.addWidget(self.side)

    def _result(self, file_format: str) -> Column[CheckRow]:
        def cell(row: CheckRow) -> Cell:
            return row.results.get(file_format)

        return Column[CheckRow](file_format, file_format.upper(), cell, CellKind.BADGE, width=98)

    def show_seen(self, seen: Seen, start: Start) -> None:
        """Fill it."""
        rows = [
            CheckRow(key, _(start.check_words[key]), looked_words(key), results)
            for key, results in _by_check(seen.checks, start).items()
        ]
        self.model.set_rows([*rows, _names_row(seen)] if rows else ())
        for place, column in enumerate(self.model.columns):
            if column.key in FORMATS:
                self.table.tuck(place, tucked=column.key not in seen.formats)
        self.table.arrange()
        self._fill_side(seen, start)

    def _fill_side(self, seen: Seen, start: Start) -> None:
        side = self.side
        side.clear()
        bad = [check for check in seen.checks if not check.passed]
        if bad:
            words = _("Nothing was kept. Change the people or the text, then run the checks again.")
            side.add(Notice(words, Tone.RED, lead=_("A check refused this report.")))
            side.add(SectionHead(_("Where")))
            for check in bad:
                side.add(refused_line(check, start))
        elif seen.checks:
            words = ngettext(
                "{n} check over the finished files, opened again by other programs.",
                "{n} checks over the finished files, opened again by other programs.",
                len(seen.checks),
            )
            side.add(Notice(words, Tone.GREEN, lead=_("All passed.")))
        if seen.files:
            side.add(SectionHead(_("Files")))
            for file in seen.files:
                side.add(file_lines(file))
            words = _("A fingerprint tells whether a file is still the very same, byte for byte.")
            side.add(paragraph(words, Role.MUTED))
        if seen.report is not None and seen.report.state == "checked":
            side.add(then_notice(seen, start))
        side.body.addStretch(1)

    def focus_first(self) -> None:
        """The keyboard goes to the checks."""
        self.table.choose_first()
        self.table.setFocus()


def _looked(row: CheckRow) -> Cell:
    return row.looked_at


def _by_check(checks: Iterable[CheckResult], start: Start) -> dict[str, dict[str, Badge]]:
    """Results by check and format, in the order people are told of checks."""
    found: dict[str, dict[str, Badge]] = {key: {} for key in start.check_words}
    for check in checks:
        found.setdefault(check.check, {})[check.file_format] = result_badge(check)
    return {key: results for key, results in found.items() if results and key in start.check_words}


def _names_row(seen: Seen) -> CheckRow:
    """The one check that needs the key of the desk."""
    searched = seen.report is not None and seen.report.names_searched_at is not None
    badge = Badge(State.YES, _("searched")) if searched else Badge(State.UNASKED, _("not yet"))
    words = _("No protected name in any spelling")
    return CheckRow("names", words, _("by the approver"), dict.fromkeys(seen.formats, badge))


def result_badge(result: CheckResult) -> Badge:
    """Passed with how much it looked at; where one stopped is said beside the table."""
    if result.passed:
        return Badge(State.YES, number_words(result.examined or 0))
    return Badge(State.NO, _("refused"))


def refused_line(check: CheckResult, start: Start) -> QWidget:
    """Which check, in which file, where. Never the text it found."""
    what = _(start.check_words.get(check.check, check.check))
    place = f"{check.file_format.upper()}, {where_words(check.where)}"
    return RunText([Run(what, state=State.NO), Run(f" · {place}", Role.MUTED)])


def file_lines(file: ReportFile) -> QWidget:
    """Name, size and fingerprint of a file."""
    size = size_words(file.size_bytes)
    runs = [Run(file.name or format_words([file.file_format]), Role.STRONG)]
    if size:
        runs.append(Run(f"  {size}", Role.MUTED))
    return stacked(RunText(runs), Text(f"{_('fingerprint')} {fingerprint(file.sha256)}", Role.MUTED), gap=0)
