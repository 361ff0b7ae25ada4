"""Whether everything fits together: the last check, what it found, progress of a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.findings import FINDINGS
from app.domain.port_values import Finding, LogVerification
from app.i18n import _, ngettext, number_words
from app.services.log import LogState
from ui.states import State
from ui.theme import Role
from ui.views.log.wording import checked_words
from ui.widgets.buttons import Button, Look
from ui.widgets.emptying import empty
from ui.widgets.frames import Card, Scrolled
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph, stacked
from ui.widgets.working import WorkingStrip

_MOST: Final = 3


def state_runs(state: LogState, today: date) -> list[Run]:
    """One line beside the title."""
    entries = ngettext("{n} entry", "{n} entries", state.entries).replace(
        str(state.entries), number_words(state.entries), 1
    )
    if state.last_verified is None or state.ok is None:
        return [Run(_("{entries}, not checked yet").format(entries=entries), state=State.UNASKED)]
    when = checked_words(state.last_verified, today)
    if state.ok:
        words = _("{entries}, all signatures checked {when}")
        found = [Run(words.format(entries=entries, when=when), state=State.YES)]
        newer = ngettext("{n} newer", "{n} newer", state.newer)
        return [*found, Run(f" · {newer}", Role.MUTED)] if state.newer > 0 else found
    words = _("{entries}; the check of {when} found something")
    return [Run(words.format(entries=entries, when=when), state=State.NO)]


class StateCard(Card):
    """The card.

    Signals:
        entry_asked(int): a finding was chosen that was seen at this entry.
        cancel_asked(): stop the check that runs.
        back_asked(): back to the findings.
    """

    entry_asked = Signal(int)
    cancel_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=0, gap=0)
        self._head = SectionHead(_("Does everything fit together?"))
        self._head.setContentsMargins(16, 12, 16, 6)
        back = Button(_("Findings"), Look.SMALL, description=_("Back to the findings"))
        back.clicked.connect(self.back_asked)
        self._head.add(back)
        self.add(self._head)
        self._words = Scrolled(padding=0, gap=8)
        self._words.body.setContentsMargins(16, 2, 16, 12)
        self.add(self._words, 1)
        self.strip = WorkingStrip()
        self.strip.setContentsMargins(16, 4, 16, 12)
        self.strip.cancel_pressed.connect(self.cancel_asked)
        self.add(self.strip)

    def show_state(self, state: LogState, today: date) -> None:
        """What is known without checking again."""
        if state.ok is None:
            self._say(
                [
                    Run(_("Not checked yet by you.")),
                ],
                _(
                    "A check reads every entry of the log, every signature and every record, and compares "
                    "them. It finds what was changed behind Poruch, takes a few seconds and changes nothing."
                ),
            )
        elif state.ok:
            when = checked_words(state.last_verified, today) if state.last_verified is not None else ""
            self._say([Run(_("Everything fitted together, {when}.").format(when=when), state=State.YES)])
        else:
            self._say(
                [Run(_("The last check found something."), state=State.NO)],
                _("Check again to see what it is and what to do."),
            )

    def show_found(self, found: LogVerification) -> None:
        """What the check that just ended found."""
        if found.ok:
            looked = _("{entries} entries, {signatures} signatures and {rows} records looked at.").format(
                entries=number_words(found.entries),
                signatures=number_words(found.signatures),
                rows=number_words(found.rows),
            )
            self._say(
                [Run(_("Everything fits together."), state=State.YES)],
                looked,
                _(
                    "Nothing was changed behind Poruch, no entry is missing, "
                    "and everybody wrote only what they may."
                ),
            )
            return
        self._show_findings(found.findings)

    def show_cancelled(self) -> None:
        """The check was stopped."""
        self._say(
            [Run(_("The check was stopped."))], _("Nothing was changed. It can start again at any time.")
        )

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        """One paragraph for each kind of finding: what, at which entries, what to do."""
        by_code: dict[str, list[int]] = {}
        for finding in findings:
            by_code.setdefault(finding.code, []).append(finding.sequence)
        parts = [self._finding(code, entries) for code, entries in by_code.items()]
        self._fill(ngettext("{n} thing does not fit", "{n} things do not fit", len(findings)), parts)

    def _finding(self, code: str, entries: Sequence[int]) -> QWidget:
        what, advice = FINDINGS.get(code, (code, ""))
        count = f" · {number_words(len(entries))}×" if len(entries) > 1 else ""
        parts: list[QWidget] = [RunText([Run(_(what), state=State.NO), Run(count, Role.MUTED)])]
        if advice:
            parts.append(paragraph(_(advice)))
        seen = sorted({entry for entry in entries if entry})
        if seen:
            buttons = [self._entry_button(entry) for entry in seen[:_MOST]]
            more = ngettext("and {n} more entry", "and {n} more entries", len(seen) - _MOST)
            words = [Text(more, Role.MUTED)] if len(seen) > _MOST else []
            parts.append(beside(*buttons, *words))
        return stacked(*parts, gap=4)

    def _entry_button(self, entry: int) -> Button:
        button = Button(_("Show entry {number}").format(number=number_words(entry)), Look.SMALL)
        button.clicked.connect(lambda: self.entry_asked.emit(entry))
        return button

    def _say(self, first: Sequence[Run], *more: str) -> None:
        words = [RunText(first), *(paragraph(words, Role.MUTED) for words in more)]
        self._fill(_("Does everything fit together?"), words)

    def _fill(self, title: str, parts: Sequence[QWidget]) -> None:
        self._head.title.setText(title)
        body = self._words.body
        empty(body)
        for part in parts:
            body.addWidget(part)
        body.addStretch(1)
        body.activate()
        self._words.verticalScrollBar().setValue(0)
