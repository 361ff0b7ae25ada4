"""Duplicates, as a sheet over the window: pairs side by side, one decision by one key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.roles import Action
from app.i18n import _
from app.services.context import Saved
from app.services.duplicates import Queue
from app.services.merging import MergePrisoners
from app.services.merging_look import Compared, MergedRow
from ui import actions
from ui.messages import told_of, undone_words
from ui.tasks import Ticket
from ui.theme import Role
from ui.views.duplicates import lists
from ui.views.duplicates.compare import CompareCard, OtherTable, PairTable
from ui.views.duplicates.doings import DoingButtons
from ui.views.duplicates.others import doing_of
from ui.views.duplicates.reading import read_pair
from ui.views.duplicates.split import PairSplit
from ui.views.duplicates.words import (
    PAIRS,
    RELATIVES,
    empty_words,
    relatives_words,
    tab_words,
)
from ui.widgets.dialogs import Sheet
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Text, beside
from ui.widgets.table import table_card
from ui.widgets.tabs import TabStrip
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

_WIDTH, _HEIGHT = 1320, 820


class DuplicatesSheet(Sheet):
    """The queue.

    Args:
        workplace: of the window.
        parent: the window.
        first: two prisoners somebody wants to merge, whatever the queue says.
    """

    def __init__(self, workplace: Workplace, parent: QWidget, first: tuple[str, str] | None = None) -> None:
        super().__init__(parent, _("Duplicates"), width=640)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workplace: Final = workplace
        self._first = first
        self._found = Queue()
        self._merged: tuple[MergedRow, ...] = ()
        self._later: list[str] = []
        self._ticket: Ticket | None = None
        session = workplace.session
        self._may_merge = session.has_desk_key and session.may(Action.MERGE_PRISONERS).allowed
        self._build()
        self._connect()
        self._show_tab()
        self._search()

    # building

    def _build(self) -> None:
        self.tabs = TabStrip(_("Which people"), self._tab_words())
        self.add(beside(self.tabs))
        self.notice, self.trouble = Notice("", Tone.GREEN), Notice("", Tone.AMBER)
        for notice in (self.notice, self.trouble):
            self.add(notice)
            notice.hide()
        self.pairs_model, self.others_model = lists.pairs_model(), lists.others_model()
        self.pairs = PairTable(_("Pairs to look at"), self.pairs_model)
        self.compare = CompareCard()
        self.split = PairSplit(table_card(self.pairs), self.compare)
        self.add(self.split, 1)
        self.about = Text(relatives_words(), Role.MUTED, wrap=True)
        self.add(self.about)
        self.others = OtherTable(_("People who are not proposed"), self.others_model)
        self.others_card = table_card(self.others)
        self.add(self.others_card, 1)
        self.empty = Text("", Role.MUTED, wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.add(self.empty, 1)
        self.working = WorkingStrip()
        self.add(self.working)
        self.doings = DoingButtons(self.buttons, self.compare.swap, may_merge=self._may_merge)

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda _key: self._show_tab())
        self.pairs.current_changed.connect(lambda _id: self._look())
        self.others.current_changed.connect(lambda _id: self._name_doings())
        self.others.apart_asked.connect(lambda: self._on_key("apart"))
        self.compare.decide_asked.connect(self._on_key)
        self.pairs.decide_asked.connect(self._on_key)
        self.pairs.opened.connect(lambda _id: self.compare.table.setFocus())
        self.working.cancel_pressed.connect(self._cancel)
        self.doings.pressed.connect(self._on_key)
        actions.make_action(self, actions.UNDO, self._on_undo)

    def show_over(self) -> None:
        """Open it over its window, as large as there is room for."""
        self.open_large(_WIDTH, _HEIGHT, narrowest=640)

    # finding

    def _search(self) -> None:
        session = self._workplace.session
        self.working.start(_("Comparing people"))
        self._ticket = self._workplace.tasks.long(
            session.duplicates.searching,
            initiator=self,
            done=self._on_found,
            failed=self._failed,
            step=self.working.set_progress,
        )

    def _on_found(self, found: Queue) -> None:
        self._ticket = None
        self.working.finish()
        self._found = found
        self._read_merged()

    def _read_merged(self) -> None:
        self._workplace.tasks.query(
            self._workplace.session.merging.merged, initiator=self, done=self._on_merged, failed=self._failed
        )

    def _on_merged(self, rows: tuple[MergedRow, ...]) -> None:
        self._merged = rows
        self._fill()
        if self._first is not None:
            first, self._first = self._first, None
            self._compare(*first)
        elif self.compare.found is None:
            self._look()  # the line that moved up is the next

    def _fill(self) -> None:
        order = {pair: place for place, pair in enumerate(self._later)}
        pairs = sorted(self._found.pairs, key=lambda one: order.get(lists.pair_id(one), -1))
        self.pairs_model.set_rows(pairs)
        for place, (_key, words) in enumerate(self._tab_words()):
            self.tabs.setTabText(place, words)
        self._show_tab()

    def _tab_words(self) -> list[tuple[str, str]]:
        return tab_words(self._found, len(self._merged))

    # showing

    def _show_tab(self) -> None:
        key = self.tabs.key()
        rows = lists.rows_of(key, self._found, self._merged)
        self.others_model.set_rows(rows)
        some = bool(self._found.pairs) or self.compare.found is not None if key == PAIRS else bool(rows)
        self.split.setVisible(key == PAIRS and some)
        self.others_card.setVisible(key != PAIRS and some)
        self.empty.setVisible(not some)
        nothing = empty_words(key, closed=self._found.relatives is None)
        self.empty.setText(_("Everybody is being compared.") if self._ticket is not None else nothing)
        self.about.setVisible(key == RELATIVES and some)
        if key == PAIRS and self._found.pairs and not self.pairs.current_id():
            self.pairs.choose_first()
        elif rows:
            self.others.choose_first()
        self._name_doings()

    def _name_doings(self) -> None:
        row = self.others_model.row(self.others.current_id())
        pair = self.compare.found is not None
        self.doings.show_for(self.tabs.key(), pair=pair, what=row.what if row is not None else "")

    def _look(self) -> None:
        pair = self.pairs_model.row(self.pairs.current_id())
        if pair is not None:
            self._compare(pair.left.id, pair.right.id)

    def _compare(self, left: str, right: str) -> None:
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: read_pair(session, left, right),
            initiator=self,
            done=lambda found: self._show_pair(*found),
            failed=self._failed,
        )

    def _show_pair(self, found: Compared, names: Mapping[str, str]) -> None:
        pair = lists.pair_of(self._found, {found.left.id, found.right.id})
        self.compare.show_pair(found, names, lists.why_of(pair))
        self._show_tab()
        self.pairs.mark(lists.pair_id(pair))
        self.compare.table.setFocus()

    # deciding

    def _on_key(self, what: str) -> None:
        found = self.compare.found
        if what in ("propose", "take_apart") or self.tabs.key() == RELATIVES:
            self._on_other(what)
        if found is None or self.tabs.key() != PAIRS:
            return
        left, right = found.left, found.right
        if what == "swap":
            self._compare(right.id, left.id)
            return
        duplicates, merging = self._workplace.session.duplicates, self._workplace.session.merging
        if what == "later":
            self._go_on()
        elif what == "apart":
            said = _("Kept apart: not the same person.")
            self._run(lambda: duplicates.keep_apart(left.id, right.id), said, {left.id, right.id})
        elif self._may_merge:
            command = MergePrisoners(left.id, left.version, right.id, right.version, self.compare.from_right)
            said = _("Merged. Ctrl+Z takes them apart again.")
            self._run(lambda: merging.merge(command), said, {right.id})

    def _run(self, save: Callable[[], Saved], said: str, settled: Collection[str] = ()) -> None:
        """Save, then go on; pairs of all of `settled` need not be looked for again."""
        self.doings.set_enabled(on=False)
        self._workplace.tasks.command(
            lambda nothing: save(),
            None,
            initiator=self,
            done=lambda saved: self._on_saved(saved, said, settled),
            failed=self._failed,
        )

    def _on_saved(self, saved: Saved, said: str, settled: Collection[str] = ()) -> None:
        self.doings.set_enabled(on=True)
        waits = _("What was said about one of them counts for both once a second person agrees.")
        self._say(f"{said} {waits}" if saved.waits else said)
        self.compare.clear()
        if not settled:
            self._search()
            return
        self._found = lists.settled(self._found, settled, self._workplace.session.person.name)
        self._read_merged()

    def _go_on(self) -> None:
        pair = self.pairs_model.row(self.pairs.current_id())
        if pair is not None:
            self._later.append(lists.pair_id(pair))
        self.compare.clear()
        self._fill()
        self.pairs.choose_first()
        self._look()

    def _on_other(self, what: str) -> None:
        row = self.others_model.row(self.others.current_id())
        if row is None or ((what == "apart") is not (row.what == RELATIVES) and what != "family"):
            return
        if what == "family":
            self._workplace.go("relatives", row.one)
            self.accept()
            return
        self._run(*doing_of(row, self._workplace.session))

    def _on_undo(self) -> None:
        self._workplace.tasks.command(
            lambda nothing: self._workplace.session.undo.undo(),
            None,
            initiator=self,
            done=lambda saved: self._on_saved(saved, undone_words(waits=False)),
            failed=self._failed,
        )

    # saying

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self.notice.setVisible(not wrong)
        self.trouble.setVisible(wrong)
        (self.trouble if wrong else self.notice).set_text(words)

    def _failed(self, failure: Failure) -> None:
        self._ticket = None
        self.working.finish()
        self.doings.set_enabled(on=True)
        if failure.cancelled:
            self._show_tab()
            return
        self._say(told_of(failure).line, wrong=True)

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def reject(self) -> None:
        """Closing stops what is under way."""
        self._cancel()
        super().reject()
