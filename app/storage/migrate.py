"""The shape of the database: numbered SQL files, each run in one transaction with its number.

Statements run one by one, because running a script would commit behind our back; the number of the schema
(`user_version`) changes inside the same transaction. Migrating an old file happens on a verified copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Final

from app.domain.errors import BugError, Code, KnownError
from app.storage.connection import Connection, in_memory

_NAME: Final = re.compile(r"(\d{4})_[a-z_]+\.sql")
_COMMENT: Final = re.compile(r"^\s*--.*$", re.MULTILINE)


@lru_cache(maxsize=1)
def steps() -> tuple[tuple[str, ...], ...]:
    """The statements of every step, in order; step n brings the schema to version n.

    Raises:
        BugError: a gap in the numbers.
    """
    folder = resources.files("app.storage").joinpath("migrations")
    files = sorted(
        (file for file in folder.iterdir() if _NAME.fullmatch(file.name)), key=lambda file: file.name
    )
    if [int(file.name[:4]) for file in files] != list(range(1, len(files) + 1)):
        raise BugError("migrations are numbered without gaps")
    return tuple(tuple(_statements(file.read_text(encoding="utf-8"))) for file in files)


def _statements(script: str) -> Iterator[str]:
    # Our own files: no semicolon stands inside a text, a trigger body would need another way.
    for statement in _COMMENT.sub("", script).split(";"):
        if statement.strip():
            yield statement.strip()


def version(connection: Connection) -> int:
    """The version of the schema the file has."""
    row = connection.one("PRAGMA user_version")
    return int(str(row[0])) if row else 0


def check_version(connection: Connection) -> None:
    """Refuse a file from a newer Poruch, and one that has no schema.

    Raises:
        KnownError: NEWER_VERSION, NOT_A_CASE_FILE.
    """
    found = version(connection)
    if found > len(steps()):
        raise KnownError(Code.NEWER_VERSION)
    if found == 0:
        raise KnownError(Code.NOT_A_CASE_FILE)


def check_tables(connection: Connection) -> None:
    """Refuse a file whose tables are not ours, before anything is asked of them.

    A view in the place of one runs whatever its maker wrote, without an end if they like, and so does a
    column that is computed. What lies there besides is for the check of the whole file.

    Raises:
        KnownError: DATA_DAMAGED.
    """
    if version(connection) != len(steps()):
        return
    rows = connection.rows("SELECT name, sql FROM main.sqlite_schema WHERE type = 'table'")
    found = {(str(row[0]), str(row[1])) for row in rows}
    ours = {one for one in expected_schema() if one[1].startswith("CREATE TABLE")}
    if not ours <= found:
        raise KnownError(Code.DATA_DAMAGED)


def migrate(connection: Connection) -> None:
    """Bring the schema to the newest version, each step in a transaction unless the caller began one."""
    outer = connection.in_transaction
    for number, statements in enumerate(steps()[version(connection) :], version(connection) + 1):
        if not outer:
            connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
        if not outer:
            connection.execute("COMMIT")


@lru_cache(maxsize=1)
def expected_schema() -> frozenset[tuple[str, str]]:
    """Every object a database of the newest version has, with its statement, made in memory."""
    connection = in_memory()
    try:
        migrate(connection)
        rows = connection.rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return frozenset((str(row[0]), str(row[1])) for row in rows)
    finally:
        connection.close()
