"""What lists said of one prisoner: asks first, has it recorded, shows each row as it was written."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.i18n import _, ngettext
from app.services.list_rows import BeforeRows, ShownRow
from ui.messages import told_of
from ui.tasks import Ticket
from ui.views.prisoners.wording import moment_words
from ui.widgets.buttons import Button, Look
from ui.widgets.details import DetailGrid
from ui.widgets.dialogs import Sheet
from ui.widgets.emptying import empty
from ui.widgets.fields import Field, TextEdit
from ui.widgets.frames import Card, EmptyPage, Notice, Scrolled, Tone
from ui.widgets.labels import SectionHead, paragraph
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

_WIDTH, _HEIGHT = 860, 720
_OPEN_MS: Final = 30 * 60 * 1000


class ListRowsSheet(Sheet):
    """The rows of one prisoner; closed again after half an hour, like a name.

    Args:
        workplace: of the window.
        parent: the window.
        prisoner: id.
        name: of theirs.
        before: what is asked first.
    """

    def __init__(
        self, workplace: Workplace, parent: QWidget, prisoner: str, name: str, before: BeforeRows
    ) -> None:
        super().__init__(parent, _("What lists said · {name}").format(name=name), width=600)
        self.setObjectName("list-rows")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workplace, self._prisoner = workplace, prisoner
        self._ticket: Ticket | None = None
        self.inside = Scrolled(gap=12)
        self.add(self.inside, 1)
        self.inside.add(paragraph(_before_words(before)))
        why = _("Why the rows are opened all the same")
        self.words = TextEdit(why, lines=2)
        self.words.setFixedHeight(self.words.sizeHint().height())
        hint = _("Only what somebody needs who reads it later. An officer will look at it.")
        self.field = Field(why, self.words, hint=hint, required=True)
        self._asks = before.words
        self.inside.add(self.field)
        self.field.setVisible(before.words)
        self.inside.body.addStretch(1)
        self.trouble = Notice("", Tone.AMBER)
        self.add(self.trouble)
        self.trouble.hide()
        self.working = WorkingStrip()
        self.working.cancel_pressed.connect(self._cancel)
        self.add(self.working)
        self.show_rows = Button(_("Show what the lists said"), Look.PRIMARY)
        self.show_rows.setAutoDefault(False)
        self.show_rows.clicked.connect(self._read)
        self.buttons.addWidget(self.show_rows)
        self.words.textChanged.connect(self._allow)
        self._allow()

    def show_over(self) -> None:
        """Open it over its window."""
        self.open_large(_WIDTH, _HEIGHT, narrowest=600)

    def _allow(self) -> None:
        said = self.words.toPlainText().strip()
        self.show_rows.setEnabled(self._ticket is None and (not self._asks or bool(said)))

    def _read(self) -> None:
        session, words = self._workplace.session, self.words.toPlainText().strip()
        self.trouble.hide()
        self.working.start(_("Looking through the rows of lists"))
        self._ticket = self._workplace.tasks.long(
            lambda progress: session.list_rows.showing(self._prisoner, words, progress),
            initiator=self,
            done=self._show,
            failed=self._failed,
            step=self.working.set_progress,
        )
        self._allow()

    def _show(self, rows: tuple[ShownRow, ...]) -> None:
        self._ticket = None
        self.working.finish()
        self.show_rows.hide()
        body = self.inside.body
        empty(body)
        for row in rows:
            body.addWidget(_card(row))
        if not rows:
            body.addWidget(EmptyPage(_("No list that was brought in has a row of this prisoner.")))
        body.addStretch(1)
        self.way_out.setFocus()
        QTimer.singleShot(_OPEN_MS, self, self.reject)

    def _failed(self, failure: Failure) -> None:
        self._ticket = None
        self.working.finish()
        self._allow()
        if not failure.cancelled:
            self.trouble.set_text(told_of(failure).line)
            self.trouble.show()

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def reject(self) -> None:
        """Closing stops what is under way and lets go of what was shown."""
        self._cancel()
        empty(self.inside.body)
        super().reject()


def open_list_rows(workplace: Workplace, page: QWidget, prisoner: str, name: str) -> None:
    """Ask what has to be asked, then open the sheet over the window of a page."""
    session = workplace.session
    workplace.tasks.query(
        lambda: session.list_rows.before(prisoner),
        initiator=page,
        done=lambda before: ListRowsSheet(workplace, page.window(), prisoner, name, before).show_over(),
    )


def _before_words(before: BeforeRows) -> str:
    words = _("Rows of lists are closed like a name: a number of the family may stand in them.")
    if before.relatives:
        family = ngettext(
            "Opening them counts as opening {n} relative, and is recorded with the time and your name.",
            "Opening them counts as opening {n} relatives, and is recorded with the time and your name.",
            before.relatives,
        )
    else:
        family = _("Opening them is recorded with the time and your name.")
    forbids = _("Something stands against contact with one of them.") if before.words else ""
    return " ".join(part for part in (words, family, forbids) if part)


def _card(row: ShownRow) -> Card:
    card = Card()
    when = moment_words(row.brought_in_at) if row.brought_in_at is not None else ""
    line = _("row {n}").format(n=row.row) if row.row else ""
    aside = " · ".join(part for part in (when, line) if part)
    card.add(SectionHead(row.source or _("a source without a name"), f"· {aside}" if aside else ""))
    grid = DetailGrid(190)
    for column, text in row.cells:
        grid.add(column or _("a column without a head"), text)
    card.add(grid)
    return card
