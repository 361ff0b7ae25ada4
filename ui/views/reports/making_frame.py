"""The frame of the five steps: head, working strip, what went wrong, and the pages behind each other."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.i18n import _
from ui import theme
from ui.messages import Told
from ui.views.reports.asked import Asked
from ui.views.reports.nobody import Nobody
from ui.views.reports.step_checks import ChecksStep
from ui.views.reports.step_kind import KindStep
from ui.views.reports.step_people import PeopleStep
from ui.views.reports.step_review import ReviewStep
from ui.views.reports.steps import Step, step_names
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Notice, PageFrame, Tone
from ui.widgets.labels import PageHead
from ui.widgets.steps import StepHead
from ui.widgets.working import WorkingStrip

_AIR: Final = 76  # margins and gaps of the head


class MakingFrame(PageFrame):
    """Widgets only.

    Args:
        may_talk: whether "Record conversations" leads anywhere for this person.

    Signals:
        came(): somebody looks at it, maybe again.
    """

    came = Signal()

    def __init__(self, *, may_talk: bool) -> None:
        super().__init__()
        self.head = PageHead(_("New report"))
        self.steps = StepHead(step_names())
        self.head.add_centre(self.steps)
        self.back = Button(_("Back"), description=_("One step back (Esc)"))
        self.primary = Button("", Look.PRIMARY, description=_("Go on (Ctrl+Enter)"))
        self.primary.hide()  # until there are words on it
        self.head.add(self.back, self.primary)
        self.strip = WorkingStrip()
        self._wrong = Notice("", Tone.RED)
        self._wrong.hide()
        self.kind, self.people, self.review = KindStep(), PeopleStep(), ReviewStep()
        self.checks, self.asked = ChecksStep(), Asked()
        self.nobody = Nobody(may_talk=may_talk)
        self._stack = QStackedWidget()
        for page in (self.kind, self.people, self.review, self.checks, self.asked, self.nobody):
            self._stack.addWidget(page)
        for widget in (self.head, self.strip, self._wrong):
            self.add(widget)
        self.add(self._stack, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came.emit()

    def put_in_front(self, step: Step, number: str, *, kept: bool, has_pages: bool) -> None:
        """Show a step.

        Args:
            number: of the report, "" before it has one.
            kept: a kept report is shown, not a plan.
            has_pages: somebody may be named.
        """
        self.steps.set_current(step)
        self.head.title.setText(_("Report {number}").format(number=number) if number else _("New report"))
        pages: dict[Step, QWidget] = {
            Step.KIND: self.asked if kept else self.kind,
            Step.PEOPLE: self.asked if kept else self.people,
            Step.REVIEW: self.review if has_pages else self.nobody,
            Step.CHECKS: self.checks,
            Step.APPROVE: self.review,
        }
        self._stack.setCurrentWidget(pages[step])
        self.review.show_side(approving=step is Step.APPROVE)
        if step is Step.CHECKS:
            self.checks.focus_first()
        elif pages[step] is self.review:
            self.review.viewer.setFocus()

    def say_wrong(self, told: Told | None) -> None:
        """Say what went wrong above the step; None takes it away."""
        if told is not None:
            self._wrong.set_text(f"{told.advice} {told.reference}".strip(), lead=told.happened)
        self._wrong.setVisible(told is not None)

    def fit_steps(self) -> None:
        """Words of every step where there is room beside title and buttons, else only of the one in front."""
        self.steps.set_compact(compact=False)
        others = (self.head.title, self.back, self.primary)
        wanted = sum(widget.sizeHint().width() for widget in (self.steps, *others))
        self.steps.set_compact(compact=wanted + theme.current().px(_AIR) > self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_steps()
