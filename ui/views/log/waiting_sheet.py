"""Prisoners whose decisions wait since a backup was put back; two people settle each. Asks services only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QWidget

from app.i18n import _
from app.services.context import Saved
from app.services.restore_waiting import WaitingRow
from ui.messages import told_of
from ui.theme import Role
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.labels import Text, beside, paragraph, stacked
from ui.worker import Failure
from ui.workplace import Workplace


class WaitingSheet(Sheet):
    """The dialog.

    Signals:
        changed(): something was signed.
    """

    changed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget, rows: Sequence[WaitingRow]) -> None:
        super().__init__(parent, _("Waiting since a backup was put back"), width=640)
        self._workplace: Final = workplace
        self.add(
            paragraph(
                _(
                    "A no said since the backup may be lost. Nothing wider than our own work is allowed "
                    "about these prisoners until everybody is asked again, or two of you, one a security "
                    "officer, have looked and sign that nothing is missing."
                ),
                Role.MUTED,
            )
        )
        self.ticks: Final = [(row, QCheckBox(_line(row))) for row in rows]
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(stacked(*(tick for _row, tick in self.ticks), gap=4))
        self.add(area)
        self.every = Button(_("Choose all"), Look.QUIET)
        self.every.clicked.connect(self._on_every)
        self.propose = Button(_("Nothing is missing about these"))
        self.confirm = Button(_("Sign it too"), Look.PRIMARY)
        self.keep = Button(_("They wait on"))
        self.add(beside(self.every))
        self.add(beside(self.propose, self.confirm, self.keep))
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self.add(self.wrong)
        self.wrong.hide()
        self._connect()
        self._on_ticked()

    def _connect(self) -> None:
        waiting = self._workplace.session.restore_waiting
        self.propose.clicked.connect(lambda: self._take(waiting.propose, proposed=False))
        self.confirm.clicked.connect(lambda: self._take(waiting.confirm, proposed=True))
        self.keep.clicked.connect(lambda: self._take(waiting.keep, proposed=True))
        for _row, tick in self.ticks:
            tick.toggled.connect(lambda _on: self._on_ticked())

    def _chosen(self, *, proposed: bool) -> list[str]:
        return [
            row.prisoner for row, tick in self.ticks if tick.isChecked() and bool(row.proposed_by) == proposed
        ]

    def _on_every(self) -> None:
        for _row, tick in self.ticks:
            tick.setChecked(True)

    def _on_ticked(self) -> None:
        may = {row.prisoner for row, _tick in self.ticks if row.may_confirm}
        said = self._chosen(proposed=True)
        self.propose.setEnabled(bool(self._chosen(proposed=False)))
        self.confirm.setEnabled(bool(said) and may.issuperset(said))
        self.keep.setEnabled(bool(said))

    def _take(self, step: Callable[[list[str]], Saved], *, proposed: bool) -> None:
        chosen = self._chosen(proposed=proposed)
        self._workplace.tasks.command(
            step, chosen, initiator=self, done=lambda _saved: self._done(), failed=self._on_failed
        )

    def _done(self) -> None:
        self.changed.emit()
        self.accept()

    def _on_failed(self, failure: Failure) -> None:
        self.wrong.setText(told_of(failure).line)
        self.wrong.show()


def _line(row: WaitingRow) -> str:
    if not row.proposed_by:
        return row.name
    return _("{prisoner} · {name} says that nothing is missing").format(
        prisoner=row.name, name=row.proposed_by
    )
