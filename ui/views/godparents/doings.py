"""What a person does to the godparent shown: one command each through the worker. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.canonical import Plain
from app.i18n import _
from app.services.godparents import ChangeGodparenthood
from app.services.prisoners import RestoreValue
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
from ui.views.shared.sheet_doings import SheetDoings


class Doings(SheetDoings):
    """Sheets and commands of the page."""

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
        self._run(lambda: self._workplace.session.godparents.change(command))

    def stop(self, godparent: str, name: str) -> None:
        """Ask why, then stop whatever would leave the house for a godparent."""
        ask_stop(self._page, name, lambda reason: self._place_stop(godparent, reason), godparent=True)

    def _place_stop(self, godparent: str, reason: str) -> None:
        self._place_hold("godparent", godparent, reason)

    def restore(self, godparent: str, version: int, field: str, sequence: int) -> None:
        """Give a field back the value it had before an entry."""
        command = RestoreValue(godparent, version, field, sequence)
        self._run(lambda: self._workplace.session.godparents.restore(command), said=_("Value restored."))
