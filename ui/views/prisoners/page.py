"""The Prisoners page: table and detail, kept in step with what is saved. Asks services, decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.roles import Action
from app.domain.rows import PrisonerRow
from app.i18n import _
from app.services.filter_words import Asker
from app.services.kept import ABOUT_EVERYBODY, LIGHTS
from ui import actions
from ui.views.prisoners.beside import DetailKeeper
from ui.views.prisoners.detail import DetailCard
from ui.views.prisoners.doings import Doings
from ui.views.prisoners.filters import PrisonersHead
from ui.views.prisoners.reading import Rows, may_of, read_rows, read_some
from ui.views.prisoners.searches import SearchesButton
from ui.views.prisoners.table import TableCard
from ui.views.shared.memory import Memory
from ui.widgets.frames import MasterDetail, PageFrame
from ui.workplace import DUPLICATES, HOSTILE, TALK, Workplace

_TOUCHES: Final = (
    "relative", "conversation", "countersign", "hold", "relative_hold", "attention", "closed_attention",
    "review", "review_confirmation", "clearance", "godparenthood", *ABOUT_EVERYBODY,
)  # fmt: skip
_TOUCHES_TOO: Final = ("facility", "claim", "trust", "list_run", "sealed", "source", "godparent")
_FEW: Final = 20


class PrisonersPage(PageFrame):
    """Master and detail of prisoners."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace: Final = workplace
        self._may = may_of(workplace.session)
        self._asked, self._total, self._wanted_record, self._wanted_line = 0, 0, "", ""
        self._kept: Mapping[str, Plain] | None = None
        self._ready = False
        self._build_page()
        self._build_keys()
        self._connect()

    # building

    def _build_page(self) -> None:
        session = self._workplace.session
        may_list = session.may(Action.BRING_IN_LIST).allowed
        has_key = session.has_desk_key
        owners = {one.id: one.name for one in session.context.person_rows()}
        asker = Asker(owners, session.today(), session.person.id, has_key)
        self.head = PrisonersHead(asker, may_add=self._may.edit_all, may_bring_in=may_list)
        self.add(self.head.head)
        self.card = TableCard(owners, has_key=has_key, may_edit=self._may.edit_all)
        self.table, self.model = self.card.table, self.card.model
        self.searches = SearchesButton(
            self._workplace, lambda: self.head.as_words(self.card.line.text()), self.show_search
        )
        self.card.put_beside(self.searches)
        self.detail = DetailCard(self._may)
        self.both = MasterDetail(self.card, self.detail, detail_width=380, fold_at=1090)
        self.add(self.both, 1)
        self.doings = Doings(self._workplace, self)
        self.keeper = DetailKeeper(self._workplace, self.detail, self.table, self.doings)
        self.memory = Memory(self._workplace, self.table, self.head, "prisoners")
        self.setFocusProxy(self.table)

    def _build_keys(self) -> None:
        actions.make_action(self, actions.FILTER, self.card.open_filter)
        actions.make_action(self, actions.NEW, self._on_new)
        actions.make_action(self, actions.CONVERSATION, self._on_conversation)
        actions.make_action(self, actions.MESSAGE, self.doings.open_message)

    def _connect(self) -> None:
        self.head.filtered.connect(self._on_filtered)
        self.head.new_pressed.connect(self._on_new)
        self.head.list_pressed.connect(self._on_list)
        self.head.duplicates_pressed.connect(lambda: self._workplace.go(DUPLICATES, ""))
        self.card.filter_typed.connect(self._on_text)
        self.card.empty_pressed.connect(self._on_empty)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(self._on_opened)
        self.model.edited.connect(self._on_cell)
        self.detail.hostile_asked.connect(
            lambda: self._workplace.go(HOSTILE, f"prisoner:{self.detail.shown}")
        )
        self._workplace.bus.committed.connect(self._on_committed)
        self.doings.added.connect(self._on_added)
        self.doings.opened.connect(self._on_form_open)

    # the page as the window knows it

    def opened(self) -> None:
        """It came to the front: load the first time."""
        if not self._ready:
            self._ready = True
            self.memory.recall(self._on_remembered)

    def chosen_record(self) -> tuple[str, str]:
        """Who is shown."""
        return "prisoner", self.detail.shown

    def show_record(self, record: str) -> None:
        """Select a prisoner and show the detail, whatever the filter."""
        self._wanted_record = record
        if self._ready and not self._take_wanted():
            self.head.clear()
        self.both.show_detail()

    def show_search(self, line: str) -> None:
        """Whom a line of filter words finds, in the filter line where it can be changed."""
        self._wanted_line = line
        if self.memory.is_recalled:
            self._take_line()

    def _take_line(self) -> None:
        line, self._wanted_line = self._wanted_line, ""
        self.card.open_filter()
        self.head.clear(line)
        if self.card.line.text() == line:
            self._on_text(line)
        self.card.line.setText(line)

    def come_back(self, record: str) -> None:
        """Choose whom this person was looking at before a lock, as soon as the rows are there."""
        if not self._wanted_record and (not self._ready or not self.detail.shown):
            self._wanted_record = record  # whoever is asked for meanwhile comes first

    def unfinished(self) -> Mapping[str, Plain] | None:
        """The form that is open, with what is typed in it."""
        sheet = self.doings.sheet
        kept = sheet.kept() if sheet is not None else None
        return kept if kept is not None else self._kept

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Open the form again as it was, as soon as the page is in front, over whom it is about."""
        self._kept = values
        self.come_back(str(values.get("about") or ""))

    # loading

    def _on_remembered(self) -> None:
        self._take_line() if self._wanted_line else self._load()
        if self._kept is not None:
            self.doings.reopen(self._kept)

    def _on_form_open(self) -> None:
        self._kept = None  # it is typed in the form now

    def _load(self) -> None:
        self._asked += 1
        asked, wanted = self._asked, self.head.wanted()
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: read_rows(session, wanted),
            initiator=self,
            done=lambda found: self._on_rows(asked, found),
        )

    def _on_rows(self, asked: int, found: Rows) -> None:
        if asked != self._asked:  # an older filter
            return
        rows, total = found
        if asked == 1 and not total and not self.memory.has_filters and self.head.mine.isChecked():
            self.head.clear()  # who owns nobody would begin with an empty page
            return
        self.head.set_labels(label for row in rows for label in row.labels or ())
        self._total = total
        self.model.set_rows(rows)
        self._narrow()
        if self._wanted_record and not self._take_wanted() and not self.head.narrows:
            self._wanted_record = ""  # nobody of that id is there any more
            self._narrow()
        current = self.table.current_id()
        if current and not self.detail.shown:  # rows that came anew may have swallowed the choice
            self.keeper.load(current)

    def _narrow(self) -> None:
        """Show what the head wants of the rows that are here."""
        self.model.set_filter(self.head.keeps)
        shown = len(self.model.shown_ids())
        self.head.show_count(shown, self._total)
        self.card.show_table() if shown else self._show_empty()
        if shown and not self._wanted_record:
            self.table.choose_first()  # what was chosen may be filtered away; here opening records nothing
        if not shown:
            self.detail.show_nobody(_("Whoever you choose in the list is shown here."))

    def _take_wanted(self) -> bool:
        if not self._wanted_record or not self.table.select(self._wanted_record):
            return False
        self._wanted_record = ""
        return True

    def _show_empty(self) -> None:
        if self.head.narrows:
            words = self.head.wrong_words() or _("Nobody fits these filters."), _("Show everyone")
        elif self.head.mine.isChecked():
            words = _("No prisoner is yours yet. A prisoner becomes yours as its owner."), _("Show everyone")
        else:
            words = _("Prisoners come from a list, or one by one."), _("Bring in a list…")
        self.card.show_empty(*words)

    def _on_empty(self) -> None:
        if self.head.narrows or self.head.mine.isChecked():
            self.card.close_filter()
            self.head.clear()
        else:
            self._on_list()

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        """Reload the rows that were touched; the shown detail if anything of it may have."""
        if not self._ready:
            return
        touched = changes.ids("prisoner")
        if changes.touches(*_TOUCHES, *_TOUCHES_TOO, LIGHTS) or len(touched) > _FEW:
            self._load()
        elif all(self.model.row(one) is not None for one in touched):
            self._reload(touched)
        else:
            self._load()
        if self.detail.shown and (touched or changes.touches(*_TOUCHES, *_TOUCHES_TOO)):
            self.keeper.load(self.detail.shown)

    def _reload(self, ids: Collection[str]) -> None:
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: read_some(session, ids), initiator=self, done=lambda rows: self._on_some(ids, rows)
        )

    def _on_some(self, ids: Collection[str], rows: tuple[PrisonerRow, ...]) -> None:
        """Touched rows stay where they are seen, even if they fit the filter no more."""
        gone = set(ids) - {row.id for row in rows}
        self.model.replace(rows, removed=gone)
        self._total -= len(gone)
        self._narrow()

    # what a person does

    def _on_current(self, prisoner: str) -> None:
        if prisoner:
            self.keeper.load(prisoner)

    def _on_opened(self, prisoner: str) -> None:
        if self.both.is_folded:
            self.both.show_detail()
            self.detail.tabs.setFocus()
        elif self._may.edit:
            self.doings.open_edit(prisoner)

    def _on_filtered(self) -> None:
        self._load()
        self.memory.note()

    def _on_text(self, text: str) -> None:
        """At once what the rows say; a moment later what other spellings find."""
        self.head.type(text)
        self.card.suggest(self.head.suggestions(text))
        self.card.say_wrong(self.head.wrong_words())
        self._narrow()
        wanted = self.head.text
        if wanted:
            self._workplace.tasks.query(
                lambda: self._workplace.session.search.prisoners(wanted),
                initiator=self,
                done=lambda found: self._on_found(wanted, found),
            )

    def _on_found(self, text: str, found: frozenset[str]) -> None:
        if text == self.head.text:
            self.head.found = found
            self._narrow()

    def _on_cell(self, prisoner: str, key: str, untrusted_text: str) -> None:
        row = self.model.row(prisoner)
        if row is not None:
            self.doings.edit_cell(row, key, untrusted_text)

    def _on_new(self) -> None:
        if self._may.edit_all:
            self.doings.open_edit("")

    def _on_added(self, prisoner: str) -> None:
        self._workplace.say(_("Prisoner added."), undo=True)
        self._wanted_record = prisoner  # selected as soon as the row is there

    def _on_list(self) -> None:
        from ui.views.intake.sheet import open_intake

        open_intake(self._workplace, self)

    def _on_conversation(self) -> None:
        facts = self.detail.facts
        if facts is not None and facts.family:
            self._workplace.go(TALK, facts.family[0].id)
