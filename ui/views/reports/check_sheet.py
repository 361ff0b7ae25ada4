"""Checking a file made elsewhere: chosen or dropped, for whom, and what was found in it, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.file_check import FileCheck
from app.domain.progress import Progress
from app.file_words import found_words, where_words
from app.i18n import _, ngettext
from app.reports.elsewhere.told import ENDINGS, can_be_checked
from app.services.context import Saved
from app.services.file_checks import CheckedFile, CheckFile, FoundInFile
from app.services.file_drafts import KeepFile
from ui.drops import Drops
from ui.file_choice import choose_file
from ui.messages import told_of
from ui.theme import Role
from ui.views.log.wording import when_words
from ui.views.reports.changed_lines import changed_lines
from ui.views.shared.carrying_out import CarryingOut
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.emptying import empty
from ui.widgets.fields import Field, LineEdit
from ui.widgets.frames import Notice, Scrolled, Tone
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph, stacked
from ui.widgets.terms import TermCombo
from ui.worker import Failure
from ui.workplace import Workplace

_MOST_SHOWN: Final = 40
_EVERYBODY: Final = "everybody"
_ONE: Final = "one"


class CheckFileSheet(Sheet):
    """The dialog.

    Args:
        path: checked at once where it is known.
    """

    def __init__(self, parent: QWidget, workplace: Workplace, path: Path | None = None) -> None:
        super().__init__(parent, _("Check a file"), width=640)
        self._workplace: Final = workplace
        self._path = path
        self._checked: CheckedFile | None = None
        self._build()
        Drops(self, can_be_checked, self.take)
        if path is not None:
            self.take(path)

    def _build(self) -> None:
        self.add(
            paragraph(
                _(
                    "A PDF, Word, Excel or CSV file or a web page that was made or changed elsewhere is "
                    "looked through before it leaves the house. It is read and stays as it is; that it was "
                    "checked is recorded."
                ),
                Role.MUTED,
            )
        )
        choices = ((_EVERYBODY, _("Everybody")), (_ONE, _("One institution")))
        self.readers = TermCombo(_("Who will read it"), choices, _EVERYBODY, may_be_empty=False)
        self.institution = LineEdit(_("Institution"), example=_("Name of the institution"))
        self.choose = Button(_("Choose a file…"), Look.PRIMARY)
        self.another = Button(_("Another file…"))
        self.again = Button(_("Check it again"), Look.PRIMARY)
        asked = beside(self.readers, self.institution, stretch_last=True)
        self.add(Field(_("Who will read it"), asked))
        self.institution.setVisible(False)
        self.file = Text("", Role.BOLD, wrap=True)
        self.pressing = beside(self.choose, self.another, self.again, self.file, stretch_last=True)
        self.add(self.pressing)
        self.file.setText(_("or drop it here"))
        self.doing = CarryingOut(self._workplace.tasks, self.pressing)
        self.add(self.doing)
        self.verdict = Notice("")
        self.add(self.verdict)
        self.verdict.hide()
        self.found = Scrolled(gap=10)
        self.found.setMinimumHeight(260)
        self.add(self.found, 1)
        self.found.hide()
        self.keep = Button(_("Keep it for approval"), Look.PRIMARY, description=_("For a second person"))
        self.buttons.addWidget(self.keep)
        self.keep.hide()
        self.keep.clicked.connect(self._on_keep)
        self.choose.clicked.connect(self._on_choose)
        self.another.clicked.connect(self._on_choose)
        self.again.clicked.connect(self._on_again)
        self.readers.currentIndexChanged.connect(self._on_readers)
        self._show_primary()
        self.choose.setFocus()

    def _on_readers(self) -> None:
        one = self.readers.value() == _ONE
        self.institution.setVisible(one)
        if one:
            self.institution.setFocus()
        self._forget()

    def _on_choose(self) -> None:
        path = choose_file(self, _("Check a file"), ENDINGS, _("Documents"))
        if path is not None:
            self.take(path)

    def _on_again(self) -> None:
        if self._path is not None:
            self.take(self._path)

    def take(self, path: Path) -> None:
        """Check this file."""
        institution = self._institution()
        if self.readers.value() == _ONE and not institution:
            self.institution.setFocus()
            return
        self._path = path
        self._forget()
        self.file.setText(path.name)
        command, checks = CheckFile(path, institution), self._workplace.session.file_checks

        def work(progress: Progress) -> CheckedFile:
            return checks.check(command, progress)

        self.doing.carry_out(_("Reading the file"), work, done=self._on_checked, failed=self._on_failed)

    def _forget(self) -> None:
        """What stands there was of another file or for other readers."""
        self.verdict.hide()
        self.found.hide()
        self.keep.hide()
        self._checked = None
        empty(self.found.body)
        self._show_primary()

    def _show_primary(self) -> None:
        """One thing is next: a file; keeping it; or looking again once it was mended."""
        keeps, chosen = self._checked is not None, self._path is not None
        self.choose.setVisible(not chosen)
        self.another.setVisible(chosen)
        self.again.setVisible(chosen and not keeps)
        (self.keep if keeps else self.again if chosen else self.choose).setDefault(True)

    # what came of it

    def _on_failed(self, failure: Failure) -> None:
        told = told_of(failure)
        self.verdict.set_tone(Tone.RED)
        self.verdict.set_text(told.advice, lead=told.happened)
        self.verdict.show()
        self.fit_soon()
        self.again.setFocus()

    def _on_checked(self, checked: CheckedFile) -> None:
        tone, lead = verdict_words(checked)
        self.verdict.set_tone(tone)
        self.verdict.set_text(_searched_words(checked), lead=lead)
        self.verdict.show()
        today = self._workplace.session.today()
        for before in checked.before[:1]:
            words = self._before_words(before, when_words(before.at, today) if before.at else "")
            self.found.add(Text(words, Role.MUTED, wrap=True))
        if checked.ours is not None:
            self.found.add(changed_lines(checked.ours))
        self._list(_("Has to come out"), checked.must_go)
        self._list(_("Look at it yourself"), checked.to_look)
        self.found.body.addStretch(1)
        self.found.setVisible(bool(checked.found or checked.before or checked.ours))
        self._checked = None if checked.must_go else checked
        self.keep.setVisible(self._checked is not None)
        self._show_primary()
        self.fit_soon()
        (self.again if self._checked is None else self.keep).setFocus()

    def _on_keep(self) -> None:
        """Keep these very bytes for a second person."""
        path, checked, drafts = self._path, self._checked, self._workplace.session.file_drafts
        if path is None or checked is None:
            return
        command = KeepFile(path, checked.told.sha256, self._institution())
        self.keep.setEnabled(False)

        def done(_saved: Saved) -> None:
            self._workplace.say(_("Kept as a draft. A security officer finds it under Reports."))
            self.accept()

        def failed(failure: Failure) -> None:
            self.keep.setEnabled(True)
            self._on_failed(failure)

        self.doing.carry_out(
            _("Keeping the draft"), lambda progress: drafts.keep(command, progress), done=done, failed=failed
        )

    def _institution(self) -> str:
        return self.institution.text().strip() if self.readers.value() == _ONE else ""

    def _before_words(self, before: FileCheck, when: str) -> str:
        who = self._workplace.session.context.name_of(before.by)
        words = _("These very bytes were checked before: {when}, {name}.").format(when=when, name=who)
        if before.searched:
            words += " " + _("The names of relatives were searched for.")
        return words

    def _list(self, head: str, found: Sequence[FoundInFile]) -> None:
        if not found:
            return
        self.found.add(SectionHead(head, f"{len(found)}"))
        for one in found[:_MOST_SHOWN]:
            what, advice = found_words(one.what)
            tone = "red_text" if one.must_go else ""
            said = [Run(f" “{one.said}”", Role.BOLD)] if one.said else []
            where = Run(f" · {where_words(one.places)}", Role.MUTED)
            line = RunText([Run(what, Role.BOLD, tone=tone), *said, where])
            self.found.add(stacked(line, Text(advice, Role.MUTED, wrap=True), gap=2))
        more = len(found) - _MOST_SHOWN
        if more > 0:
            words = ngettext("and {n} more: mend these first.", "and {n} more: mend these first.", more)
            self.found.add(Text(words.format(n=more), Role.MUTED, wrap=True))


def verdict_words(checked: CheckedFile) -> tuple[Tone, str]:
    """What came of it, in one sentence."""
    if checked.must_go:
        number = len(checked.must_go)
        words = ngettext("{n} thing has to come out.", "{n} things have to come out.", number)
        return Tone.RED, words.format(n=number)
    if checked.to_look:
        number = len(checked.to_look)
        words = ngettext(
            "Nothing has to come out. Look at {n} thing yourself.",
            "Nothing has to come out. Look at {n} things yourself.",
            number,
        )
        return Tone.AMBER, words.format(n=number)
    if checked.searched:
        return Tone.GREEN, _("Nothing was found.")
    return Tone.AMBER, _("Nothing was found so far.")


def _searched_words(checked: CheckedFile) -> str:
    if checked.searched:
        return _("It was searched for relatives, in every spelling, and for prisoners who may not be named.")
    return _(
        "It was searched for prisoners who may not be named, not for relatives: somebody who holds the key "
        "has to check it, too, before it leaves."
    )
