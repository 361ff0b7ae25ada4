"""All findings of one rule: why they matter, each with its entries, and the words that review them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.domain.case_findings import TITLES
from app.i18n import _, ngettext, number_words
from app.services.context import Saved
from app.services.finding_telling import FindingItem
from app.services.findings import FindingGroup, ReviewFindings
from ui.messages import told_of
from ui.theme import Role
from ui.views.log.finding_words import WHY, item_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field, TextEdit
from ui.widgets.frames import Scrolled, line
from ui.widgets.labels import Text, paragraph, stacked
from ui.worker import Failure
from ui.workplace import Workplace

_MOST: Final = 200
_ENTRIES: Final = 2


class FindingSheet(Sheet):
    """The sheet.

    Args:
        group: what was found.
        may_review: an officer looks; somebody else only reads of their own acts.

    Signals:
        entry_asked(int): show an entry of the log.
        go_asked(str, str): go to a record, by noun and id.
        reviewed(): something was reviewed.
    """

    entry_asked = Signal(int)
    go_asked = Signal(str, str)
    reviewed = Signal()

    def __init__(
        self, parent: QWidget, workplace: Workplace, group: FindingGroup, *, may_review: bool
    ) -> None:
        super().__init__(parent, _(TITLES[group.rule]), width=720)
        self._workplace, self._group = workplace, group
        self.boxes: dict[str, QCheckBox] = {}
        self.add(paragraph(_(WHY[group.rule])))
        inside = Scrolled(gap=0)
        for item in group.items[:_MOST]:
            inside.add(self._line(item, ticks=may_review))
        left = len(group.items) - _MOST
        if left > 0:
            inside.add(Text(ngettext("and {n} more", "and {n} more", left), Role.MUTED))
        inside.body.addStretch(1)
        inside.setMinimumHeight(min(52 * len(group.items) + 12, 280))
        self.add(inside, 1)
        self.wrong = Text("", Role.BASE, tone="error", wrap=True)
        self.wrong.hide()
        if may_review:
            self._build_review()
        self.add(self.wrong)
        self.finished.connect(lambda _result: self.deleteLater())

    def _line(self, item: FindingItem, *, ticks: bool) -> QWidget:
        box = QWidget()
        cells = QHBoxLayout(box)
        cells.setContentsMargins(0, 6, 8, 6)
        cells.setSpacing(10)
        words = item_words(self._group.rule, item)
        if ticks:
            tick = QCheckBox()
            tick.setChecked(True)
            tick.setAccessibleName(words)
            tick.toggled.connect(lambda _on: self._count())
            self.boxes[item.digest] = tick
            cells.addWidget(tick)
        cells.addWidget(Text(words, wrap=True), 1)
        for entry in item.entries[-_ENTRIES:]:
            show = Button(_("Entry {number}").format(number=number_words(entry)), Look.SMALL)
            show.clicked.connect(self.accept)
            show.clicked.connect(lambda _on=False, entry=entry: self.entry_asked.emit(entry))
            cells.addWidget(show)
        if item.opens is not None:
            noun, record = item.opens
            go = Button(_("Open"), Look.SMALL, description=words)
            go.clicked.connect(self.accept)
            go.clicked.connect(lambda: self.go_asked.emit(noun, record))
            cells.addWidget(go)
        return stacked(box, line(), gap=0)

    def _build_review(self) -> None:
        self.note = TextEdit(
            _("What you found out"), lines=2, example=_("whom you asked, what was said, what happens now")
        )
        self.note.textChanged.connect(self._count)
        self.add(Field(_("What you found out"), self.note, required=True))
        self.review = Button(_("Reviewed"), Look.PRIMARY)
        self.review.setAutoDefault(False)
        self.review.clicked.connect(self._on_review)
        self.buttons.addWidget(self.review)
        self._count()

    def chosen(self) -> tuple[str, ...]:
        """What is ticked."""
        return tuple(digest for digest, box in self.boxes.items() if box.isChecked())

    def _count(self) -> None:
        count = len(self.chosen())
        words = ngettext("{n} reviewed", "{n} reviewed", count)
        self.review.setText(_("Reviewed") if count == len(self.boxes) else words)
        self.review.setEnabled(bool(count) and bool(self.note.toPlainText().strip()))

    def _on_review(self) -> None:
        self.review.setEnabled(False)
        self._workplace.tasks.command(
            self._workplace.session.findings.review,
            ReviewFindings(self._group.rule, self.chosen(), self.note.toPlainText()),
            initiator=None,
            done=self._on_done,
            failed=self._on_failed,
        )

    def _on_done(self, _saved: Saved) -> None:
        self.reviewed.emit()
        self.accept()

    def _on_failed(self, failure: Failure) -> None:
        self._count()
        self.wrong.setText(told_of(failure).line)
        self.wrong.show()
