"""The words of this case file: lists an office adds to, words anew or shortens. Rules read none of them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.own_term import EXTENDABLE
from app.domain.roles import Action
from app.i18n import N_, _
from app.services.context import Saved
from app.services.own_terms import HideTerm, TermRow
from ui.messages import told_of
from ui.theme import Role
from ui.views.settings.word_sheet import WordSheet
from ui.widgets.buttons import Button, Look
from ui.widgets.emptying import empty
from ui.widgets.fields import Field
from ui.widgets.frames import Card
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph
from ui.widgets.terms import TermCombo
from ui.worker import Failure
from ui.workplace import Workplace

LISTS: Final = {
    "channel": N_("Channels"),
    "category": N_("Categories of prisoners"),
    "vulnerability": N_("Vulnerabilities"),
    "incident": N_("What happened in prison"),
    "penalty": N_("Penalties"),
    "regime": N_("Regimes"),
    "end_reason": N_("Why a godparenthood ended"),
    "godparent_kind": N_("Kinds of godparents"),
    "godparent_action": N_("What godparents do"),
    "hold_reason": N_("Why something is stopped"),
    "show_reason": N_("Why a name is shown"),
    "attention_kind": N_("Kinds of hostile attention"),
}


class WordsCard(Card):
    """One list at a time: its words, and what can be done with each."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._may = workplace.session.may(Action.EDIT_WORDS).allowed
        self.add(SectionHead(_("Words of this case file")))
        words = _(
            "Lists of words in forms. Everybody here reads them, reports too: never write anybody's name. "
            "What consent is about, and to whom, ships with Poruch and stays."
        )
        self.add(paragraph(words, Role.MUTED))
        self.of = TermCombo(_("List"), [(of, _(LISTS[of])) for of in EXTENDABLE], may_be_empty=False)
        self.of.chosen.connect(lambda _of: self.load())
        self.add(Field(_("List"), self.of))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.body.addLayout(self._lines)
        self._wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self._wrong.hide()
        self.add(self._wrong)
        self.new = Button(_("Add a word…"))
        self.new.clicked.connect(lambda: self._edit(None))
        self.add(beside(self.new))
        self.new.setVisible(self._may)
        workplace.bus.committed.connect(self._on_committed)

    def load(self) -> None:
        """Read the chosen list anew."""
        terms, of = self._workplace.session.own_terms, self.of.value()
        self._wrong.hide()
        self._workplace.tasks.query(lambda: terms.rows(of), initiator=self, done=self._show)

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if self.isVisible() and changes.touches("own_term"):
            self.load()

    def _show(self, rows: tuple[TermRow, ...]) -> None:
        empty(self._lines)
        for row in rows:
            self._lines.addWidget(self._line(row))
        self._lines.activate()  # at once: nothing is seen squeezed

    def _line(self, row: TermRow) -> QWidget:
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 2, 0, 2)
        cells.setSpacing(8)
        role = Role.MUTED if row.hidden else Role.BASE
        said = RunText([Run(row.said, role), Run(f"  {_remark(row)}", Role.MUTED)])
        cells.addWidget(said, 1, Qt.AlignmentFlag.AlignVCenter)
        if self._may:
            for words, press in (
                (_("Change…"), lambda: self._edit(row)),
                (_("Offer again") if row.hidden else _("Hide"), lambda: self._hide(row)),
            ):
                button = Button(words, Look.SMALL, description=row.said)
                button.clicked.connect(press)
                cells.addWidget(button)
        return box

    def _edit(self, row: TermRow | None) -> None:
        title = _(LISTS[self.of.value()])
        sheet = WordSheet(self.window(), self._workplace, self.of.value(), title, row)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _hide(self, row: TermRow) -> None:
        terms = self._workplace.session.own_terms

        def done(_saved: Saved) -> None:
            said = _("Forms offer it again.") if row.hidden else _("Hidden. What is recorded with it stays.")
            self._workplace.say(said)

        self._workplace.tasks.command(
            terms.hide,
            HideTerm(self.of.value(), row.code, row.version, hidden=not row.hidden),
            initiator=None,
            done=done,
            failed=self._on_failed,
        )

    def _on_failed(self, failure: Failure) -> None:
        self._wrong.setText(told_of(failure).text)
        self._wrong.show()


def _remark(row: TermRow) -> str:
    if row.hidden:
        return _("hidden")
    if row.own:
        return _("added here")
    return _("worded here") if row.changed else ""
