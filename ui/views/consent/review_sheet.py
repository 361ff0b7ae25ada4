"""The sheet that goes through what is up for review, of one family or of everybody, many with one note."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QWidget

from app.domain.canonical import Plain
from app.domain.review import Outcome
from app.domain.review_rows import ReviewRow
from app.i18n import _, ngettext
from app.services.context import Saved
from app.services.reviews import DecideReview
from app.vocabulary import pairs, word
from ui.messages import told_of
from ui.theme import Role
from ui.views.attention.words import cause_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet, ask_to_throw_away, tell
from ui.widgets.fields import Field, TextEdit
from ui.widgets.frames import Notice, Scrolled, line
from ui.widgets.labels import Run, RunText, SectionHead, Text, stacked
from ui.widgets.terms import TermCombo
from ui.worker import Failure
from ui.workplace import REVIEWS, Workplace

_OFFERED = (Outcome.ASK_AGAIN, Outcome.STOP, Outcome.ENDED, Outcome.STILL_HOLDS)


class ReviewSheet(Sheet):
    """The list, a note, and the four things a review can come to.

    Args:
        rows: what is open.
        mine: only of my prisoners.
    """

    def __init__(
        self, parent: QWidget, workplace: Workplace, rows: Sequence[ReviewRow], *, mine: bool = False
    ) -> None:
        super().__init__(parent, _("To review"), width=780)
        self.setObjectName(REVIEWS)
        self._workplace, self._rows, self._mine = workplace, tuple(rows), mine
        self.boxes: dict[str, QCheckBox] = {}
        self._said: dict[str, Text] = {}
        words = _(
            "What still holds goes on for a named godparent. For more it opens once a second person agrees."
        )
        self.add(Text(words, Role.MUTED, wrap=True))
        if len(self._rows) > 1:
            every = Button(_("Choose every review"), Look.QUIET, description="Ctrl+A")
            every.clicked.connect(self.choose_all)
            every.setAutoDefault(False)
            head = SectionHead(ngettext("{n} review", "{n} reviews", len(self._rows)))
            head.add(every)
            self.add(head)
            QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_A), self, self.choose_all)
        self._build_rows()
        self.note = TextEdit(_("Note"), lines=2)
        self.add(Field(_("Note"), self.note))
        self.reason = TermCombo(_("Why stop"), pairs("hold_reason"))
        self.why = Field(_("Why stop"), self.reason, hint=_("Only where you press Stop."))
        self.add(self.why)
        self._build_doings()
        self._count()
        self.finished.connect(lambda _result: self.deleteLater())

    def _build_rows(self) -> None:
        inside = Scrolled(gap=8)
        for row in self._rows:
            inside.add(self._line(row))
        inside.body.addStretch(1)
        inside.setMinimumHeight(min(60 * len(self._rows) + 16, 300))
        self.add(inside, 1)

    def _line(self, row: ReviewRow) -> QWidget:
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 4, 8, 4)
        cells.setSpacing(10)
        tick = QCheckBox()
        tick.setChecked(len(self._rows) == 1)
        tick.setAccessibleName(f"{row.about}: {cause_words(row)}")
        tick.toggled.connect(lambda _on: self._count())
        self.boxes[row.key] = tick
        state = [_("pauses what leaves the house")] if row.pauses else []
        state += [_("being asked again")] if row.asking else []
        quiet = " · ".join([cause_words(row), *state])
        cells.addWidget(tick)
        words = [[Run(row.about, Role.STRONG)], [Run(quiet, Role.MUTED)]]
        words += [[Run(row.note)]] if row.note else []
        about = stacked(*(RunText(runs) for runs in words), gap=0)
        cells.addWidget(about, 1)
        said = self._said[row.key] = Text("", Role.SMALL)
        cells.addWidget(said)
        said.hide()
        return stacked(box, line(), gap=0)

    def _build_doings(self) -> None:
        self.doings: dict[Outcome, Button] = {}
        for outcome in _OFFERED:
            button = Button(word("review_outcome", outcome))
            button.clicked.connect(lambda _on=False, outcome=outcome: self.decide(outcome))
            button.setAutoDefault(False)
            self.doings[outcome] = button
            self.buttons.addWidget(button)
        self.told = Notice("")
        self.body.addWidget(self.told)

    def chosen(self) -> list[ReviewRow]:
        """The rows that are ticked."""
        ticked = {key for key, box in self.boxes.items() if box.isChecked() and box.isEnabled()}
        return [row for row in self._rows if row.key in ticked]

    def choose_all(self) -> None:
        """Tick every row that is still open."""
        for box in self.boxes.values():
            box.setChecked(box.isEnabled())

    # a lock in between

    def unfinished(self) -> Mapping[str, Plain] | None:
        """The note and what it is about; None while nothing is typed."""
        note = self.note.toPlainText()
        keys: list[Plain] = [row.key for row in self.chosen()]
        return {"note": note, "keys": keys, "mine": self._mine} if note.strip() else None

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Put back what a lock kept, as far as it is still up for review."""
        self.note.setPlainText(str(values.get("note") or ""))
        keys = values.get("keys")
        for key, box in self.boxes.items():
            box.setChecked(isinstance(keys, list) and key in keys)

    def reject(self) -> None:
        """Close; a note is only thrown away on purpose."""
        open_still = any(box.isEnabled() for box in self.boxes.values())
        if open_still and self.note.toPlainText().strip() and not ask_to_throw_away(self):
            return
        super().reject()

    def _count(self) -> None:
        count = len(self.chosen())
        words = ngettext("{n} review chosen.", "{n} reviews chosen.", count)
        self.told.set_text(words if count else _("Choose reviews."))
        for button in self.doings.values():
            button.setEnabled(bool(count))

    def decide(self, outcome: Outcome) -> None:
        """Write what came of those chosen."""
        if outcome is Outcome.STOP and not self.reason.value():
            self.why.set_wrong(_("This is needed."))
            self.reason.setFocus()
            return
        chosen, session = self.chosen(), self._workplace.session
        note, reason = self.note.toPlainText().strip(), self.reason.value()
        commands = [
            DecideReview(row.cause, row.because, row.prisoner, row.relative, outcome.value, note, reason)
            for row in chosen
        ]
        for button in self.doings.values():
            button.setEnabled(False)

        def done(_saved: Saved) -> None:
            for row in chosen:
                self.boxes[row.key].setChecked(False)
                self.boxes[row.key].setEnabled(False)
                self._said[row.key].setText(word("review_outcome", outcome))
                self._said[row.key].show()
            self.note.clear()  # it is saved, and is nothing about the next one
            self._workplace.say(ngettext("{n} review saved.", "{n} reviews saved.", len(chosen)))
            self._count()
            left = next((box for box in self.boxes.values() if box.isEnabled()), None)
            if left is None:
                self.accept()
            else:
                left.setFocus()  # not on Close, where the next Enter would end it

        def failed(failure: Failure) -> None:
            self._count()
            told = told_of(failure)
            tell(self, told.happened, told.advice, told.reference)

        self._workplace.tasks.command(
            session.reviews.decide, commands, initiator=None, done=done, failed=failed
        )


def go_through_reviews(
    workplace: Workplace,
    parent: QWidget,
    *,
    mine: bool,
    ready: Callable[[QDialog | None], None] = lambda _sheet: None,
) -> None:
    """Open the sheet over what is up for review, of my prisoners or of everybody; `ready` gets it."""

    def done(rows: tuple[ReviewRow, ...]) -> None:
        wanted = [row for row in rows if row.mine or not mine]
        if wanted:
            sheet = ReviewSheet(parent.window(), workplace, wanted, mine=mine)
            sheet.open()
            ready(sheet)
        else:
            ready(None)

    workplace.tasks.query(workplace.session.reviews.due, initiator=parent, done=done)
