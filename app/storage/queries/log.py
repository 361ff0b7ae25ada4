"""Rows of the Log page: entries as they are, and what they are about as far as open rows tell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

import attrs

from app.domain.clock import stored_moment
from app.domain.log import GONE, Entry, EntryRow, read_entry
from app.domain.port_values import LogQuery
from app.domain.rows import LogRow
from app.storage.core import Core
from app.storage.records import among, data, optional_text, text

_MOST_RECORDS: Final = 200
_LATEST: Final = "~"
"""Behind every stored moment."""
_KINDS: Final = (
    *(
        "attention",
        "hold",
        "hold_step",
        "godparent_action",
        "godparenthood",
        "trust",
        "trust_step",
        "list_run",
        "report",
        "report_series",
        "report_series_end",
        "own_kind",
        "own_kind_step",
    ),
    *("prisoner", "public_texts", "godparent", "facility", "source", "quoted_figure"),
    *("recipient", "mailing_list"),
)
"""Kinds an entry can be about; the first of them that it names is what it is about."""
_NAMES: Final = {
    "prisoner": """
        SELECT r.id, json_extract(r.body, '$.family_name'), json_extract(r.body, '$.given_name'), r.reference,
               'prisoner', r.id
        FROM main.prisoner r""",
    "public_texts": """
        SELECT r.id, json_extract(p.body, '$.family_name'), json_extract(p.body, '$.given_name'), p.reference,
               'prisoner', p.id
        FROM main.public_texts r JOIN main.prisoner p ON p.id = r.prisoner""",
    "godparent": """
        SELECT r.id, json_extract(r.body, '$.family_name'), json_extract(r.body, '$.given_name'), NULL,
               'godparent', r.id
        FROM main.godparent r""",
    "godparenthood": """
        SELECT r.id, json_extract(p.body, '$.family_name'), json_extract(p.body, '$.given_name'), p.reference,
               'godparent', r.godparent, json_extract(g.body, '$.family_name')
        FROM main.godparenthood r
        JOIN main.prisoner p ON p.id = r.prisoner JOIN main.godparent g ON g.id = r.godparent""",
    "godparent_action": """
        SELECT r.id, json_extract(g.body, '$.family_name'), json_extract(g.body, '$.given_name'), NULL,
               'godparent', g.id
        FROM main.godparent_action r JOIN main.godparent g ON g.id = r.godparent""",
    "hold": """
        SELECT r.id, json_extract(p.body, '$.family_name'), json_extract(p.body, '$.given_name'), p.reference,
               'prisoner', p.id
        FROM main.hold r JOIN main.prisoner p ON p.id = r.on_id""",
    "hold_step": """
        SELECT r.id, json_extract(p.body, '$.family_name'), json_extract(p.body, '$.given_name'), p.reference,
               'prisoner', p.id
        FROM main.hold_step r JOIN main.hold h ON h.id = r.hold JOIN main.prisoner p ON p.id = h.on_id""",
    "report": """
        SELECT r.id, json_extract(r.body, '$.number'), json_extract(r.body, '$.title'), NULL, 'report', r.id
        FROM main.report r""",
    "report_series": """
        SELECT r.id, json_extract(p.body, '$.number'), json_extract(p.body, '$.title'), NULL, 'report', p.id
        FROM main.report_series r JOIN main.report p ON p.id = r.report""",
    "report_series_end": """
        SELECT r.id, json_extract(p.body, '$.number'), json_extract(p.body, '$.title'), NULL, 'report', p.id
        FROM main.report_series_end r
        JOIN main.report_series s ON s.id = r.series JOIN main.report p ON p.id = s.report""",
    "own_kind": "SELECT r.id, json_extract(r.body, '$.title'), NULL, NULL, NULL, NULL FROM main.own_kind r",
    "own_kind_step": """
        SELECT r.id, json_extract(k.body, '$.title'), NULL, NULL, NULL, NULL
        FROM main.own_kind_step r JOIN main.own_kind k ON k.id = r.own_kind""",
    # Whom it touched is several records of several kinds: `app.services.log_attention` words them.
    "attention": "SELECT r.id, NULL, NULL, NULL, NULL, NULL FROM main.attention r",
    "facility": "SELECT r.id, json_extract(r.body, '$.name'), NULL, NULL, NULL, NULL FROM main.facility r",
    "source": "SELECT r.id, json_extract(r.body, '$.name'), NULL, NULL, NULL, NULL FROM main.source r",
    "quoted_figure": """
        SELECT r.id, json_extract(r.body, '$.said'), NULL, NULL, NULL, NULL FROM main.quoted_figure r""",
    "recipient": "SELECT r.id, json_extract(r.body, '$.name'), NULL, NULL, NULL, NULL FROM main.recipient r",
    "mailing_list": """
        SELECT r.id, json_extract(r.body, '$.name'), NULL, NULL, NULL, NULL FROM main.mailing_list r""",
    "trust": """
        SELECT r.id, json_extract(s.body, '$.name'), NULL, NULL, NULL, NULL
        FROM main.trust r JOIN main.source s ON s.id = r.source""",
    "trust_step": """
        SELECT r.id, json_extract(s.body, '$.name'), NULL, NULL, NULL, NULL
        FROM main.trust_step r JOIN main.trust t ON t.id = r.trust JOIN main.source s ON s.id = t.source""",
    "list_run": """
        SELECT r.id, json_extract(s.body, '$.name'), NULL, NULL, NULL, NULL
        FROM main.list_run r JOIN main.source s ON s.id = r.source""",
}


@attrs.frozen
class _About:
    words: str
    opens: tuple[str, str] | None


def rows(core: Core, query: LogQuery) -> list[LogRow]:
    """See `ports.Reader.log_rows`."""
    chosen = json.dumps(_matching(core, query))
    found = core.connection.rows(
        "SELECT body, signature FROM entry WHERE sequence IN (SELECT value FROM json_each(?))"
        " ORDER BY sequence DESC",
        (chosen,),
    )
    entries = [read_entry(data(row[0]), data(row[1])) for row in found]
    mains = {entry.sequence: _main(entry) for entry in entries}
    names = _names(core, [row for row, _more in mains.values() if row is not None])
    return [_row(entry, *mains[entry.sequence], names) for entry in entries]


def _matching(core: Core, query: LogQuery) -> list[int]:
    """Numbers of the entries that fit, newest first, from what is held of each; none is read for it."""
    since = stored_moment(query.since) if query.since is not None else ""
    until = stored_moment(query.until) if query.until is not None else _LATEST
    acts = frozenset((*query.acts, *((query.act,) if query.act is not None else ())))
    record = _sequences(core, (query.record,)) if query.record is not None else None
    words = [(word, _sequences(core, word.records) | {word.entry}) for word in query.words]
    found: list[int] = []
    for sequence, moment, person, act in reversed(core.log.heads()):
        if len(found) >= query.limit:
            break
        if (
            (query.before is None or sequence < query.before)
            and since <= moment <= until
            and (query.person is None or person == query.person)
            and (not acts or act in acts)
            and (record is None or sequence in record)
            and all(sequence in about or person in word.people or act in word.acts for word, about in words)
        ):
            found.append(sequence)
    return found


def _sequences(core: Core, records: Iterable[str]) -> set[int]:
    """Every entry that speaks of one of these records."""
    return {place.sequence for record in records for place in core.log.places(record)}


def _main(entry: Entry) -> tuple[EntryRow | None, int]:
    """The row an entry is about, and how many others of its kind it names."""
    kinds = {row.kind for row in entry.rows}
    kind = next((each for each in _KINDS if each in kinds), None)
    if kind is None:
        return None, 0
    rows = [row for row in entry.rows if row.kind == kind]
    return rows[0], len(rows) - 1


def _row(entry: Entry, main: EntryRow | None, more: int, names: dict[str, _About]) -> LogRow:
    about = names.get(main.record) if main is not None else None
    # An entry about many people is about none of them in particular.
    several = more >= _MOST_RECORDS
    return LogRow(
        sequence=entry.sequence,
        moment=entry.moment,
        person=entry.person,
        person_name="",
        act=entry.act,
        automatic=entry.automatic,
        about=about.words if about is not None and not several else "",
        records=tuple(row.record for row in entry.rows[:_MOST_RECORDS]),
        noun=main.kind if main is not None else "",
        record=main.record if main is not None and not several else "",
        added=main is not None and main.version == 1 and main.row_hash != GONE,
        more=0 if several else more,
        opens=about.opens if about is not None and not several else None,
    )


def _names(core: Core, mains: list[EntryRow]) -> dict[str, _About]:
    found: dict[str, _About] = {}
    for kind in sorted({row.kind for row in mains}):
        where, values = among("r.id", {row.record for row in mains if row.kind == kind})
        for row in core.connection.rows(f"{_NAMES[kind]} WHERE {where}", values):
            name = ", ".join(part for part in (optional_text(row[1]), optional_text(row[2])) if part)
            noun, record = optional_text(row[4]), optional_text(row[5])
            opens = (noun, record) if noun and record else None
            also = optional_text(row[6]) if len(row) > 6 else None  # the other side of a godparenthood
            words = " · ".join(part for part in (name or optional_text(row[3]), also) if part)
            found[text(row[0])] = _About(words, opens)
    return found
