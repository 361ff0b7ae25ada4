"""What follows from a withdrawal, as the dialog shows it: denied, godparenthoods, plans, reports."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.domain.rows import ReportRow
from app.i18n import _, ngettext
from app.reports.kind_file import kind_of
from app.services.withdrawing import Bond, Journey
from app.vocabulary import word
from ui.theme import Role
from ui.views.consent.effect_words import listed
from ui.views.consent.withdrawal_draft import WithdrawalDraft
from ui.views.consent.words import day_words, gentle
from ui.widgets.emptying import empty
from ui.widgets.labels import SectionHead, Text


class EffectPart(QWidget):
    """The part; what a person may tick keeps its tick while the rest is looked up again.

    Signals:
        ticked(): a tick was set or taken.
    """

    ticked = Signal()

    def __init__(self, draft: WithdrawalDraft) -> None:
        super().__init__()
        self._draft = draft
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.bonds: dict[str, QCheckBox] = {}
        self.plan: QCheckBox | None = None

    def show_journey(self, journey: Journey) -> None:
        """Show what follows."""
        self._clear()
        self._say_denied(journey)
        self._say_bonds(journey)
        self._say_plan(journey)
        self._say_reports(journey)

    def proposed(self) -> tuple[str, ...]:
        """Ids of the godparenthoods something is proposed for."""
        return tuple(self.bonds)

    def _clear(self) -> None:
        empty(self._column)
        self.bonds, self.plan = {}, None

    def _say(self, words: str, role: Role = Role.BASE) -> None:
        self._column.addWidget(Text(words, role, wrap=True))

    def _say_denied(self, journey: Journey) -> None:
        self._column.addWidget(SectionHead(_("Denied from now on")))
        what = listed(journey.denied, every=True)
        self._say(f"{what[:1].upper()}{what[1:]}." if what else _("Nothing that is allowed today changes."))
        if journey.clearances_go:
            self._say(
                ngettext(
                    "One thing is no longer cleared for reports.",
                    "{n} things are no longer cleared for reports.",
                    journey.clearances_go,
                ),
                Role.MUTED,
            )

    def _say_bonds(self, journey: Journey) -> None:
        if not journey.bonds:
            return
        self._column.addWidget(SectionHead(_("Godparenthoods")))
        for bond in journey.bonds:
            if not bond.proposed:
                state = gentle(word("godparenthood_state", bond.row.state))
                self._say(f"{bond.row.godparent_name}: {state}")
                continue
            tick = QCheckBox(_bond_words(bond))
            tick.setChecked(bond.row.id not in self._draft.untouched)
            tick.toggled.connect(lambda on, key=bond.row.id: self._on_bond(key, on=on))
            self.bonds[bond.row.id] = tick
            self._column.addWidget(tick)

    def _say_plan(self, journey: Journey) -> None:
        if not journey.step or journey.step == journey.standing:
            return
        self._column.addWidget(
            SectionHead(_("Next step for {name}").format(name=journey.owner or _("the case")))
        )
        self.plan = QCheckBox(_("Put it first, for today; what is planned stays behind it"))
        self.plan.setChecked(self._draft.plan)
        self.plan.toggled.connect(self._on_plan)
        self._column.addWidget(self.plan)
        self._say(journey.step, Role.MUTED)

    def _say_reports(self, journey: Journey) -> None:
        if not journey.drafts and not journey.reports:
            return
        self._column.addWidget(SectionHead(_("Reports that name them")))
        for row in journey.drafts:
            self._say(_("{what}: under way, cannot leave as it is").format(what=report_words(row)))
        for row in journey.reports:
            self._say(_left_words(row))
        if not journey.conversation and journey.notes:
            self._say(
                ngettext(
                    "One note that calls back is written next.",
                    "{n} notes that call back are written next.",
                    len(journey.notes),
                ),
                Role.MUTED,
            )

    def _on_bond(self, key: str, *, on: bool) -> None:
        (self._draft.untouched.discard if on else self._draft.untouched.add)(key)
        self.ticked.emit()

    def _on_plan(self, on: bool) -> None:
        self._draft.plan = on
        self.ticked.emit()


def report_words(row: ReportRow) -> str:
    """ "2026-014 · Public list of names"."""
    return f"{row.number} · {row.title or _(kind_of(row.report_kind).title)}"


def _left_words(row: ReportRow) -> str:
    left = row.written_at or row.approved_at
    if row.state != "done" or left is None:
        return _("{what}: may have left").format(what=report_words(row))
    return _("{what}: left on {day}").format(what=report_words(row), day=day_words(left.astimezone().date()))


def _bond_words(bond: Bond) -> str:
    state = gentle(word("godparenthood_state", bond.row.state))
    if bond.proposed == "ended":
        return _("End: {name} ({state})").format(name=bond.row.godparent_name, state=state)
    return _("Pause: {name} ({state})").format(name=bond.row.godparent_name, state=state)
