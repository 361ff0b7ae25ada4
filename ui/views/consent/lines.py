"""The five lines of a talk: rows of the kit over one draft, each opening into its purposes."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.consent_lines import purposes_on
from app.i18n import _
from app.vocabulary import word
from ui.views.consent.draft import TalkDraft, names_in, purposes_of
from ui.views.consent.line_popup import LinePopup
from ui.views.consent.recipients import NOBODY, Recipients
from ui.views.consent.words import LINES, month_words, purpose_word, spoken_for
from ui.widgets.answers import AnswerList, AnswerRow, Said

_NAMED_AT_ONCE: Final = 2
_ONE: Final = [("", "…")]


class Lines(QWidget):
    """The five lines.

    Args:
        draft: written to as somebody answers.
        today: the day it is.
        relation: for "never until she says so".
        recipients: who can be named.

    Signals:
        changed(): something in the draft.
    """

    changed = Signal()

    def __init__(self, draft: TalkDraft, today: date, relation: str, recipients: Recipients = NOBODY) -> None:
        super().__init__()
        self._recipients = recipients
        self._draft, self._today, self._relation = draft, today, relation
        details = {Said.YES: _ONE, Said.NO: _ONE}
        self.list = AnswerList([AnswerRow(line, word("consent_line", line), details) for line in LINES])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        for row in self.list.rows:
            row.detail.open_instead(partial(self._open, row.key))
            row.set_said(draft.lines[row.key].said)
        self.list.answered.connect(self._on_answered)
        self._show_words()

    def row(self, line: str) -> AnswerRow:
        """The row of a line."""
        return next(row for row in self.list.rows if row.key == line)

    def open_line(self, line: str) -> LinePopup:
        """Open a line into its purposes, audience and end."""
        row = self.row(line)
        popup = LinePopup(row, line, self._draft, self._today, self._recipients)
        popup.changed.connect(self._on_changed)
        popup.open_at(row.detail.mapToGlobal(row.detail.rect().bottomRight()))
        return popup

    def _open(self, line: str) -> None:
        self.open_line(line)

    def refresh(self) -> None:
        """Say again until when, after the day of the talk changed."""
        self._show_words()

    def _on_answered(self, line: str, value: str) -> None:
        one = self._draft.lines[line]
        one.said = Said(value)
        one.apart.clear()
        one.audience = ""
        one.only_if = ""
        self._on_changed()

    def _on_changed(self) -> None:
        self._show_words()
        self.changed.emit()

    def _show_words(self) -> None:
        for row in self.list.rows:
            if row.said in (Said.YES, Said.NO):
                row.detail.set_choices([("", self._words(row.key))])

    def _words(self, line: str) -> str:
        one = self._draft.lines[line]
        yes = [each for each in purposes_of(line) if self._draft.says(line, each) is Said.YES]
        no = [each for each in purposes_of(line) if self._draft.says(line, each) is Said.NO]
        if one.said is Said.NO and not one.apart:
            if one.audience:
                if one.audience in ("named_godparent", "named_institution"):
                    return _("not for {n} named").format(
                        n=len(one.godparents) if one.audience == "named_godparent" else one.named
                    )
                return _("not in public") if one.audience == "public" else _("not for all")
            return spoken_for(
                self._relation,
                _("never until she says so"),
                _("never until he says so"),
                _("never until they say so"),
            )
        if yes and one.only_if.strip():
            return _("only if …: does not count")
        if yes and no:
            return _("{what}; not {other}").format(what=_named(yes, 1), other=_named(no, 1))
        left_out = len(one.withheld) + len(names_in(one.not_named)) if yes else 0
        if left_out:
            return _("{what}; not for {n} named").format(what=_named(yes, 1), n=left_out)
        usual = purposes_on(line, says_yes=True)
        if yes and (len(usual) == 1 or len(yes) == len(purposes_of(line))) and not one.apart:
            return _("to {month}").format(month=month_words(self._draft.end(self._today)))
        return _named(yes or no, _NAMED_AT_ONCE)


def _named(purposes: list[str], most: int) -> str:
    words = ", ".join(purpose_word(each) for each in purposes[:most])
    more = len(purposes) - most
    return f"{words} +{more}" if more > 0 else words
