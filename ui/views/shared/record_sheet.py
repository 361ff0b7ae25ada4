"""A form around one record that is stored: saves what changed, settles conflicts field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import attrs
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.errors import Code
from app.domain.fields import fields_of
from app.domain.ports import Record
from app.i18n import _
from app.services.context import Saved
from ui.views.prisoners.editors import Offers
from ui.views.prisoners.form_sheet import FormSheet
from ui.views.prisoners.groups import Group
from ui.worker import Failure
from ui.workplace import Workplace


@attrs.frozen(eq=False)
class Stored:
    """A record that is edited.

    Attributes:
        record: as it was read.
        read: reads it again, on the worker.
        edit: saves changed values against a version, on the worker.
    """

    record: Record
    read: Callable[[], Record]
    edit: Callable[[int, Mapping[str, object]], Saved]


class RecordSheet(FormSheet):
    """The sheet for one stored record.

    Args:
        stored: the record and how to read and save it.
        preset: values saved with those typed.
    """

    def __init__(
        self,
        workplace: Workplace,
        parent: QWidget,
        stored: Stored,
        *,
        title: str,
        groups: Sequence[Group],
        offers: Offers,
        kind: str,
        action: str = "",
        shown: Mapping[str, object] | None = None,
        preset: Mapping[str, object] | None = None,
        width: int = 760,
    ) -> None:
        self._stored: Final = stored
        self._base = stored.record.version
        super().__init__(
            workplace,
            parent,
            title=title,
            action=action or _("Save"),
            groups=groups,
            values={**_values(stored.record), **(shown or {})},
            offers=offers,
            save=self._command,
            kind=kind,
            about=stored.record.id,
            preset=preset,
            width=width,
            new=False,
        )

    def _command(self, values: Mapping[str, object]) -> Saved:
        return self._stored.edit(self._base, values)

    # somebody else changed it meanwhile

    def failed(self, failure: Failure) -> None:
        error = failure.error
        if error is None or error.code is not Code.CONFLICT:
            super().failed(failure)
            return
        names = error.ids
        self._workplace.tasks.query(
            self._stored.read,
            initiator=self,
            done=lambda record: self._on_conflict(names, record),
            failed=super().failed,
        )

    def _on_conflict(self, names: tuple[str, ...], record: Record) -> None:
        """What others changed is taken over, but for what I typed: there the person chooses."""
        self._base = record.version
        self.form.rebase(_values(record), keep=self.form.touched())
        self.say(_("Somebody else changed the same field. Choose for each: keep mine or take theirs."))
        self.form.ask_whose({name: getattr(record, name) for name in names if name in self.form.boxes})
        self._set_saving(on=False)

    # a lock

    def kept(self) -> dict[str, Plain] | None:
        kept = super().kept()
        return None if kept is None else {**kept, "version": self._base}

    def take_up(self, kept: Mapping[str, Plain]) -> None:
        """What was typed stands against the version it was typed on, so that a conflict is still seen."""
        version = kept.get("version")
        if isinstance(version, int) and 0 < version <= self._base:
            self._base = version
        super().take_up(kept)


def _values(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in fields_of(type(record))}
