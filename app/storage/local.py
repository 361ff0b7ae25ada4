"""What stands outside the log: a person's layout and saved searches, and drafts sealed to who typed them.

A draft that cannot go into the database, because that is no longer the file we opened, lies in a file of its
own beside it until it is taken up (`aside`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.crypto.keys import PersonKeys
from app.crypto.sealing import open_draft, seal_draft
from app.domain.canonical import Plain
from app.domain.clock import Clock, moment_from_stored, stored_moment
from app.domain.errors import KnownError
from app.domain.ids import CaseFileId, RecordId, new_id
from app.domain.port_values import Draft
from app.storage.connection import Connection
from app.storage.records import data, text

_EVERYBODY: Final = ""
"""Stands in place of a person's id, which is never empty."""


class Local:
    """The local tables, for one person."""

    def __init__(self, connection: Connection, case_file: CaseFileId, keys: PersonKeys, clock: Clock) -> None:
        self._connection: Final = connection
        self._case_file: Final = case_file
        self._keys: Final = keys
        self._clock: Final = clock

    def get(self, key: str, *, everybody: bool = False) -> str | None:
        """A setting of this person, or of everybody who opens this copy."""
        row = self._connection.one(
            "SELECT value FROM local_setting WHERE person = ? AND key = ?", (self._whose(everybody), key)
        )
        return text(row[0]) if row else None

    def put(self, key: str, value: str | None, *, everybody: bool = False) -> None:
        """Keep or forget (None) a setting."""
        whose = self._whose(everybody)
        if value is None:
            self._connection.execute("DELETE FROM local_setting WHERE person = ? AND key = ?", (whose, key))
            return
        self._connection.execute(
            "INSERT INTO local_setting (person, key, value) VALUES (?, ?, ?)"
            " ON CONFLICT (person, key) DO UPDATE SET value = excluded.value",
            (whose, key, value),
        )

    def _whose(self, everybody: bool) -> str:
        return _EVERYBODY if everybody else self._keys.person

    def save_draft(self, draft: Draft) -> None:
        """Keep a draft; the key itself is sealed too, it may name a record."""
        kept = {one.key: row for row, one in self._drafts()}
        record = RecordId(kept.get(draft.key, new_id()))
        blob = sealed_draft(self._keys, self._case_file, record, draft)
        self._connection.execute(
            "INSERT INTO local_draft (id, person, blob) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET blob = excluded.blob",
            (record, self._keys.person, blob),
        )

    def drafts(self) -> list[Draft]:
        """This person's drafts, oldest first."""
        return sorted((draft for _, draft in self._drafts()), key=lambda draft: draft.saved_at)

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        for record, draft in self._drafts():
            if draft.key == key:
                self._connection.execute("DELETE FROM local_draft WHERE id = ?", (record,))

    def _drafts(self) -> list[tuple[str, Draft]]:
        found: list[tuple[str, Draft]] = []
        for row in self._connection.rows(
            "SELECT id, blob FROM local_draft WHERE person = ?", (self._keys.person,)
        ):
            record = text(row[0])
            draft = opened_draft(self._keys, self._case_file, RecordId(record), data(row[1]))
            if draft is not None:
                found.append((record, draft))
        return found


def sealed_draft(keys: PersonKeys, case_file: CaseFileId, record: RecordId, draft: Draft) -> bytes:
    """The bytes of a draft under this id."""
    payload: dict[str, Plain] = {
        "key": draft.key,
        "kind": "draft",
        "saved_at": stored_moment(draft.saved_at),
        "values": dict(draft.values),
    }
    return seal_draft(keys, case_file, record, payload)


def opened_draft(keys: PersonKeys, case_file: CaseFileId, record: RecordId, blob: bytes) -> Draft | None:
    """None for a damaged one, which must not keep the others from being read, and for somebody else's."""
    try:
        payload = open_draft(keys, case_file, record, blob)
        key, saved, values = payload.get("key"), payload.get("saved_at"), payload.get("values")
        if isinstance(key, str) and isinstance(saved, str) and isinstance(values, Mapping):
            return Draft(key, values, moment_from_stored(saved))
    except KnownError:
        return None
    return None
