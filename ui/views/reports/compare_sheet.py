"""Two reports of one kind side by side: choose the other one, see who and what is other, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.rows import ReportRow
from app.i18n import _
from ui.messages import told_of
from ui.theme import Role
from ui.views.reports.compare_lines import compared_lines
from ui.views.reports.wording import day_words, language_name, state_words
from ui.widgets.dialogs import Sheet
from ui.widgets.emptying import empty
from ui.widgets.fields import Field
from ui.widgets.frames import Scrolled
from ui.widgets.labels import Text
from ui.widgets.terms import TermCombo
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

if TYPE_CHECKING:
    from app.services.comparing import Compared
    from ui.worker import Ticket


class CompareSheet(Sheet):
    """The dialog.

    Args:
        parent: window.
        row: the report somebody looks at.
        others: those of its kind, newest first; the first is compared at once.
    """

    def __init__(
        self, parent: QWidget, workplace: Workplace, row: ReportRow, others: Sequence[ReportRow]
    ) -> None:
        super().__init__(parent, _("Compare report {number}").format(number=row.number), width=640)
        self._workplace, self._row = workplace, row
        self._ticket: Ticket | None = None
        self.other = TermCombo(
            _("With"), [(one.id, _choice(one)) for one in others], others[0].id, may_be_empty=False
        )
        self.other.chosen.connect(self._read)
        self.add(Field(_("With"), self.other))
        self.strip = WorkingStrip()
        self.strip.cancel_pressed.connect(self.reject)
        self.add(self.strip)
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self.add(self.wrong)
        self.wrong.hide()
        self.found: Compared | None = None
        self._inside = Scrolled(gap=10)
        self._inside.body.setContentsMargins(0, 0, 12, 0)
        self.add(self._inside, 1)
        self.finished.connect(self._on_finished)
        self._read(others[0].id)

    def _read(self, other: str) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        session, mine = self._workplace.session, self._row.id
        self.found = None
        empty(self._inside.body)
        self.wrong.hide()
        self.strip.start(_("Reading what was known then"))
        self._ticket = self._workplace.tasks.long(
            lambda progress: session.comparing.compare(mine, other, progress),
            initiator=self,
            done=self._show,
            failed=self._say_failed,
            step=self.strip.set_progress,
        )

    def _show(self, found: Compared) -> None:
        self.strip.finish()
        self.found = found
        empty(self._inside.body)
        for widget in compared_lines(found):
            self._inside.add(widget)
        self._inside.body.addStretch(1)

    def _say_failed(self, failure: Failure) -> None:
        self.strip.finish()
        self.wrong.setText(told_of(failure).text)
        self.wrong.show()

    def _on_finished(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self.deleteLater()


def others_of(row: ReportRow, rows: Sequence[ReportRow]) -> list[ReportRow]:
    """Reports of the same kind: the one before it first, then the newest."""
    alike = [one for one in rows if one.report_kind == row.report_kind and one.id != row.id]
    alike.sort(key=lambda one: str(one.made_at or ""), reverse=True)
    before = next((one for one in alike if str(one.made_at or "") < str(row.made_at or "")), None)
    return ([before] if before is not None else []) + [one for one in alike if one is not before]


def open_compare(parent: QWidget, workplace: Workplace, row: ReportRow, rows: Sequence[ReportRow]) -> None:
    """Open the dialog about a report that has others of its kind."""
    CompareSheet(parent.window(), workplace, row, others_of(row, rows)).open_large(720, 680)


def _choice(row: ReportRow) -> str:
    when = day_words(row.written_at or row.made_at)
    parts = (row.number, row.title, when, language_name(row.language), state_words(row.state))
    return " · ".join(part for part in parts if part)
