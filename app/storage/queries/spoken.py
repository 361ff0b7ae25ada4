"""Every relative with what they said, read as plain values: for reviews and plans over the whole register."""

from __future__ import annotations

from typing import Final, NamedTuple

from app.domain.canonical import Plain
from app.domain.port_values import SpokenFacts
from app.storage.core import Core
from app.storage.records import optional_text, read_body, text

_RELATIVES: Final = "SELECT id, prisoner, body FROM temp.relative WHERE id > ? ORDER BY id LIMIT ?"
_PRISONERS: Final = """
SELECT id, body FROM main.prisoner
WHERE id IN (SELECT prisoner FROM temp.relative WHERE id BETWEEN ? AND ?)
"""
_IN_PERSON: Final = "self"
_TALKS: Final = "SELECT relative, body, id FROM temp.conversation WHERE relative BETWEEN ? AND ? ORDER BY id"


def facts(core: Core, after: str = "", limit: int = -1) -> list[SpokenFacts]:
    """See `ports.Reader.spoken_facts`.

    Bodies are parsed here, each once: three values out of one by SQL cost three times as much.
    """
    rows = list(core.connection.rows(_RELATIVES, (after, limit)))
    if not rows:
        return []
    of_these = rows[0][0], rows[-1][0]
    talks: dict[str, list[dict[str, Plain]]] = {}
    for row in core.connection.rows(_TALKS, of_these):
        talk = read_body(text(row[1]))
        talk["id"] = text(row[2])
        talks.setdefault(text(row[0]), []).append(talk)
    prisoners = {
        text(row[0]): _prisoner(read_body(text(row[1]))) for row in core.connection.rows(_PRISONERS, of_these)
    }
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
                talks=tuple(talks.get(relative, ())),
            )
        )
    return found


class _Prisoner(NamedTuple):
    name: str
    owner: str | None
    born: Plain


def _prisoner(body: dict[str, Plain]) -> _Prisoner:
    owner, family, given = body.get("owner"), body.get("family_name"), body.get("given_name")
    name = ", ".join(str(part) for part in (family, given) if part) or str(body.get("reference") or "")
    return _Prisoner(name, owner if isinstance(owner, str) else None, body.get("born"))
