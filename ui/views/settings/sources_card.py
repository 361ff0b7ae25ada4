"""The sources of lists: how far each is trusted, a first and a second yes, and the end of trust."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.progress import Progress
from app.domain.rows import SourceRow
from app.i18n import _, ngettext
from app.services.context import Saved
from ui.messages import told_of
from ui.theme import Role
from ui.views.reports.sources import trust_run
from ui.views.reports.wording import grouped
from ui.views.reports.work import TrustChoices, read_sources
from ui.views.shared.carrying_out import CarryingOut
from ui.widgets.buttons import Button
from ui.widgets.dialogs import ask
from ui.widgets.emptying import empty
from ui.widgets.frames import Card, line
from ui.widgets.labels import Run, RunText, SectionHead, Text, paragraph
from ui.worker import Failure
from ui.workplace import Workplace

Press = Callable[[SourceRow], None]


class SourcesCard(Card):
    """One line per source."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.add(SectionHead(_("Sources")))
        words = _(
            "What a trusted source publishes about an adult it recognises and lists as held counts as "
            "published. Two people have to say yes."
        )
        self.add(paragraph(words, Role.MUTED))
        lines = QWidget()
        self._list = QVBoxLayout(lines)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)
        self.add(lines)
        self.work = CarryingOut(workplace.tasks, lines)
        self.add(self.work)
        self._wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self._wrong.hide()
        self.add(self._wrong)
        workplace.bus.committed.connect(self._on_committed)

    def load(self) -> None:
        """Read them anew."""
        session = self._workplace.session
        self._workplace.tasks.query(lambda: read_sources(session), initiator=self, done=self._show)

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if changes.touches("trust", "source"):
            self.load()

    def _show(self, choices: TrustChoices) -> None:
        empty(self._list)
        for place, source in enumerate(choices.sources):
            if place:
                self._list.addWidget(line())
            self._list.addWidget(self._row(source, choices))
        if not choices.sources:
            words = _("No list has been brought in yet, so there is no source.")
            self._list.addWidget(paragraph(words, Role.MUTED))

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
        if source.trust == "not_trusted" and choices.may_propose:
            row.addWidget(self._button(_("Say yes first"), source, self._trust))
        elif source.id in choices.may_confirm:
            row.addWidget(self._button(_("Say the second yes"), source, self._trust))
        if source.trust in ("trusted", "waits") and choices.may_propose:
            words = _("End trust…") if source.trust == "trusted" else _("Take the yes back…")
            row.addWidget(self._button(words, source, self._end))
        return box

    def _button(self, words: str, source: SourceRow, press: Press) -> Button:
        button = Button(words, description=source.name)
        button.clicked.connect(lambda: press(source))
        return button

    def _trust(self, source: SourceRow) -> None:
        sources = self._workplace.session.sources
        words = _("Your yes is being kept") if source.trust == "not_trusted" else _("Trusting the source")
        self._run(words, lambda progress: sources.trust(source.id, progress).saved)

    def _end(self, source: SourceRow) -> None:
        title = _("End trust in {name}?").format(name=source.name)
        words = _(
            "What only this source publishes may not leave any more, from now on. Trusting it again takes "
            "two people."
        )
        if ask(self.window(), title, words, _("End trust"), dangerous=True):
            sources = self._workplace.session.sources
            self._run(_("Ending the trust"), lambda progress: sources.end_trust(source.id, progress))

    def _run(self, words: str, save: Callable[[Progress], Saved]) -> None:
        self._wrong.hide()
        self.work.carry_out(words, save, done=lambda saved: self.load(), failed=self._on_failed)

    def _on_failed(self, failure: Failure) -> None:
        self._wrong.setText(told_of(failure).text)
        self._wrong.show()
        self.load()
