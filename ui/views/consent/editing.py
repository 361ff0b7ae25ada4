"""Opens the sheet for somebody new or known, keeps what is typed at a lock, and opens it again after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.relative import Identity
from app.services.prisoner_filter import PrisonerFilter
from app.services.relatives import RelativeFilter
from app.services.session import Session
from app.services.views import RelativeView
from ui.views.consent.closed import OpenNames
from ui.views.consent.edit_parts import EditStart
from ui.views.consent.edit_sheet import EditSheet
from ui.views.consent.show import Showing
from ui.views.consent.words import relation_word
from ui.workplace import Workplace


class Editing(QObject):
    """On behalf of a page.

    Args:
        page: parent of the sheet.
        workplace: of the window.
        names: open names; who it is can be typed only while the name is open.
        showing: asks for a name to be shown.

    Signals:
        saved(str): id of the relative.
    """

    saved = Signal(str)

    def __init__(self, page: QWidget, workplace: Workplace, names: OpenNames, showing: Showing) -> None:
        super().__init__(page)
        self._page, self._workplace, self._names, self._showing = page, workplace, names, showing
        names.changed.connect(self._on_name)
        self.sheet: EditSheet | None = None
        self._coming: Mapping[str, Plain] | None = None

    def open(self, relative: str, prisoner: str, typed: Mapping[str, Plain] | None = None) -> None:
        """Open the sheet.

        Args:
            relative: who, "" for somebody new.
            prisoner: whose family, for somebody new; "" to choose.
            typed: a draft to put back.
        """
        session, identity = self._workplace.session, self._names.get(relative)

        def done(start: EditStart) -> None:
            sheet = EditSheet(self._page.window(), self._workplace, start)
            if typed is not None:
                sheet.take_up(typed)
            sheet.saved.connect(self.saved)
            sheet.finished.connect(self._on_closed)
            view = start.view
            if view is not None:
                sheet.show_asked.connect(lambda: self._show(view))
            self.sheet, self._coming = sheet, None
            sheet.open()

        self._workplace.tasks.query(
            lambda: _read(session, relative, prisoner, identity), initiator=self, done=done
        )

    def unfinished(self) -> Mapping[str, Plain] | None:
        """What is typed, None where no sheet is open."""
        return self.sheet.unfinished() if self.sheet is not None else self._coming

    def take_up(self, typed: Mapping[str, Plain]) -> None:
        """Open the sheet again with what was typed, once the window stands."""
        relative, prisoner = str(typed.get("relative") or ""), str(typed.get("prisoner") or "")
        self._coming = typed
        QTimer.singleShot(0, self, lambda: self.open(relative, prisoner, typed))

    def _show(self, view: RelativeView) -> None:
        self._names.close(view.relative.id)  # one that is open was opened before what is asked for now
        self._showing.toggle(view)

    def _on_name(self, relative: str) -> None:
        identity = self._names.get(relative)
        if self.sheet is not None and identity is not None and self.sheet.relative == relative:
            self.sheet.set_identity(identity)

    def _on_closed(self) -> None:
        self.sheet = None


def _read(session: Session, relative: str, prisoner: str, identity: Identity | None) -> EditStart:
    """What the sheet begins with; runs on the worker."""
    view = session.relatives.get(relative) if relative else None
    of = view.relative.prisoner or "" if view else prisoner
    prisoners = session.prisoners.rows(PrisonerFilter())
    named = Counter(row.name for row in prisoners)
    # Two people of one name show their number: a relative must not be written down at the wrong one.
    choices = [
        (row.id, f"{row.name} · {row.reference}" if named[row.name] > 1 else row.name)
        for row in sorted(prisoners, key=lambda row: (not row.mine, row.name))
    ]
    family = session.relatives.rows(RelativeFilter(prisoner=of)) if of else ()
    guardians = [(row.id, relation_word(row.relation)) for row in family if row.id != relative]
    return EditStart(view, of, choices, guardians, identity)
