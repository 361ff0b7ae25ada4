"""Recipients and mailing lists: a list with a filter, one of them beside it, and the lists they are on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.recipient import MailingList
from app.domain.roles import Action
from app.domain.rows import HistoryRow
from app.i18n import _, ngettext
from app.services.recipients import RecipientRow
from app.vocabulary import word
from ui import actions
from ui.columns import Badge, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.theme import Role
from ui.views.reports.recipient_detail import RecipientDetail, lock_words, wants_words
from ui.views.reports.recipient_sheets import Known, open_list, open_recipient, read_known
from ui.views.reports.wording import language_name
from ui.widgets.buttons import Button, Look
from ui.widgets.emptying import empty
from ui.widgets.fields import LineEdit
from ui.widgets.frames import Card, EmptyPage, MasterDetail, PageFrame
from ui.widgets.labels import PageHead, SectionHead, Text, paragraph, stacked
from ui.widgets.table import TableView, table_card
from ui.workplace import Workplace

_TOUCHES: Final = ("recipient", "mailing_list", "godparent")


class RecipientsPage(PageFrame):
    """The page, in place of the ledger while it is open.

    Signals:
        left(): back to all reports.
    """

    left = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace: Final = workplace
        self._may_edit = workplace.session.may(Action.EDIT_RECIPIENT).allowed
        self.known: Known | None = None
        self._wanted = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = PageHead(_("Recipients"), _("Reading…"))
        self.back = Button(_("All reports"), Look.QUIET)
        self.needle = LineEdit(_("Find a recipient"), example=_("Find a recipient…"))
        self.needle.setClearButtonEnabled(True)
        self.needle.setMaximumWidth(260)
        self.new_list = Button(_("New mailing list…"))
        self.new = Button(_("New recipient…"), Look.PRIMARY)
        self.head.add(self.back, self.new_list, self.new)
        self.add(self.head)
        self.model = RowTableModel[RecipientRow](_columns(), lambda row: row.id)
        self.table = TableView(_("Recipients"), self.model, multi=False)
        self.table.sort_by("name")
        title = SectionHead(_("Recipients"))
        title.setContentsMargins(16, 10, 16, 8)
        title.add(self.needle)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(table_card(self.table, title), 1)
        self.lists_card = Card()
        self.lists_card.add(SectionHead(_("Mailing lists")))
        self._lists = QVBoxLayout()
        self._lists.setSpacing(6)
        self.lists_card.body.addLayout(self._lists)
        column.addWidget(self.lists_card)
        self.detail = RecipientDetail(may_edit=self._may_edit)
        self.both = MasterDetail(left, self.detail, detail_width=340, fold_at=1100)
        self.add(self.both, 1)
        self.empty = Card(padding=0)
        self._empty_page = EmptyPage(
            _(
                "Committees, godparents and papers that get reports: for whom what they get has to be "
                "allowed, their language, what they want, and the key their files are locked with."
            ),
            _("Add the first recipient") if self._may_edit else "",
            title=_("No recipient has been written down yet"),
        )
        self.empty.add(self._empty_page, 1)
        self.add(self.empty, 1)
        self.both.hide()
        self.empty.hide()
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.new.clicked.connect(lambda: self.open_record(""))
        self.new_list.clicked.connect(lambda: self.open_list(""))
        self._empty_page.pressed.connect(lambda: self.open_record(""))
        self.needle.textChanged.connect(self.model.set_needle)
        self.table.current_changed.connect(self._load_detail)
        self.table.opened.connect(self._on_opened)
        self.detail.edit_asked.connect(self.open_record)
        actions.make_action(self, actions.NEW, lambda: self.open_record(""))
        actions.make_action(self, actions.FILTER, self.needle.setFocus)
        QShortcut(QKeySequence("Esc"), self, self._on_escape)
        self._workplace.bus.committed.connect(self._on_committed)

    # loading

    def load(self, record: str = "") -> None:
        """Read everything anew and, where one is asked for, choose it."""
        self._wanted = record or self._wanted
        session = self._workplace.session
        self._workplace.tasks.query(lambda: read_known(session), initiator=self, done=self._show)

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if self.known is not None and changes.touches(*_TOUCHES):
            self.load()

    def _show(self, known: Known) -> None:
        self.known = known
        some = bool(known.rows or known.lists)
        self.both.setVisible(some)
        self.empty.setVisible(not some)
        self.new.setVisible(some and self._may_edit)
        self.new_list.setVisible(bool(known.rows) and self._may_edit)
        parts = [ngettext("{n} recipient", "{n} recipients", len(known.rows))]
        parts.append(ngettext("{n} mailing list", "{n} mailing lists", len(known.lists)))
        self.head.aside.setText(" · ".join(parts) if some else "")
        self.model.set_rows(known.rows)
        empty(self._lists)
        for one in known.lists:
            self._lists.addWidget(self._list_line(one, known))
        if not known.lists:
            words = _("A mailing list is for one kind of report; everybody on it gets the same.")
            self._lists.addWidget(paragraph(words, Role.MUTED))
        self._lists.activate()
        if self._wanted and self.table.select(self._wanted):
            self._wanted = ""
        self.table.choose_first()
        self._load_detail(self.table.current_id())

    def _list_line(self, one: MailingList, known: Known) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        names = known.names()
        members = ", ".join(sorted(names[key] for key in one.members if key in names)) or _("nobody yet")
        kind = word("report_kind", one.report_kind)
        quiet = f"{kind} · {_('not used any more')}" if one.left else kind
        words = Text(f"{one.name} · {quiet}", Role.STRONG, wrap=True)
        row.addWidget(stacked(words, paragraph(members, Role.MUTED), gap=2), 1)
        if self._may_edit:
            change = Button(_("Change…"), Look.SMALL, description=one.name)
            change.clicked.connect(lambda: self.open_list(one.id))
            row.addWidget(change)
        return box

    def _load_detail(self, record: str) -> None:
        row = self.known.row(record) if self.known is not None and record else None
        if row is None or self.known is None:
            self.detail.show_nobody()
            return
        session, names = self._workplace.session, self.known.names()

        def done(history: tuple[HistoryRow, ...]) -> None:
            if self.table.current_id() == record:
                self.detail.show_row(row, history, names)

        self._workplace.tasks.query(lambda: session.recipients.history(record), initiator=self, done=done)

    # doing

    def open_record(self, record: str) -> None:
        """Write one down, or change one."""
        if self.known is not None and self._may_edit:
            sheet = open_recipient(self._workplace, self, self.known, record)
            sheet.saved.connect(self._on_saved)

    def open_list(self, record: str) -> None:
        """The same for a mailing list."""
        if self.known is not None and self._may_edit:
            sheet = open_list(self._workplace, self, self.known, record)
            sheet.saved.connect(self._on_saved)

    def _on_saved(self, record: str) -> None:
        self._workplace.say(_("Kept."), undo=True)
        self.load(record)

    def _on_opened(self, record: str) -> None:
        """Enter: the detail where it is folded away, else the sheet."""
        if self.both.is_folded:
            self.both.show_detail()
        else:
            self.open_record(record)

    def _on_escape(self) -> None:
        if self.needle.text():
            self.needle.clear()
        else:
            self.left.emit()


def _columns() -> list[Column[RecipientRow]]:
    muted = CellKind.MUTED
    return [
        Column("name", _("Name"), lambda row: row.recipient.name, CellKind.STRONG, width=180, stretch=True),
        Column("organisation", _("Organisation"), lambda row: row.recipient.organisation, width=170),
        Column(
            "audience",
            _("Who sees it"),
            lambda row: word("audience", row.recipient.audience),
            muted,
            width=150,
        ),
        Column("language", _("Language"), lambda row: language_name(row.recipient.language), muted, width=96),
        Column("wants", _("Wants"), lambda row: wants_words(row.recipient), muted, width=190, spare=1),
        Column("lock", _("Files are locked"), _lock, CellKind.BADGE, width=184),
    ]


def _lock(row: RecipientRow) -> Badge:
    one = row.recipient
    if one.left:
        return Badge(State.NO, _("gets nothing any more"))
    return Badge(State.YES if one.lock else State.UNASKED, lock_words(one))
