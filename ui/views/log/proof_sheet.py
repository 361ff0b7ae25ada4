"""Proof lines on screen: make one, compare one, sign one too, and where mine is kept. Asks services only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.proof_fit import DOUBTS, Comparison, Fit
from app.i18n import _
from app.proof_words import fit_words
from app.services.proofs import PlaceState
from ui.clipboard import put_open
from ui.file_choice import choose_new_file, choose_text_file
from ui.messages import told_of
from ui.states import State
from ui.theme import Role
from ui.views.log.wording import when_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import TextEdit
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph
from ui.worker import Failure
from ui.workplace import Workplace

T = TypeVar("T")
DOUBTED: Final = Changes({"log_doubt": {""}, "log": {""}})
"""What every screen has to load again once the log is doubted."""
FILE_NAME: Final = "poruch-proof.txt"
SIGNED_NAME: Final = "poruch-proof-signed.txt"
_STATES: Final = {Fit.FITS: State.YES, Fit.RESTORED: State.YES, Fit.ABSENT: State.UNASKED}


class ProofSheet(Sheet):
    """The dialog.

    Args:
        workplace: of the page.
        parent: its window.
    """

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent, _("Proof line"), width=920)
        self._workplace: Final = workplace
        self.add(
            paragraph(
                _(
                    "A few lines that say how far the log is, signed by you. Kept outside the case file, "
                    "they show later whether an old copy was put back. They name nobody."
                ),
                Role.MUTED,
            )
        )
        # Beside each other: six lines of both are seen in a low window, too.
        sides = QHBoxLayout()
        sides.setSpacing(20)
        self._mine, self._other = QVBoxLayout(), QVBoxLayout()
        for side in (self._mine, self._other):
            side.setSpacing(12)
            sides.addLayout(side, 1)
        self.body.addLayout(sides, 1)
        self._build_mine()
        self._build_other()
        self._build_place()
        self._load()

    # building

    def _build_mine(self) -> None:
        self._mine.addWidget(SectionHead(_("My proof line")))
        self.mine = TextEdit(_("My proof line"), lines=6)
        self.mine.setReadOnly(True)
        self.mine.setMinimumHeight(self.mine.sizeHint().height())
        self._mine.addWidget(self.mine)
        self.copy, self.save = Button(_("Copy lines")), Button(_("Save as file…"))
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)
        self._mine.addWidget(beside(self.copy, self.save))
        self.told = RunText()
        self.told.hide()
        self._mine.addWidget(self.told)
        self._mine.addStretch(1)

    def _build_other(self) -> None:
        self._other.addWidget(SectionHead(_("Compare with a proof line")))
        self.other = TextEdit(
            _("Proof line to compare"), lines=6, example=_("Paste its lines here, or open its file")
        )
        self.other.setMinimumHeight(self.other.sizeHint().height())
        self.other.textChanged.connect(self._on_typed)
        self._other.addWidget(self.other)
        self.open_file = Button(_("Open a file…"))
        self.compare = Button(_("Compare with the log"), Look.PRIMARY)
        self.sign = Button(_("Sign it too"), description=_("Puts your signature below the first one"))
        self.open_file.clicked.connect(self._on_open)
        self.compare.clicked.connect(self._on_compare)
        self.sign.clicked.connect(self._on_sign)
        self._other.addWidget(beside(self.open_file, self.compare, self.sign))
        self.save_signed = Button(_("Save as file…"), description=_("Saves the lines with your signature"))
        self.save_signed.clicked.connect(self._on_save_signed)
        self._keep_signed = beside(self.save_signed)
        self._keep_signed.hide()
        self.said, self.advice = RunText(), Text("", Role.MUTED, wrap=True)
        self._other.addWidget(self.said)
        self._other.addWidget(self.advice)
        self._other.addWidget(self._keep_signed)
        self._other.addStretch(1)
        self._on_typed()

    def _build_place(self) -> None:
        self.add(SectionHead(_("Kept for me")))
        self.place_words = Text("", Role.MUTED, wrap=True)
        self.add(self.place_words)
        self.choose, self.forget = Button(_("Choose a place…")), Button(_("Keep nowhere"), Look.QUIET)
        self.choose.clicked.connect(self._on_choose)
        self.forget.clicked.connect(self._on_forget)
        self.add(beside(self.choose, self.forget))

    # loading

    def _load(self) -> None:
        session = self._workplace.session
        self._ask(session.proofs.line, self.mine.setPlainText)
        self._ask(session.proofs.place, self._on_place)

    def _ask(self, method: Callable[[], T], done: Callable[[T], None]) -> None:
        self._workplace.tasks.query(method, initiator=self, done=done, failed=self._on_failed)

    def _on_place(self, place: PlaceState) -> None:
        self.forget.setVisible(place.path is not None)
        if place.path is None:
            self.place_words.setText(
                _(
                    "Choose a stick or another folder once: the line there is compared whenever you unlock, "
                    "and renewed whenever you lock."
                )
            )
            return
        self.place_words.setText(
            _("{place}: compared whenever you unlock, renewed whenever you lock.").format(place=place.path)
        )

    # what a person does

    def _on_copy(self) -> None:
        put_open(self.mine.toPlainText())
        self._tell(_("Copied."))

    def _on_save(self) -> None:
        path = choose_new_file(self, _("Save proof line"), FILE_NAME)
        if path is not None:
            self.save_at(path)

    def save_at(self, path: Path) -> None:
        """Save my proof line there."""
        self._ask(
            lambda: self._workplace.session.proofs.save(path),
            lambda _text: self._tell(_("Saved.")),
        )

    def _tell(self, words: str) -> None:
        """What was done with my own line, below it."""
        self.told.set_runs([Run(words, state=State.YES)])
        self.told.show()
        self.fit(shrink=False)

    def _on_open(self) -> None:
        path = choose_text_file(self, _("Open a proof line"))
        if path is not None:
            self.other.clear()  # what is said next is about this file, not about the lines before
            self._ask(lambda: self._workplace.session.proofs.text_of(path), self.other.setPlainText)

    def _on_typed(self) -> None:
        has_text = bool(self.other.toPlainText().strip())
        for button in (self.compare, self.sign):
            button.setEnabled(has_text)
        self._keep_signed.hide()  # what stands there now was not signed here
        self._say("")

    def _on_compare(self) -> None:
        text = self.other.toPlainText()
        self._ask(lambda: self._workplace.session.proofs.compare(text), self._on_compared)

    def _on_compared(self, found: Comparison) -> None:
        today = self._workplace.session.today()
        words = fit_words(found, lambda moment: when_words(moment, today))
        by = _("Signed by: {names}").format(names=", ".join(found.by)) if found.by else ""
        self._say(words.happened, _STATES.get(found.fit, State.NO), " ".join((words.advice, by)).strip())
        if found.fit in DOUBTS:  # it was written into the log
            self._workplace.bus.announce(DOUBTED, self)

    def _on_sign(self) -> None:
        text = self.other.toPlainText()
        self._ask(lambda: self._workplace.session.proofs.sign(text), self._on_signed)

    def _on_signed(self, text: str) -> None:
        self.other.setPlainText(text)
        put_open(text)
        self._say(
            _("You signed it too."),
            State.YES,
            _("The lines are copied: give them back to whoever sent them, or save them as a file."),
        )
        self._keep_signed.show()
        self.fit(shrink=False)

    def _on_save_signed(self) -> None:
        path = choose_new_file(self, _("Save proof line"), SIGNED_NAME)
        if path is not None:
            self.save_signed_at(path)

    def save_signed_at(self, path: Path) -> None:
        """Save the lines I signed there."""
        text = self.other.toPlainText()
        self._ask(
            lambda: self._workplace.session.proofs.save_signed(path, text),
            lambda _nothing: self._say(_("Saved."), State.YES),
        )

    def _on_choose(self) -> None:
        path = choose_new_file(self, _("Keep my proof line at"), FILE_NAME)
        if path is not None:
            self.keep_at(path)

    def keep_at(self, path: Path) -> None:
        """Keep my proof line there from now on."""
        session = self._workplace.session

        def keep() -> PlaceState:
            session.proofs.keep_at(path)
            return session.proofs.place()

        self._ask(keep, self._on_place)

    def _on_forget(self) -> None:
        session = self._workplace.session

        def forget() -> PlaceState:
            session.proofs.keep_nowhere()
            return session.proofs.place()

        self._ask(forget, self._on_place)

    def _say(self, words: str, state: State | None = None, advice: str = "") -> None:
        self.said.set_runs([Run(words, state=state)] if words else [])
        self.said.setVisible(bool(words))
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        self.fit(shrink=False)

    def showEvent(self, event: QShowEvent) -> None:
        self.fit(shrink=False)
        super().showEvent(event)

    def _on_failed(self, failure: Failure) -> None:
        told = told_of(failure)
        self._say(told.happened, State.NO, told.advice)
