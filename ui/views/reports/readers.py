"""Step 1, who it is for: an institution from the list or typed, a godparent, or whom a file goes to."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QVBoxLayout, QWidget

from app.domain.recipient import WORDS, reaches
from app.i18n import _
from app.reports.kinds import Audience, ReportKind
from app.services.addressing import AUDIENCE_OF
from app.services.report_views import AddressedView
from app.vocabulary import word
from ui.widgets.fields import Field, LineEdit
from ui.widgets.terms import TermCombo


@attrs.frozen
class Reader:
    """A recipient or a mailing list that can be chosen.

    Attributes:
        audience: of a recipient; "" for a list.
        report_kind: of a list; "" for a recipient.
        never: kinds a recipient does not get.
    """

    value: str
    words: str
    audience: str = ""
    report_kind: str = ""
    never: frozenset[str] = frozenset()

    def fits(self, kind: ReportKind) -> bool:
        """Whether they can be offered for this kind; whether it may go to them is decided when it is made."""
        if self.report_kind:
            return self.report_kind == kind.name
        return reaches(self.audience, AUDIENCE_OF[kind.audience]) and kind.name not in self.never


class Readers(QWidget):
    """The fields; which of them shows is said by the kind.

    Signals:
        typed(): something was typed or chosen.
    """

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: tuple[Reader, ...] = ()
        self._kept = ("", "")  # words on the line, and the value they stand for
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.recipient = LineEdit(_("For whom"), example=_("Committee on Human Rights"))
        self.recipient.textChanged.connect(lambda _text: self.typed.emit())
        hint = _(
            "A recipient or a mailing list, or an institution as the pages say it. What was agreed for it by "
            "name counts."
        )
        self.institution_field = Field(_("For whom"), self.recipient, hint=hint, required=True)
        column.addWidget(self.institution_field)
        self.godparent = TermCombo(_("For which godparent"))
        self.godparent.chosen.connect(lambda _value: self.typed.emit())
        hint = _("Those who accepted the protocol. Only whom they stand up for is in it.")
        self.godparent_field = Field(_("For which godparent"), self.godparent, hint=hint, required=True)
        column.addWidget(self.godparent_field)
        self.goes_to = TermCombo(_("Goes to"))
        self.goes_to.chosen.connect(lambda _value: self.typed.emit())
        hint = _(
            "A recipient or a mailing list. The ledger keeps them, and their files are locked as they ask."
        )
        self.goes_field = Field(_("Goes to"), self.goes_to, hint=hint)
        column.addWidget(self.goes_field)

        self.cover = QCheckBox(_("Cover page with rules for handling"))
        self.cover.setAccessibleDescription(_("In their language; in PDF, Word and web page"))
        self.cover.toggled.connect(lambda _on: self.typed.emit())
        column.addWidget(self.cover)

    def set_plan(self, chosen: str, godparents: Sequence[tuple[str, str]], known: Sequence[Reader]) -> None:
        """What a plan says, among whom it can be said."""
        self._known = tuple(known)
        words = {reader.value: reader.words for reader in known}
        theirs = dict(godparents)
        shown = ", ".join(words.get(one, one) for one in chosen.split("\n"))
        self._kept = (shown, chosen)
        self.recipient.setText("" if chosen in theirs else shown)
        self.godparent.set_choices(godparents, chosen if chosen in theirs else "")
        self.goes_to.set_choices([], "")
        self.goes_to.set_choices([(chosen, shown)] if chosen else [], chosen)

    def show_for(self, kind: ReportKind) -> None:
        """The fields of this kind."""
        fit = [reader for reader in self._known if reader.fits(kind)]
        is_named = kind.audience is Audience.INSTITUTION
        completer = QCompleter([reader.words for reader in fit], self.recipient)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.recipient.setCompleter(completer)
        kept = self.goes_to.value()
        choices = [(reader.value, reader.words) for reader in fit]
        if "\n" in kept:
            choices.append((kept, self._kept[0]))
        self.goes_to.set_choices(choices, kept if kept in dict(choices) else "")
        self.institution_field.setVisible(is_named)
        self.godparent_field.setVisible(kind.audience is Audience.GODPARENT)
        self.goes_field.setVisible(
            kind.audience in (Audience.ALL_GODPARENTS, Audience.PUBLIC) and bool(choices)
        )
        self.setVisible(kind.audience is not Audience.INTERNAL)

    def chosen(self, kind: ReportKind) -> str:
        """Ids, one on a line, or what was typed; empty for nobody in particular."""
        if kind.audience is Audience.GODPARENT:
            return self.godparent.value()
        if kind.audience is not Audience.INSTITUTION:
            return self.goes_to.value() if kind.audience is not Audience.INTERNAL else ""
        text = self.recipient.text()
        if text and text == self._kept[0]:
            return self._kept[1]
        same = [one.value for one in self._known if one.words.casefold() == text.strip().casefold()]
        return same[0] if len(same) == 1 else text

    def complain(self, kind: ReportKind) -> bool:
        """Say at the field what is missing; gives whether something is."""
        if kind.audience is Audience.INSTITUTION and not self.recipient.text().strip():
            self.institution_field.set_wrong(_("Say who it is for: a confidential report has one reader."))
            self.recipient.setFocus()
            return True
        if kind.audience is Audience.GODPARENT and not self.godparent.value():
            self.godparent_field.set_wrong(_("Choose who it is for."))
            self.godparent.setFocus()
            return True
        return False

    def say_wrong(self) -> None:
        """Take away what was marked."""
        self.institution_field.set_wrong("")
        self.godparent_field.set_wrong("")


def addressed_words(one: AddressedView) -> str:
    """What a recipient gets decided for, how their file is locked, and who put a key there."""
    parts = [word("audience", one.decided_for)]
    if one.lock == WORDS:
        parts.append(_("locked with words, shown once"))
    elif one.lock:
        parts.append(_("locked with their key, put there by {who}").format(who=one.key_by))
    return " · ".join(parts)
