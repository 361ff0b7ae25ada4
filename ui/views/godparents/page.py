"""The Godparents page: table and detail, kept in step with what is saved. Asks services, decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.roles import Action
from app.domain.rows import GodparentRow
from app.i18n import _
from ui import actions
from ui.models.row_table_model import RowTableModel
from ui.views.godparents.columns import columns
from ui.views.godparents.detail import DetailCard, name_of
from ui.views.godparents.doings import Doings
from ui.views.godparents.filters import GodparentsHead
from ui.views.godparents.reading import Facts, may_edit, read_facts, read_history
from ui.views.shared.list_card import ListCard
from ui.views.shared.memory import Memory
from ui.widgets.frames import MasterDetail, PageFrame
from ui.widgets.table import TableView
from ui.workplace import HOSTILE, Workplace

_TOUCHES_TOO: Final = ("hold", "prisoner", "attention", "closed_attention", "review")
_TOUCHES: Final = ("godparent", "godparenthood", "godparent_action")


class GodparentsPage(PageFrame):
    """Master and detail of godparents."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace: Final = workplace
        self._may_edit = may_edit(workplace.session)
        self._asked = 0
        self._text = ""
        self._found: frozenset[str] | None = None  # ids the search of the filter line gave
        self._wanted_record = self._again = ""  # who was asked for, and who was shown before a lock
        self._kept: Mapping[str, Plain] | None = None
        self._ready = False
        self._build_page()
        self._connect()

    def _build_page(self) -> None:
        today = self._workplace.session.today
        self.head = GodparentsHead(today, may_add=self._may_edit)
        self.add(self.head.head)
        self.model: RowTableModel[GodparentRow] = RowTableModel(columns(today), lambda row: row.id)
        self.table = TableView(_("Godparents"), self.model, multi=False)
        self.table.sort_by("name")
        self.card = ListCard(self.table, example=_("Name, office, chamber or party"))
        session = self._workplace.session
        self.detail = DetailCard(
            may_edit=self._may_edit,
            may_stop=session.may(Action.PLACE_STOP).allowed,
            may_hostile=session.may(Action.PLACE_STOP).allowed and session.context.copy is None,
            may_lift=session.may(Action.LIFT_STOP).allowed,
        )
        self.both = MasterDetail(self.card, self.detail, detail_width=364, fold_at=1130)
        self.add(self.both, 1)
        self.doings = Doings(self._workplace, self)
        self.memory = Memory(self._workplace, self.table, self.head, "godparents")
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        actions.make_action(self, actions.FILTER, self.card.open_filter)
        actions.make_action(self, actions.NEW, self._on_new)
        self.head.filtered.connect(self._on_filtered)
        self.head.new_pressed.connect(self._on_new)
        self.card.filter_typed.connect(self._on_text)
        self.card.empty_pressed.connect(self._on_empty)
        self.table.current_changed.connect(self._load_detail)
        self.table.opened.connect(self._on_opened)
        self._workplace.bus.committed.connect(self._on_committed)
        self.doings.added.connect(self._on_added)
        self.doings.opened.connect(self._on_form_open)
        detail = self.detail
        detail.edit_asked.connect(lambda: self.doings.open_edit(detail.shown))
        detail.stop_asked.connect(self._on_stop)
        detail.lift_asked.connect(self.doings.lift)
        detail.hostile_asked.connect(lambda: self._workplace.go(HOSTILE, f"godparent:{detail.shown}"))
        detail.propose_asked.connect(lambda: self.doings.open_propose(detail.shown))
        detail.act_asked.connect(lambda: self.doings.open_action(detail.shown))
        detail.change_asked.connect(lambda held: self.doings.open_change(detail.shown, held))
        detail.state_asked.connect(self._on_state)
        detail.prisoner_chosen.connect(lambda prisoner: self._workplace.go("prisoners", prisoner))
        detail.history_asked.connect(self._load_history)
        detail.restore_asked.connect(self._on_restore)

    # the page as the window knows it

    def opened(self) -> None:
        """It came to the front: load the first time."""
        if not self._ready:
            self._ready = True
            self.memory.recall(self._on_remembered)

    def chosen_record(self) -> tuple[str, str]:
        """Who is shown."""
        return "godparent", self.detail.shown

    def show_record(self, record: str) -> None:
        """Select a godparent and show the detail, whatever the filter."""
        self._wanted_record = record
        if self._ready and not self._take_wanted():
            self._show_all()
        self.both.show_detail()

    def come_back(self, record: str) -> None:
        """Choose whom this person was looking at before a lock, as soon as the rows are there."""
        self._again = "" if self.detail.shown else record

    def unfinished(self) -> Mapping[str, Plain] | None:
        """The form that is open, with what is typed in it."""
        kept = self.doings.kept()
        return kept if kept is not None else self._kept

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Open the form again as it was, as soon as the page is in front."""
        self._kept = values

    # loading

    def _on_remembered(self) -> None:
        self._load()
        if self._kept is not None:
            self.doings.reopen(self._kept)

    def _on_form_open(self) -> None:
        self._kept = None  # it is typed in the form now

    def _load(self) -> None:
        self._asked += 1
        asked, text, session = self._asked, self._text, self._workplace.session

        def read() -> tuple[tuple[GodparentRow, ...], frozenset[str] | None]:
            rows = session.godparents.rows()
            found = frozenset(row.id for row in session.godparents.rows(text)) if text else None
            return rows, found

        self._workplace.tasks.query(read, initiator=self, done=lambda found: self._on_rows(asked, *found))

    def _on_rows(self, asked: int, rows: tuple[GodparentRow, ...], found: frozenset[str] | None) -> None:
        if asked != self._asked:  # an older filter
            return
        self._found = found
        self.model.set_rows(rows)
        self.head.set_rows(rows)
        self._show()
        if not self._take_wanted() and self._again:
            self.table.select(self._again)
        self._again = ""

    def _show(self) -> None:
        """Take up filters; say so where nobody is left."""
        self.model.set_filter(self._keeps)
        shown, total = len(self.model.shown_ids()), self.model.total
        self.head.show_count(shown, total)
        if shown:
            self.card.show_table()
            if not self.table.chosen_id():
                self.table.choose_first()
            elif not self.detail.shown:
                self._load_detail(self.table.chosen_id())
            return
        if total:
            self.card.show_empty(_("Nobody fits these filters."), _("Show everyone"))
        else:
            words = _("Here stand the people who speak up for a prisoner in public, and what they did.")
            self.card.show_empty(words, _("New godparent…") if self._may_edit else "")
        self.detail.show_nobody(_("Whoever you choose in the list is shown here."))

    def _keeps(self, row: GodparentRow) -> bool:
        return (self._found is None or row.id in self._found) and self.head.keeps(row)

    def _take_wanted(self) -> bool:
        if not self._wanted_record or not self.table.select(self._wanted_record):
            return False
        self._wanted_record = ""
        return True

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if not self._ready:
            return
        if changes.touches(*_TOUCHES):
            self._load()
        if self.detail.shown and changes.touches(*_TOUCHES, *_TOUCHES_TOO):
            self._load_detail(self.detail.shown)

    def _load_detail(self, godparent: str) -> None:
        if not godparent:
            return
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: read_facts(session, godparent),
            initiator=self,
            done=self._on_facts,
            failed=lambda failure: self.detail.show_nobody(_("This is no longer there.")),
        )

    def _on_facts(self, facts: Facts) -> None:
        if facts.godparent.id == self.table.current_id() or not self.table.current_id():
            self.detail.show_facts(facts)

    def _load_history(self) -> None:
        session, godparent = self._workplace.session, self.detail.shown
        self._workplace.tasks.query(
            lambda: read_history(session, godparent),
            initiator=self,
            done=lambda rows: self.detail.show_history(godparent, rows),
        )

    # what a person does

    def _on_opened(self, godparent: str) -> None:
        if self.both.is_folded:
            self.both.show_detail()
            self.detail.tabs.setFocus()
        elif self._may_edit:
            self.doings.open_edit(godparent)

    def _on_filtered(self) -> None:
        self._show()
        self.memory.note()

    def _on_text(self, text: str) -> None:
        self._text = text.strip()
        self._load()

    def _on_empty(self) -> None:
        if self.model.total:
            self._show_all()
        else:
            self._on_new()

    def _show_all(self) -> None:
        self._text = ""
        self.card.close_filter()
        self.head.clear()
        self._load()

    def _on_new(self) -> None:
        if self._may_edit:
            self.doings.open_new()

    def _on_added(self, godparent: str) -> None:
        self._workplace.say(_("Godparent added."), undo=True)
        self.show_record(godparent)

    def _on_state(self, godparenthood: str, state: str) -> None:
        facts = self.detail.facts
        held = next((one for one in facts.held if one.row.id == godparenthood), None) if facts else None
        if held is not None:
            self.doings.set_state(self.detail.shown, held, state)

    def _on_stop(self) -> None:
        facts = self.detail.facts
        if facts is not None:
            self.doings.stop(facts.godparent.id, name_of(facts.godparent))

    def _on_restore(self, field: str, sequence: int) -> None:
        facts = self.detail.facts
        if facts is not None:
            self.doings.restore(facts.godparent.id, facts.godparent.version, field, sequence)
