"""Approval slips on screen: ask one person elsewhere, and answer what somebody asks. Asks services only."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.roles import Role as Work
from app.domain.rows import PersonRow, SlipMade, WaitingRow
from app.i18n import _
from app.services.slips import MakeSlip, OpenedSlip
from ui.file_choice import choose_new_file
from ui.messages import told_of
from ui.theme import Role
from ui.views.consent.slip_asked import AskedSheet
from ui.views.consent.words import day_words
from ui.widgets.check_words import CheckWords
from ui.widgets.dialogs import Sheet, tell
from ui.widgets.fields import Field
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Run, RunText, paragraph, stacked
from ui.worker import Failure
from ui.workplace import Workplace

SLIP_NAME: Final = "poruch-slip"


class MakeSlipSheet(Sheet):
    """Choose who is asked, and where the file goes.

    Args:
        parent: window.
        workplace: of the window.
        row: what waits.
        people: who may be the second person.
        words_of_mine: the eight words of my keys.
    """

    def __init__(
        self,
        parent: QWidget,
        workplace: Workplace,
        row: WaitingRow,
        people: tuple[PersonRow, ...],
        words_of_mine: str = "",
    ) -> None:
        again = [one for one in row.slips if one.holds]
        title = _("Make another slip") if again else _("Make a slip")
        super().__init__(parent, title, _("Save slip…") if people else "")
        self._workplace, self._row, self._people = workplace, row, people
        asked = RunText([Run(row.detail, Role.STRONG)])
        self.add(stacked(asked, paragraph(row.about, Role.MUTED), gap=0))
        if again:
            made = " ".join(f"{slip_made_words(one)}." for one in again)
            words = _(
                "Make another one only if it is lost or somebody else is to answer: the first yes counts."
            )
            self.add(Notice(f"{made} {words}", Tone.AMBER))
        if not people:
            self.add(paragraph(_("Nobody else in this case file may decide this.")))
            return
        self.who = QComboBox()
        self.who.setAccessibleName(_("Who is asked"))
        self.who.addItems([_who(one) for one in people])
        self.add(Field(_("Who is asked"), self.who))
        read = _("A trustee reads these eight words back to you at your first slip to them: they are yours.")
        self._voice, self._mine = paragraph(read, Role.MUTED), CheckWords(words_of_mine)
        self.add(self._voice)
        self.add(self._mine)
        self.who.currentIndexChanged.connect(self._on_who)
        self._on_who(0)
        words = _(
            "A small file that only this person can open. It shows exactly what is asked, works once and "
            "holds for 14 days. Send it by Signal or give it on a stick; the answer comes back the same way."
        )
        self.add(paragraph(words, Role.MUTED))

    def _on_who(self, place: int) -> None:
        """My words matter to a trustee only; everybody else has my keys on the list of people."""
        trustee = _is_trustee(self._people[place])
        self._voice.setVisible(trustee)
        self._mine.setVisible(trustee)

    def accept(self) -> None:
        """Ask for a place, then write."""
        path = choose_new_file(self, _("Save slip"), SLIP_NAME)
        if path is not None:
            self.save_at(path)

    def save_at(self, path: Path) -> None:
        """Write the slip there."""
        session = self._workplace.session
        command = MakeSlip(self._row, self._people[self.who.currentIndex()].id, path)
        self._workplace.tasks.command(
            session.slips.make, command, initiator=self, done=lambda _saved: self._done(), failed=self._failed
        )

    def _done(self) -> None:
        self._workplace.say(_("The slip is saved. Bring the answer in here when it comes."))
        super().accept()

    def _failed(self, failure: Failure) -> None:
        told = told_of(failure)
        tell(self, told.happened, told.advice, told.reference)


class AnswerSlipSheet(AskedSheet):
    """What somebody elsewhere asks me, with a yes and a no.

    Args:
        parent: window.
        workplace: of the window.
        opened: the slip.
    """

    def __init__(self, parent: QWidget, workplace: Workplace, opened: OpenedSlip) -> None:
        words = _("Your copy of the case file does not have this yet: you see it as {name} sent it.")
        unknown = paragraph(words.format(name=opened.name), Role.MUTED)
        super().__init__(parent, opened, *([] if opened.known_here else [unknown]))
        self._workplace, self._opened = workplace, opened
        self.answered.connect(self._answer)

    def _answer(self, path: Path, words: str, granted: bool) -> None:
        session, opened = self._workplace.session, self._opened
        self._workplace.tasks.query(
            lambda: session.slips.answer(opened, path, words, granted=granted),
            initiator=self,
            done=lambda _nothing: self._done(),
            failed=self.say_failure,
        )

    def _done(self) -> None:
        self._workplace.say(_("Your answer is saved. Send it back: {name}").format(name=self._opened.name))
        self.accept()


def slip_made_words(slip: SlipMade) -> str:
    """ "Slip for Vera O. made on 28 Nov 2026, until 12 Dec 2026"."""
    words = (
        _("Slip for {name} made on {day}, until {end}")
        if slip.holds
        else _("Slip for {name} made on {day}, over since {end}")
    )
    made, end = (day_words(one.astimezone().date()) for one in (slip.made_at, slip.ends_at))
    return words.format(name=slip.recipient, day=made, end=end)


def _is_trustee(person: PersonRow) -> bool:
    return Work.TRUSTEE in person.roles


def _who(person: PersonRow) -> str:
    return _("{name} (trustee)").format(name=person.name) if _is_trustee(person) else person.name
