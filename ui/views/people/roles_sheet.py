"""Another role for somebody who is here: what is ticked, what that will mean, and the doing of it."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial

import attrs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.changes import Changes
from app.domain.errors import Code, KnownError
from app.domain.progress import Progress
from app.domain.rows import PersonRow
from app.i18n import _
from app.role_change_words import change_lines, left_after
from app.services.role_changes import ChangeRoles, RoleChange
from app.services.session import Session
from ui.messages import told_of
from ui.tasks import Ticket
from ui.theme import Role
from ui.views.people.add_sheet import ROLES
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import Field
from ui.widgets.labels import Text, paragraph, stacked
from ui.widgets.terms import TermCombo
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace


class ChangeRolesSheet(Sheet):
    """Asks what somebody does here from now on, and says what each choice would mean.

    Args:
        row: who.
        rows: everybody who can open the case file.

    Signals:
        changed(str): what is left to do; empty for nothing.
        waits(): a second person has to agree.
    """

    changed = Signal(str)
    waits = Signal()

    def __init__(
        self, parent: QWidget | None, workplace: Workplace, row: PersonRow, rows: tuple[PersonRow, ...]
    ) -> None:
        title = _("What {name} does here").replace("{name}", row.name)
        super().__init__(parent, title, _("Change it"), width=600)
        self._workplace, self._row = workplace, row
        self._ticket: Ticket | None = None
        self._change: RoleChange | None = None
        self.boxes: dict[str, QCheckBox] = {}
        for role, (words, does) in ROLES.items():
            box = QCheckBox(_(words))
            box.setChecked(role.value in row.roles)
            box.setAccessibleDescription(_(does))
            box.toggled.connect(lambda _on: self._preview())
            self.boxes[role.value] = box
            self.add(stacked(box, paragraph(_(does), Role.MUTED), gap=2))
        self.told = Text("", wrap=True)
        self.add(self.told)
        self.told.hide()
        others = [(one.id, one.name) for one in rows if one.id != row.id]
        self.owner = TermCombo(
            _("Who gets their prisoners"), [("", _("nobody yet")), *others], "", may_be_empty=False
        )
        self._owner_field = Field(_("Who gets their prisoners"), self.owner)
        self.add(self._owner_field)
        self._owner_field.hide()
        self.strip = WorkingStrip()
        self.add(self.strip)
        self.strip.hide()
        self.wrong = Text("", Role.SMALL, tone="error", wrap=True)
        self.add(self.wrong)
        self.wrong.hide()
        self.strip.cancel_pressed.connect(self._on_cancel)
        self._set_ready(ready=False)
        next(iter(self.boxes.values())).setFocus()

    def chosen(self) -> tuple[str, ...]:
        """The roles that are ticked."""
        return tuple(role for role, box in self.boxes.items() if box.isChecked())

    def _preview(self) -> None:
        """Say what it would mean; nothing can be done before that is said."""
        self._change = None
        self._set_ready(ready=False)
        self.wrong.hide()
        wanted = ChangeRoles(self._row.id, self.chosen())
        if not wanted.roles:
            self._say([_("Tick at least one. Somebody who does nothing here any more is removed instead.")])
            return
        self._workplace.tasks.query(
            partial(self._workplace.session.role_changes.look, wanted),
            initiator=self,
            done=partial(self._on_meant, wanted),
            failed=partial(self._on_refused, wanted),
        )

    def _on_meant(self, wanted: ChangeRoles, change: RoleChange) -> None:
        if wanted.roles != self.chosen():  # ticked on meanwhile: another answer is on its way
            return
        self._change = change
        self._say(change_lines(change))
        self._owner_field.setVisible(bool(change.cases))
        self._set_ready(ready=True)

    def _on_refused(self, wanted: ChangeRoles, failure: Failure) -> None:
        if wanted.roles != self.chosen():
            return
        self._owner_field.hide()
        same = failure.error is not None and failure.error.code is Code.NOTHING_CHANGED
        self._say([] if same else [told_of(failure).text])

    def _say(self, lines: list[str]) -> None:
        self.told.setText("\n".join(lines))
        self.told.setVisible(bool(lines))

    def accept(self) -> None:
        """Do it; cancelling works until the entry is written."""
        change = self._change
        if self._ticket is not None or change is None:
            return
        self.wrong.hide()
        self._set_busy(busy=True)
        self.strip.start(_("Changing what they do here"))
        session, wanted = self._workplace.session, ChangeRoles(change.person, change.after)
        to = self.owner.value() if change.cases else ""
        self._ticket = self._workplace.tasks.long(
            lambda progress: _carry_out(session, wanted, to, progress),
            initiator=self,
            done=self._on_done,
            failed=self._on_failed,
            step=self.strip.set_progress,
            announces=True,
        )

    def done(self, result: int) -> None:
        """Closing it stops what can still be stopped."""
        self._on_cancel()
        super().done(result)

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _on_done(self, came: _CarriedOut) -> None:
        self._ticket = None
        super().accept()
        self.changed.emit(" ".join(left_after(came.change, handed_over=came.handed_over)))

    def _on_failed(self, failure: Failure) -> None:
        self._ticket = None
        if failure.error is not None and failure.error.code is Code.NEEDS_SECOND_PERSON:
            super().accept()
            self.waits.emit()
            return
        self.strip.finish()
        self.strip.hide()
        self._set_busy(busy=False)
        if failure.cancelled:
            return
        self.wrong.setText(told_of(failure).text)
        self.wrong.show()

    def _set_busy(self, *, busy: bool) -> None:
        for box in self.boxes.values():
            box.setEnabled(not busy)
        self._owner_field.setEnabled(not busy)
        self._set_ready(ready=not busy)

    def _set_ready(self, *, ready: bool) -> None:
        if self.action is not None:
            self.action.setEnabled(ready)


@attrs.frozen
class _CarriedOut:
    """What came of it: what changed, and whether their prisoners have another owner."""

    change: RoleChange
    changes: Changes
    handed_over: bool


def _carry_out(
    session: Session, wanted: ChangeRoles, to: str, progress: Progress
) -> Generator[None, None, _CarriedOut]:
    came = yield from session.role_changes.changing(wanted, progress)
    if not to or not came.change.cases:
        return _CarriedOut(came.change, came.changes, handed_over=False)
    try:
        handed = session.removing.hand_over(wanted.person, to)
    except KnownError:  # it is changed all the same; what is left to do names their prisoners then
        return _CarriedOut(came.change, came.changes, handed_over=False)
    return _CarriedOut(came.change, came.changes | handed.changes, handed_over=True)
