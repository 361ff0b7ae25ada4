"""The search box over open searchable fields: folded words in an FTS5 index, made from the rows.

It never sees a closed field: it asks the layout which fields are searchable, and the catalogue refuses a
closed field that is. Taking a record away drops and rebuilds the index, so that no token of it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.domain.canonical import Plain
from app.domain.fields import Field
from app.domain.rows import SearchHit
from app.storage.connection import Connection
from app.storage.layout import Layout, layout_named, layouts
from app.storage.records import id_list, number, read_body, text

Fold = Callable[[str], str]
_CANDIDATES: Final = 400
_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "prisoner": ("family_name", "given_name"),
    "godparent": ("family_name", "given_name"),
    "facility": ("name",),
    "source": ("name",),
    "report": ("title",),
}
_DETAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "prisoner": ("reference",),
    "godparent": ("chamber", "country"),
    "facility": ("town",),
    "source": ("keeper",),
    "report": ("number",),
}
# Who is found instead: a number in a source finds its prisoner.
_STANDS_FOR: Final[Mapping[str, str]] = {"claim": "prisoner"}


class SearchIndex:
    """The index of one connection.

    Args:
        fold: makes one spelling of many; gives words separated by spaces.
    """

    def __init__(self, connection: Connection, fold: Fold) -> None:
        self._connection: Final = connection
        self._fold: Final = fold

    def put(self, layout: Layout, record: str, plain: Mapping[str, Plain]) -> None:
        """Index a record, or index it anew."""
        if not layout.searchable:
            return
        words = self._words(layout, plain)
        row = self._connection.one("SELECT number, words FROM search_row WHERE record = ?", (record,))
        if row is None:
            self._connection.execute(
                "INSERT INTO search_row (noun, record, words) VALUES (?, ?, ?)", (layout.noun, record, words)
            )
            self._connection.execute(
                "INSERT INTO search (rowid, words) VALUES (last_insert_rowid(), ?)", (words,)
            )
        elif row[1] != words:
            self._connection.execute(
                "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)", (row[0], row[1])
            )
            self._connection.execute("UPDATE search_row SET words = ? WHERE number = ?", (words, row[0]))
            self._connection.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (row[0], words))

    def rebuild(self, forget: Iterable[str] = ()) -> None:
        """Drop the index and make it again from its rows, without these records."""
        self._connection.execute(
            "DELETE FROM search_row WHERE record IN (SELECT value FROM json_each(?))", (id_list(forget),)
        )
        self._connection.execute("INSERT INTO search (search) VALUES ('rebuild')")

    def rebuild_all(self) -> None:
        """Make everything again from the records (another way to fold, or a doubt)."""
        self._connection.execute("DELETE FROM search_row")
        for layout in layouts():
            if layout.has_table and layout.searchable:
                for row in self._connection.rows(f'SELECT id, body FROM main."{layout.noun}"'):  # noqa: S608
                    self._connection.execute(
                        "INSERT INTO search_row (noun, record, words) VALUES (?, ?, ?)",
                        (layout.noun, text(row[0]), self._words(layout, read_body(text(row[1])))),
                    )
        self._connection.execute("INSERT INTO search (search) VALUES ('rebuild')")

    def find(self, words: str, limit: int) -> list[SearchHit]:
        """Records with a word that begins like each of these words; best first."""
        asked = self._fold(words).split()
        if not asked:
            return []
        match = " ".join(f'"{word.replace(chr(34), "")}"*' for word in asked)
        found = self._connection.rows(
            "SELECT s.noun, s.record FROM search JOIN search_row s ON s.number = search.rowid"
            " WHERE search MATCH ? LIMIT ?",
            (match, max(limit, _CANDIDATES)),
        )
        ids: dict[str, list[str]] = {}
        for row in found:
            ids.setdefault(text(row[0]), []).append(text(row[1]))
        hits: dict[str, tuple[tuple[int, str], SearchHit]] = {}
        for noun, records in ids.items():
            for order, hit in self._hits(layout_named(noun), records, asked):
                if hit.id not in hits or order < hits[hit.id][0]:
                    hits[hit.id] = (order, hit)
        return [hit for _, hit in sorted(hits.values(), key=lambda found: found[0])[:limit]]

    def _hits(
        self, layout: Layout, records: Sequence[str], asked: Sequence[str]
    ) -> Iterator[tuple[tuple[int, str], SearchHit]]:
        shown = _STANDS_FOR.get(layout.noun, layout.noun)
        join = "r.id" if shown == layout.noun else f"json_extract(r.body, '$.{shown}')"
        query = f'SELECT t.id, r.body, t.body FROM main."{layout.noun}" r JOIN main."{shown}" t ON t.id = {join} WHERE r.id IN (SELECT value FROM json_each(?))'  # noqa: S608, E501
        for row in self._connection.rows(query, (id_list(records),)):
            plain, title = read_body(text(row[1])), read_body(text(row[2]))
            why, place = self._why(layout, plain, asked)
            name = _joined(title, _TITLES.get(shown, ()), ", ")
            detail = _joined(title, _DETAILS.get(shown, ()), " · ")
            yield (place, name.casefold()), SearchHit(shown, text(row[0]), name or detail, detail, why)

    def _why(self, layout: Layout, plain: Mapping[str, Plain], asked: Sequence[str]) -> tuple[str, int]:
        for place, field in enumerate(layout.searchable):
            words = self._fold(_flat(plain.get(field.name))).split()
            if any(word.startswith(asked[0]) for word in words):
                return field.label, place
        return "", len(layout.searchable)

    def _words(self, layout: Layout, plain: Mapping[str, Plain]) -> str:
        return self._fold(" ".join(_flat(plain.get(field.name)) for field in _in_order(layout.searchable)))

    def count(self) -> int:
        """How many records are indexed."""
        row = self._connection.one("SELECT count(*) FROM search_row")
        return number(row[0]) if row else 0


def _in_order(fields: Iterable[Field]) -> list[Field]:
    return sorted(fields, key=lambda field: field.name)


def _flat(value: Plain) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return " ".join(_flat(inner) for inner in value.values())
    if isinstance(value, Sequence):
        return " ".join(_flat(inner) for inner in value)
    return ""


def _joined(plain: Mapping[str, Plain], names: Sequence[str], between: str) -> str:
    parts = (plain.get(name) for name in names)
    return between.join(part for part in parts if isinstance(part, str) and part)
