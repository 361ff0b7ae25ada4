"""The plan for asking: who is asked in which week and why, and what every owner has each month."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.asking_plan import APART_WEEKS, Plan, PlannedTalk, Why
from app.i18n import N_, _, ngettext
from app.services.spoken import spoken_words
from ui.theme import Role
from ui.views.prisoners.wording import day_words, month_words
from ui.widgets.buttons import Button, Look
from ui.widgets.dialogs import Sheet
from ui.widgets.frames import Scrolled
from ui.widgets.labels import SectionHead, Text, paragraph
from ui.workplace import Workplace

_WHY: Mapping[Why, str] = {
    Why.REVIEW: N_("to review"),
    Why.ENDS: N_("a yes ends"),
    Why.FIRST_WORDS: N_("first words"),
}
_MOST = 200


class PlanSheet(Sheet):
    """The plan.

    Args:
        plan: as it is today.
        owners: names by id.
    """

    def __init__(self, parent: QWidget, workplace: Workplace, plan: Plan, owners: Mapping[str, str]) -> None:
        super().__init__(parent, _("Plan for asking"), width=760)
        self._workplace, self._plan, self._owners = workplace, plan, owners
        self.add(Text(self._rules(), Role.MUTED, wrap=True))
        inside = Scrolled(gap=6)
        self._add_owners(inside)
        inside.add(SectionHead(_("Week by week")))
        for talk in plan.talks[:_MOST]:
            inside.add(self._line(talk))
        left = len(plan.talks) - _MOST
        if left > 0:
            inside.add(Text(ngettext("and {n} more talk", "and {n} more talks", left), Role.MUTED))
        inside.body.addStretch(1)
        inside.setMinimumHeight(380)
        self.add(inside, 1)
        self.finished.connect(lambda _result: self.deleteLater())

    def _rules(self) -> str:
        plan = self._plan
        apart = ngettext(
            "At least {n} week between two talks with one family.",
            "At least {n} weeks between two talks with one family.",
            APART_WEEKS,
        )
        together = ngettext(
            "{n} ask goes into a talk with the same person.",
            "{n} asks go into a talk with the same person.",
            plan.together,
        )
        unsafe = ngettext(
            "Left out: {n} person it is not safe to ask.",
            "Left out: {n} people it is not safe to ask.",
            plan.not_safe,
        )
        no = ngettext("{n} does not want to be contacted.", "{n} do not want to be contacted.", plan.said_no)
        late = ngettext("{n} found no week in this year.", "{n} found no week in this year.", plan.beyond)
        counted = (
            (together, plan.together),
            (unsafe, plan.not_safe),
            (no, plan.said_no),
            (late, plan.beyond),
        )
        said = [apart, *(words for words, count in counted if count)]
        return " ".join(said)

    def _add_owners(self, inside: Scrolled) -> None:
        inside.add(SectionHead(_("Talks a month, by owner")))
        for owner, counts in sorted(self._plan.owners().items(), key=lambda one: self._name(one[0])):
            months = zip(self._plan.months, counts, strict=True)
            words = " · ".join(f"{month_words(month)} {count}" for month, count in months if count)
            inside.add(paragraph(f"{self._name(owner)}: {words}"))

    def _name(self, owner: str | None) -> str:
        return self._owners.get(owner or "", "") or _("nobody yet")

    def _line(self, talk: PlannedTalk) -> QWidget:
        who = spoken_words(talk.relation, talk.prisoner_name)
        parts = [day_words(talk.week), who, _(_WHY[talk.why]), self._name(talk.owner)]
        if talk.late:
            parts.append(_("later than its day, so that the family is not asked twice"))
        go = Button(_("Open"), Look.QUIET, description=who)
        go.clicked.connect(lambda: self._open(talk.relative))
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 8, 0)
        row.addWidget(paragraph(" · ".join(parts)), 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(go)
        return box

    def _open(self, relative: str) -> None:
        self.accept()
        self._workplace.go("relatives", relative)
