"""A message or a file made elsewhere, kept for a second person: its very text, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final

import attrs
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.progress import Progress
from app.domain.report import Report
from app.file_words import place_words
from app.i18n import _, ngettext
from app.reports.elsewhere.told import Said, Spot
from app.reports.occasions import MESSAGE
from app.services.file_ours import OursChanged
from app.services.session import Session
from ui.messages import told_of
from ui.theme import Role
from ui.views.reports.approve_side import ApproveSide
from ui.views.reports.approving import Approving
from ui.views.reports.changed_lines import changed_lines
from ui.views.reports.doing import Doing
from ui.views.reports.work import Seen, read_report
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet, tell
from ui.widgets.frames import Card, Notice, Scrolled, Tone
from ui.widgets.labels import Text, stacked
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

_MOST_LINES: Final = 2_000


@attrs.frozen
class Kept:
    """What was kept.

    Attributes:
        lines: of the very file, each with its place; none where it left or was dropped.
        ours: what changed, where the file is a report of ours.
    """

    seen: Seen
    lines: tuple[tuple[str, str], ...] = attrs.field(repr=False)
    ours: OursChanged | None = None


def read_kept(session: Session, report: str, progress: Progress) -> Kept:
    """On the worker."""
    seen = read_report(session, report)
    if not any(one.content for one in seen.files):
        return Kept(seen, ())
    if seen.kind.layout == MESSAGE:
        return Kept(seen, tuple(("", line) for line in session.messages.read(report)))
    kept = session.file_drafts.look(report, progress)
    return Kept(seen, tuple(_read_lines(kept.said)), kept.ours)


def _read_lines(said: Sequence[Said]) -> Iterator[tuple[str, str]]:
    """What it says, the cells of a row on one line; other readings of the same place once."""
    for (spot, _numbers), group in groupby(said, lambda one: (one.place.spot, one.place.numbers[:-1])):
        if spot in (Spot.CELL, Spot.TABLE):
            row = {one.place: " ".join(one.text.split()) for one in reversed(list(group))}
            cells = [text for text in reversed(row.values()) if text]
            if cells:
                yield place_words(next(reversed(row))), " · ".join(cells)
            continue
        lines = {(place_words(one.place), " ".join(one.text.split())): None for one in group}
        yield from (line for line in lines if line[1])


class KeptSheet(Sheet):
    """The dialog.

    Args:
        change: opens it to be written anew; called with what it was made from.
    """

    def __init__(
        self, parent: QWidget, workplace: Workplace, kept: Kept, change: Callable[[Report], None]
    ) -> None:
        super().__init__(parent, f"{kept.seen.number}  {_(kept.seen.kind.title)}", width=820)
        self._change = change
        self.side = ApproveSide()
        self.strip = WorkingStrip()
        self.doing = Doing(self, workplace, self.strip)
        self.approving = Approving(self, workplace, self.side, self.doing)
        self.approving.report = kept.seen.report.id if kept.seen.report is not None else ""
        self.approve = Button(_("Approve and write"), Look.PRIMARY)
        self._build(kept)
        self._connect(kept.seen)
        self._show_ready()

    def _build(self, kept: Kept) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        paper = Card(padding=0)
        text = Scrolled(padding=16, gap=10)
        text.setAccessibleName(_("As they will read it"))
        if kept.ours is not None:
            text.add(changed_lines(kept.ours))
        for place, line in kept.lines[:_MOST_LINES]:
            said = Text(line, wrap=True)
            text.add(stacked(Text(place, Role.MUTED), said, gap=0) if place else said)
        more = len(kept.lines) - _MOST_LINES
        if more > 0:
            words = ngettext("and {n} more place", "and {n} more places", more).replace("{n}", f"{more}")
            text.add(Text(words, Role.MUTED))
        if not kept.lines:
            text.add(Text(_("Its text is not in the case file any more."), Role.MUTED, wrap=True))
        text.body.addStretch(1)
        paper.add(text, 1)
        row.addWidget(paper, 1)
        row.addWidget(self.side)
        self.add(both, 1)
        self.add(self.strip)
        self.wrong = Notice("", Tone.RED)
        self.add(self.wrong)
        self.wrong.hide()
        self.side.show_seen(kept.seen)
        self.buttons.addWidget(self.approve)
        self.approve.setVisible(kept.seen.may_approve)

    def _connect(self, seen: Seen) -> None:
        self.approve.clicked.connect(self.approving.approve)
        self.approving.failed.connect(self._on_failed)
        self.approving.over.connect(self.accept)
        self.side.ready_changed.connect(self._show_ready)
        self.doing.busy_changed.connect(self._show_ready)
        self.side.change_pressed.connect(lambda: self._on_change(seen))

    def _show_ready(self) -> None:
        self.approve.setEnabled(self.side.is_ready and not self.doing.busy)

    def _on_failed(self, failure: Failure) -> None:
        told = told_of(failure)
        self.wrong.set_text(told.advice, lead=told.happened)
        self.wrong.show()

    def _on_change(self, seen: Seen) -> None:
        if seen.report is not None:
            self.accept()
            self._change(seen.report)


def open_kept(workplace: Workplace, parent: QWidget, report: str, change: Callable[[Report], None]) -> None:
    """Open it for whoever looks at it."""
    session = workplace.session

    def failed(failure: Failure) -> None:
        told = told_of(failure)
        tell(parent, told.happened, told.advice, told.reference)

    def done(kept: Kept) -> None:
        sheet = KeptSheet(parent, workplace, kept, change)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open_large(860, 640)

    workplace.tasks.long(
        lambda progress: read_kept(session, report, progress), initiator=parent, done=done, failed=failed
    )


def write_again(workplace: Workplace, parent: QWidget, report: Report) -> None:
    """Write it anew from what it was made from; a draft of mine goes once the new one left or is kept."""
    from app.reports.occasions import occasion_of
    from ui.views.message.sheet import MessageSheet, open_message

    def ready(sheet: object) -> None:
        if not isinstance(sheet, MessageSheet):
            return
        words = "\n".join(text.text for text in report.texts)
        key = occasion_of(report.report_kind).key
        values = {"to": report.recipients[0], "occasion": key, "language": report.language, "words": words}
        sheet.take_up(values)
        mine = report.made_by == workplace.session.person.id
        if report.state in ("checked", "came_back") and mine:
            sheet.accepted.connect(lambda: _drop(workplace, parent, report))

    open_message(workplace, parent, report.prisoners[0], ready)


def _drop(workplace: Workplace, parent: QWidget, report: Report) -> None:
    drop = workplace.session.reports.drop
    workplace.tasks.command(drop, str(report.id), initiator=parent, done=lambda _saved: None)
