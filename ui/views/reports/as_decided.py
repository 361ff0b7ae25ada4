"""A past report as it was decided: for everybody it named the ground and answers of then, next to today's."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.consent import Decision, Ground, reason_words
from app.domain.date_words import date_words
from app.domain.dates import PartialDate
from app.i18n import _, current_language, ngettext, number_words
from app.services.as_of import AnswerUsed, PersonThen, PurposeThen, ReportThen
from app.services.waiting_words import as_whom
from app.vocabulary import word
from ui import theme
from ui.messages import told_of
from ui.states import State
from ui.theme import Role
from ui.views.reports.wording import moment_words
from ui.widgets.dialogs import Sheet
from ui.widgets.emptying import empty
from ui.widgets.fields import LineEdit
from ui.widgets.frames import Notice, Scrolled, Tone, line
from ui.widgets.labels import Run, RunText, Text, stacked
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

_MOST = 40
"""People shown at once; who is further down is found by name."""


class AsDecidedSheet(Sheet):
    """The dialog: it opens at once, says how far it is, and is filled once everybody was decided again.

    Args:
        parent: window.
        number: of the report.
    """

    def __init__(self, parent: QWidget, number: str) -> None:
        super().__init__(parent, _("As it was decided: {number}").format(number=number), width=760)
        self.strip = WorkingStrip()
        self.strip.cancel_pressed.connect(self.reject)
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self.add(self.strip)
        self.add(self.wrong)
        self.wrong.hide()
        self._found: ReportThen | None = None
        self._inside = Scrolled(gap=6)
        self.strip.start(_("Reading what was known then"))
        self.resize(theme.current().px(800), theme.current().px(640))
        self._filler = QWidget()
        self.add(self._filler, 1)
        self.finished.connect(lambda _result: self.deleteLater())

    def show_failed(self, failure: Failure) -> None:
        """Say why there is nothing to see."""
        self.strip.finish()
        self.wrong.setText(told_of(failure).text)
        self.wrong.show()

    def show_report(self, found: ReportThen) -> None:
        """Everybody it named."""
        self.strip.finish()
        self._filler.hide()
        self._found = found
        words = _("As known on {moment}, entry {number} of the log, by the rules of today.").format(
            moment=moment_words(found.at), number=number_words(found.entry)
        )
        self.add(Text(words, Role.MUTED, wrap=True))
        if not found.with_reasons:
            words = _("These people were cleared for it. Why is known to those with the key of their desk.")
            self.add(Notice(words))
        if found.lost:
            self.add(Notice(_("Something from then was erased and cannot be known any more."), Tone.AMBER))
        self.needle = LineEdit(_("Find a person"), example=_("Find a person…"))
        self.needle.textChanged.connect(self._show)
        self.add(self.needle)
        self._inside.body.setContentsMargins(0, 0, 12, 0)
        self._inside.setMinimumHeight(theme.current().px(260))
        self.add(self._inside, 1)
        self._show("")
        self.needle.setFocus()

    def _show(self, needle: str) -> None:
        if self._found is None:
            return
        body = self._inside.body
        empty(body)
        wanted = needle.casefold().split()
        people = [one for one in self._found.people if all(each in one.name.casefold() for each in wanted)]
        for one in people[:_MOST]:
            self._inside.add(_person(one, with_reasons=self._found.with_reasons))
            self._inside.add(line())
        left = len(people) - _MOST
        if left > 0:
            words = ngettext("{n} more: find them by name.", "{n} more: find them by name.", left)
            self._inside.add(Text(words, Role.MUTED))
        if not people:
            self._inside.add(Text(_("It named nobody like that."), Role.MUTED))
        body.addStretch(1)


def open_as_decided(page: QWidget, workplace: Workplace, report: str, number: str) -> None:
    """Open the dialog about a report."""
    session = workplace.session
    sheet = AsDecidedSheet(page.window(), number)
    ticket = workplace.tasks.long(
        lambda progress: session.as_of.report(report, progress),
        initiator=sheet,
        done=sheet.show_report,
        failed=sheet.show_failed,
        step=sheet.strip.set_progress,
    )
    sheet.finished.connect(lambda _result: ticket.cancel())
    sheet.open()


def _person(one: PersonThen, *, with_reasons: bool) -> QWidget:
    name = RunText([Run(one.name or _("somebody who was erased"), Role.STRONG)])
    if not with_reasons:
        return stacked(name, RunText([Run(_("cleared"), state=State.YES)]), gap=2)
    return stacked(name, *(_purpose(each) for each in one.purposes), gap=4)


def _purpose(one: PurposeThen) -> QWidget:
    box = QWidget()
    cells = QHBoxLayout(box)
    cells.setContentsMargins(12, 0, 0, 0)
    cells.setSpacing(12)
    what = Text(word("purpose", one.purpose), wrap=True)
    what.setFixedWidth(theme.current().px(190))
    cells.addWidget(what)
    then = stacked(_decided(_("Then"), one.then), *(_used(each) for each in one.used), gap=0)
    cells.addWidget(then, 1)
    cells.addWidget(_decided(_("Today"), one.now), 1)
    return box


def _decided(when: str, decision: Decision | None) -> RunText:
    if decision is None:
        return RunText([Run(f"{when}: ", Role.MUTED), Run(_("cannot be known any more"))])
    if not decision.allowed:
        since = _("Stopped since {day}.").format(day=_day(decision.since)) if decision.since else ""
        why = Run(f" {since or _(reason_words(decision.reason))}", Role.MUTED)
        return RunText([Run(f"{when}: ", Role.MUTED), Run(_("not"), state=State.NO), why])
    ground = _("published") if decision.ground is Ground.PUBLISHED else _("agreed")
    if decision.published and decision.ground is not Ground.PUBLISHED:
        ground = _("agreed, in part published")
    until = f" {_('to {day}').format(day=_day(decision.until))}" if decision.until else ""
    return RunText([Run(f"{when}: ", Role.MUTED), Run(ground, state=State.YES), Run(until, Role.MUTED)])


def _used(answer: AnswerUsed) -> Text:
    who = word("relation", answer.relation) if answer.relation else ""
    right = as_whom(answer.capacity, answer.mandate)
    parts = (who, right, word("answer_kind", answer.kind), word("purpose", answer.purpose), _day(answer.on))
    return Text(" · ".join(part for part in parts if part), Role.MUTED, wrap=True)


def _day(day: date | None) -> str:
    return date_words(PartialDate.of(day), current_language()) if day is not None else ""
