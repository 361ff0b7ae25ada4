"""The People page: everybody who can open the case file and what they do; for those who may add somebody."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from app.approval.cards import Card
from app.domain.changes import Changes
from app.domain.roles import Action
from app.domain.roles import Role as Work
from app.domain.rows import PersonRow
from app.i18n import _, ngettext
from app.services.removing import Leaving
from app.services.trustees import TrusteeRow
from ui import actions
from ui.columns import CellKind, Column
from ui.file_choice import choose_text_file
from ui.messages import told_of
from ui.models.row_table_model import RowTableModel
from ui.views.people.add_sheet import ROLES, AddPersonSheet, does_words
from ui.views.people.roles_sheet import ChangeRolesSheet
from ui.views.people.take_out_sheet import TakenOutSheet, TakeOutSheet, then_lock
from ui.views.people.trustee_sheet import AddTrusteeSheet
from ui.views.people.trustees_card import TrusteesCard
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import ask, tell
from ui.widgets.frames import Notice, PageFrame, Tone
from ui.widgets.labels import PageHead, beside
from ui.widgets.table import TableView, table_card
from ui.worker import Failure
from ui.workplace import CASE_FILE, Workplace


def _roles(row: PersonRow) -> str:
    return ", ".join(_(ROLES[Work(role)][0]) for role in row.roles)


def _does(row: PersonRow) -> str:
    if row.waits:
        return _("A second person has to agree before they hold the key of the desk.")
    return does_words(row.roles)


class PeoplePage(PageFrame):
    """Who can open the case file."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace: Final = workplace
        self._build_head()
        self._build_table()
        self._build_trustees()
        actions.make_action(self, actions.NEW, self.add_person)
        workplace.bus.committed.connect(self._on_committed)

    def _build_head(self) -> None:
        self.head = PageHead(_("People"), "")
        add = Button(_("Add a person…"), Look.PRIMARY)
        add.clicked.connect(self.add_person)
        self.remove = Button(_("Remove…"))
        self.remove.clicked.connect(self.remove_person)
        self.remove.setEnabled(False)
        self.roles = Button(_("Change what they do…"))
        self.roles.clicked.connect(self.change_roles)
        self.roles.setEnabled(False)
        self.head.add(self.roles)
        self.head.add(self.remove)
        self.head.add(add)
        self.add(self.head)
        words = _(
            "A report needs a second person to approve it. For a public yes, trust in a source or lifting a "
            "stop, a trustee elsewhere can be that person."
        )
        self._alone = Notice(words, Tone.AMBER, lead=_("You are alone in this case file."))
        self._alone.hide()
        self.add(self._alone)
        self._unfinished = Notice(then_lock(), Tone.AMBER, lead=_("Somebody left or is away."))
        lock = Button(_("Lock now"), Look.SMALL)
        lock.clicked.connect(self._lock)
        self._unfinished.add(beside(lock))
        self._unfinished.hide()
        self.add(self._unfinished)

    def _build_table(self) -> None:
        columns: list[Column[PersonRow]] = [
            Column("name", _("Name"), lambda row: row.name, CellKind.STRONG, width=220),
            Column("roles", _("What they do here"), _roles, CellKind.TEXT, width=220),
            Column("does", _("That means"), _does, CellKind.MUTED, width=420, stretch=True),
        ]
        self.model: RowTableModel[PersonRow] = RowTableModel(columns, lambda row: row.id)
        self.table = TableView(_("People"), self.model, multi=False)
        self.table.sort_by("name")
        self.table.selectionModel().selectionChanged.connect(self._on_chosen)
        self.add(table_card(self.table), 1)

    def _build_trustees(self) -> None:
        self.trustees = TrusteesCard(may_manage=self._workplace.session.may(Action.ADD_TRUSTEE).allowed)
        self.trustees.add_pressed.connect(self._choose_card)
        self.trustees.remove_pressed.connect(self._remove_trustee)
        self.add(self.trustees)

    def opened(self) -> None:
        """Show them as they are now."""
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: (session.people.rows(), session.trustees.rows(), session.removing.unfinished),
            initiator=self,
            done=lambda found: self._on_rows(*found),
        )

    # somebody leaves

    def remove_person(self) -> None:
        """Ask what it would mean, and open the sheet that says so."""
        row, session = self._chosen(), self._workplace.session
        if row is None or row.is_me:
            return
        self._workplace.tasks.query(
            lambda: (session.removing.look(row.id), session.people.rows()),
            initiator=self,
            done=lambda found: self._on_leaving(*found),
            failed=self._failed,
        )

    def change_roles(self) -> None:
        """Open the sheet that asks what the chosen person does from now on."""
        row, session = self._chosen(), self._workplace.session
        if row is None or row.is_me:
            return
        self._workplace.tasks.query(
            session.people.rows, initiator=self, done=partial(self._on_role_of, row), failed=self._failed
        )

    def _on_role_of(self, row: PersonRow, rows: tuple[PersonRow, ...]) -> None:
        sheet = ChangeRolesSheet(self, self._workplace, row, rows)
        sheet.changed.connect(self._on_changed_role)
        sheet.waits.connect(partial(self._on_changed_role, _("Kept: a second person has to agree.")))
        sheet.open()

    def _on_changed_role(self, left: str) -> None:
        self._workplace.say(left or _("It is changed."))
        self.opened()

    def _on_leaving(self, leaving: Leaving, rows: tuple[PersonRow, ...]) -> None:
        sheet = TakeOutSheet(self, self._workplace, leaving, rows)
        sheet.taken_out.connect(partial(self._on_taken_out, leaving))
        sheet.open()

    def _on_taken_out(self, leaving: Leaving, handed_over: bool) -> None:
        sheet = TakenOutSheet(self, leaving, handed_over=handed_over)
        sheet.accepted.connect(self._lock)
        sheet.open()

    def _lock(self) -> None:
        self._workplace.go(CASE_FILE, str(self._workplace.session.folder))

    def _chosen(self) -> PersonRow | None:
        """Whose row is chosen."""
        chosen = self.table.selectionModel().selectedRows()
        return self.model.row_at(chosen[0].row()) if chosen else None

    def _on_chosen(self) -> None:
        row = self._chosen()
        for button in (self.remove, self.roles):
            button.setEnabled(row is not None and not row.is_me)

    # trustees

    def _choose_card(self) -> None:
        path = choose_text_file(self, _("The card of a trustee"))
        if path is not None:
            self.add_trustee(path)

    def add_trustee(self, path: Path) -> None:
        """Read a card and open the sheet for it."""
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: (session.trustees.look(path), session.trustees.takes_two()),
            initiator=self,
            done=lambda found: self._on_card(*found),
            failed=self._failed,
        )

    def _on_card(self, card: Card, takes_two: bool) -> None:
        sheet = AddTrusteeSheet(self, self._workplace, card, takes_two=takes_two)
        sheet.added.connect(self._on_trustee)
        sheet.open()

    def _on_trustee(self, waits: bool) -> None:
        words = _("Kept: a second person has to compare the words and agree.")
        self._workplace.say(words if waits else _("They can be a second person now."))
        self.opened()

    def _remove_trustee(self, row: TrusteeRow) -> None:
        told = _("From now on no answer of theirs counts. What was decided with them stays as it is.")
        title = _("Remove {name} as a trustee?").format(name=row.name)
        if ask(self, title, told, _("Remove"), dangerous=True):
            self._workplace.tasks.command(
                self._workplace.session.trustees.remove,
                row.id,
                initiator=self,
                done=lambda _saved: self.opened(),
                failed=self._failed,
            )

    def _failed(self, failure: Failure) -> None:
        told = told_of(failure)
        tell(self, told.happened, told.advice, told.reference)

    def add_person(self) -> None:
        """Open the sheet for a new person."""
        sheet = AddPersonSheet(self, self._workplace)
        sheet.added.connect(self._on_added)
        sheet.open()

    def _on_rows(
        self, rows: tuple[PersonRow, ...], trustees: tuple[TrusteeRow, ...], unfinished: bool
    ) -> None:
        self.trustees.set_rows(trustees)
        self.model.set_rows(rows)
        self._on_chosen()
        self._unfinished.setVisible(unfinished)
        self.head.aside.setText(ngettext("{n} person", "{n} people", len(rows)))
        self._alone.setVisible(len(rows) == 1)

    def _on_added(self, waits: bool) -> None:
        words = _("Kept: a second person has to agree before they hold the key of the desk.")
        self._workplace.say(words if waits else _("They can open the case file now."))
        self.opened()

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if changes.touches("grant", "person"):
            self.opened()
