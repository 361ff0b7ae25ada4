"""Keeps the detail in step with the row chosen, and passes on what its buttons ask for."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.errors import Code, KnownError
from app.domain.prisoner import display_name
from app.i18n import _
from ui.views.prisoners.detail import DetailCard
from ui.views.prisoners.doings import Doings
from ui.views.prisoners.facts import Facts, read_facts
from ui.views.prisoners.list_rows_sheet import open_list_rows
from ui.views.prisoners.reading import read_history
from ui.widgets.table import TableView
from ui.worker import Failure
from ui.workplace import DUPLICATES, TALK, Workplace


class DetailKeeper(QObject):
    """Between the detail, the table and what can be done."""

    def __init__(self, workplace: Workplace, detail: DetailCard, table: TableView, doings: Doings) -> None:
        super().__init__(detail)
        self._workplace, self._detail = workplace, detail
        self._table, self._doings = table, doings
        self._connect()

    def _connect(self) -> None:
        detail, doings, go = self._detail, self._doings, self._workplace.go
        detail.edit_asked.connect(lambda: doings.open_edit(detail.shown))
        detail.note_asked.connect(lambda: doings.open_note(detail.shown, self._name()))
        detail.stop_asked.connect(lambda: doings.stop(detail.shown, self._name()))
        detail.lift_asked.connect(doings.lift)
        detail.photo_chosen.connect(self._on_photo)
        detail.photo_removed.connect(lambda: self._on_photo(None))
        detail.photo_unreadable.connect(lambda: doings.tell(Failure(KnownError(Code.PICTURE_UNREADABLE))))
        detail.relative_asked.connect(lambda: doings.open_relative(detail.shown, self._name()))
        detail.godparent_asked.connect(lambda: doings.open_godparenthood(detail.shown, self._name()))
        detail.message_asked.connect(doings.open_message)
        detail.merge_asked.connect(lambda: go(DUPLICATES, detail.shown))
        detail.rows_asked.connect(self._on_rows)
        detail.talk_asked.connect(lambda relative: go(TALK, relative))
        detail.godparent_chosen.connect(lambda godparent: go("godparents", godparent))
        detail.restore_asked.connect(self._on_restore)
        detail.history_asked.connect(self._load_history)

    def _on_rows(self) -> None:
        open_list_rows(self._workplace, self._detail, self._detail.shown, self._name())

    def load(self, prisoner: str) -> None:
        """Show a prisoner as they are now."""
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: read_facts(session, prisoner),
            initiator=self,
            done=self._on_facts,
            failed=lambda failure: self._on_failed(prisoner, failure),
        )

    def _on_facts(self, facts: Facts) -> None:
        if self._table.current_id() in ("", facts.prisoner.id):
            self._detail.show_facts(facts)

    def _on_failed(self, prisoner: str, failure: Failure) -> None:
        if failure.error is not None and failure.error.code is Code.NOT_FOUND:
            if self._detail.shown == prisoner:
                self._detail.show_nobody(_("This is no longer there."))
        else:
            self._doings.tell(failure)

    def _load_history(self) -> None:
        session, prisoner = self._workplace.session, self._detail.shown
        self._workplace.tasks.query(
            lambda: read_history(session, prisoner),
            initiator=self,
            done=lambda found: self._detail.show_history(prisoner, *found),
        )

    def _on_photo(self, untrusted_content: bytes | None) -> None:
        facts = self._detail.facts
        if facts is not None:
            self._doings.set_photo(facts.prisoner.id, facts.prisoner.version, untrusted_content)

    def _on_restore(self, field: str, sequence: int) -> None:
        facts = self._detail.facts
        if facts is not None:
            self._doings.restore(facts.view, field, sequence)

    def _name(self) -> str:
        facts = self._detail.facts
        return display_name(facts.prisoner) if facts is not None else ""
