"""Every relative with what they said, read as plain values: for what looks at everybody."""

from __future__ import annotations

from operator import itemgetter
from typing import Final, NamedTuple

from app.domain.canonical import Plain
from app.domain.port_values import SpokenFacts, SpokenTalks
from app.storage.connection import Value
from app.storage.core import Core
from app.storage.records import optional_text, read_body, text

_RELATIVES: Final = "SELECT id, prisoner, body FROM temp.relative ORDER BY id"
_PRISONERS: Final = "SELECT id, body FROM main.prisoner WHERE id IN (SELECT prisoner FROM temp.relative)"
_IN_PERSON: Final = "self"
_TALKS: Final = "SELECT relative, body, id FROM temp.conversation WHERE relative BETWEEN ? AND ?"
_WHO: Final = "SELECT id, prisoner FROM temp.relative WHERE id > ? ORDER BY id LIMIT ?"


def talks(core: Core, after: str, limit: int) -> list[SpokenTalks]:
    """See `ports.Reader.spoken_talks`."""
    rows = list(core.connection.rows(_WHO, (after, limit)))
    said = _talks(core, rows[0][0], rows[-1][0]) if rows else {}
    return [
        SpokenTalks(relative := text(row[0]), optional_text(row[1]) or "", tuple(said.get(relative, ())))
        for row in rows
    ]


def facts(core: Core) -> list[SpokenFacts]:
    """See `ports.Reader.spoken_facts`.

    Bodies are parsed here, each once: three values out of one by SQL cost three times as much.
    """
    rows = list(core.connection.rows(_RELATIVES))
    if not rows:
        return []
    said = _talks(core, rows[0][0], rows[-1][0])
    prisoners = {text(row[0]): _prisoner(read_body(text(row[1]))) for row in core.connection.rows(_PRISONERS)}
    nobody = _Prisoner("", None, None)
    found: list[SpokenFacts] = []
    for row in rows:
        relative, prisoner, body = text(row[0]), optional_text(row[1]) or "", read_body(text(row[2]))
        whose, relation = prisoners.get(prisoner, nobody), str(body.get("relation") or "")
        born = whose.born if relation == _IN_PERSON else body.get("born")
        found.append(
            SpokenFacts(
                relative=relative,
                prisoner=prisoner,
                prisoner_name=whose.name,
                owner=whose.owner,
                relation=relation,
                asking=str(body.get("asking") or ""),
                born=str(born or ""),
                talks=tuple(said.get(relative, ())),
            )
        )
    return found


def _talks(core: Core, first: Value, last: Value) -> dict[str, list[dict[str, Plain]]]:
    """By relative, in order of id: sorted here, because SQL would carry whole bodies through its sorter."""
    found: dict[str, list[dict[str, Plain]]] = {}
    for row in sorted(core.connection.rows(_TALKS, (first, last)), key=_by_id):
        talk = read_body(text(row[1]))
        talk["id"] = text(row[2])
        found.setdefault(text(row[0]), []).append(talk)
    return found


_by_id = itemgetter(2)


class _Prisoner(NamedTuple):
    name: str
    owner: str | None
    born: Plain


def _prisoner(body: dict[str, Plain]) -> _Prisoner:
    owner, family, given = body.get("owner"), body.get("family_name"), body.get("given_name")
    name = ", ".join(str(part) for part in (family, given) if part) or str(body.get("reference") or "")
    return _Prisoner(name, owner if isinstance(owner, str) else None, body.get("born"))
