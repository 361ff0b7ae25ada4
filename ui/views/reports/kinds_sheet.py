"""The kinds of report of this case file: read, copied, changed, proposed, agreed to, taken out of use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.kind_versions import KindRow, Standing
from app.services.own_kinds import WrongKind
from ui.file_choice import choose_text_file
from ui.messages import told_of
from ui.states import State
from ui.theme import Role
from ui.views.reports.kind_text import KindText
from ui.views.reports.kind_words import choice_words, standing_runs
from ui.views.reports.wording import summary_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet, ask, ask_to_throw_away
from ui.widgets.fields import Field
from ui.widgets.labels import Run, RunText, Text, beside, paragraph
from ui.widgets.terms import TermCombo
from ui.worker import Failure
from ui.workplace import Workplace

if TYPE_CHECKING:
    from app.reports.kinds import ReportKind
    from app.services.context import Saved

_SHIPPED = "shipped:"


class KindsSheet(Sheet):
    """The dialog.

    Args:
        parent: window.
        typed: a text that was half typed when the lock came.

    Signals:
        read(): its kinds were read anew.
    """

    read = Signal()

    def __init__(self, parent: QWidget, workplace: Workplace, typed: str = "") -> None:
        super().__init__(parent, _("Kinds of report"), width=720)
        self._workplace = workplace
        self._rows: dict[str, KindRow] = {}
        self._shipped: dict[str, ReportKind] = {}
        self._began, self.editing = "", False
        self.pick_file: Callable[[QWidget, str], Path | None] = choose_text_file
        words = _(
            "Kinds of your own: which columns leave, for whom, on what grounds. One proposes, a second person"
            " agrees; one of the two is a security officer."
        )
        self.add(paragraph(words, Role.MUTED))
        self.kind = TermCombo(_("Kind"), may_be_empty=False)
        self.kind.chosen.connect(self._on_chosen)
        self.add(Field(_("Kind"), self.kind))
        self.standing = RunText()
        self.add(self.standing)
        self.summary = paragraph("", Role.MUTED)
        self.add(self.summary)
        self.text = KindText()
        self.text.typed.connect(self._check)
        self.add(self.text, 1)
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self.add(self.wrong)
        self.wrong.hide()
        self._build_buttons()
        self.finished.connect(lambda _result: self.deleteLater())
        self._load("", typed)

    def _build_buttons(self) -> None:
        self.copy = Button(_("Start from a copy"))
        self.change = Button(_("Change it"))
        self.bring = Button(_("Bring in a file…"))
        self.agree = Button(_("Agree"), Look.PRIMARY)
        self.end = Button(_("Take out of use…"), Look.DANGER)
        self.propose = Button(_("Propose"), Look.PRIMARY)
        for button, run in (
            (self.copy, self._on_copy),
            (self.change, self._on_change),
            (self.bring, self._on_bring),
            (self.agree, self._on_agree),
            (self.end, self._on_end),
            (self.propose, self._on_propose),
        ):
            button.clicked.connect(run)
        self.add(beside(self.copy, self.change, self.bring, self.end))
        for button in (self.agree, self.propose):
            self.buttons.addWidget(button)
        self._show_buttons(None)

    # reading

    def _load(self, chosen: str, typed: str = "") -> None:
        session = self._workplace.session

        def done(found: tuple[tuple[KindRow, ...], tuple[ReportKind, ...]]) -> None:
            rows, shipped = found
            self._rows = {row.id: row for row in rows}
            self._shipped = {kind.name: kind for kind in shipped if kind.columns}
            choices = [(row.id, choice_words(row)) for row in rows]
            ships = _("ships with Poruch")
            choices += [
                (f"{_SHIPPED}{name}", f"{_(kind.title)} · {ships}") for name, kind in self._shipped.items()
            ]
            self.kind.set_choices(choices, chosen or choices[0][0])
            if typed:
                self._edit(typed)
                self._began = ""
            else:
                self._on_chosen(self.kind.value())
            self.read.emit()

        self._workplace.tasks.query(
            lambda: (session.own_kinds.rows(), session.own_kinds.shipped()),
            initiator=self,
            done=done,
            failed=self._say_failed,
        )

    def _on_chosen(self, chosen: str) -> None:
        self.editing = False
        self.wrong.hide()
        row = self._rows.get(chosen)
        self.kind.setEnabled(True)
        self._show_buttons(row)
        session = self._workplace.session
        if row is None:
            name = chosen.removeprefix(_SHIPPED)
            self.standing.set_runs([Run(_("Ships with Poruch. It is not changed; copy it."), Role.MUTED)])
            self._query(lambda: session.own_kinds.copy_of(name), lambda text: self._show(chosen, text))
        elif row.standing is Standing.WAITS and row.version > 1:
            self.standing.set_runs(standing_runs(row))
            self._query(
                lambda: session.own_kinds.difference(row.id), lambda found: self._differs(chosen, found)
            )
        else:
            self.standing.set_runs(standing_runs(row))
            self._show(chosen, row.text)

    def _show(self, chosen: str, text: str) -> None:
        if not self.editing and chosen == self.kind.value():
            self.text.show_text(text, editing=False)
            self._explain(chosen, text)

    def _differs(self, chosen: str, lines: tuple[str, ...]) -> None:
        if not self.editing and chosen == self.kind.value():
            self.text.show_difference(lines)
            self.text.say(_("+ is new, - was so in the version before."))
            self._explain(chosen, self._rows[chosen].text)

    def _explain(self, chosen: str, text: str) -> None:
        session = self._workplace.session

        def done(found: WrongKind | ReportKind) -> None:
            if not self.editing and chosen == self.kind.value():
                self._sum_up(found)

        self._query(lambda: session.own_kinds.check(text), done)

    def _show_buttons(self, row: KindRow | None) -> None:
        proposes = not self.editing
        self.copy.setVisible(proposes and row is None)
        self.change.setVisible(proposes and row is not None and row.standing is not Standing.WAITS)
        self.bring.setVisible(proposes)
        waits = row is not None and row.standing is Standing.WAITS
        self.end.setText(_("Refuse or take back…") if waits else _("Take out of use…"))
        ends = row is not None and row.standing in (Standing.WAITS, Standing.IN_USE)
        self.end.setVisible(proposes and ends)
        self.agree.setVisible(proposes and row is not None and row.may_agree)
        self.propose.setVisible(self.editing)
        self.way_out.setText(_("Cancel") if self.editing else _("Close"))

    # typing

    def _edit(self, text: str) -> None:
        self.editing, self._began = True, text
        self.wrong.hide()
        self.kind.setEnabled(False)
        self.standing.set_runs([Run(_("Not proposed yet"), state=State.UNASKED)])
        self.text.show_text(text, editing=True)
        self._show_buttons(None)
        self.text.edit.setFocus()
        self._check(text)

    def _check(self, text: str) -> None:
        session = self._workplace.session

        def done(wrong: WrongKind | ReportKind) -> None:
            if not self.editing or text != self.text.text:
                return
            self.propose.setEnabled(not isinstance(wrong, WrongKind))
            self._sum_up(wrong)
            if isinstance(wrong, WrongKind):
                self.text.show_wrong(wrong.line, wrong.field)
            else:
                self.text.show_right()

        if self.editing:
            self._query(lambda: session.own_kinds.check(text), done)

    def _sum_up(self, found: WrongKind | ReportKind) -> None:
        """What the text means, for whoever does not read such texts; nothing where it means nothing."""
        words = "" if isinstance(found, WrongKind) else summary_words(found)
        self.summary.set_runs([Run(words, Role.MUTED)])
        self.summary.setVisible(bool(words))

    @property
    def typed(self) -> str:
        """What was typed and not proposed, empty where nothing was."""
        return self.text.text if self.editing and self.text.text != self._began else ""

    def reject(self) -> None:
        """Cancel leaves the editor; Close the sheet."""
        if self.typed and not ask_to_throw_away(self):
            return
        if self.editing:
            self._on_chosen(self.kind.value())
            return
        super().reject()

    # buttons

    def _on_copy(self) -> None:
        session, name = self._workplace.session, self.kind.value().removeprefix(_SHIPPED)
        self._query(lambda: session.own_kinds.copy_of(name), self._edit)

    def _on_change(self) -> None:
        session, row = self._workplace.session, self._rows[self.kind.value()]
        self._query(lambda: session.own_kinds.next_of(row.name), self._edit)

    def _on_bring(self) -> None:
        session, path = self._workplace.session, self.pick_file(self, _("A kind of report"))
        if path is not None:
            self._query(lambda: session.own_kinds.read_file(path), self._edit)

    def _on_propose(self) -> None:
        self._do(
            self._workplace.session.own_kinds.propose, self.text.text, _("Proposed: a second person agrees.")
        )

    def _on_agree(self) -> None:
        self._do(self._workplace.session.own_kinds.agree, self.kind.value(), _("It is in use."))

    def _on_end(self) -> None:
        row = self._rows[self.kind.value()]
        waits = row.standing is Standing.WAITS
        words = (
            _("It will not be used. It can be proposed again.")
            if waits
            else _("No report is made of it any more, and none of it that waits leaves. The ledger keeps it.")
        )
        title = _("Refuse or take back “{title}”?") if waits else _("Take “{title}” out of use?")
        if ask(self, title.format(title=row.title), words, self.end.text().rstrip("…")):
            self._do(self._workplace.session.own_kinds.end, row.id, _("Done."))

    def _do(self, method: Callable[[str], Saved], about: str, said: str) -> None:
        def done(saved: Saved) -> None:
            self.editing = False
            self._workplace.say(said)
            self._load(saved.id)

        self._workplace.tasks.command(method, about, initiator=self, done=done, failed=self._say_failed)

    def _query(self, method: Callable[[], object], done: Callable[..., None]) -> None:
        self._workplace.tasks.query(method, initiator=self, done=done, failed=self._say_failed)

    def _say_failed(self, failure: Failure) -> None:
        self.wrong.setText(told_of(failure).text)
        self.wrong.show()
