"""Trusting a source: the list of sources, with a first and a second yes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.rows import SourceRow
from app.i18n import _, ngettext
from ui import theme
from ui.messages import told_of
from ui.states import State
from ui.theme import Role
from ui.views.reports.wording import grouped
from ui.views.reports.work import TrustChoices, read_sources
from ui.views.shared.carrying_out import CarryingOut
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet
from ui.widgets.emptying import empty
from ui.widgets.frames import Scrolled, line
from ui.widgets.labels import Run, RunText, Text, paragraph
from ui.worker import Failure
from ui.workplace import Workplace


class SourcesSheet(Sheet):
    """Every source and what may be said about it.

    Signals:
        trusted(): a second yes was given; what it states counts as published now.
        list_wanted(): there is no source yet, the person wants to bring in a list.
    """

    trusted = Signal()
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None, workplace: Workplace) -> None:
        super().__init__(parent, _("Trust a source"), width=620)
        self._workplace = workplace
        words = _(
            "What a trusted source publishes about an adult it recognises and lists as held counts as "
            "published. Two people have to say yes."
        )
        self.add(paragraph(words, Role.MUTED))
        self._list = Scrolled(gap=12)
        self._list.setMinimumHeight(theme.current().px(200))
        self.add(self._list, 1)
        self.work = CarryingOut(workplace.tasks, self._list)
        self.add(self.work)
        self._wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self._wrong.hide()
        self.add(self._wrong)
        self._load()

    def _load(self) -> None:
        session = self._workplace.session
        self._workplace.tasks.query(lambda: read_sources(session), initiator=self, done=self._show)

    def _show(self, choices: TrustChoices) -> None:
        body = self._list.body
        empty(body)
        for place, source in enumerate(choices.sources):
            if place:
                body.addWidget(line())
            body.addWidget(self._row(source, choices))
        if not choices.sources:
            body.addWidget(
                paragraph(_("No list has been brought in yet, so there is no source."), Role.MUTED)
            )
            go = Button(_("Bring in a list…"))
            go.clicked.connect(self._on_list)
            body.addWidget(go)
        body.addStretch(1)

    def _row(self, source: SourceRow, choices: TrustChoices) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(RunText([Run(source.name, Role.BOLD)]))
        spoken = ngettext("speaks of {n} person", "speaks of {n} people", source.claims)
        facts = [source.link, grouped(spoken, source.claims)]
        left.addWidget(paragraph(" · ".join(part for part in facts if part), Role.MUTED))
        left.addWidget(RunText([trust_run(source, choices.me)]))
        row.addLayout(left, 1)
        button = self._button(source, choices)
        if button is not None:
            row.addWidget(button)
        return box

    def _button(self, source: SourceRow, choices: TrustChoices) -> Button | None:
        if source.trust == "not_trusted" and choices.may_propose:
            words = _("Say yes first")
        elif source.id in choices.may_confirm:
            words = _("Say the second yes")
        else:
            return None
        button = Button(words, description=source.name)
        button.clicked.connect(lambda: self._trust(source))
        return button

    def _trust(self, source: SourceRow) -> None:
        self._wrong.hide()
        sources = self._workplace.session.sources

        def done(result: object) -> None:
            self._load()
            if source.trust == "waits":
                self.trusted.emit()

        words = _("Your yes is being kept") if source.trust == "not_trusted" else _("Trusting the source")
        self.work.carry_out(
            words, lambda progress: sources.trust(source.id, progress), done=done, failed=self._on_failed
        )

    def _on_failed(self, failure: Failure) -> None:
        self._wrong.setText(told_of(failure).text)
        self._wrong.show()
        self._load()

    def _on_list(self) -> None:
        self.accept()
        self.list_wanted.emit()


def trust_run(source: SourceRow, me: str) -> Run:
    """How far a source is trusted, in words."""
    if source.trust == "trusted":
        return Run(_("trusted by two people"), state=State.YES)
    if source.trust == "waits":
        if source.proposed_by == me:
            return Run(_("you said yes; it waits for another person"), state=State.WAITS)
        words = _("{who} said yes; it waits for another person").format(who=source.proposed_by)
        return Run(words, state=State.WAITS)
    return Run(_("nobody has said yes"), state=State.UNASKED)


def open_sources(window: QWidget, workplace: Workplace) -> None:
    """Trust a source, then look again."""
    sheet = SourcesSheet(window, workplace)
    sheet.list_wanted.connect(lambda: workplace.go("prisoners", ""))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
