"""What the search for names found: refused, or namesakes the approver judges one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _, ngettext, number_words
from ui.states import State
from ui.theme import Role
from ui.views.reports.wording import where_words
from ui.widgets.buttons import FilterChip
from ui.widgets.emptying import empty
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Run, RunText, paragraph

if TYPE_CHECKING:
    from app.services.name_search import Namesake, NamesSearched

_SHOWN = 8


class NamesFound(QWidget):
    """The result of one search.

    Args:
        judges: the person at the screen says who a namesake is; else that takes somebody else.

    Signals:
        judged(): another namesake was judged.
    """

    judged = Signal()

    def __init__(self, *, judges: bool = True) -> None:
        super().__init__()
        self._judges = judges
        self._searched: NamesSearched | None = None
        self._chips: dict[str, FilterChip] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_found(self, searched: NamesSearched | None) -> None:
        """Show what was found, None before a search."""
        self._searched = searched
        self._chips = {}
        empty(self._column)
        if searched is None:
            return
        looked = _("{n} pieces of text, every spelling and case").format(n=number_words(searched.examined))
        if searched.found:
            self._put(RunText([Run(_("A protected name stands in the files"), state=State.NO)]))
            self._places(searched.found)
            words = _("These files cannot leave. Send them back; do not write the name there.")
            self._put(Notice(words, Tone.RED))
        elif all(hit.other for hit in searched.to_judge):
            self._put(RunText([Run(_("No protected name found"), state=State.YES)]))
        self._put(paragraph(looked, Role.MUTED))
        names = [hit for hit in searched.to_judge if not hit.other]
        others = [hit for hit in searched.to_judge if hit.other]
        if names:
            self._ask(names)
        if others:
            words = _("Look at this yourself, in the file: whose it is, and whether it may stand there.")
            self._put(RunText([Run(words, state=State.ENDS)]))
            for hit in others:
                self._judge([hit], hit.name, _("I looked at it"))

    def _put(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def _places(self, hits: Sequence[Namesake]) -> None:
        for hit in hits[:_SHOWN]:
            place = f"{hit.file_format.upper()}, {where_words(hit.where)}"
            self._put(RunText([Run(hit.name.title(), Role.STRONG), Run(f" · {place}", Role.MUTED)]))
        if len(hits) > _SHOWN:
            more = ngettext("and {n} more place", "and {n} more places", len(hits) - _SHOWN)
            self._put(paragraph(more, Role.MUTED))

    def _ask(self, hits: Sequence[Namesake]) -> None:
        words = ngettext(
            "{n} place bears a name that may be somebody protected: a namesake, a family name alone, or one "
            "spelt alike. Look at the page: whose name is it?",
            "{n} places bear names that may be somebody protected: namesakes, family names alone, or ones "
            "spelt alike. Look at the pages: whose names are they?",
            len(_by_place(hits)),
        )
        self._put(RunText([Run(words, state=State.ENDS)]))
        for same in _by_place(hits):
            self._judge(same, same[0].name.title(), _("It is the one who may be named"))
        if not self._judges:
            self._put(Notice(_("A security officer who did not make it has to look."), Tone.AMBER))

    def _judge(self, same: Sequence[Namesake], said: str, words: str) -> None:
        hit = same[0]
        place = f"{hit.file_format.upper()}, {where_words(hit.where)}"
        self._put(RunText([Run(said, Role.STRONG), Run(f" · {place}", Role.MUTED)]))
        if not self._judges:
            return
        chip = FilterChip(words, description=f"{said}, {place}")
        chip.toggled.connect(lambda _on: self.judged.emit())
        self._chips |= dict.fromkeys((one.key for one in same), chip)
        self._put(chip)

    @property
    def is_clean(self) -> bool:
        """Nothing found, and every namesake judged."""
        if self._searched is None or self._searched.found:
            return False
        if self._searched.to_judge and not self._judges:
            return False
        return all(chip.isChecked() for chip in self._chips.values())

    @property
    def judged_keys(self) -> frozenset[str]:
        """Namesakes judged to be somebody who may be named."""
        return frozenset(key for key, chip in self._chips.items() if chip.isChecked())


def _by_place(hits: Sequence[Namesake]) -> list[list[Namesake]]:
    """One name at one place is judged once, whoever of those protected is called so."""
    found: dict[tuple[str, str, str], list[Namesake]] = {}
    for hit in hits:
        found.setdefault((hit.name.casefold(), hit.file_format, hit.where), []).append(hit)
    return list(found.values())
