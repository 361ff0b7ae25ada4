"""Earlier answers, as a sheet over the window: what lists said of consent, gone through with Y, N and S."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from app.domain.canonical import Plain
from app.i18n import _, ngettext
from app.services.context import Saved
from app.services.earlier import EarlierRow
from app.vocabulary import word
from ui.messages import told_of
from ui.theme import Role
from ui.views.intake.earlier_form import EarlierForm
from ui.views.intake.earlier_table import NO, SKIP, YES, EarlierTable, earlier_model
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet
from ui.widgets.frames import Notice, ScrollCard, Tone
from ui.widgets.labels import Text, beside, paragraph
from ui.widgets.table import table_card
from ui.worker import Failure
from ui.workplace import EARLIER, Workplace

_WIDTH, _HEIGHT = 1240, 780


class EarlierSheet(Sheet):
    """The queue.

    Args:
        workplace: of the window.
        parent: the window.
        rows: what waits.
    """

    def __init__(self, workplace: Workplace, parent: QWidget, rows: tuple[EarlierRow, ...]) -> None:
        super().__init__(parent, _("Earlier answers"), width=640)
        self.setObjectName(EARLIER)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workplace = workplace
        self._rows = list(rows)
        self._skipped: list[str] = []
        self._all, self._saved = len(rows), 0
        self._pending, self._closing = 0, False
        self._build()
        self._connect()
        self._show()
        self.table.select(rows[0].id if rows else "")

    def _build(self) -> None:
        words = _(
            "Nothing of this counts yet. Whoever knows the family says what was really answered; "
            "each becomes that person’s own answer."
        )
        self.add(paragraph(words, Role.MUTED))
        self._told = Notice("", Tone.RED)
        self._told.hide()
        self.add(self._told)
        self.model = earlier_model()
        self.table = EarlierTable(_("Earlier answers"), self.model, multi=False)
        self.form = EarlierForm(self._workplace.session.earlier.counts_until)
        self._who, self._text = Text("", Role.TITLE, wrap=True), Text("", wrap=True)
        self._warned = Text("", Role.SMALL, wrap=True)
        self.doings = {
            YES: Button(_("Yes"), hint="Y"),
            NO: Button(_("No"), hint="N"),
            SKIP: Button(_("Skip"), hint="S"),
        }
        detail = ScrollCard()
        for part in (self._who, self._text, self._warned, beside(*self.doings.values()), self.form):
            detail.add(part)
        detail.body.addStretch(1)
        both = QWidget()  # side by side also in a small window: the keys need rows and form in sight
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(table_card(self.table), 1)
        row.addWidget(detail, 1)
        self.add(both, 1)
        # Enter ends the typing of a year here; it must not close the sheet.
        self.way_out.setDefault(False)
        self.way_out.setAutoDefault(False)
        self._progress = Text("", Role.MUTED)
        self.buttons.insertWidget(0, self._progress)
        self._undo = QShortcut(QKeySequence.StandardKey.Undo, self)

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _id: self._show_row())
        self.table.said.connect(self.say)
        self.table.year_begun.connect(self._on_year)
        self.table.line_chosen.connect(self.form.toggle)
        self.form.done.connect(self.table.setFocus)
        self.form.changed.connect(self._told.hide)
        self._undo.activated.connect(self._on_undo)
        for what, button in self.doings.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, what=what: self.say(what))

    def show_over(self) -> None:
        """Open it over its window, as large as there is room for."""
        self.open_large(_WIDTH, _HEIGHT)
        self.table.setFocus()

    # going through

    def say(self, what: str) -> None:
        """Yes, no or skip for the row in front."""
        row = self.model.row(self.table.current_id())
        if row is None:
            return
        self._told.hide()
        if what == SKIP:
            self._skipped = [one for one in self._skipped if one != row.id] + [row.id]
            self._next_after(row)
            return
        missing = self.form.missing(yes=what == YES)
        if missing:
            self._told.set_text("", lead=missing)
            self._told.show()
            return
        command = self.form.command(row.id, yes=what == YES)
        # The row goes at once, so that the next key is the next row's; it comes back if it cannot be saved.
        self._rows.remove(row)
        self._saved += 1
        self._pending += 1
        self._next_after(row)
        self._workplace.tasks.command(
            self._workplace.session.earlier.answer,
            command,
            initiator=self,
            done=self._on_saved,
            failed=lambda failure: self._on_failed(row, failure),
        )

    def _next_after(self, row: EarlierRow) -> None:
        place = max(0, self.model.place_of(row.id))
        self._show()
        shown = self.model.shown_ids()
        if shown:
            at = place if row.id not in shown or shown[place] != row.id else place + 1
            self.table.select(shown[min(at, len(shown) - 1)])
        self._show_row()

    def _on_saved(self, _saved: Saved) -> None:
        self._pending -= 1
        self._say_progress()
        if self._closing and not self._pending:
            super().reject()

    def _on_failed(self, row: EarlierRow, failure: Failure) -> None:
        self._pending -= 1
        self._closing = False  # somebody has to see what was not saved
        self._rows.insert(0, row)
        self._saved -= 1
        self._show()
        self.table.select(row.id)
        told = told_of(failure)
        self._told.set_text(told.advice, lead=told.happened)
        self._told.show()

    def _on_year(self, figure: str) -> None:
        self.form.said_on.setFocus()
        self.form.said_on.setText(figure)

    def _on_undo(self) -> None:
        session = self._workplace.session
        self._workplace.tasks.command(
            lambda nothing: session.undo.undo(),
            None,
            initiator=self,
            done=lambda _saved: self.load(),
            failed=self._told_of,
        )

    def _told_of(self, failure: Failure) -> None:
        told = told_of(failure)
        self._told.set_text(told.advice, lead=told.happened)
        self._told.show()
        self.load()

    def load(self) -> None:
        """Read the queue again: something was taken back."""
        self._workplace.tasks.query(
            self._workplace.session.earlier.rows, initiator=self, done=self._on_loaded
        )

    def _on_loaded(self, rows: tuple[EarlierRow, ...]) -> None:
        back = [row for row in rows if row.id not in {one.id for one in self._rows}]
        self._rows, self._saved = list(rows), self._all - len(rows)
        self._show()
        if back:
            self.table.select(back[0].id)
        self._show_row()

    def reject(self) -> None:
        """Close, once everything said is saved."""
        self._closing = bool(self._pending)
        if not self._closing:
            super().reject()

    # showing

    def _show(self) -> None:
        later = set(self._skipped)
        first = [row for row in self._rows if row.id not in later]
        by_id = {row.id: row for row in self._rows}
        self.model.set_rows([*first, *(by_id[key] for key in self._skipped if key in by_id)])
        self._say_progress()

    def _say_progress(self) -> None:
        left = len(self._rows)
        parts = [
            ngettext("{n} left", "{n} left", left),
            ngettext("{n} recorded", "{n} recorded", self._saved),
        ]
        skipped = sum(row.id in set(self._skipped) for row in self._rows)
        if skipped:
            parts.append(ngettext("{n} skipped", "{n} skipped", skipped))
        self._progress.setText(" · ".join(parts))

    def _show_row(self) -> None:
        row = self.model.row(self.table.current_id())
        for button in self.doings.values():
            button.setEnabled(row is not None)
        if row is None:
            self._who.setText(_("Everything has been gone through.") if not self._rows else "")
            self._text.setText("")
            self._warned.setText("")
            return
        self._who.setText(row.prisoner_name)
        said = _("The list says: {name}").format(name=row.text)
        self._text.setText(f"{word('relation', row.relation)} {row.nickname}".strip() + f" · {said}")
        stranger = _("Nobody said who this is: a yes for the prisoner does not count from them.")
        self._warned.setText("" if row.may_speak else stranger)
        self._warned.setVisible(not row.may_speak)

    # a lock in between

    def unfinished(self) -> Mapping[str, Plain] | None:
        """The place, what was skipped and what stays from row to row."""
        skipped: list[Plain] = list(self._skipped)
        place = {"row": self.table.current_id(), "skipped": skipped}
        return {**place, "form": self.form.plain(), "saved": self._saved}

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Go on where the lock came."""
        form, skipped = values.get("form"), values.get("skipped")
        if isinstance(form, Mapping):
            self.form.take_up(form)
        self._skipped = [str(one) for one in skipped] if isinstance(skipped, list) else []
        saved = values.get("saved")
        self._saved = saved if isinstance(saved, int) else 0
        self._all = self._saved + len(self._rows)
        self._show()
        self.table.select(str(values.get("row") or ""))
        self._show_row()


def open_earlier(
    workplace: Workplace, parent: QWidget, ready: Callable[[QDialog | None], None] = lambda _sheet: None
) -> None:
    """Open the queue over a window; `ready` gets the sheet, None where nothing waits."""

    def done(rows: tuple[EarlierRow, ...]) -> None:
        sheet = EarlierSheet(workplace, parent.window(), rows) if rows else None
        if sheet is not None:
            sheet.show_over()
        ready(sheet)

    workplace.tasks.query(workplace.session.earlier.rows, initiator=parent, done=done)
