"""Settings → Copies: who holds which, until when; making one, and recording one as lost. For officers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.copy_words import holds_words, kind_words, state_words
from app.domain.changes import Changes
from app.domain.derived_copy import CopyState, DerivedRow
from app.domain.journey import JourneyRow
from app.domain.rows import PersonRow
from app.i18n import _, ngettext
from ui.messages import told_of
from ui.theme import Role
from ui.views.copies.home_sheet import HomeSheet
from ui.views.copies.journey_sheet import JourneySheet
from ui.views.copies.make_sheet import MakeCopySheet
from ui.views.prisoners.wording import day_words
from ui.widgets.buttons import Button
from ui.widgets.dialogs import ask
from ui.widgets.emptying import empty
from ui.widgets.frames import Card, line
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph
from ui.worker import Failure
from ui.workplace import CASE_FILE, Workplace

_SHOWN = 4


class CopiesCard(Card):
    """One line per copy, newest first.

    Attributes:
        lost: buttons of those that are out, by id.
        back: buttons of whoever is away, by the id of the journey.
    """

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.lost: dict[str, Button] = {}
        self.back: dict[str, Button] = {}
        self.add(SectionHead(_("Copies to be carried")))
        words = _(
            "For reports staff elsewhere and for journeys: chosen prisoners only, nothing about families, "
            "a passphrase of its own. Carry a copy over a border, never the case file."
        )
        self.add(paragraph(words, Role.MUTED))
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)
        self.add(self._rows)
        self.wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self.add(self.wrong)
        self.wrong.hide()
        self.make = Button(_("Make a copy…"))
        self.make.clicked.connect(self.make_one)
        self.home = Button(_("A copy came home…"))
        self.home.clicked.connect(self.take_home)
        self.journey = Button(_("Before a journey…"))
        self.journey.clicked.connect(self.before_a_journey)
        self.add(beside(self.make, self.home, self.journey))
        self.home.hide()
        workplace.bus.committed.connect(self._on_committed)

    def load(self) -> None:
        """Read them anew."""
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: (session.copies.rows(), session.journeys.rows()),
            initiator=self,
            done=lambda found: self._show(*found),
            failed=self._on_failed,
        )

    def make_one(self) -> None:
        """Open the dialog that makes one."""
        sheet = MakeCopySheet(self.window(), self._workplace)
        sheet.made.connect(self.load)
        sheet.open_large(780, 640)

    def take_home(self) -> None:
        """Open the dialog that looks at one and takes in what was written in it."""
        sheet = HomeSheet(self.window(), self._workplace)
        sheet.settled.connect(self._after)
        sheet.open_large(780, 600)

    def before_a_journey(self) -> None:
        """Open the dialog that makes a copy and takes a way in off."""
        self._workplace.tasks.query(
            self._workplace.session.people.rows, initiator=self, done=self._ask_who, failed=self._on_failed
        )

    def _ask_who(self, rows: tuple[PersonRow, ...]) -> None:
        sheet = JourneySheet(self.window(), self._workplace, rows)
        sheet.made.connect(self.load)
        sheet.gone.connect(self._on_gone)
        sheet.open()

    def _on_gone(self, mine: bool) -> None:
        if mine:  # this session can do nothing more with who opens the case file
            self._workplace.go(CASE_FILE, str(self._workplace.session.folder))
            return
        self._after(_("Their passphrase opens nothing here. Lock once, so that everything gets new keys."))

    def _back(self, row: JourneyRow) -> None:
        self._workplace.tasks.command(
            self._workplace.session.journeys.back,
            row.id,
            initiator=self,
            done=lambda _saved: self._after(_("{name} can open the case file again.").format(name=row.name)),
            failed=self._on_failed,
        )

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if self.isVisible() and changes.touches("derived_copy", "journey"):
            self.load()

    def _show(self, rows: tuple[DerivedRow, ...], away: tuple[JourneyRow, ...]) -> None:
        if self._rows.isAncestorOf(self.window().focusWidget()):
            self.make.setFocus()  # its button goes; the keyboard stays here
        empty(self._list)
        self.lost, self.back = {}, {}
        for one in away:
            self._list.addWidget(self._away(one))
            self._list.addWidget(line())
        out = [row for row in rows if row.state == CopyState.OUT]
        rest = [row for row in rows if row.state != CopyState.OUT]
        shown = [*out, *rest[: max(0, _SHOWN - len(out))]]
        for place, row in enumerate(shown):
            if place:
                self._list.addWidget(line())
            self._list.addWidget(self._line(row))
        more = len(rows) - len(shown)
        if more:
            words = ngettext("{n} older one", "{n} older ones", more).format(n=more)
            self._list.addWidget(paragraph(words, Role.MUTED))
        self.home.setVisible(bool(rows))
        if not rows:
            self._list.addWidget(paragraph(_("No copy was made yet."), Role.MUTED))
        self._list.activate()

    def _away(self, row: JourneyRow) -> QWidget:
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(12)
        since = day_words(row.began_at.astimezone().date()) if row.began_at is not None else ""
        words = _("away since {day}: their passphrase opens nothing here").format(day=since)
        if not row.finished:
            words = _("their way in is not taken off yet: do it once more")
        cells.addWidget(RunText([Run(row.name, Role.BOLD), Run(f"  {words}", Role.MUTED)]), 1)
        self.back[row.id] = Button(_("Home again"), description=row.name)
        self.back[row.id].clicked.connect(lambda: self._back(row))
        cells.addWidget(self.back[row.id])
        return box

    def _line(self, row: DerivedRow) -> QWidget:
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(2)
        state = state_words(row, self._workplace.session.today(), day_words)
        left.addWidget(RunText([Run(row.holder, Role.BOLD), Run(f"  {state}", Role.MUTED)]))
        made = day_words(row.made_at.astimezone().date()) if row.made_at is not None else ""
        by = _("made on {day} by {name}").format(day=made, name=row.made_by)
        left.addWidget(paragraph(" · ".join((kind_words(row.copy_kind), holds_words(row), by)), Role.MUTED))
        cells.addLayout(left, 1)
        if row.state == CopyState.OUT:
            self.lost[row.id] = self._button(_("It is lost…"), row, self._lost)
            cells.addWidget(self.lost[row.id])
        return box

    def _button(self, words: str, row: DerivedRow, press: Callable[[DerivedRow], None]) -> Button:
        button = Button(words, description=row.holder)
        button.clicked.connect(lambda: press(row))
        return button

    def _lost(self, row: DerivedRow) -> None:
        text = _(
            "Nothing of it is ever taken in from then on. Whoever has it and its passphrase reads the "
            "prisoners in it; nothing about their families is in it."
        )
        if not ask(self, _("Record this copy as lost?"), text, _("It is lost"), dangerous=True):
            return
        session = self._workplace.session
        self._workplace.tasks.command(
            session.copies.lost,
            row.id,
            initiator=self,
            done=lambda _saved: self._after(_("Recorded as lost.")),
            failed=self._on_failed,
        )

    def _after(self, said: str) -> None:
        self.wrong.hide()
        self._workplace.say(said)
        self.load()

    def _on_failed(self, failure: Failure) -> None:
        self.wrong.setText(told_of(failure).text)
        self.wrong.show()
