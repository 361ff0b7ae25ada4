"""The search box over open searchable fields: folded words in an FTS5 index in TEMP, made from the rows.

In TEMP and not in the file: nothing of an erased or renamed person can stay behind in it, and saving writes
fewer pages. It is built in slices behind the first page. It never sees a closed field: the layout says which
fields are searchable, and the catalogue refuses a closed field that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from app.domain.canonical import Plain
from app.domain.rows import SearchHit
from app.names.fold import query_keys, search_key
from app.storage.connection import Connection
from app.storage.layout import Layout, layout_named, layouts
from app.storage.records import among, number, read_body, text

# Beginnings of one to five letters behind the mark are looked up, longer ones are few enough to walk.
_BEGINNINGS: Final = "2 3 4 5 6"
# A letter no name begins with: the words of a name stand in the index a second time, behind it.
_NAME_MARK: Final = "ʘ"
_SLICE: Final = 250
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
    """The index of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection: Final = connection
        self._place = (0, "")  # which noun, after which id
        self._stale: Final[dict[str, Layout]] = {}
        self.complete = False

    def make_tables(self) -> None:
        """Make the TEMP tables, empty."""
        self._connection.execute(
            "CREATE TEMP TABLE search_row (number INTEGER PRIMARY KEY, noun TEXT NOT NULL,"
            " record TEXT NOT NULL UNIQUE, words TEXT NOT NULL)"
        )
        self._connection.execute(
            "CREATE VIRTUAL TABLE temp.search USING fts5 (words, content = '', contentless_delete = 1,"
            f" detail = none, prefix = '{_BEGINNINGS}', tokenize = 'unicode61 remove_diacritics 0')"
        )

    def build_slice(self) -> bool:
        """Index the next records; gives whether all are indexed."""
        nouns = _searched()
        noun, after = self._place
        if noun >= len(nouns):
            self.complete = True
            return True
        layout = nouns[noun]
        query = f'SELECT id, body FROM main."{layout.noun}" WHERE id > ? ORDER BY id LIMIT ?'  # noqa: S608
        rows = list(self._connection.rows(query, (after, _SLICE)))
        folded = [(text(row[0]), self._words(layout, read_body(text(row[1])))) for row in rows]
        with self._together():
            self._put_new(layout, folded)
        self._place = (noun, text(rows[-1][0])) if len(rows) == _SLICE else (noun + 1, "")
        return False

    def _put_new(self, layout: Layout, folded: Sequence[tuple[str, str]]) -> None:
        """Index records that are not indexed yet, many at once."""
        row = self._connection.one("SELECT max(number) FROM temp.search_row")
        first = (row[0] if row and isinstance(row[0], int) else 0) + 1
        self._connection.execute_many(
            "INSERT INTO temp.search_row (number, noun, record, words) VALUES (?, ?, ?, ?)",
            ((first + place, layout.noun, record, words) for place, (record, words) in enumerate(folded)),
        )
        self._connection.execute_many(
            "INSERT INTO temp.search (rowid, words) VALUES (?, ?)",
            ((first + place, words) for place, (_, words) in enumerate(folded)),
        )

    def build(self) -> None:
        """Index everything that is not indexed yet."""
        while not self.build_slice():
            pass

    def reset(self) -> None:
        """Forget everything and begin again (a rollback took away what was indexed, or a doubt)."""
        with self._together():
            self._connection.execute("DELETE FROM temp.search")
            self._connection.execute("DELETE FROM temp.search_row")
        self._place, self.complete = (0, ""), False

    def changed(self, layout: Layout, record: str) -> None:
        """Take note that a record was written or taken away; the next search looks at it again.

        Not done at once, because a save should not wait for it, and because a rollback needs nothing undone.
        """
        if layout.searchable and self._place != (0, ""):  # what was never begun reads everything anyway
            self._stale[record] = layout

    def _refresh(self) -> None:
        with self._together():
            for record, layout in self._stale.items():
                row = self._connection.one(f'SELECT body FROM main."{layout.noun}" WHERE id = ?', (record,))  # noqa: S608
                self._put(layout, record, read_body(text(row[0])) if row else None)
        # Inside a transaction that may roll back, everything has to be looked at once more.
        if not self._connection.in_transaction:
            self._stale.clear()

    def _put(self, layout: Layout, record: str, plain: Mapping[str, Plain] | None) -> None:
        words = None if plain is None else self._words(layout, plain)
        row = self._connection.one("SELECT number, words FROM temp.search_row WHERE record = ?", (record,))
        if row is not None and row[1] == words:
            return
        if row is not None:
            self._forget(number(row[0]))
        if words is not None:
            self._connection.execute(
                "INSERT INTO temp.search_row (noun, record, words) VALUES (?, ?, ?)",
                (layout.noun, record, words),
            )
            self._connection.execute(
                "INSERT INTO temp.search (rowid, words) VALUES (last_insert_rowid(), ?)", (words,)
            )

    def _forget(self, row: int) -> None:
        self._connection.execute("DELETE FROM temp.search WHERE rowid = ?", (row,))
        self._connection.execute("DELETE FROM temp.search_row WHERE number = ?", (row,))

    @contextmanager
    def _together(self) -> Iterator[None]:
        """One transaction for many rows, unless one is open already."""
        own = not self._connection.in_transaction
        if own:
            self._connection.execute("BEGIN")
        yield
        if own:
            self._connection.execute("COMMIT")

    def find(self, words: str, limit: int) -> list[SearchHit]:
        """Records with a word that begins like each of these words; best first."""
        self.build()
        self._refresh()
        asked = query_keys(words)
        if not asked:
            return []
        ids: dict[str, list[str]] = {}
        # Names first: of thousands that begin with one letter only a few are looked at.
        names = self._matching(asked, _NAME_MARK, limit)
        others = self._matching(asked, "", limit) if len(names) < limit else []
        for noun, record in dict.fromkeys([*names, *others]):
            ids.setdefault(noun, []).append(record)
        hits: dict[str, tuple[tuple[int, str], SearchHit]] = {}
        for noun, records in ids.items():
            for order, hit in self._hits(layout_named(noun), records, asked):
                if hit.id not in hits or order < hits[hit.id][0]:
                    hits[hit.id] = (order, hit)
        return [hit for _, hit in sorted(hits.values(), key=lambda found: found[0])[:limit]]

    def _matching(self, asked: Sequence[Sequence[str]], mark: str, limit: int) -> list[tuple[str, str]]:
        terms = ("(" + " OR ".join(f'"{mark}{key}"*' for key in readings) + ")" for readings in asked)
        found = self._connection.rows(
            "SELECT s.noun, s.record FROM temp.search JOIN temp.search_row s ON s.number = search.rowid"
            " WHERE search MATCH ? LIMIT ?",
            (" AND ".join(terms), limit),
        )
        return [(text(row[0]), text(row[1])) for row in found]

    def _hits(
        self, layout: Layout, records: Sequence[str], asked: Sequence[Sequence[str]]
    ) -> Iterator[tuple[tuple[int, str], SearchHit]]:
        shown = _STANDS_FOR.get(layout.noun, layout.noun)
        join = "r.id" if shown == layout.noun else f"json_extract(r.body, '$.{shown}')"
        where, values = among("r.id", records)
        query = f'SELECT t.id, r.body, t.body FROM main."{layout.noun}" r JOIN main."{shown}" t ON t.id = {join} WHERE {where}'  # noqa: S608, E501
        for row in self._connection.rows(query, values):
            plain, title = read_body(text(row[1])), read_body(text(row[2]))
            why, place = self._why(layout, plain, asked)
            name = _joined(title, _TITLES.get(shown, ()), ", ")
            detail = _joined(title, _DETAILS.get(shown, ()), " · ")
            yield (place, name.casefold()), SearchHit(shown, text(row[0]), name or detail, detail, why)

    def _why(
        self, layout: Layout, plain: Mapping[str, Plain], asked: Sequence[Sequence[str]]
    ) -> tuple[str, int]:
        """The field that was found by, and how far from a name the words stand."""
        wanted = [tuple(readings) for readings in asked]
        why, far = "", 0
        for place, field in enumerate(layout.searchable):
            words = search_key(_flat(plain.get(field.name))).split()
            found = [readings for readings in wanted if any(word.startswith(readings) for word in words)]
            if found:
                why = why or field.label
                far += place * len(found)
                wanted = [readings for readings in wanted if readings not in found]
            if not wanted:
                break
        return why, far + len(wanted) * len(layout.searchable)

    def _words(self, layout: Layout, plain: Mapping[str, Plain]) -> str:
        words = search_key(" ".join(_flat(plain.get(field.name)) for field in layout.searchable))
        name = search_key(" ".join(_flat(plain.get(part)) for part in _TITLES.get(layout.noun, ())))
        return " ".join([words, *(_NAME_MARK + word for word in name.split())])


def _searched() -> tuple[Layout, ...]:
    return tuple(layout for layout in layouts() if layout.has_table and layout.searchable)


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
