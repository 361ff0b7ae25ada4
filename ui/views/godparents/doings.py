"""What a person does to the godparent shown: one command each through the worker. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.errors import Code
from app.i18n import _
from app.services.context import Saved
from app.services.godparents import ChangeGodparenthood
from app.services.prisoners import PlaceHold, RestoreValue
from ui.messages import told_of
from ui.views.godparents.reading import Facts, Held, read_facts
from ui.views.godparents.sheets import (
    ProposeSheet,
    action_sheet,
    change_sheet,
    edit_godparent_sheet,
    new_godparent_sheet,
)
from ui.views.godparents.tabs import OVER
from ui.views.prisoners.form_sheet import FormSheet
from ui.views.prisoners.small_sheets import ask_stop
from ui.widgets.dialogs import tell
from ui.worker import Failure
from ui.workplace import Workplace


class Doings(QObject):
    """Sheets and commands of the page.

    Signals:
        added(str): id of a new godparent.
        opened(): a form is on screen, with what had been left in it.
    """

    added = Signal(str)
    opened = Signal()

    def __init__(self, workplace: Workplace, page: QWidget) -> None:
        super().__init__(page)
        self._workplace, self._page = workplace, page
        self._sheet: FormSheet | None = None

    @property
    def sheet(self) -> FormSheet | None:
        """The form that is open, if any."""
        return self._sheet

    # sheets

    def open_new(self, kept: Mapping[str, Plain] | None = None) -> None:
        """A new godparent."""
        sheet = new_godparent_sheet(self._workplace, self._page)
        sheet.saved.connect(self.added)
        self._open(sheet, kept)

    def open_edit(self, godparent: str, kept: Mapping[str, Plain] | None = None) -> None:
        """The form of a godparent, read anew."""
        self._with(godparent, lambda facts: self._show_edit(facts, kept))

    def _show_edit(self, facts: Facts, kept: Mapping[str, Plain] | None) -> None:
        self._open(self._said(edit_godparent_sheet(self._workplace, self._page, facts), _("Saved.")), kept)

    def open_propose(self, godparent: str, kept: Mapping[str, Plain] | None = None) -> None:
        """A prisoner for this godparent."""
        self._with(godparent, lambda facts: self._show_propose(facts, kept))

    def _show_propose(self, facts: Facts, kept: Mapping[str, Plain] | None) -> None:
        sheet = ProposeSheet(self._workplace, self._page, facts)
        self._open(self._said(sheet, _("Godparenthood added.")), kept, tall=False)

    def open_action(self, godparent: str, kept: Mapping[str, Plain] | None = None) -> None:
        """Something this godparent did."""
        self._with(godparent, lambda facts: self._show_action(facts, kept))

    def _show_action(self, facts: Facts, kept: Mapping[str, Plain] | None) -> None:
        sheet = action_sheet(self._workplace, self._page, facts)
        self._open(self._said(sheet, _("Action recorded.")), kept, tall=False)

    def open_change(
        self, godparent: str, godparenthood: str, state: str = "", kept: Mapping[str, Plain] | None = None
    ) -> None:
        """A godparenthood; with a state that ends it, when and why."""

        def show(facts: Facts) -> None:
            held = next((one for one in facts.held if one.row.id == godparenthood), None)
            if held is not None:
                self._show_change(facts, held, state, kept)

        self._with(godparent, show)

    def _show_change(self, facts: Facts, held: Held, state: str, kept: Mapping[str, Plain] | None) -> None:
        sheet = change_sheet(self._workplace, self._page, facts, held, state)
        said = _("Godparenthood ended.") if state == "ended" else _("Saved.")
        sheet.setProperty("godparent", facts.godparent.id)
        sheet.setProperty("state", state)
        self._open(self._said(sheet, said), kept, tall=False)

    def _with(self, godparent: str, use: Callable[[Facts], None]) -> None:
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: read_facts(session, godparent), initiator=self, done=use, failed=self.tell
        )

    def _said(self, sheet: FormSheet, words: str) -> FormSheet:
        sheet.saved.connect(lambda _id: self._workplace.say(words, undo=True))
        return sheet

    def _open(self, sheet: FormSheet, kept: Mapping[str, Plain] | None, *, tall: bool = True) -> None:
        if kept:
            sheet.take_up(kept)
        self._sheet = sheet
        sheet.finished.connect(self._forget_sheet)
        self.opened.emit()
        sheet.show_over(tall=tall)

    def _forget_sheet(self) -> None:
        self._sheet = None

    # a lock

    def kept(self) -> dict[str, Plain] | None:
        """What is half typed in the form that is open."""
        sheet = self._sheet
        kept = sheet.kept() if sheet is not None else None
        if sheet is None or kept is None:
            return None
        of = {name: str(sheet.property(name) or "") for name in ("godparent", "state")}
        return {**kept, **of}

    def reopen(self, kept: Mapping[str, Plain]) -> None:
        """Bring back the form that was open at a lock."""
        about = str(kept.get("about") or "")
        match kept.get("sheet"):
            case "new":
                self.open_new(kept)
            case "edit":
                self.open_edit(about, kept)
            case "propose":
                self.open_propose(about, kept)
            case "action":
                self.open_action(about, kept)
            case "end" | "change":
                self.open_change(str(kept.get("godparent") or ""), about, str(kept.get("state") or ""), kept)

    # commands

    def set_state(self, godparent: str, held: Held, state: str) -> None:
        """Move a godparenthood on; what ends it asks when and why first."""
        if state in OVER:
            self.open_change(godparent, held.row.id, state)
            return
        command = ChangeGodparenthood(held.record.id, held.record.version, {"state": state})
        self._run(lambda: self._workplace.session.godparents.change(command), _("Saved."))

    def stop(self, godparent: str, name: str) -> None:
        """Ask why, then stop whatever would leave the house for a godparent."""
        ask_stop(self._page, name, lambda reason: self._place_stop(godparent, reason), godparent=True)

    def _place_stop(self, godparent: str, reason: str) -> None:
        command = PlaceHold("godparent", godparent, reason)
        self._run(lambda: self._workplace.session.prisoners.place_hold(command), _("Stopped."))

    def lift(self, hold: str) -> None:
        """Ask for a second person to lift a stop."""
        said = _("A second person decides whether to lift it.")
        self._run(lambda: self._workplace.session.prisoners.lift_hold(hold), said, undo=False)

    def restore(self, godparent: str, version: int, field: str, sequence: int) -> None:
        """Give a field back the value it had before an entry."""
        command = RestoreValue(godparent, version, field, sequence)
        self._run(lambda: self._workplace.session.godparents.restore(command), _("Value restored."))

    def _run(self, save: Callable[[], Saved], said: str, *, undo: bool = True) -> None:
        self._workplace.tasks.command(
            lambda nothing: save(),
            None,
            initiator=self,
            done=lambda saved: self._workplace.say(said, undo=undo),
            failed=self.tell,
        )

    def tell(self, failure: Failure) -> None:
        """Say what went wrong."""
        if failure.cancelled or (failure.error is not None and failure.error.code is Code.NOTHING_CHANGED):
            return
        told = told_of(failure)
        tell(self._page.window(), told.happened, told.advice, told.reference)
