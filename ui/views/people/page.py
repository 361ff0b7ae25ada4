"""The People page: everybody who can open the case file and what they do; for those who may add somebody."""

from __future__ import annotations

from typing import Final

from app.domain.changes import Changes
from app.domain.roles import Role as Work
from app.domain.rows import PersonRow
from app.i18n import _, ngettext
from ui import actions
from ui.columns import CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.views.people.add_sheet import ROLES, AddPersonSheet
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Notice, PageFrame, Tone
from ui.widgets.labels import PageHead
from ui.widgets.table import TableView, table_card
from ui.workplace import Workplace


def _roles(row: PersonRow) -> str:
    return ", ".join(_(ROLES[Work(role)][0]) for role in row.roles)


def _does(row: PersonRow) -> str:
    return " ".join(_(ROLES[Work(role)][1]) for role in row.roles)


class PeoplePage(PageFrame):
    """Who can open the case file."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace: Final = workplace
        self._build_head()
        self._build_table()
        actions.make_action(self, actions.NEW, self.add_person)
        workplace.bus.committed.connect(self._on_committed)

    def _build_head(self) -> None:
        self.head = PageHead(_("People"), "")
        add = Button(_("Add a person…"), Look.PRIMARY)
        add.clicked.connect(self.add_person)
        self.head.add(add)
        self.add(self.head)
        words = _("A report needs a second person to approve it, and so does trust in a source.")
        self._alone = Notice(words, Tone.AMBER, lead=_("You are alone in this case file."))
        self._alone.hide()
        self.add(self._alone)

    def _build_table(self) -> None:
        columns: list[Column[PersonRow]] = [
            Column("name", _("Name"), lambda row: row.name, CellKind.STRONG, width=220),
            Column("roles", _("What they do here"), _roles, CellKind.TEXT, width=220),
            Column("does", _("That means"), _does, CellKind.MUTED, width=420, stretch=True),
        ]
        self.model: RowTableModel[PersonRow] = RowTableModel(columns, lambda row: row.id)
        self.table = TableView(_("People"), self.model, multi=False)
        self.table.sort_by("name")
        self.add(table_card(self.table), 1)

    def opened(self) -> None:
        """Show them as they are now."""
        self._workplace.tasks.query(self._workplace.session.people.rows, initiator=self, done=self._on_rows)

    def add_person(self) -> None:
        """Open the sheet for a new person."""
        sheet = AddPersonSheet(self, self._workplace)
        sheet.added.connect(self._on_added)
        sheet.open()

    def _on_rows(self, rows: tuple[PersonRow, ...]) -> None:
        self.model.set_rows(rows)
        self.head.aside.setText(ngettext("{n} person", "{n} people", len(rows)))
        self._alone.setVisible(len(rows) == 1)

    def _on_added(self, waits: bool) -> None:
        words = _("Kept: a second person has to agree before they hold the key of the desk.")
        self._workplace.say(words if waits else _("They can open the case file now."))
        self.opened()

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if changes.touches("grant", "person"):
            self.opened()
