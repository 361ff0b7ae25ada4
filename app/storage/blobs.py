"""Bytes that are not records: report drafts and pictures in the open, evidence sealed as an identity.

A blob has version 1 for ever: other bytes are another blob. It is hashed and in the log like a row.
"""

from __future__ import annotations

from typing import Final

import attrs

from app.crypto.encoding import bytes_from_text, bytes_to_text
from app.crypto.hashing import new_salt, row_hash
from app.domain.errors import Code, KnownError
from app.domain.ids import new_id
from app.domain.log import GONE, SEALED, EntryRow
from app.storage.connection import Connection
from app.storage.layout import Sort
from app.storage.log_book import LogBook
from app.storage.payloads import fields_in, payload_of
from app.storage.records import data, text
from app.storage.sealed import ATTACHMENT, Registers


@attrs.frozen
class _Open:
    salt: bytes
    content: bytes

    def hash(self) -> str:
        return row_hash(self.salt, self.content).hex()


class Blobs:
    """The attachments of one connection."""

    def __init__(self, connection: Connection, log: LogBook, registers: Registers) -> None:
        self._log: Final = log
        self._connection: Final = connection
        self._registers: Final = registers

    def put(self, content: bytes, desk: str | None) -> EntryRow:
        """Store bytes, sealed if a desk is given; gives the row for the entry."""
        if desk is not None:
            payload = payload_of(ATTACHMENT, {"content": bytes_to_text(content)})
            row = self._registers.put(None, 1, payload, Sort.IDENTITY, desk)
            return EntryRow(SEALED, row.id, 1, row.hash())
        blob, record = _Open(new_salt(), content), new_id()
        self._connection.execute(
            "INSERT INTO attachment (id, version, salt, content) VALUES (?, 1, ?, ?)",
            (record, blob.salt, blob.content),
        )
        return EntryRow(ATTACHMENT, record, 1, blob.hash())

    def get(self, blob_id: str) -> bytes:
        """The bytes, checked against the log.

        Raises:
            KnownError: NOT_FOUND, ROW_NOT_IN_LOG, NEEDS_DESK_KEY, RECORD_DAMAGED.
        """
        blob = self._open(blob_id)
        if blob is None:
            row = self._registers.sealed_row(blob_id)
            if row is None:
                raise KnownError(Code.NOT_FOUND, blob_id)
            content = fields_in(self._registers.identity(row), row.id).get("content")
            if not isinstance(content, str):
                raise KnownError(Code.NOT_FOUND, blob_id)
            return bytes_from_text(content)
        logged = self._log.newest(blob_id)
        # Not logged yet only inside the transaction that stored it.
        if logged is None and not self._connection.in_transaction:
            raise KnownError(Code.ROW_NOT_IN_LOG, blob_id)
        if logged is not None and logged[1].row_hash != blob.hash():
            raise KnownError(Code.ROW_NOT_IN_LOG, blob_id)
        return blob.content

    def drop(self, blob_id: str) -> EntryRow:
        """Take bytes away. Raises KnownError NOT_FOUND."""
        if self._open(blob_id) is not None:
            self._connection.execute("DELETE FROM attachment WHERE id = ?", (blob_id,))
            return EntryRow(ATTACHMENT, blob_id, 2, GONE)
        if self._registers.sealed_row(blob_id) is None:
            raise KnownError(Code.NOT_FOUND, blob_id)
        self._registers.delete(blob_id, None)
        return EntryRow(SEALED, blob_id, 2, GONE)

    def hashes(self) -> list[tuple[str, str]]:
        """Id and hash of every open one, for verification."""
        ids = [text(row[0]) for row in self._connection.rows("SELECT id FROM attachment")]
        found = ((one, self._open(one)) for one in ids)
        return [(one, blob.hash()) for one, blob in found if blob is not None]

    def _open(self, blob_id: str) -> _Open | None:
        row = self._connection.one("SELECT salt, content FROM attachment WHERE id = ?", (blob_id,))
        return _Open(data(row[0]), data(row[1])) if row else None
