"""The used slots of the newest header, kept inside the database too; what they mean `casefile` knows.

Outside the log: keys change where nobody signs an entry.
"""

from __future__ import annotations

from typing import Final

from app.storage.connection import Connection
from app.storage.records import text

_KEY: Final = "poruch/slots"
_OLDER: Final = "poruch/keys-were-older"


def kept_slots(connection: Connection) -> str:
    """What was kept last, empty for nothing."""
    return _get(connection, _KEY)


def keep_slots(connection: Connection, kept: str) -> None:
    """Keep it in the place of what was kept before."""
    _put(connection, _KEY, kept)


def times_older(connection: Connection) -> int:
    """How often older keys were found beside this database and put right."""
    said = _get(connection, _OLDER)
    return int(said) if said.isdigit() and len(said) < 10 else 0


def note_older(connection: Connection) -> None:
    """They were found once more."""
    _put(connection, _OLDER, str(times_older(connection) + 1))


def _get(connection: Connection, key: str) -> str:
    row = connection.one("SELECT value FROM local_setting WHERE person = '' AND key = ?", (key,))
    return text(row[0]) if row is not None else ""


def _put(connection: Connection, key: str, value: str) -> None:
    connection.execute(
        "INSERT INTO local_setting (person, key, value) VALUES ('', ?, ?)"
        " ON CONFLICT (person, key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
