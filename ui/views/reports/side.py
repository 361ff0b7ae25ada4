"""The right column of the review: who is named, what the kind carries, checks so far, what comes then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import N_, _, number_words
from ui import theme
from ui.states import State
from ui.theme import Role
from ui.views.reports.left_out import LeftOutSheet
from ui.views.reports.since import since_lines
from ui.views.reports.tables_told import KEY, offered, table_lines
from ui.views.reports.wording import carried_words, kind_line, language_name, period_words
from ui.views.reports.work import Seen, Start
from ui.widgets.buttons import Button
from ui.widgets.emptying import empty
from ui.widgets.frames import Notice, ScrollCard, Tone
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph

if TYPE_CHECKING:
    from app.services.report_views import Missing, TableLook

SIDE_WIDTH: Final = 288  # beside it stand five formats and what each check looked at
# What one line stands for; the lines are those of the checks people ask about.
_LINES: Final[Mapping[str, tuple[str, ...]]] = {
    "contacts": ("contacts",),
    "hidden": (
        "pdf_text",
        "pdf_parts",
        "pdf_properties",
        "docx_parts",
        "xlsx_parts",
        "formulas",
        "file_name",
    ),
    "figures": ("figures", "attack"),
    "words": ("words", "rows", "again"),
}


class SideCard(ScrollCard):
    """A column of fixed width that is filled anew."""

    def __init__(self) -> None:
        super().__init__(gap=10)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        self.setFixedWidth(theme.current().px(SIDE_WIDTH))

    def clear(self) -> None:
        """Take everything away."""
        empty(self.body)


WITHOUT_FIGURES: Final = N_(
    "No figures stand in it: who does not want to be counted is known only where the key is. Made by a "
    "coordinator or the security officer, it has them."
)


def count_line(words: str, number: int) -> QWidget:
    """Quiet words with a number at the right."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(paragraph(words, Role.MUTED), 1)
    row.addWidget(Text(number_words(number), Role.BOLD), 0, Qt.AlignmentFlag.AlignTop)
    return box


class ReviewSide(SideCard):
    """Facts beside the pages.

    Signals:
        left_out_pressed(): the sheet was opened (tests).
        ask_pressed(AskForClearance): somebody asks for what is missing.
        coarser_pressed(str, int): a table of public figures, and how coarse it is to be.
    """

    left_out_pressed = Signal()
    ask_pressed = Signal(object)
    coarser_pressed = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.left_out: Button | None = None
        self.sheet: LeftOutSheet | None = None
        self._offered: TableLook | None = None
        QShortcut(QKeySequence(KEY), self, self._on_key)

    def _on_key(self) -> None:
        if self._offered is not None:
            self.coarser_pressed.emit(self._offered.key, self._offered.level)

    def show_seen(self, seen: Seen, start: Start) -> None:
        """Fill it for a report."""
        self.clear()
        self._offered = offered(seen.tables) if seen.report is None else None
        self.add(RunText([Run(kind_line(seen.kind, "", seen.language, seen.formats), Role.BOLD)]))
        if seen.recipient:
            self.add(RunText([Run(_("For") + ": ", Role.MUTED), Run(seen.recipient)]))
        self.add(paragraph(_("This is the file itself, as its readers will see it."), Role.MUTED))
        if seen.since is not None:
            self.add(since_lines(seen.since))
        self.body.addSpacing(4)
        if seen.kind.takes_period:
            self.add(RunText([Run(_("Period") + ": ", Role.MUTED), Run(period_words(seen.first, seen.last))]))
        if not seen.kind.counts_only:
            self._counts(seen)
        for lines in table_lines(seen.tables, self.coarser_pressed.emit if seen.report is None else None):
            self.add(lines)
        self.body.addSpacing(4)
        self.add(SectionHead(_("What this kind carries")))
        self.add(paragraph(carried_words(seen.kind), Role.MUTED))
        self.body.addSpacing(4)
        self.add(SectionHead(_("Checks before a file leaves")))
        for state, words in check_lines(seen):
            self.add(RunText([Run(words, state=state)]))
        self.body.addSpacing(4)
        if seen.report is None or seen.report.state == "checked":
            self.add(then_notice(seen, start))
        self.body.addStretch(1)

    def _missing(self, seen: Seen) -> None:
        """Before anything else: it can still be got."""
        labels = {column.key: _(column.label) for column in seen.kind.columns}
        counted = Counter(
            _missing_words(row, labels.get(row.column, row.column), seen) for row in seen.missing
        )
        for words, number in counted.items():
            self.add(count_line(words, number))

    def _counts(self, seen: Seen) -> None:
        self._missing(seen)
        self.add(count_line(_("Named, cleared today"), seen.named))
        gone = sum(not row.counted for row in seen.left_out)
        if not seen.kind.counted:
            self.add(count_line(_("Left out"), gone))
        elif not seen.in_figures:
            self.add(count_line(_("Not named"), seen.figures_only))
            self.add(paragraph(_(WITHOUT_FIGURES), Role.MUTED))
        else:
            self.add(count_line(_("Only in the figures"), seen.figures_only))
        if gone and seen.in_figures:
            self.add(count_line(_("Left out, not counted either"), gone))
        if seen.left_out or seen.missing:
            button = Button(_("Missing and left out…") if seen.missing else _("Who is left out…"))
            button.clicked.connect(lambda: self._show_left_out(seen))
            self.left_out = button
            self.add(beside(button))

    def _show_left_out(self, seen: Seen) -> None:
        sheet = LeftOutSheet(self.window(), seen)
        sheet.finished.connect(sheet.deleteLater)
        sheet.ask_pressed.connect(self.ask_pressed)
        self.sheet = sheet
        self.left_out_pressed.emit()
        sheet.open()


