"""The sheet that records hostile attention: what happened, when, whom it touches, what that pauses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from app.domain.attention import TARGETS
from app.domain.canonical import Plain
from app.domain.review_rows import AttentionEffect
from app.i18n import _
from app.services.attention import RecordAttention
from app.services.attention_targets import Target, related
from app.services.context import Saved
from app.services.session import Session
from app.vocabulary import pairs
from ui.messages import told_of
from ui.views.attention.words import effect_words
from ui.views.shared.prisoner_search import PrisonerSearch
from ui.widgets.date_edit import DateEdit, first_wrong_date
from ui.widgets.dialogs import Sheet, ask_to_throw_away
from ui.widgets.fields import Field, TextEdit
from ui.widgets.frames import Notice, Scrolled, Tone
from ui.widgets.labels import SectionHead
from ui.widgets.terms import TermCombo
from ui.worker import Failure
from ui.workplace import HOSTILE, Workplace

_KINDS: Final = {"prisoners": "prisoner", "relatives": "relative", "godparents": "godparent"}


class AttentionSheet(Sheet):
    """The sheet.

    Args:
        targets: whom it may touch; those likely are chosen.
        about: noun and id it was opened from, to open it from there again.
        has_key: whether a note can be kept.
    """

    def __init__(
        self,
        parent: QWidget,
        workplace: Workplace,
        targets: Sequence[Target],
        about: tuple[str, str] = ("", ""),
        *,
        has_key: bool,
    ) -> None:
        super().__init__(
            parent, _("Record hostile attention"), _("Record and pause"), dangerous=True, width=640
        )
        self.setObjectName(HOSTILE)
        self._workplace, self._has_key, self._about = workplace, has_key, about
        self._asked = 0
        self.boxes: dict[tuple[str, str], QCheckBox] = {}
        self._build(targets)
        self._untouched = self._state()
        self._connect()
        self._preview()

    def _build(self, targets: Sequence[Target]) -> None:
        inside = Scrolled(gap=12)
        self.what = TermCombo(_("What happened"), pairs("attention_kind"))
        self.when = DateEdit(_("When"))
        inside.add(Field(_("What happened"), self.what, required=True))
        inside.add(Field(_("When"), self.when, hint=_("A month or a year is enough.")))
        inside.add(SectionHead(_("Whom it touches")))
        for target in targets:
            box = QCheckBox(_target_words(target))
            box.setChecked(target.likely)
            self.boxes[(target.field, target.id)] = box
            inside.add(box)
        self.search = PrisonerSearch(self._workplace, enter_goes_on=True)
        inside.add(self.search)
        self.search.setVisible(not any(target.likely for target in targets))
        self.note = TextEdit(_("Note"), lines=3)
        if self._has_key:
            hint = _("Kept closed, never in a report.")
            inside.add(Field(_("Note"), self.note, hint=hint))
        inside.body.addStretch(1)
        inside.setMinimumHeight(300)
        self.add(inside, 1)
        self.effect = Notice("", Tone.AMBER)
        self.add(self.effect)
        self._say("", ready=False)  # nothing can be recorded before the sheet said what that will do
        self.what.setFocus()

    def _connect(self) -> None:
        for box in self.boxes.values():
            box.toggled.connect(lambda _on: self._preview())
        self.search.chosen.connect(lambda _id: self._preview())
        self.what.currentIndexChanged.connect(lambda _place: self._preview())
        self.when.changed.connect(lambda _date: self._preview())
        self.when.unread.connect(self._preview)

    def command(self) -> RecordAttention:
        """What is typed and chosen."""
        chosen: dict[str, list[str]] = {name: [] for name in TARGETS}
        for (field, record), box in self.boxes.items():
            if box.isChecked():
                chosen[field].append(record)
        if not self.search.isHidden() and self.search.value():
            chosen["prisoners"].append(self.search.value())
        note = self.note.toPlainText().strip() if self._has_key else ""
        targets = {name: tuple(ids) for name, ids in chosen.items()}
        return RecordAttention(self.what.value(), self.when.date(), note, **targets)

    # a lock in between

    def _state(self) -> dict[str, Plain]:
        ticked: list[Plain] = [list(key) for key, box in self.boxes.items() if box.isChecked()]
        return {
            "noun": self._about[0],
            "record": self._about[1],
            "what": self.what.value(),
            "when": self.when.kept(),
            "note": self.note.toPlainText(),
            "ticked": ticked,
            "text": self.search.text(),
            "prisoner": self.search.value() if self.search.text() else "",
        }

    def unfinished(self) -> Mapping[str, Plain] | None:
        """What is chosen and typed; None as long as it is as it was opened."""
        state = self._state()
        return None if state == self._untouched else state

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Put back what a lock kept."""
        self.what.set_value(str(values.get("what") or ""))
        self.when.set_stored(str(values.get("when") or ""))
        self.note.setPlainText(str(values.get("note") or ""))
        ticked = values.get("ticked")
        for key, box in self.boxes.items():
            box.setChecked(isinstance(ticked, list) and list(key) in ticked)
        if values.get("text"):
            self.search.take_up(str(values["text"]), str(values.get("prisoner") or ""))
        self._preview()

    def reject(self) -> None:
        """Close; a note is only thrown away on purpose."""
        if self.note.toPlainText().strip() and not ask_to_throw_away(self):
            return
        super().reject()

    # what it will do

    def _preview(self) -> None:
        command = self.command()
        self._asked += 1
        asked, session = self._asked, self._workplace.session
        if not command.what:
            self._say(_("Choose what happened."), ready=False)
            return
        if not any(getattr(command, name) for name in TARGETS):
            self._say(_("Choose whom it touches."), ready=False)
            return
        if not self.when.reads():
            self._say(self.when.toolTip() or _("What stands under “When” is no date yet."), ready=False)
            return

        def done(effect: AttentionEffect) -> None:
            if asked == self._asked:
                self._say(effect_words(effect), ready=True)

        def failed(failure: Failure) -> None:
            if asked == self._asked:
                self._say(told_of(failure).happened, ready=False)

        self._workplace.tasks.query(
            lambda: session.attention.preview(command), initiator=self, done=done, failed=failed
        )

    def _say(self, words: str, *, ready: bool) -> None:
        self.effect.set_text(words)
        if self.action is not None:
            self.action.setEnabled(ready)

    def accept(self) -> None:
        """Record it; the sheet closes once it is stored."""
        if first_wrong_date(self) is not None:
            return
        command, session = self.command(), self._workplace.session
        count = len(command.relatives)
        if self.action is not None:
            self.action.setEnabled(False)

        def done(_saved: Saved) -> None:
            self._workplace.say(_("Recorded. What it touches pauses until it is reviewed."), undo=True)
            super(AttentionSheet, self).accept()

        self._workplace.tasks.command(
            session.attention.record,
            command,
            initiator=None if count else self,
            done=done,
            failed=lambda failure: self._say(told_of(failure).happened, ready=True),
        )


def open_attention(
    workplace: Workplace,
    parent: QWidget,
    noun: str = "",
    record: str = "",
    ready: Callable[[QDialog | None], None] = lambda _sheet: None,
) -> None:
    """Open the sheet from a record, or from nowhere in particular; `ready` gets it once it is there."""
    session = workplace.session

    def done(targets: tuple[Target, ...]) -> None:
        about = (noun, record)
        sheet = AttentionSheet(parent, workplace, targets, about, has_key=session.has_desk_key)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()
        ready(sheet)

    workplace.tasks.query(lambda: read_targets(session, noun, record), initiator=parent, done=done)


def read_targets(session: Session, noun: str, record: str) -> tuple[Target, ...]:
    """Whom it may touch; runs on the worker."""
    return related(session.context, noun, record)


def _target_words(target: Target) -> str:
    if target.field == "desks":
        return _("Everybody of the desk {name}").format(name=target.words)
    if target.field == "facilities":
        return _("Everybody held at {name}").format(name=target.words)
    if target.field == "godparents":
        return _("Godparent: {name}").format(name=target.words)
    return target.words
