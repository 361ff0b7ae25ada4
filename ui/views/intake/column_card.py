"""One column of the list beside the table: what it was taken for, what stands in it, another choice.

Signals what a person chose; whether that may be is asked of `app.intake.column_choice` and said in words.
"""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.i18n import _
from app.intake.column_choice import ColumnFacts, Refusal, filled_by, offered, refusal
from app.intake.mapping import MEANINGS, Meaning
from app.intake.parts import Part
from ui.theme import Role
from ui.views.intake.column_words import (
    column_title,
    column_words,
    filled_words,
    meaning_words,
    refusal_words,
)
from ui.widgets.buttons import Button, Look
from ui.widgets.emptying import empty
from ui.widgets.fields import Field
from ui.widgets.frames import Notice, ScrollCard, Tone
from ui.widgets.labels import SectionHead, Text, beside, paragraph
from ui.widgets.terms import TermCombo

_GUESS = "guess"


class ColumnCard(ScrollCard):
    """Detail of a column.

    Signals:
        chosen(object): what columns of the table shown are from now on: index of the column to a meaning,
            or None for what the program guesses.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._part: Part | None = None
        self._facts: ColumnFacts | None = None
        self.combo: TermCombo | None = None
        self.refused: Notice | None = None

    def show_column(self, facts: ColumnFacts | None, part: Part | None) -> None:
        """Say everything about a column, nothing for None."""
        empty(self.body)
        self._facts, self._part, self.combo, self.refused = facts, part, None, None
        if facts is None or part is None:
            self.add(paragraph(_("Choose a column to see what it was taken for."), Role.MUTED))
        else:
            self.add(Text(column_title(facts.column), Role.TITLE, wrap=True))
            self.add(paragraph(filled_words(facts), Role.MUTED))
            self._build_choice(facts, part)
            self._build_samples(facts)
        self.body.addStretch(1)

    @property
    def part(self) -> Part | None:
        """The table of the column shown."""
        return self._part

    def _build_choice(self, facts: ColumnFacts, part: Part) -> None:
        column = facts.column
        choices = [(_GUESS, _("As the program guesses"))]
        choices += [(one.value, meaning_words(one)) for one in offered(part, column.index)]
        meaning = column.target or column.why
        is_chosen = column.by.value != "head" and meaning.value in MEANINGS
        self.combo = TermCombo(
            _("Taken for"), choices, meaning.value if is_chosen else _GUESS, may_be_empty=False
        )
        self.combo.setObjectName("meaning")
        self.combo.chosen.connect(self._on_chosen)
        self.add(Field(_("Taken for"), self.combo, hint="" if is_chosen else column_words(column)))
        self.refused = Notice("", Tone.AMBER)
        self.add(self.refused)
        self.refused.hide()
        if len(choices) <= 2:
            locked = refusal(part, column.index, MEANINGS["name"])
            if locked is not None:
                self.add(paragraph(refusal_words(locked), Role.SMALL))

    def _build_samples(self, facts: ColumnFacts) -> None:
        if not facts.samples:
            return
        self.add(SectionHead(_("What stands in it")))
        if facts.closed:
            self.add(paragraph(_("Its cells may tell of a family, so they are closed."), Role.MUTED))
            show = Button(_("Show some cells of this column"), Look.SMALL)
            show.setObjectName("show-cells")
            show.clicked.connect(lambda: self._on_show(show, facts))
            self.add(beside(show))
            return
        self._add_samples(facts)

    def _add_samples(self, facts: ColumnFacts) -> None:
        for text in facts.samples:
            self.add(paragraph(text, Role.BASE))

    def _on_show(self, button: Button, facts: ColumnFacts) -> None:
        button.setEnabled(False)
        self._add_samples(facts)

    def _on_chosen(self, value: str) -> None:
        facts, part, combo = self._facts, self._part, self.combo
        if facts is None or part is None or combo is None:
            return
        index = facts.column.index
        meaning = MEANINGS.get(value)
        refused = refusal(part, index, meaning) if meaning is not None else None
        if refused is None:
            self.chosen.emit({index: meaning})
        elif meaning is not None:
            self._refuse(refused, part, index, meaning)

    def _refuse(self, refused: Refusal, part: Part, index: int, meaning: Meaning) -> None:
        """Say why not; where another column is in the way, offer to read it from here instead."""
        if self.refused is None:
            return
        other = filled_by(part, index, meaning) if refused is Refusal.FILLED_ALREADY else None
        lead = (
            _("“{column}” is read as this.").format(column=column_title(other)) if other is not None else ""
        )
        self.refused.set_text(refusal_words(refused), lead=lead)
        self.refused.show()
        if other is None:
            return
        swap = Button(_("Read it from this column instead"), Look.SMALL)
        swap.setObjectName("swap")
        swap.clicked.connect(lambda: self.chosen.emit({other.index: MEANINGS["closed"], index: meaning}))
        self.refused.add(beside(swap))
        swap.setFocus()
