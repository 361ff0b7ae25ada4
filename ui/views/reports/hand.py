"""What is in hand: reports that wait for me, and drafts, one line each with what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.rows import ReportRow
from app.i18n import _
from app.reports.kinds import ReportKind
from ui import theme
from ui.states import State
from ui.theme import Role
from ui.views.reports.columns import counts_only, title_of
from ui.views.reports.wording import language_name, moment_words, people_words, state_mark, state_words
from ui.widgets.buttons import Button
from ui.widgets.emptying import empty
from ui.widgets.frames import Card, Scrolled, line
from ui.widgets.labels import QuietLine, Run, RunText, SectionHead, stacked

_MOST = 2  # lines before it scrolls
_LINE_PX = 57


class Hand(Card):
    """A list of reports that go somewhere from here.

    Args:
        title: what they are.
        action: what the button of a line does.

    Signals:
        pressed(str): the button, with the report's id.
    """

    pressed = Signal(str)

    def __init__(self, title: str, action: str) -> None:
        super().__init__(padding=0, gap=0)
        self._action = action
        self.head = SectionHead(title)
        self.head.setContentsMargins(16, 10, 16, 6)
        self.add(self.head)
        self._list = Scrolled(gap=0)
        self.add(self._list, 1)
        self.buttons: dict[str, Button] = {}

    def set_rows(self, rows: Sequence[ReportRow], kinds: Mapping[str, ReportKind], *, waits: bool) -> None:
        """Show these."""
        body = self._list.body
        empty(body)
        self.buttons = {}
        for row in rows:
            body.addWidget(line())
            body.addWidget(self._line(row, kinds, waits=waits))
        body.addStretch(1)
        self.head.aside.setText(str(len(rows)) if len(rows) > 1 else "")
        self.setVisible(bool(rows))
        look = theme.current()
        head = self.head.sizeHint().height()
        self.setFixedHeight(head + look.px(_LINE_PX) * min(len(rows), _MOST) + 3)

    def _line(self, row: ReportRow, kinds: Mapping[str, ReportKind], *, waits: bool) -> QWidget:
        box = QWidget()
        across = QHBoxLayout(box)
        across.setContentsMargins(16, 8, 16, 8)
        across.setSpacing(12)
        name = QuietLine(f"{row.number}  {title_of(row, kinds)} · {language_name(row.language)}", Role.STRONG)
        facts = [
            _("figures only")
            if counts_only(row, kinds)
            else people_words(row.named, row.figures_only, row.left_out),
            _("made by {who}").format(who=row.made_by) if row.made_by else "",
            moment_words(row.made_at),
        ]
        quiet = QuietLine(" · ".join(part for part in facts if part), Role.MUTED)
        across.addWidget(stacked(name, quiet, gap=2), 1)
        words = _("waits for you") if waits else state_words(row.state)
        state = State.WAITS if waits else state_mark(row.state)
        mark = RunText([Run(words, state=state)])
        mark.setFixedWidth(mark.sizeHint().width() + 4)
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        button = Button(self._action, description=f"{row.number} {title_of(row, kinds)}")
        button.clicked.connect(lambda _on=False, report=row.id: self.pressed.emit(report))
        self.buttons[row.id] = button
        across.addWidget(button)
        return box
