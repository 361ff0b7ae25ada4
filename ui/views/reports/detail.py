"""One report of the ledger: people, who made and approved it, its files and their fingerprints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.rows import ReportRow
from app.i18n import _, ngettext, number_words
from ui.states import State
from ui.theme import Role
from ui.views.reports.series_lines import over_words, series_words
from ui.views.reports.step_checks import file_lines
from ui.views.reports.wording import (
    audience_words,
    fingerprint,
    format_words,
    language_name,
    moment_words,
    people_words,
    period_words,
    shown_words,
    state_mark,
    state_words,
    where_words,
)
from ui.widgets.buttons import Button
from ui.widgets.details import DetailGrid, Value
from ui.widgets.emptying import empty
from ui.widgets.frames import Notice, ScrollCard, Tone
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph, stacked

if TYPE_CHECKING:
    from app.services.report_views import ReportView
    from app.services.series import SeriesLook


class LedgerDetail(QWidget):
    """What the ledger keeps of the chosen report.

    Signals:
        again_pressed(str), open_pressed(str), compare_pressed(str), as_decided_pressed(str, str): the
            buttons, with the report's id and, where its people are looked at, its number.
        series_pressed(str, str): it is to be approved for three months; id and number.
        end_series_pressed(str, str): that is to end; id of the series, number of the report it began with.
    """

    again_pressed = Signal(str)
    as_decided_pressed = Signal(str, str)
    call_back_pressed = Signal(str, str)
    compare_pressed = Signal(str)
    series_pressed = Signal(str, str)
    end_series_pressed = Signal(str, str)
    open_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._card = ScrollCard(gap=12)
        column.addWidget(self._card)
        self.again: Button | None = None
        self.open: Button | None = None
        self.as_decided: Button | None = None
        self.call_back: Button | None = None
        self.compare: Button | None = None
        self.series: Button | None = None
        self.show_nothing()

    def _clear(self) -> None:
        body = self._card.body
        empty(body)
        self.again = self.open = self.as_decided = self.call_back = self.compare = self.series = None

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._clear()
        self._card.add(paragraph(_("Choose a report to see what the ledger keeps of it."), Role.MUTED))
        self._card.body.addStretch(1)

    def show_view(
        self,
        row: ReportRow,
        view: ReportView,
        look: SeriesLook,
        *,
        closed: bool = False,
        alike: bool = False,
    ) -> None:
        """Fill it; `closed` is a kind this person may not look into, `alike`: others of its kind are here."""
        self._clear()
        card, report = self._card, view.report
        title = report.title or _(view.kind.title)
        card.add(Text(f"{report.number}  {title}", Role.TITLE, wrap=True))
        card.add(RunText([Run(state_words(report.state), state=state_mark(report.state))]))
        self._say_state(row, view)
        if not closed:
            self._buttons(view, alike=alike)
        if view.kind.sized and report.state in ("leaving", "done"):
            self._call_back(view)
        self._series(view, look)
        grid = DetailGrid(label_width=120)
        grid.set_pairs(self._pairs(row, view))
        card.add(grid)
        if report.files:
            card.add(SectionHead(_("Files")))
            for file in report.files:
                card.add(file_lines(file))
            self._say_locked(view)
            words = _("A fingerprint tells whether a file is still the very same, byte for byte.")
            card.add(paragraph(words, Role.MUTED))
        card.body.addStretch(1)

    def _say_locked(self, view: ReportView) -> None:
        """The files that left for one recipient each."""
        names = {one.recipient: one.name for one in view.report.addressed}
        if view.report.locked:
            self._card.add(SectionHead(_("Locked files")))
        for file in view.report.locked:
            runs = [Run(file.name, Role.STRONG), Run(f"  {names.get(file.recipient, '')}", Role.MUTED)]
            quiet = Text(f"{_('fingerprint')} {fingerprint(file.sha256)}", Role.MUTED)
            self._card.add(stacked(RunText(runs), quiet, gap=0))

    def _pairs(self, row: ReportRow, view: ReportView) -> list[tuple[str, Value]]:
        report = view.report
        chosen = ngettext("{n} chosen person", "{n} chosen people", len(report.prisoners))
        pairs: list[tuple[str, Value]] = [
            (_("Kind"), f"{_(view.kind.title)} · {language_name(report.language)}"),
            (_("Formats"), format_words(report.formats)),
            (_("For whom"), view.recipient or audience_words(view.kind)),
        ]
        if view.kind.takes_period:
            pairs.append((_("Period"), period_words(report.period_from, report.period_to)))
        if not view.kind.counts_only:
            pairs += [
                (_("About"), _("everyone in this case file") if report.everyone else chosen),
                (_("Counted"), people_words(report.named, report.figures_only, report.left_out)),
            ]
        shown = shown_words(len(report.pictured), len(report.quoted))
        if shown:
            pairs.append((_("Shown"), shown))
        pairs.append((_("Made"), _who(row.made_by, moment_words(report.made_at))))
        if row.approved_by:
            pairs.append((_("Approved"), _who(row.approved_by, moment_words(report.approved_at))))
        if report.written_at:
            pairs.append((_("Left the house"), moment_words(report.written_at)))
        if report.decided_at_entry:
            words = _("at entry {number} of the log").format(number=number_words(report.decided_at_entry))
            pairs.append((_("Decided"), words))
        if report.names_searched_entry:
            words = _("at entry {number} of the log").format(number=number_words(report.names_searched_entry))
            pairs.append((_("Names searched"), words))
        passed = sum(check.passed for check in report.checks)
        if report.checks:
            words = _("{passed} of {all} passed").format(passed=passed, all=len(report.checks))
            state = State.YES if passed == len(report.checks) else State.NO
            pairs.append((_("Checks"), [Run(words, state=state)]))
        return pairs

    def _say_state(self, row: ReportRow, view: ReportView) -> None:
        report = view.report
        if report.state == "leaving":
            words = _("The program stopped while it was being written. Look in the folder it was meant for.")
            self._card.add(Notice(words, Tone.AMBER, lead=_("It may have left.")))
        if report.state == "came_back":
            self._card.add(Notice(f"“{row.came_back_because}”", Tone.AMBER, lead=_("It came back.")))
        if view.gone:
            said = ngettext(
                "One person named in it may not be named any more.",
                "{n} people named in it may not be named any more.",
                view.gone,
            )
            words = _("Whoever has it should use it no longer. Again makes it with today’s answers.")
            self._card.add(Notice(words, Tone.AMBER, lead=said))
        bad = next((check for check in report.checks if not check.passed), None)
        if bad is not None:
            words = f"{bad.file_format.upper()}, {where_words(bad.where)}"
            self._card.add(Notice(words, Tone.RED, lead=_("A check refused it.")))

    def _call_back(self, view: ReportView) -> None:
        report = view.report
        if report.called_back_at is not None:
            words = _("{when}: “{why}”").format(
                when=moment_words(report.called_back_at), why=report.called_back_because
            )
            self._card.add(Notice(words, Tone.AMBER, lead=_("Called back.")))
            return
        self.call_back = Button(
            _("Call back…"), description=_("Say that nobody may use these figures any more")
        )
        self.call_back.clicked.connect(lambda: self.call_back_pressed.emit(report.id, report.number))
        self._card.add(beside(self.call_back))

    def _series(self, view: ReportView, look: SeriesLook) -> None:
        """The approval for three months it began or left with."""
        report, row = view.report, look.row
        if row is not None:
            over = over_words(row)
            words = series_words(row)
            if row.report != report.id:
                words = _("{words}, with report {number}").format(words=words, number=row.number)
            runs = [Run(_("For three months") + ": ", Role.MUTED), Run(words)]
            mark = Run(over, state=State.NO) if over else Run(_("stands"), state=State.YES)
            self._card.add(stacked(RunText(runs), RunText([mark]), gap=2))
        if look.may_begin:
            self.series = Button(_("Approve for three months…"))
            self.series.clicked.connect(lambda: self.series_pressed.emit(report.id, report.number))
            self._card.add(beside(self.series))
        elif row is not None and row.why_over is None:
            self.series = Button(_("End it…"), description=_("End the approval for three months"))
            self.series.clicked.connect(lambda: self.end_series_pressed.emit(row.id, row.number))
            self._card.add(beside(self.series))

    def _buttons(self, view: ReportView, *, alike: bool) -> None:
        report, number = view.report.id, view.report.number
        has_files = any(file.content for file in view.report.files)
        hint = _("The same kind, people and texts with today’s answers")
        self.again = Button(_("Again…"), description=hint)
        self.again.clicked.connect(lambda: self.again_pressed.emit(report))
        self.open = Button(_("Look at it…") if has_files else _("Look at the checks…"))
        self.open.clicked.connect(lambda: self.open_pressed.emit(report))
        self._card.add(beside(self.again, self.open))
        more = []
        if not view.kind.counts_only:  # else nobody was decided about
            self.as_decided = Button(_("As it was decided…"))
            self.as_decided.clicked.connect(lambda: self.as_decided_pressed.emit(report, number))
            more.append(self.as_decided)
        if alike:
            self.compare = Button(_("Compare…"), description=_("Beside another report of its kind"))
            self.compare.clicked.connect(lambda: self.compare_pressed.emit(report))
            more.append(self.compare)
        if more:
            self._card.add(beside(*more))


def _who(name: str, when: str) -> str:
    return " · ".join(part for part in (name, when) if part)
