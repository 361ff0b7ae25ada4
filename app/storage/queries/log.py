"""Rows of the Log page: entries as they are, and what they are about as far as open rows tell."""

from __future__ import annotations

import json

from app.domain.clock import stored_moment
from app.domain.log import SEALED, Entry, read_entry
from app.domain.ports import LogQuery
from app.domain.rows import LogRow
from app.storage.core import Core
from app.storage.records import among, data, optional_text, text

_MOST_RECORDS = 200


def rows(core: Core, query: LogQuery) -> list[LogRow]:
    """See `ports.Reader.log_rows`."""
    terms: list[str] = ["e.origin = ?"]
    values: list[str] = [core.log.origin]
    if query.person is not None:
        terms.append("json_extract(CAST(e.body AS TEXT), '$.person') = ?")
        values.append(query.person)
    if query.act is not None:
        terms.append("json_extract(CAST(e.body AS TEXT), '$.act') = ?")
        values.append(query.act)
    if query.since is not None:
        terms.append("json_extract(CAST(e.body AS TEXT), '$.moment') >= ?")
        values.append(stored_moment(query.since))
    if query.until is not None:
        terms.append("json_extract(CAST(e.body AS TEXT), '$.moment') <= ?")
        values.append(stored_moment(query.until))
    if query.record is not None:
        terms.append("e.sequence IN (SELECT value FROM json_each(?))")
        values.append(json.dumps([place.sequence for place in core.log.places(query.record)]))
    sql = f"SELECT e.body, e.signature FROM entry e WHERE {' AND '.join(terms)} ORDER BY e.sequence DESC LIMIT {int(query.limit)}"  # noqa: S608, E501
    entries = [read_entry(data(row[0]), data(row[1])) for row in core.connection.rows(sql, values)]
    names = _names(core, entries)
    return [_row(entry, names) for entry in entries]


def _row(entry: Entry, names: dict[str, str]) -> LogRow:
    records = tuple(row.record for row in entry.rows[:_MOST_RECORDS])
    about = next((names[record] for record in records if record in names), "")
    return LogRow(
        sequence=entry.sequence,
        moment=entry.moment,
        person=entry.person,
        person_name="",
        act=entry.act,
        automatic=entry.automatic,
        # An entry about many people is about none of them in particular.
        about=about if sum(row.kind != SEALED for row in entry.rows) <= _MOST_RECORDS else "",
        records=records,
    )


def _names(core: Core, entries: list[Entry]) -> dict[str, str]:
    found: dict[str, str] = {}
    ids = {row.record for entry in entries for row in entry.rows[:_MOST_RECORDS] if row.kind != SEALED}
    where, values = among("id", ids)
    for table, columns in (
        ("prisoner", "json_extract(body, '$.family_name'), json_extract(body, '$.given_name'), reference"),
        ("godparent", "json_extract(body, '$.family_name'), json_extract(body, '$.given_name'), NULL"),
        ("facility", "json_extract(body, '$.name'), NULL, NULL"),
        ("source", "json_extract(body, '$.name'), NULL, NULL"),
        ("report", "json_extract(body, '$.number'), json_extract(body, '$.title'), NULL"),
    ):
        sql = f"SELECT id, {columns} FROM main.{table} WHERE {where}"  # noqa: S608
        for row in core.connection.rows(sql, values):
            name = ", ".join(part for part in (optional_text(row[1]), optional_text(row[2])) if part)
            found[text(row[0])] = name or optional_text(row[3]) or ""
    return found
