"""One table of the file beside the list of tables: whether it, hidden rows and comments are brought in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.i18n import _, ngettext
from app.intake.parts import Part, WhyNot
from ui.theme import Role
from ui.views.intake.column_words import holds_words, part_title, why_not_words
from ui.widgets.emptying import empty
from ui.widgets.frames import ScrollCard
from ui.widgets.labels import Text, paragraph

TABLES, HIDDEN, COMMENTS = "tables", "hidden", "comments"


class PartCard(ScrollCard):
    """Detail of a table.

    Signals:
        switched(str, object, bool): what (`TABLES`, `HIDDEN`, `COMMENTS`), the part, on or off.
    """

    switched = Signal(str, object, bool)

    def show_part(self, part: Part | None) -> None:
        """Say everything about a table, nothing for None."""
        empty(self.body)
        if part is None:
            self.add(paragraph(_("Choose a table to see what it holds."), Role.MUTED))
        else:
            self._show(part)
        self.body.addStretch(1)

    def _show(self, part: Part) -> None:
        self.add(Text(part_title(part), Role.TITLE, wrap=True))
        rows = ngettext("{n} row", "{n} rows", len(part.read.rows))
        self.add(paragraph(f"{rows} · {holds_words(part)}", Role.MUTED))
        if why := why_not_words(part):
            self.add(paragraph(why, Role.MUTED))
        taken = self._switch(TABLES, part, _("Bring this table in"), on=part.taken)
        taken.setEnabled(part.why_not in (None, WhyNot.HIDDEN))
        if part.hidden_rows:
            words = ngettext("With the {n} row it hides", "With the {n} rows it hides", part.hidden_rows)
            self._switch(HIDDEN, part, words, on=part.with_hidden).setEnabled(part.taken)
            self.add(paragraph(_("Hidden rows are often only filtered away."), Role.SMALL))
        if part.read.comments:
            words = ngettext(
                "Keep its {n} comment as a closed note",
                "Keep its {n} comments as closed notes",
                len(part.read.comments),
            )
            self._switch(COMMENTS, part, words, on=part.with_comments).setEnabled(part.taken)
            self.add(
                paragraph(
                    _("They go to the working notes of the person in that row. Nothing in them is consent."),
                    Role.SMALL,
                )
            )

    def _switch(self, what: str, part: Part, words: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(words)
        box.setObjectName(f"switch-{what}")
        box.setChecked(on)
        box.toggled.connect(lambda now: self.switched.emit(what, part, now))
        self.add(box)
        return box
