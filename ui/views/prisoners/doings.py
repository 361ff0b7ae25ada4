"""What a person does to the prisoner shown: one command each through the worker. Decides nothing.

Everything said afterwards goes through `workplace.say` or, where something went wrong, through `tell`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.canonical import Plain
from app.domain.derived_copy import CopyNote
from app.domain.errors import Code, KnownError
from app.domain.fields import fields_of
from app.domain.prisoner import Prisoner, display_name
from app.domain.rows import GodparentRow, PrisonerRow
from app.i18n import _
from app.services.pictures import SetPhoto
from app.services.prisoners import EditPrisoner, RestoreValue
from app.services.views import PrisonerView
from ui.views.copies.note_sheet import note_sheet
from ui.views.prisoners import wording
from ui.views.prisoners.columns import typed_in_cell
from ui.views.prisoners.edit_sheet import EditAsk, EditSheet, read_for_edit
from ui.views.prisoners.small_sheets import ask_stop, ask_whose, godparenthood_sheet, relative_sheet
from ui.views.shared.sheet_doings import SheetDoings
from ui.widgets.dialogs import tell
from ui.worker import Failure
from ui.workplace import Chooses


class Doings(SheetDoings):
    """Sheets and commands of the page."""

    # sheets

    def open_edit(self, prisoner: str, field: str = "", kept: Mapping[str, Plain] | None = None) -> None:
        """Open the form of a prisoner, of a new one where the id is empty."""
        session = self._workplace.session
        self._workplace.tasks.query(
            lambda: read_for_edit(session, prisoner),
            initiator=self,
            done=lambda asked: self._show_edit(asked, field, kept),
            failed=self.tell,
        )

    def _show_edit(self, asked: EditAsk, field: str, kept: Mapping[str, Plain] | None) -> None:
        sheet = EditSheet(self._workplace, self._page, asked)
        new = asked.view is None
        sheet.saved.connect(self.added.emit if new else self._say_saved)
        self._open(sheet, kept, field=field)

    def open_relative(self, prisoner: str, name: str, kept: Mapping[str, Plain] | None = None) -> None:
        """Open the form for somebody of the family."""
        sheet = relative_sheet(self._workplace, self._page, prisoner, name)
        sheet.saved.connect(lambda _id: self._workplace.say(_("Relative added."), undo=True))
        self._open(sheet, kept)

    def open_note(self, prisoner: str, name: str, kept: Mapping[str, Plain] | None = None) -> None:
        """Open the note about a prisoner that is to be taken home."""
        self._workplace.tasks.query(
            lambda: self._workplace.session.this_copy.note(prisoner),
            initiator=self,
            done=lambda note: self._show_note(note, name, kept),
            failed=self.tell,
        )

    def _show_note(self, note: CopyNote, name: str, kept: Mapping[str, Plain] | None) -> None:
        sheet = note_sheet(self._workplace, self._page, note, name)
        sheet.saved.connect(lambda _id: self._workplace.say(_("Kept in this copy.")))
        self._open(sheet, kept, tall=False)

    def open_godparenthood(self, prisoner: str, name: str, kept: Mapping[str, Plain] | None = None) -> None:
        """Open the form for a godparenthood."""
        self._workplace.tasks.query(
            self._workplace.session.godparents.rows,
            initiator=self,
            done=lambda rows: self._show_godparenthood(prisoner, name, rows, kept),
            failed=self.tell,
        )

    def _show_godparenthood(
        self, prisoner: str, name: str, rows: tuple[GodparentRow, ...], kept: Mapping[str, Plain] | None
    ) -> None:
        if not rows:
            told = _("Add one on the Godparents page first.")
            tell(self._page.window(), _("There is no godparent yet"), told)
            return
        sheet = godparenthood_sheet(self._workplace, self._page, prisoner, name, rows)
        sheet.saved.connect(lambda _id: self._workplace.say(_("Godparenthood added."), undo=True))
        self._open(sheet, kept, tall=False)

    def open_message(self) -> None:
        """Write a few sentences about whoever is chosen to one recipient."""
        from ui.views.message.sheet import open_message  # what writes reports is not needed before

        noun, prisoner = self._page.chosen_record() if isinstance(self._page, Chooses) else ("", "")
        if noun == "prisoner" and prisoner:
            open_message(self._workplace, self._page.window(), prisoner)

    def reopen(self, kept: Mapping[str, Plain]) -> None:
        """Bring back the form that was open at a lock."""
        about = str(kept.get("about") or "")
        match kept.get("sheet"):
            case "new":
                self.open_edit("", kept=kept)
            case "edit":
                self.open_edit(about, kept=kept)
            case "relative" | "godparenthood" | "note" as kind:
                self._with_name(about, lambda name: self._reopen_small(str(kind), about, name, kept))

    def _reopen_small(self, kind: str, prisoner: str, name: str, kept: Mapping[str, Plain]) -> None:
        opens = {"relative": self.open_relative, "note": self.open_note}.get(kind, self.open_godparenthood)
        opens(prisoner, name, kept)

    def _with_name(self, prisoner: str, use: Callable[[str], None]) -> None:
        self._workplace.tasks.query(
            lambda: display_name(self._workplace.session.prisoners.get(prisoner).prisoner),
            initiator=self,
            done=use,
            failed=self.tell,
        )

    # commands

    def edit_cell(self, row: PrisonerRow, key: str, untrusted_text: str, version: int = 0) -> None:
        """Save what was typed in a cell."""
        try:
            field, value = typed_in_cell(key, untrusted_text)
        except KnownError as error:
            self.tell(Failure(error))
            return
        command = EditPrisoner(row.id, version or row.version, {field: value})

        def failed(failure: Failure) -> None:
            if failure.error is not None and failure.error.code is Code.CONFLICT:
                self._ask_cell(row, key, field, value, untrusted_text)
            else:
                self.tell(failure)

        self._run(lambda: self._workplace.session.prisoners.edit(command), failed)

    def _ask_cell(self, row: PrisonerRow, key: str, field: str, mine: object, typed: str) -> None:
        def show(view: PrisonerView) -> None:
            declared = fields_of(Prisoner)[field]
            theirs = wording.value_words(declared, getattr(view.prisoner, field))
            ask_whose(
                self._page,
                _(declared.label),
                wording.value_words(declared, mine),
                theirs,
                lambda: self.edit_cell(row, key, typed, view.prisoner.version),
            )

        self._workplace.tasks.query(
            lambda: self._workplace.session.prisoners.get(row.id), initiator=self, done=show, failed=self.tell
        )

    def restore(self, view: PrisonerView, field: str, sequence: int) -> None:
        """Give a field back the value it had before an entry."""
        one = view.prisoner
        command = RestoreValue(one.id, one.version, field, sequence, view.texts.version)
        self._run(lambda: self._workplace.session.prisoners.restore(command), said=_("Value restored."))

    def stop(self, prisoner: str, name: str) -> None:
        """Ask why, then stop everything about a prisoner."""
        ask_stop(self._page, name, lambda reason: self._place_stop(prisoner, reason))

    def _place_stop(self, prisoner: str, reason: str) -> None:
        self._place_hold("prisoner", prisoner, reason)

    def set_photo(self, prisoner: str, version: int, untrusted_content: bytes | None) -> None:
        """Keep a photo, or take the one away that is there."""
        said = _("Photo saved.") if untrusted_content is not None else _("Photo removed.")
        command = SetPhoto(prisoner, version, untrusted_content)
        self._run(lambda: self._workplace.session.pictures.set_photo(command), said=said)

    # saying

    def _say_saved(self, prisoner: str) -> None:
        self._workplace.say(_("Saved."), undo=True)
