"""A yes "only if …": it does not count; said here, with the way to turn it into a no that does."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from ui.theme import Role
from ui.views.consent.draft import TalkDraft, purposes_of
from ui.widgets.answers import Said
from ui.widgets.buttons import Button, Look
from ui.widgets.fields import LineEdit
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Text, beside


class ConditionPart(QWidget):
    """The condition of one line. `refresh` it once it has its place.

    Args:
        key: the line.
        draft: written to as it is typed.

    Signals:
        changed(): something in the draft.
    """

    changed = Signal()

    def __init__(self, key: str, draft: TalkDraft) -> None:
        super().__init__()
        self._key, self._draft = key, draft
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.words = LineEdit(
            _("Only if"), self._draft.lines[key].only_if, example=_("a condition, if they made one")
        )
        self.words.textEdited.connect(self._on_typed)
        label = Text(_("Only if"), Role.MUTED)
        column.addWidget(beside(label, self.words, gap=24, stretch_last=True))
        self._notice = Notice("", Tone.AMBER, lead=_("This yes does not count yet."))
        column.addWidget(self._notice)
        self.settle = Button(_("The no above says it: the yes counts"), Look.TAG)
        self.settle.setAutoDefault(False)
        self.settle.clicked.connect(self._on_settled)
        column.addWidget(beside(self.settle))

    def refresh(self) -> None:
        """Show what there is, and whether a no says it."""
        line = self._draft.lines[self._key]
        said = {self._draft.says(self._key, one) for one in purposes_of(self._key)}
        typed = bool(line.only_if.strip())
        has_no = bool(Said.NO in said or line.withheld or line.not_named.strip() or line.audience)
        words = (
            _("If the no above says what they meant, it can count; their words go into the note.")
            if has_no
            else _("Write the condition as a no: to one of the purposes, for somebody, or for fewer people.")
        )
        self._notice.set_text(words, lead=_("This yes does not count yet."))
        self._notice.setVisible(typed)
        self.settle.setVisible(typed and has_no)
        self.setVisible(Said.YES in said)

    def _on_typed(self, untrusted_text: str) -> None:
        self._draft.lines[self._key].only_if = untrusted_text
        self.refresh()
        self.changed.emit()

    def _on_settled(self) -> None:
        line = self._draft.lines[self._key]
        words = _("Only if: {words}").format(words=line.only_if.strip())
        self._draft.note = f"{self._draft.note.rstrip()}\n{words}".lstrip()
        line.only_if = ""
        self.words.clear()
        self.refresh()
        self.changed.emit()
