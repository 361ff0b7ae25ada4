"""Writing a recipient or a mailing list down, and changing one. A lock keeps what is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import attrs
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.canonical import Plain
from app.domain.fields import fields_of
from app.domain.recipient import WORDS, MailingList, Recipient
from app.i18n import N_, _
from app.services.context import Saved
from app.services.recipients import RecipientRow, SaveList, SaveRecipient
from app.services.session import Session
from ui.views.prisoners.chosen_line import TYPED
from ui.views.prisoners.editors import Offers
from ui.views.prisoners.form_sheet import FormSheet
from ui.views.prisoners.groups import group_of
from ui.workplace import MAILING_LIST, RECIPIENT, Workplace

_LIST: Final = "mailing_list"


@attrs.frozen
class Known:
    """What the page and its sheets know: read together, so that they never say different things."""

    rows: tuple[RecipientRow, ...]
    lists: tuple[MailingList, ...]
    godparents: tuple[tuple[str, str], ...]

    def row(self, record: str) -> RecipientRow | None:
        """A recipient by id."""
        return next((row for row in self.rows if row.id == record), None)

    def names(self) -> dict[str, str]:
        """How recipients and godparents are called, by id."""
        return {**dict(self.godparents), **{row.id: row.recipient.called for row in self.rows}}

    def members(self) -> tuple[tuple[str, str], ...]:
        """Who can be put on a list."""
        return tuple((row.id, row.recipient.called) for row in self.rows if not row.recipient.left)


def read_known(session: Session) -> Known:
    """On the worker."""
    godparents = tuple((row.id, row.name) for row in session.godparents.rows())
    return Known(session.recipients.rows(), session.recipients.lists(), godparents)


class RecordSheet(FormSheet):
    """The sheet of either, kept by itself over a lock."""

    def unfinished(self) -> Mapping[str, Plain] | None:
        """What a lock keeps; None when nothing was typed."""
        return self.kept()


def open_recipient(workplace: Workplace, parent: QWidget, known: Known, record: str) -> RecordSheet:
    """The sheet of a recipient, or of a new one where `record` is empty."""
    row = known.row(record)
    one = row.recipient if row is not None else None

    def save(values: Mapping[str, object]) -> Saved:
        command = SaveRecipient(values, one.id if one else "", one.version if one else 0)
        return workplace.session.recipients.save(command)

    return _opened(
        workplace,
        parent,
        cls=Recipient,
        record=one,
        title=_("Recipient"),
        action=_("Add recipient") if one is None else _("Save"),
        offers=Offers({"godparent": known.godparents, f"{RECIPIENT}.lock": _locks()}),
        save=save,
        place=RECIPIENT,
    )


def _locks() -> tuple[tuple[str, str], ...]:
    """How files can be locked."""
    return ("", _("not locked")), (WORDS, _("with words told by voice")), (TYPED, _("with their key"))


def open_list(workplace: Workplace, parent: QWidget, known: Known, record: str) -> RecordSheet:
    """The sheet of a mailing list, or of a new one where `record` is empty."""
    one = next((each for each in known.lists if each.id == record), None)

    def save(values: Mapping[str, object]) -> Saved:
        command = SaveList(values, one.id if one else "", one.version if one else 0)
        return workplace.session.recipients.save_list(command)

    return _opened(
        workplace,
        parent,
        cls=MailingList,
        record=one,
        title=_("Mailing list"),
        action=_("Add mailing list") if one is None else _("Save"),
        offers=Offers({f"{_LIST}.members": known.members()}),
        save=save,
        place=MAILING_LIST,
    )


def _opened(
    workplace: Workplace,
    parent: QWidget,
    *,
    cls: type[Recipient] | type[MailingList],
    record: Recipient | MailingList | None,
    title: str,
    action: str,
    offers: Offers,
    save: Callable[[Mapping[str, object]], Saved],
    place: str,
) -> RecordSheet:
    names: Sequence[str] = tuple(fields_of(cls))
    sheet = RecordSheet(
        workplace,
        parent,
        title=title,
        action=action,
        groups=[group_of(cls, place, N_("Recipient") if cls is Recipient else N_("Mailing list"), names)],
        values={name: getattr(record, name) for name in names} if record is not None else {},
        offers=offers,
        save=save,
        kind=place,
        about=record.id if record is not None else "",
        width=680,
        new=record is None,
    )
    sheet.setObjectName(place)
    sheet.show_over(tall=cls is Recipient)
    return sheet


def reopen(
    workplace: Workplace,
    parent: QWidget,
    place: str,
    record: str,
    ready: Callable[[QDialog | None], None],
) -> None:
    """Open the sheet that a lock closed; `ready` gets it, or None where its record is gone."""

    def done(known: Known) -> None:
        if place == RECIPIENT and (not record or known.row(record) is not None):
            ready(open_recipient(workplace, parent, known, record))
        elif place == MAILING_LIST and (not record or any(one.id == record for one in known.lists)):
            ready(open_list(workplace, parent, known, record))
        else:
            ready(None)

    session = workplace.session
    workplace.tasks.query(lambda: read_known(session), initiator=parent, done=done)
