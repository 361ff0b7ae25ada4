"""The card beside the list of recipients: one of them, what they get, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.fields import fields_of
from app.domain.recipient import WORDS, Recipient
from app.domain.rows import HistoryRow
from app.i18n import _
from app.services.recipients import RecipientRow
from app.vocabulary import word
from ui.states import State
from ui.theme import Role
from ui.views.prisoners.history_tab import history_tab
from ui.views.reports.wording import language_name
from ui.widgets.buttons import Button
from ui.widgets.details import DetailGrid, Value
from ui.widgets.emptying import empty
from ui.widgets.frames import ScrollCard
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph


class RecipientDetail(QWidget):
    """One recipient.

    Signals:
        edit_asked(str): the button.
    """

    edit_asked = Signal(str)

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self._may_edit = may_edit
        self.shown = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._card = ScrollCard(gap=12)
        column.addWidget(self._card)
        self.edit: Button | None = None
        self.show_nobody()

    def show_nobody(self) -> None:
        """Nobody is chosen."""
        self.shown = ""
        empty(self._card.body)
        self.edit = None
        self._card.add(paragraph(_("Choose a recipient to see what they get, and how."), Role.MUTED))
        self._card.body.addStretch(1)

    def show_row(self, row: RecipientRow, history: tuple[HistoryRow, ...], names: Mapping[str, str]) -> None:
        """Fill it."""
        one = row.recipient
        self.shown = row.id
        empty(self._card.body)
        card = self._card
        card.add(Text(one.name, Role.TITLE, wrap=True))
        if one.organisation:
            card.add(paragraph(one.organisation, Role.MUTED))
        if one.left:
            card.add(RunText([Run(_("gets nothing any more"), state=State.NO)]))
        self.edit = None
        if self._may_edit:
            self.edit = Button(_("Edit"))
            self.edit.clicked.connect(lambda: self.edit_asked.emit(row.id))
            card.add(beside(self.edit))
        grid = DetailGrid(label_width=132)
        grid.set_pairs(_pairs(row))
        card.add(grid)
        words = _(
            "A report to them is decided for this audience. What a family said about them by name counts "
            "under every name they ever had here."
        )
        card.add(paragraph(words, Role.MUTED))
        card.add(SectionHead(_("What changed")))
        for widget in history_tab(history, names, None, all_shown=False, fields=fields_of(Recipient)):
            card.add(widget)
        card.body.addStretch(1)
        card.body.activate()


def lock_words(one: Recipient) -> str:
    """How files for them are locked, in a word."""
    if not one.lock:
        return _("not locked")
    return _("with words") if one.lock == WORDS else _("with their key")


def wants_words(one: Recipient) -> str:
    """Which kinds they want."""
    if one.never and not one.wants:
        kinds = ", ".join(word("report_kind", each) for each in one.never)
        return _("everything but {kinds}").format(kinds=kinds)
    return ", ".join(word("report_kind", each) for each in one.wants) or _("whatever is sent to them")


def _pairs(row: RecipientRow) -> list[tuple[str, Value]]:
    one = row.recipient
    pairs: list[tuple[str, Value]] = [(_("Who sees it"), word("audience", one.audience))]
    if row.godparent:
        pairs.append((_("Godparent"), row.godparent))
    if one.language:
        pairs.append((_("Language"), language_name(one.language)))
    pairs.append((_("Wants"), wants_words(one)))
    pairs.append((_("Mailing lists"), ", ".join(row.lists) or _("none")))
    pairs.append((_("Files are locked"), lock_words(one)))
    if row.key_since:
        pairs.append((_("Key"), one.lock))
        pairs.append((_("Key put there by"), row.key_since))
    return pairs
