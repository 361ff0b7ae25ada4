"""Lists brought in before: taken back as a whole, their sources trusted by two people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.roles import Action
from app.domain.rows import ListRunRow, SourceRow
from app.i18n import _, ngettext, number_words
from app.services.context import Saved
from app.services.session import Session
from app.services.sources import Trusted
from app.services.taking_back import TakenBack
from ui.columns import Badge, CellKind, Column
from ui.messages import told_of
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.theme import Role
from ui.views.intake.run_report import open_report
from ui.views.prisoners.wording import moment_words
from ui.views.shared.carrying_out import CarryingOut
from ui.widgets.buttons import Button
from ui.widgets.dialogs import ask, tell
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import SectionHead, Text, paragraph
from ui.widgets.table import TableView, table_card
from ui.worker import Failure
from ui.workplace import Workplace

_TRUST: Final = {"trusted": State.YES, "waits": State.WAITS, "not_trusted": State.UNASKED}


@attrs.frozen
class Run:
    """A line: a list brought in and how far its source is trusted."""

    row: ListRunRow
    trust: str
    proposed_by: str


@attrs.frozen
class Lists:
    """What the panel shows, read in one go."""

    runs: tuple[ListRunRow, ...]
    sources: tuple[SourceRow, ...]


@attrs.frozen
class Brought:
    """A list that came in, and every list as it is then: nothing older is shown after it."""

    saved: Saved
    lists: Lists

    @property
    def changes(self) -> Changes:
        """For screens to reload."""
        return self.saved.changes


def read_lists(session: Session) -> Lists:
    """On the worker: lists, newest first, and sources."""
    return Lists(tuple(session.intake.runs()), session.sources.rows())


def _waiting(session: Session) -> int:
    """How many earlier answers wait for me; none where I may not record any."""
    allowed = session.has_desk_key and session.may(Action.RECORD_CONVERSATION).allowed
    return len(session.earlier.rows()) if allowed else 0


def trust_badge(trust: str) -> Badge:
    """How far two people trust a source."""
    words = {"trusted": _("trusted"), "waits": _("one of two"), "not_trusted": _("not trusted")}
    return Badge(_TRUST[trust], words[trust])


class RunsPanel(QWidget):
    """Table of lists with what can be done about the chosen one.

    Signals:
        loaded(tuple[SourceRow, ...]): sources known.
        earlier_asked(): go through what lists said of consent.
        taken_back(): a list was.
    """

    loaded = Signal(object)
    earlier_asked = Signal()
    taken_back = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._sources: dict[str, SourceRow] = {}
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._head = SectionHead(_("Lists brought in"))
        self.trust, self.back = Button(_("Trust this source")), Button(_("Take this list back…"))
        self.trust.setObjectName("trust")
        self.back.setObjectName("take-back")
        self.trust.clicked.connect(self._on_trust)
        self.back.clicked.connect(self._on_back)
        self.earlier = Button(_("Earlier answers…"))
        self.earlier.setObjectName("earlier")
        self.report = Button(_("What it did…"))
        self.report.setObjectName("report")
        self.report.clicked.connect(self._on_report)
        self.earlier.clicked.connect(self.earlier_asked)
        doings = QWidget()
        flow = FlowLayout(doings)  # in a narrow window the buttons stand in two lines
        for button in (self.earlier, self.report, self.trust, self.back):
            flow.addWidget(button)
        self._model = _model()
        self.table = TableView(_("Lists brought in"), self._model, multi=False)
        self.table.current_changed.connect(lambda _id: self._show_doings())
        self._card = table_card(self.table)
        self._none = paragraph(_("No list has been brought in yet."), Role.MUTED)
        self._hint = Text("", Role.SMALL)
        self.work = CarryingOut(self._workplace.tasks, doings)
        for part in (self._head, doings, self.work, self._none):
            column.addWidget(part)
        column.addWidget(self._card, 1)
        column.addWidget(self._hint)
        column.addStretch(0)  # without a table heading and words stay together above
        self._none.hide()  # nothing is known before the lists are read
        self._show_doings()
        self.earlier.hide()
        self._workplace.bus.committed.connect(self._on_committed)

    # loading

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if initiator is not self.window() and changes.touches("list_run", "source", "trust", "trust_step"):
            self.load()

    def load(self) -> None:
        """Read lists and sources again."""
        session = self._workplace.session
        self._workplace.tasks.query(lambda: read_lists(session), initiator=self, done=self.show_lists)
        self._count_earlier()

    def _count_earlier(self) -> None:
        """Apart: opening every earlier answer takes longer than reading the lists."""
        session = self._workplace.session
        self._workplace.tasks.query(lambda: _waiting(session), initiator=self, done=self._show_earlier)

    def _show_earlier(self, waiting: int) -> None:
        words = ngettext("{n} earlier answer to go through…", "{n} earlier answers to go through…", waiting)
        self.earlier.setText(words)
        self.earlier.setVisible(bool(waiting))

    def show_brought(self, brought: Brought) -> None:
        """A list just came in."""
        self.show_lists(brought.lists, brought.saved.id)
        self._count_earlier()

    def show_lists(self, lists: Lists, choose: str = "") -> None:
        """Show these; `choose` becomes the current list."""
        runs, sources = lists.runs, lists.sources
        self._sources = {row.id: row for row in sources}
        rows = []
        for run in runs:
            source = self._sources.get(run.source)
            trust = (source.trust, source.proposed_by) if source is not None else ("not_trusted", "")
            rows.append(Run(run, *trust))
        self._model.set_rows(rows)
        self._card.setVisible(bool(rows))
        self._none.setVisible(not rows)
        wanted = choose or self.table.current_id() or (runs[0].id if runs else "")
        self.table.select(wanted)
        self._show_doings()
        self.loaded.emit(sources)

    # doing

    def _current(self) -> Run | None:
        return self._model.row(self.table.current_id())

    def _show_doings(self) -> None:
        run, session = self._current(), self._workplace.session
        self.report.setVisible(run is not None)
        may_trust = session.may(Action.TRUST_SOURCE).need.value != "never"
        self.back.setVisible(run is not None and not run.row.undone and session.may(Action.UNDO_LIST).allowed)
        mine = run is not None and run.trust == "waits" and run.proposed_by == session.person.name
        can = run is not None and may_trust and not mine and run.trust != "trusted" and not run.row.undone
        self.trust.setVisible(can)
        second = run is not None and run.trust == "waits"
        self.trust.setText(
            _("Trust this source: second of two") if second else _("Trust this source: first of two")
        )
        self._hint.setText(
            _("Your yes is kept; a second person has to say yes as well.")
            if mine
            else _("What stands in a source that two people trust counts as published.")
        )
        self._hint.setVisible(run is not None and run.trust != "trusted")

    def _on_report(self) -> None:
        if (run := self._current()) is not None:
            open_report(self._workplace, self, run.row, self._failed)

    def _on_trust(self) -> None:
        run, session = self._current(), self._workplace.session
        if run is not None:
            source = run.row.source
            self.work.carry_out(
                _("Trusting the source") if run.trust == "waits" else _("Your yes is being kept"),
                lambda progress: session.sources.trust(source, progress),
                done=self._trusted,
                failed=self._failed,
            )

    def _trusted(self, trusted: Trusted) -> None:
        words = (
            _("First yes kept. A second person has to agree.")
            if trusted.waits
            else _("Source trusted by two.")
        )
        self._workplace.say(words)
        self.load()

    def _on_back(self) -> None:
        run, session = self._current(), self._workplace.session
        if run is None:
            return
        about = run.row.id
        people = ngettext("{n} person goes away again.", "{n} people go away again.", run.row.added)
        more = _("So do the relatives, godparents and photos that came with it.")
        words = " ".join((people, more, _("Whoever was worked on since stays and is listed.")))
        if ask(self.window(), _("Take this list back?"), words, _("Take the list back"), dangerous=True):
            self.work.carry_out(
                _("Taking the list back"),
                lambda progress: session.intake.take_back(about, progress),
                done=self._taken_back,
                failed=self._failed,
            )

    def _taken_back(self, taken: TakenBack) -> None:
        words = _("The list is taken back.")
        if taken.removed:
            words += " " + ngettext("{n} person taken back.", "{n} people taken back.", taken.removed)
        if taken.kept:
            words += " " + ngettext("{n} stays.", "{n} stay.", len(taken.kept))
        self._workplace.say(words)
        self.taken_back.emit()
        self.load()
        if taken.kept:
            stay = _("They were worked on since the list came in, so they stay as they are.")
            tell(self.window(), words, stay)

    def _failed(self, failure: Failure) -> None:
        told = told_of(failure)
        tell(self.window(), told.happened, told.advice, told.reference)


def _model() -> RowTableModel[Run]:
    column = Column[Run]
    return RowTableModel(
        [
            column(
                "source", _("List"), lambda run: run.row.source_name, CellKind.STRONG, width=200, stretch=True
            ),
            column(
                "when",
                _("Brought in"),
                lambda run: moment_words(run.row.brought_in_at) if run.row.brought_in_at else None,
                sort_key=lambda run: run.row.brought_in_at.isoformat() if run.row.brought_in_at else None,
                width=180,
            ),
            column("by", _("By"), lambda run: run.row.brought_in_by, CellKind.MUTED, width=110),
            _counted("rows", _("Rows"), lambda run: run.row.rows, width=76),
            _counted("added", _("New"), lambda run: run.row.added, width=76),
            _counted("changed", _("Changed"), lambda run: run.row.changed, width=92),
            column("trust", _("Source"), _state, CellKind.BADGE, width=172),
        ],
        lambda run: run.row.id,
    )


def _counted(key: str, head: str, count: Callable[[Run], int], *, width: int) -> Column[Run]:
    """A column of counts, written as the language does and sorted as numbers."""
    return Column(
        key, head, lambda run: number_words(count(run)), CellKind.NUMBER, sort_key=count, width=width
    )


def _state(run: Run) -> Badge:
    return Badge(State.NO, _("taken back")) if run.row.undone else trust_badge(run.trust)
