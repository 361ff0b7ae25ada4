"""The search box over open searchable fields: folded words in an FTS5 index in TEMP, made from the rows.

In TEMP and not in the file: nothing of an erased or renamed person can stay behind in it, and saving writes
fewer pages. It is built in slices behind the first page. It never sees a closed field: the layout says which
fields are searchable, and the catalogue refuses a closed field that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Final, cast

from app.domain.canonical import Plain
from app.domain.rows import SearchHit
from app.names.fold import search_key, tokens
from app.storage.asked import HOW_WORDS, LOOKED_UP, Asked, Vocabulary, given_marks
from app.storage.connection import Connection
from app.storage.indexed import (
    NAME_MARK,
    TITLES,
    WRITTEN_MARK,
    WRITTEN_NAME_MARK,
    fields_in,
    flat,
    indexed_words,
    name_words,
    words_of,
)
from app.storage.layout import Layout, layout_named, layouts
from app.storage.records import among, number, read_body, text

# Beginnings of one to five letters behind the mark are looked up; of longer ones the words that begin so.
_BEGINNINGS: Final = " ".join(map(str, range(1, LOOKED_UP + 1)))
# Names first: of thousands that begin with one letter only a few are looked at.
_TIERS: Final = (WRITTEN_NAME_MARK, WRITTEN_MARK, NAME_MARK, "")
_AS_WRITTEN: Final = (WRITTEN_NAME_MARK, WRITTEN_MARK)
_ONE_TIER: Final = (WRITTEN_MARK, "")
# A thousand at a time take half as long as 250, and still less than anybody notices.
_SLICE: Final = 1_000
# With so many found by sound nobody needs what is only alike.
_ENOUGH: Final = 10
_DETAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "prisoner": ("reference",),
    "godparent": ("chamber", "country"),
    "facility": ("town",),
    "source": ("keeper",),
    "report": ("number",),
    "recipient": ("organisation",),
}
# Who is found instead: a number in a source finds its prisoner.
_STANDS_FOR: Final[Mapping[str, str]] = {"claim": "prisoner"}


class SearchIndex:
    """The index of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection: Final = connection
        self._place = (0, "")  # which noun, after which id
        self._stale: Final[dict[str, Layout]] = {}
        self._vocabulary: Final = Vocabulary()
        self.complete = False

    def make_tables(self) -> None:
        """Make the TEMP tables, empty."""
        self._connection.execute(
            "CREATE TEMP TABLE search_row (number INTEGER PRIMARY KEY, noun TEXT NOT NULL,"
            " record TEXT NOT NULL UNIQUE)"
        )
        # Apart, so that thousands of rows that are found lie close together.
        self._connection.execute(
            "CREATE TEMP TABLE search_words (number INTEGER PRIMARY KEY, words TEXT NOT NULL)"
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
            "INSERT INTO temp.search_row (number, noun, record) VALUES (?, ?, ?)",
            ((first + place, layout.noun, record) for place, (record, _) in enumerate(folded)),
        )
        for table in ("search_words (number", "search (rowid"):
            self._connection.execute_many(
                f"INSERT INTO temp.{table}, words) VALUES (?, ?)",  # noqa: S608
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
            self._connection.execute("DELETE FROM temp.search_words")
        self._vocabulary.clear()
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
        row = self._connection.one(
            "SELECT r.number, w.words FROM temp.search_row r JOIN temp.search_words w USING (number)"
            " WHERE r.record = ?",
            (record,),
        )
        if row is not None and row[1] == words:
            return
        if row is not None:
            self._forget(number(row[0]))
        if words is not None:
            self._put_new(layout, [(record, words)])

    def _forget(self, row: int) -> None:
        self._connection.execute("DELETE FROM temp.search WHERE rowid = ?", (row,))
        self._connection.execute("DELETE FROM temp.search_row WHERE number = ?", (row,))
        self._connection.execute("DELETE FROM temp.search_words WHERE number = ?", (row,))

    @contextmanager
    def _together(self) -> Iterator[None]:
        """One transaction for many rows, unless one is open already."""
        own = not self._connection.in_transaction
        if own:
            self._connection.execute("BEGIN")
        yield
        if own:
            self._connection.execute("COMMIT")

    def find(self, asked_text: str, limit: int) -> list[SearchHit]:
        """Records with a word that begins like each of these words; as written, then as folded, then alike.

        Looks at what is indexed so far.

        Words between quotation marks are looked for as they are written and in no other spelling.
        """
        asked = Asked.of(asked_text)
        hits: dict[str, tuple[tuple[int, int, str], SearchHit]] = {}
        for noun, records in self._records(asked, limit).items():
            for order, hit in self._hits(layout_named(noun), records, asked):
                if hit.id not in hits or order < hits[hit.id][0]:
                    hits[hit.id] = (order, hit)
        return [hit for _, hit in sorted(hits.values(), key=lambda found: found[0])[:limit]]

    def find_ids(self, asked_text: str, shown: str, limit: int) -> frozenset[str]:
        """Ids of the records of one noun that `find` would show, without their words."""
        found: set[str] = set()
        for noun, records in self._records(Asked.of(asked_text), limit, tiers=_ONE_TIER).items():
            if noun == shown:
                found.update(records)
            elif _STANDS_FOR.get(noun) == shown:
                where, values = among("id", records)
                query = f"SELECT json_extract(body, '$.{shown}') FROM main.\"{noun}\" WHERE {where}"  # noqa: S608
                found.update(text(row[0]) for row in self._connection.rows(query, values))
        return frozenset(found)

    def _records(self, asked: Asked, limit: int, tiers: Sequence[str] = _TIERS) -> dict[str, list[str]]:
        """Ids by noun: what stands there as written, then as folded, then names that are only alike."""
        self._refresh()
        if not asked.written:
            return {}
        found: dict[tuple[str, str], None] = {}
        as_written = [(word,) for word in asked.written]
        for mark in tiers:
            if len(found) < limit and (mark in _AS_WRITTEN or not asked.only_as_written):
                words = as_written if mark in _AS_WRITTEN else asked.readings
                found |= dict.fromkeys(self._matching(words, mark, limit))
        if not asked.only_as_written and len(found) < min(limit, _ENOUGH):
            asked.alike = self._vocabulary.alike(asked.readings)
            if asked.alike:
                found |= dict.fromkeys(self._matching(asked.alike, NAME_MARK, limit))
        ids: dict[str, list[str]] = {}
        for noun, record in islice(found, limit):
            ids.setdefault(noun, []).append(record)
        return ids

    def _matching(self, asked: Sequence[Sequence[str]], mark: str, limit: int) -> list[tuple[str, str]]:
        """Whoever has all words; only where nobody has, words before the last one may be beginnings, too.

        A whole word is walked; everybody with a beginning has to be gathered first, which among a million
        people is ten times what a key pressed may take.
        """
        for whole in (len(asked) - 1, 0) if len(asked) > 1 else (0,):
            terms = [
                [term for key in readings for term in self._terms(mark + key, whole=place < whole)]
                for place, readings in enumerate(asked)
            ]
            if not all(terms):
                continue  # no word begins so
            found = self._connection.rows(
                "SELECT s.noun, s.record FROM temp.search JOIN temp.search_row s ON s.number = search.rowid"
                " WHERE search MATCH ? LIMIT ?",
                (" AND ".join(f"({' OR '.join(one)})" for one in terms), limit),
            )
            if matching := cast("list[tuple[str, str]]", list(found)):  # thousands: not looked at one by one
                return matching
        return []

    def _terms(self, key: str, *, whole: bool) -> list[str]:
        """What the index is asked for a word, or for those that begin so."""
        if whole:
            return [f'"{key}"']
        words = self._vocabulary.beginning(key) if len(key) > LOOKED_UP else None
        return [f'"{key}"*'] if words is None else [f'"{word}"' for word in words]

    def _hits(
        self, layout: Layout, records: Sequence[str], asked: Asked
    ) -> Iterator[tuple[tuple[int, int, str], SearchHit]]:
        shown = _STANDS_FOR.get(layout.noun, layout.noun)
        join = "r.id" if shown == layout.noun else f"json_extract(r.body, '$.{shown}')"
        where, values = among("r.id", records)
        query = f'SELECT t.id, r.body, t.body FROM main."{layout.noun}" r JOIN main."{shown}" t ON t.id = {join} WHERE {where}'  # noqa: S608, E501
        for row in self._connection.rows(query, values):
            plain, title = read_body(text(row[1])), read_body(text(row[2]))
            how = asked.how(words_of(layout, plain))
            why, place = self._why(layout, plain, asked.readings_of(how))
            name = _joined(title, TITLES.get(shown, ()), ", ")
            detail = _joined(title, _DETAILS.get(shown, ()), " · ")
            hit = SearchHit(shown, text(row[0]), name or detail, detail, why, HOW_WORDS[how])
            yield (how, place, name.casefold()), hit

    def _why(
        self, layout: Layout, plain: Mapping[str, Plain], asked: Sequence[Sequence[str]]
    ) -> tuple[str, int]:
        """The field that was found by, and how far from a name the words stand."""
        wanted = [tuple(readings) for readings in asked]
        why, far = "", 0
        for place, field in enumerate(fields_in(layout)):
            said = flat(plain.get(field.name))
            words = [
                *search_key(said).split(),
                *(mark for token in tokens(said) for mark in given_marks(token)),
            ]
            found = [readings for readings in wanted if any(word.startswith(readings) for word in words)]
            if found:
                why = why or field.label
                far += place * len(found)
                wanted = [readings for readings in wanted if readings not in found]
            if not wanted:
                break
        return why, far + len(wanted) * len(layout.searchable)

    def _words(self, layout: Layout, plain: Mapping[str, Plain]) -> str:
        name = name_words(layout, plain)
        self._vocabulary.take_up(name)
        words = list(indexed_words(words_of(layout, plain), name))
        self._vocabulary.keep(words)
        return " ".join(words)


def _searched() -> tuple[Layout, ...]:
    return tuple(layout for layout in layouts() if layout.has_table and layout.searchable)


def _joined(plain: Mapping[str, Plain], names: Sequence[str], between: str) -> str:
    parts = (plain.get(name) for name in names)
    return between.join(part for part in parts if isinstance(part, str) and part)
