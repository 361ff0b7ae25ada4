"""Calling published figures back: one person may, and says why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.i18n import _
from ui.messages import told_of
from ui.theme import Role
from ui.widgets.dialogs import Sheet, tell
from ui.widgets.fields import Field, LineEdit
from ui.widgets.labels import paragraph
from ui.worker import Failure
from ui.workplace import Workplace


class CallBackSheet(Sheet):
    """Asks why, and writes it down.

    Args:
        parent: window.
        report: id of the published figures.
        number: how people call them.
    """

    def __init__(self, parent: QWidget, workplace: Workplace, report: str, number: str) -> None:
        title = _("Call the figures of report {number} back").format(number=number)
        super().__init__(parent, title, _("Call back"), dangerous=True)
        words = _(
            "They are not told again, and the next figures say that these must not be used. Tell whoever has"
            " them: what was published stays known."
        )
        self.add(paragraph(words, Role.MUTED))
        self.why = LineEdit(_("Why"), example=_("A list was counted twice."))
        self.add(Field(_("Why"), self.why, required=True))
        self._workplace, self._report = workplace, report
        self.finished.connect(lambda _result: self.deleteLater())
        if self.action is not None:
            self.action.setEnabled(False)
            self.why.textChanged.connect(self._enable)

    def _enable(self, text: str) -> None:
        if self.action is not None:
            self.action.setEnabled(bool(text.strip()))

    def accept(self) -> None:
        """Write it down; the ledger shows it."""
        session, report, window = self._workplace.session, self._report, self.parentWidget()

        def failed(failure: Failure) -> None:
            told = told_of(failure)
            tell(window, told.happened, told.advice, told.reference)

        self._workplace.tasks.command(
            lambda words: session.reports.call_back(report, words),
            self.why.text(),
            initiator=window,
            failed=failed,
        )
        super().accept()
