"""Every relative with what they said, read as plain values: for reviews and plans over the whole register."""

from __future__ import annotations

from typing import Final, NamedTuple

from app.domain.canonical import Plain
from app.domain.port_values import SpokenFacts
from app.storage.core import Core
from app.storage.records import optional_text, read_body, text

_RELATIVES: Final = "SELECT id, prisoner, body FROM temp.relative ORDER BY id"
_PRISONERS: Final = """
SELECT id, reference, owner, body FROM main.prisoner WHERE id IN (SELECT prisoner FROM temp.relative)
"""
_IN_PERSON: Final = "self"
_TALKS: Final = "SELECT relative, body, id FROM temp.conversation ORDER BY id"


def facts(core: Core) -> list[SpokenFacts]:
    """See `ports.Reader.spoken_facts`.

    Bodies are parsed here, each once: three values out of one by SQL cost three times as much.
    """
    talks: dict[str, list[dict[str, Plain]]] = {}
    for row in core.connection.rows(_TALKS):
        talk = read_body(text(row[1]))
        talk["id"] = text(row[2])
        talks.setdefault(optional_text(row[0]) or "", []).append(talk)
    prisoners = {
        text(row[0]): _Prisoner(optional_text(row[1]) or "", optional_text(row[2]), read_body(text(row[3])))
        for row in core.connection.rows(_PRISONERS)
    }
    nobody = _Prisoner("", None, {})
    found: list[SpokenFacts] = []
    for row in core.connection.rows(_RELATIVES):
        relative, prisoner, body = text(row[0]), optional_text(row[1]) or "", read_body(text(row[2]))
        whose, relation = prisoners.get(prisoner, nobody), str(body.get("relation") or "")
        born = whose.body.get("born") if relation == _IN_PERSON else body.get("born")
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
    reference: str
    owner: str | None
    body: dict[str, Plain]

    @property
    def name(self) -> str:
        parts = (self.body.get("family_name"), self.body.get("given_name"))
        return ", ".join(str(part) for part in parts if part) or self.reference
