"""What a list did when it came in, as a sheet: new people, changes, rows left out, remarks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QButtonGroup, QWidget

from app.domain.rows import ListRunRow
from app.i18n import _, ngettext, number_words
from app.intake.staged import READING_WORDS, Reading
from app.intake.table import row_order, row_words
from app.services.list_reports import RunLine, RunReport
from ui.columns import Badge, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.theme import Role
from ui.views.intake.words import reading_badge
from ui.views.prisoners.wording import moment_words
from ui.widgets.buttons import FilterChip
from ui.widgets.dialogs import Sheet
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import paragraph
from ui.widgets.table import TableView, table_card
from ui.worker import Failure
from ui.workplace import Workplace

_WIDTH, _HEIGHT = 980, 720
_REMARKS: Final = "remarks"
_ORDER: Final = (Reading.NEW, Reading.CHANGED, Reading.DOUBTFUL, Reading.REFUSED, Reading.LEFT_OUT)


def open_report(
    workplace: Workplace, panel: QWidget, run: ListRunRow, failed: Callable[[Failure], None]
) -> None:
    """Read what a list did and show it over the window of a panel."""
    session = workplace.session
    when = f" · {moment_words(run.brought_in_at)}" if run.brought_in_at else ""
    workplace.tasks.query(
        lambda: session.intake.report(run.id),
        initiator=panel,
        done=lambda found: RunReportSheet(
            workplace, panel.window(), f"{run.source_name}{when}", found
        ).show_over(),
        failed=failed,
    )


class RunReportSheet(Sheet):
    """Lines of one list; Enter on somebody opens them.

    Args:
        workplace: of the window.
        parent: the sheet it stands over.
        title: whose list, and when.
        report: what it did.
    """

    def __init__(self, workplace: Workplace, parent: QWidget, title: str, report: RunReport) -> None:
        super().__init__(parent, title, width=640, way_out=_("Close"))
        self.setObjectName("run-report")
        self._workplace = workplace
        self._lines = {line.id: line for line in report.lines}
        self._group = QButtonGroup(self)
        chips = QWidget()
        flow = FlowLayout(chips)
        for key, words, count in _kinds(report):
            chip = FilterChip(f"{words} · {number_words(count)}", on=not key)
            chip.clicked.connect(lambda _on=False, key=key: self._narrow(key))
            self._group.addButton(chip)
            flow.addWidget(chip)
        self._model = _model()
        self._model.set_rows(report.lines)
        self.table = TableView(_("What the list did"), self._model, multi=False)
        self.table.opened.connect(self._open)
        self.add(chips)
        self.add(table_card(self.table), 1)
        if report.more:
            words = ngettext("{n} more is not listed.", "{n} more are not listed.", report.more)
            self.add(paragraph(words, Role.MUTED))

    def show_over(self) -> None:
        """Open it over its sheet, as large as there is room for."""
        self.open_large(_WIDTH, _HEIGHT, narrowest=640)

    def _narrow(self, key: str) -> None:
        if not key:
            self._model.set_filter(None)
        elif key == _REMARKS:
            self._model.set_filter(_is_remark)
        else:
            self._model.set_filter(lambda line: line.reading.value == key and not _is_remark(line))

    def _open(self, line: str) -> None:
        found = self._lines.get(line)
        if found is not None and found.prisoner:
            parent = self.parentWidget()
            self.accept()
            if isinstance(parent, Sheet):
                parent.reject()
            self._workplace.go("prisoners", found.prisoner)


def _is_remark(line: RunLine) -> bool:
    """Whether a line is about a row that came in all the same."""
    return line.row is not None and line.reading not in (
        Reading.DOUBTFUL,
        Reading.REFUSED,
        Reading.LEFT_OUT,
    )


def _kinds(report: RunReport) -> list[tuple[str, str, int]]:
    found = [("", _("all"), len(report.lines))]
    for reading in _ORDER:
        lines = [line for line in report.lines if line.reading is reading and not _is_remark(line)]
        if lines:
            found.append((reading.value, _(READING_WORDS[reading]), len(lines)))
    remarks = sum(map(_is_remark, report.lines))
    return [*found, (_REMARKS, _("with remarks"), remarks)] if remarks else found


def _model() -> RowTableModel[RunLine]:
    column = Column[RunLine]
    return RowTableModel(
        [
            column("what", _("What came of it"), _badge, CellKind.BADGE, width=140),
            column("who", _("Who, or which row"), _who, CellKind.STRONG, sort_key=_who_sorted, width=240),
            column(
                "said",
                _("What changed, or why"),
                lambda line: " · ".join(line.said) or None,
                width=360,
                stretch=True,
            ),
        ],
        lambda line: line.id,
    )


def _badge(line: RunLine) -> Badge | str:
    return reading_badge(line.reading)


def _who(line: RunLine) -> str:
    return line.name or _("row {number}").format(number=row_words(line.row or 0))


def _who_sorted(line: RunLine) -> tuple[str | int, ...]:
    return (int(line.row is not None), line.name.casefold(), *row_order(line.row or 0))
