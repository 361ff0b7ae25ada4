"""Make or edit a prisoner: the form of the catalogue, remarks while typing, conflicts field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.errors import Code, KnownError
from app.domain.fields import fields_of
from app.domain.prisoner import Prisoner, display_name
from app.domain.public_texts import text_fields
from app.domain.remarks import Remark
from app.domain.roles import Action, Limit
from app.domain.rows import PersonRow
from app.domain.source import Facility
from app.i18n import _
from app.services.context import Saved
from app.services.prisoners import CreatePrisoner, EditPrisoner
from app.services.session import Session
from app.services.views import PrisonerView
from ui.views.prisoners.editors import Offers
from ui.views.prisoners.facility_sheet import open_facility
from ui.views.prisoners.form_sheet import FormSheet
from ui.views.prisoners.groups import open_groups
from ui.views.prisoners.wording import facility_words
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Notice
from ui.widgets.labels import beside
from ui.widgets.terms import TermCombo
from ui.worker import Failure
from ui.workplace import Workplace

_REMARKS_AFTER_MS: Final = 400


@attrs.frozen
class EditAsk:
    """What the sheet is opened with, read on the worker.

    Attributes:
        view: the prisoner; None for a new one.
    """

    view: PrisonerView | None
    facilities: tuple[Facility, ...]
    owners: tuple[PersonRow, ...]


def read_for_edit(session: Session, prisoner: str) -> EditAsk:
    """On the worker: everything the sheet needs."""
    view = session.prisoners.get(prisoner) if prisoner else None
    return EditAsk(view, session.prisoners.facilities(), session.prisoners.owners())


def offers_of(asked: EditAsk) -> Offers:
    """Places and people that fields can point to."""
    places = [(one.id, facility_words(one)) for one in asked.facilities]
    return Offers({"facility": places, "person": [(one.id, one.name) for one in asked.owners]})


class EditSheet(FormSheet):
    """The sheet for one prisoner, or a new one."""

    def __init__(self, workplace: Workplace, parent: QWidget, asked: EditAsk) -> None:
        self._view = asked.view
        self._prisoner = asked.view.prisoner if asked.view is not None else None
        self._base = self._prisoner.version if self._prisoner is not None else 0
        self._texts_base = asked.view.texts.version if asked.view is not None else 0
        limit = workplace.session.may(Action.EDIT_PRISONER).limit
        groups = open_groups(
            closed=_closed(workplace, asked.view), only_public_texts=limit is Limit.PUBLIC_TEXTS
        )
        new = self._prisoner is None
        super().__init__(
            workplace,
            parent,
            title=_("New prisoner") if self._prisoner is None else display_name(self._prisoner),
            action=_("Add prisoner") if new else _("Save"),
            groups=groups,
            values=_values(asked.view) if asked.view is not None else {},
            offers=offers_of(asked),
            save=self._command,
            kind="new" if new else "edit",
            about=self._prisoner.id if self._prisoner is not None else "",
            new=new,
        )
        if new:
            self._preset_owner(workplace.session.person.id)
        if not workplace.session.has_desk_key:
            self.add(Notice(_("Closed fields need the key of the desk and are not shown here.")))
        self._build_facility()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_REMARKS_AFTER_MS)
        self._pause.timeout.connect(self._ask_remarks)
        self.typed_on.connect(self._pause.start)
        if asked.view is not None:
            self._show_remarks(asked.view.remarks)

    def _preset_owner(self, person: str) -> None:
        """A new prisoner belongs to who adds them, until somebody chooses otherwise."""
        self.form.give("owner", person)

    def _build_facility(self) -> None:
        box = self.form.boxes.get("facility")
        combo = box.editor.widget if box is not None else None
        if box is None or not isinstance(combo, TermCombo):
            return
        new, change = Button(_("New place…"), Look.QUIET), Button(_("Edit this place…"), Look.QUIET)
        new.clicked.connect(lambda: open_facility(self._workplace, self, "", self._place_saved))
        change.clicked.connect(lambda: self._on_change_place(combo.value()))
        row = box.layout()
        if row is not None:
            row.addWidget(beside(new, change))

    def _on_change_place(self, facility: str) -> None:
        if facility:
            open_facility(self._workplace, self, facility, self._place_saved)

    def _place_saved(self, facility: str) -> None:
        self._workplace.tasks.query(
            self._workplace.session.prisoners.facilities,
            initiator=self,
            done=lambda found: self._show_places(found, facility),
        )

    def _show_places(self, found: tuple[Facility, ...], facility: str) -> None:
        box = self.form.boxes["facility"]
        if isinstance(box.editor.widget, TermCombo):
            box.editor.widget.set_choices([(one.id, facility_words(one)) for one in found], facility)
            box.editor.changed.emit()

    # saving

    def _command(self, values: Mapping[str, object]) -> Saved:
        service = self._workplace.session.prisoners
        if self._prisoner is None:
            return service.create(CreatePrisoner(values, self.record_id))
        return service.edit(EditPrisoner(self._prisoner.id, self._base, values, self._texts_base))

    def failed(self, failure: Failure) -> None:
        error = failure.error
        if error is None or error.code is not Code.CONFLICT or self._prisoner is None:
            super().failed(failure)
            return
        names, prisoner = error.ids, self._prisoner.id
        self._workplace.tasks.query(
            lambda: self._workplace.session.prisoners.get(prisoner),
            initiator=self,
            done=lambda view: self._on_conflict(names, view),
            failed=super().failed,
        )

    def _on_conflict(self, names: tuple[str, ...], view: PrisonerView) -> None:
        """What others changed is taken over, but for what I typed: there the person chooses."""
        self._prisoner, self._base = view.prisoner, view.prisoner.version
        self._texts_base = view.texts.version
        now = _values(view)
        self.form.rebase(now, keep=self.form.touched())
        theirs = {name: now[name] for name in names}
        self.say(_("Somebody else changed the same field. Choose for each: keep mine or take theirs."))
        self.form.ask_whose(theirs)
        self._set_saving(on=False)

    # remarks

    def _ask_remarks(self) -> None:
        try:
            values = self.form.values()
        except KnownError:
            return
        prisoner = self._prisoner.id if self._prisoner is not None else None
        self._workplace.tasks.query(
            lambda: self._workplace.session.prisoners.remarks(values, prisoner),
            initiator=self,
            done=self._show_remarks,
            failed=lambda failure: None,  # what cannot be stored is said when it is saved
        )

    def _show_remarks(self, remarks: tuple[Remark, ...]) -> None:
        self.form.set_remarks({remark.field: _(remark.words) for remark in remarks})

    # a lock

    def kept(self) -> dict[str, Plain] | None:
        kept = super().kept()
        return None if kept is None else {**kept, "version": self._base, "texts": self._texts_base}

    def take_up(self, kept: Mapping[str, Plain]) -> None:
        """What was typed stands against the version it was typed on, so that a conflict is still seen."""
        version = kept.get("version")
        if self._prisoner is not None and isinstance(version, int) and 0 < version <= self._base:
            self._base = version
        texts = kept.get("texts")
        if isinstance(texts, int) and 0 <= texts <= self._texts_base:
            self._texts_base = texts
        super().take_up(kept)


def _values(view: PrisonerView) -> dict[str, object]:
    own = {name: getattr(view.prisoner, name) for name in fields_of(Prisoner)}
    return own | {name: getattr(view.texts, name) for name in text_fields()}


def _closed(workplace: Workplace, view: PrisonerView | None) -> frozenset[str]:
    if view is not None:
        return view.closed
    if workplace.session.has_desk_key:
        return frozenset()
    return frozenset(name for name, one in fields_of(Prisoner).items() if one.sealed)
