"""Recipients of reports and mailing lists: written down, changed, looked at. Nothing leaves from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from app.crypto.age_files import checked_key
from app.domain.acts import Act
from app.domain.consent_audiences import means_everybody
from app.domain.consent_purposes import NAMED_GODPARENT, NAMED_INSTITUTION
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparent
from app.domain.ids import new_id
from app.domain.ports import Reader
from app.domain.recipient import WORDS, MailingList, Recipient
from app.domain.report import Report
from app.domain.roles import Action
from app.domain.rows import HistoryRow
from app.services import editing
from app.services.context import Context, Saved
from app.services.recipient_names import same_name
from app.services.report_views import AddressedView


@attrs.frozen
class SaveRecipient:
    """Write a recipient down (`id` empty), or change these fields of one seen at `base_version`."""

    values: Mapping[str, object]
    id: str = ""
    base_version: int = 0


@attrs.frozen
class SaveList:
    """The same for a mailing list."""

    values: Mapping[str, object]
    id: str = ""
    base_version: int = 0


@attrs.frozen
class RecipientRow:
    """One line of the list.

    Attributes:
        lists: names of the mailing lists they are on.
        godparent: name of the godparent they are, or "".
        key_since: who put their key there; "" where there is none.
    """

    recipient: Recipient
    lists: tuple[str, ...] = ()
    godparent: str = ""
    key_since: str = ""

    @property
    def id(self) -> str:
        """Of the record."""
        return self.recipient.id


class Recipients:
    """Use cases of recipients.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    # reading

    def rows(self) -> tuple[RecipientRow, ...]:
        """All of them by name; who gets nothing any more last. Raises KnownError NOT_ALLOWED."""
        self._context.require_open_reading()
        with self._context.reading() as reader:
            found = reader.find(Recipient)
            on = [one for one in reader.find(MailingList) if not one.left]
            people = reader.get_many(Godparent, [one.godparent for one in found if one.godparent])
            rows = [
                RecipientRow(
                    one,
                    tuple(sorted(each.name for each in on if one.id in each.members)),
                    _full_name(people.get(one.godparent or "")),
                    _key_by(self._context, reader, one.id, one.lock),
                )
                for one in found
            ]
        return tuple(
            sorted(rows, key=lambda row: (row.recipient.left, row.recipient.called.casefold(), row.id))
        )

    def lists(self) -> tuple[MailingList, ...]:
        """Every mailing list by name; those not used any more last. Raises KnownError NOT_ALLOWED."""
        self._context.require_open_reading()
        with self._context.reading() as reader:
            found = reader.find(MailingList)
        return tuple(sorted(found, key=lambda one: (one.left, one.name.casefold(), one.id)))

    def history(self, recipient: str) -> tuple[HistoryRow, ...]:
        """What changed of a recipient, newest first. Raises KnownError NOT_ALLOWED."""
        self._context.require_open_reading()
        with self._context.reading() as reader:
            return editing.history_rows(self._context, reader, Recipient, recipient, None)

    # writing

    def save(self, command: SaveRecipient) -> Saved:
        """Write a recipient down or change one.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, CONFLICT, NOTHING_CHANGED, RECIPIENT_KNOWN,
                RECIPIENT_KEY_WRONG, RECIPIENT_KEY_SECRET, INVALID_FIELD and what a bad value raises.
        """
        self._context.require(Action.EDIT_RECIPIENT)
        values = {**command.values, **_lock_of(command.values)}
        with self._context.writing() as work:
            if command.id:
                work.check_rows(Recipient, [command.id])
                made = editing.edited(work, Recipient, command.id, command.base_version, values)
            else:
                made = editing.new_record(Recipient, new_id(), values)
            _check(work, made)
            if command.id:
                work.save(made, made.version)
            else:
                work.add(made)
            committed = work.commit(Act.RECIPIENT_SAVED)
        return self._context.finish(committed, made.id, Act.RECIPIENT_SAVED, undo=True, prisoners=())

    def save_list(self, command: SaveList) -> Saved:
        """Write a mailing list down or change one.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, CONFLICT, NOTHING_CHANGED, INVALID_FIELD (members).
        """
        self._context.require(Action.EDIT_RECIPIENT)
        with self._context.writing() as work:
            if command.id:
                work.check_rows(MailingList, [command.id])
                made = editing.edited(work, MailingList, command.id, command.base_version, command.values)
            else:
                made = editing.new_record(MailingList, new_id(), command.values)
            if len(work.get_many(Recipient, made.members)) != len(set(made.members)):
                raise KnownError(Code.INVALID_FIELD, "members", field="members")
            if command.id:
                work.save(made, made.version)
            else:
                work.add(made)
            committed = work.commit(Act.MAILING_LIST_SAVED)
        return self._context.finish(committed, made.id, Act.MAILING_LIST_SAVED, undo=True, prisoners=())


def addressed_views(ctx: Context, reader: Reader, report: Report) -> tuple[AddressedView, ...]:
    """Whom a report is for, with who put a key there: whoever lets a file leave can ask them."""
    return tuple(
        AddressedView(one.name, one.decided_for, one.lock, _key_by(ctx, reader, one.recipient, one.lock))
        for one in report.addressed
    )


def _key_by(ctx: Context, reader: Reader, recipient: str, lock: str) -> str:
    """Who put the key there, as the log says; "" where there is none."""
    if not lock or lock == WORDS:
        return ""
    changed = reader.history(recipient, "lock")
    if changed:
        return ctx.name_of(changed[0].person)
    written = reader.written(recipient)
    return ctx.name_of(written[0].person) if written else ""


def _lock_of(values: Mapping[str, object]) -> dict[str, object]:
    """A key is looked at when it is typed. Raises KnownError RECIPIENT_KEY_WRONG, RECIPIENT_KEY_SECRET."""
    text = str(values.get("lock") or "").strip()
    if not text or "lock" not in values:
        return {}
    return {"lock": WORDS if text.casefold() == WORDS else checked_key(text)}


def _check(reader: Reader, made: Recipient) -> None:
    """What a recipient may be called and be.

    Raises:
        KnownError: INVALID_FIELD, RECIPIENT_KNOWN, NOT_FOUND.
    """
    if made.audience == NAMED_INSTITUTION and means_everybody(made.institution):
        field = "organisation" if made.organisation else "name"
        raise KnownError(Code.INVALID_FIELD, field, field=field)
    if made.audience == NAMED_GODPARENT and not made.godparent:
        raise KnownError(Code.INVALID_FIELD, "godparent", field="godparent")
    if made.godparent:
        reader.get(Godparent, made.godparent)
    if set(made.wants) & set(made.never):
        raise KnownError(Code.INVALID_FIELD, "never", field="never")
    for other in reader.find(Recipient):
        if other.id != made.id and same_name(other.called, made.called):
            raise KnownError(Code.RECIPIENT_KNOWN, other.id, field="name")


def _full_name(one: Godparent | None) -> str:
    return "" if one is None else " ".join(part for part in (one.given_name, one.family_name) if part)
