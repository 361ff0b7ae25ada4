"""What one transaction points to and what it takes away: checked before it is committed, never repaired."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import Final

from app.domain.errors import Code, KnownError
from app.domain.ports import Record
from app.storage.connection import Connection
from app.storage.layout import Layout, layouts
from app.storage.records import among, text

# References to what is no record of the database, or may be gone while the reference stays true.
_NOT_CHECKED: Final = frozenset({"person", "attachment"})
_NAMED: Final = 10


class References:
    """The references of one transaction, by the noun they point to."""

    def __init__(self, connection: Connection) -> None:
        self._connection: Final = connection
        self._made: Final[dict[str, set[str]]] = {}
        self._removed: Final[dict[str, set[str]]] = {}

    def wrote(self, layout: Layout, record: Record, changed: Container[str]) -> None:
        """Take note of a written record; only new references are checked, old ones kept what they name."""
        for field in layout.references:
            target = getattr(record, field.name) if field.name in changed else None
            if target is not None and field.refers_to is not None and field.refers_to not in _NOT_CHECKED:
                self._made.setdefault(field.refers_to, set()).add(target)

    def removed(self, layout: Layout, record: str) -> None:
        """Take note of a record that is taken away."""
        self._removed.setdefault(layout.noun, set()).add(record)

    def check(self, referenced: Callable[[str, Sequence[str]], Sequence[str]]) -> None:
        """Check both.

        Args:
            referenced: which of these ids of a noun something still points to.

        Raises:
            KnownError: NOT_FOUND, STILL_REFERENCED, with the first ids.
        """
        for noun, ids in self._made.items():
            gone = self._removed.get(noun, set())
            missing = self._missing(noun, ids - gone) | (ids & gone)
            if missing:
                raise KnownError(Code.NOT_FOUND, *sorted(missing)[:_NAMED])
        for noun, ids in self._removed.items():
            used = referenced(noun, sorted(ids))
            if used:
                raise KnownError(Code.STILL_REFERENCED, *sorted(set(used))[:_NAMED])

    def _missing(self, noun: str, ids: set[str]) -> set[str]:
        layout = next((one for one in layouts() if one.noun == noun), None)
        if layout is None or not ids:
            return set()
        table = f'main."{noun}"' if layout.has_table else "sealed"
        where, values = among("id", ids)
        found = self._connection.rows(f"SELECT id FROM {table} WHERE {where}", values)  # noqa: S608 - ours
        return ids - {text(row[0]) for row in found}