def _missing_words(row: Missing, label: str, seen: Seen) -> str:
    if row.old:
        return _("{what}, too long ago").format(what=label)
    if row.used_in:
        return _("{what} used once already").format(what=label)
    if row.there:
        return _("{what}: clearance missing").format(what=label)
    if row.column == "summary":
        return _("{what} missing in {language}").format(what=label, language=language_name(seen.language))
    return _("{what} missing").format(what=label)


def check_lines(seen: Seen) -> list[tuple[State, str]]:
    """What is sure already, what the checks said, what the approver does."""
    ran = {check.check: True for check in seen.checks}
    for check in seen.checks:
        ran[check.check] = ran[check.check] and check.passed
    words = {
        "contacts": _("No phone, e-mail, handle or address"),
        "hidden": _("Nothing hidden in a file"),
        "figures": _("Groups large enough"),
        "words": _("The files say exactly what was composed"),
    }
    lines = (
        [(State.YES, _("Counts only, and names nobody"))]
        if seen.kind.counts_only
        else [
            (State.YES, _("Everyone named is cleared today")),
            (State.YES, _("Only fields this kind may carry")),
        ]
    )
    searched = seen.report is not None and seen.report.names_searched_at is not None
    names = _("No protected name in any spelling")
    lines.append((State.YES, names) if searched else (State.UNASKED, f"{names} · {_('by the approver')}"))
    for key, checks in _LINES.items():
        results = [ran[check] for check in checks if check in ran]
        state = State.UNASKED if not results else State.YES if all(results) else State.NO
        lines.append((state, words[key]))
    return lines


def then_notice(seen: Seen, start: Start) -> Notice:
    """What happens after the checks, for this person."""
    if seen.alone:
        text = _(
            "There is no other officer: search the files for names, then let them leave yourself. The log"
            " says so."
        )
    elif seen.may_approve:
        text = _(
            "You are the second person: search the files for names, then let them leave or send them back."
        )
    elif seen.made_by_me and not start.other_officer:
        text = _(
            "Nobody here may approve it: that takes a security officer who did not make it. Let a second "
            "officer into the case file (Settings, People). A trustee elsewhere has no case file to search "
            "for names in, and does not approve reports."
        )
    elif start.has_key:
        text = _(
            "Somebody else, a security officer, searches these files for protected names and approves them."
        )
    else:
        text = _("A security officer searches these files here for names you cannot see, and approves them.")
    return Notice(text, Tone.AMBER, lead=_("Then approval."))
