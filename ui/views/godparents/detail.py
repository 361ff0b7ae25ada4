"""The card beside the table: who this is, their mandate, and three tabs. Asks the page to do things."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.fields import fields_of
from app.domain.godparent import Godparent
from app.domain.rows import HistoryRow
from app.i18n import _
from ui import actions
from ui.theme import Role
from ui.views.godparents.columns import kind_words
from ui.views.godparents.reading import Facts
from ui.views.godparents.tabs import TabDoings, actions_tab, card_lines, godparenthoods_tab, stops
from ui.views.prisoners.history_tab import history_tab
from ui.views.prisoners.wording import country_name
from ui.widgets.buttons import Button
from ui.widgets.emptying import empty
from ui.widgets.frames import Card, EmptyPage, Scrolled
from ui.widgets.labels import Text, beside, paragraph, stacked
from ui.widgets.tabs import TabStrip

HELD, ACTIONS, HISTORY = "held", "actions", "history"


def name_of(one: Godparent) -> str:
    """Title, given name, family name: as one speaks to them."""
    return " ".join(part for part in (one.title, one.given_name, one.family_name) if part)


class DetailCard(Card):
    """One godparent.

    Args:
        may_edit: whether anything may be changed here.
        may_stop, may_lift, may_hostile: whether a stop may be placed, its lifting proposed, and hostile
            attention recorded.

    Signals:
        edit_asked(), stop_asked(), hostile_asked(), propose_asked(), act_asked(): the buttons.
        lift_asked(str): id of a stop.
        change_asked(str): a godparenthood.
        state_asked(str, str): a godparenthood and the state it should have.
        prisoner_chosen(str): to be opened.
        history_asked(): the History tab came to the front.
        restore_asked(str, int): field and entry.
    """

    edit_asked = Signal()
    stop_asked = Signal()
    lift_asked = Signal(str)
    hostile_asked = Signal()
    propose_asked = Signal()
    act_asked = Signal()
    change_asked = Signal(str)
    state_asked = Signal(str, str)
    prisoner_chosen = Signal(str)
    history_asked = Signal()
    restore_asked = Signal(str, int)

    def __init__(self, *, may_edit: bool, may_stop: bool, may_lift: bool, may_hostile: bool) -> None:
        super().__init__(padding=0, gap=0)
        self._may_edit, self._may_stop, self._may_lift = may_edit, may_stop, may_lift
        self._may_hostile = may_hostile
        self._facts: Facts | None = None
        self._history: tuple[HistoryRow, ...] | None = None
        self._doings = self._make_doings()
        self._build()
        self.show_nobody("")

    def _make_doings(self) -> TabDoings:
        if not self._may_edit:
            return TabDoings(self.prisoner_chosen.emit)
        return TabDoings(
            self.prisoner_chosen.emit,
            self.change_asked.emit,
            self.state_asked.emit,
            self.propose_asked.emit,
            self.act_asked.emit,
        )

    def _build(self) -> None:
        self.inside = Scrolled(padding=16, gap=12)
        self.add(self.inside, 1)
        self._above = QWidget()
        column = QVBoxLayout(self._above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._who = column
        self.tabs = TabStrip(
            _("About this godparent"),
            [(HELD, _("Godparenthoods")), (ACTIONS, _("Actions")), (HISTORY, _("History"))],
        )
        self.tabs.chosen.connect(self._on_tab)
        self._below = QVBoxLayout()
        self._below.setSpacing(12)
        for part in (self._above, self.tabs):
            self.inside.add(part)
        self.inside.body.addLayout(self._below)
        self.inside.body.addStretch(1)

    # showing

    @property
    def shown(self) -> str:
        """The id of who is shown, "" for nobody."""
        return self._facts.godparent.id if self._facts is not None else ""

    @property
    def facts(self) -> Facts | None:
        """Who is shown."""
        return self._facts

    def show_nobody(self, words: str) -> None:
        """Say why nobody is shown."""
        self._facts = None
        self._above.hide()
        self.tabs.hide()
        _fill(self._below, [EmptyPage(words)] if words else [])

    def show_facts(self, facts: Facts) -> None:
        """Show a godparent; the same one keeps its place and tab."""
        same = self.shown == facts.godparent.id
        place = self.inside.verticalScrollBar().value() if same else 0
        self._facts, self._history = facts, None
        lift = self.lift_asked.emit if self._may_lift else None
        _fill(
            self._who, [self._names(facts), *stops(facts, lift), card_lines(facts), *self._protections(facts)]
        )
        self._above.show()
        self.tabs.show()
        self._show_tab()
        self.inside.body.activate()
        self.inside.verticalScrollBar().setValue(place)

    def show_history(self, godparent: str, rows: tuple[HistoryRow, ...]) -> None:
        """The rows of the History tab, if that godparent is still shown."""
        if godparent == self.shown:
            self._history = rows
            if self.tabs.key() == HISTORY:
                self._show_tab()

    def _names(self, facts: Facts) -> QWidget:
        one = facts.godparent
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        said = [kind_words(one.what, one.office), country_name(one.country)]
        words = " · ".join(part for part in said if part)
        line.addWidget(stacked(paragraph(name_of(one), Role.TITLE), paragraph(words, Role.MUTED), gap=4), 1)
        if self._may_edit:
            edit = Button(_("Edit"))
            edit.clicked.connect(self.edit_asked)
            line.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _protections(self, facts: Facts) -> list[QWidget]:
        """What protects: a stop, and the record of hostile attention."""
        buttons: list[QWidget] = []
        if self._may_stop and not any(stop.hold.on_noun == "godparent" for stop in facts.view.stopped):
            stop = Button(_("Stop…"), description=_("Nothing leaves the house for them from then on"))
            stop.clicked.connect(self.stop_asked)
            buttons.append(stop)
        if self._may_hostile:
            hostile = Button(_("Hostile attention…"), description=actions.ATTENTION.words)
            hostile.clicked.connect(self.hostile_asked)
            buttons.append(hostile)
        return [beside(*buttons)] if buttons else []

    # tabs

    def _on_tab(self, key: str) -> None:
        self._show_tab()

    def _show_tab(self) -> None:
        facts = self._facts
        if facts is None:
            return
        match self.tabs.key():
            case "actions":
                _fill(self._below, actions_tab(facts, self._doings))
            case "history":
                self._show_history()
            case _:
                _fill(self._below, godparenthoods_tab(facts, self._doings))

    def _show_history(self) -> None:
        if self._history is None:
            _fill(self._below, [Text(_("Reading…"), Role.MUTED)])
            self.history_asked.emit()
            return
        restore = self.restore_asked.emit if self._may_edit else None
        fields = fields_of(Godparent)
        _fill(self._below, history_tab(self._history, {}, restore, all_shown=False, fields=fields))


def _fill(column: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    empty(column)
    for widget in widgets:
        column.addWidget(widget)
    column.activate()  # at once: nothing is seen squeezed
