"""Written once, by whom it names: the rule for every half of what two people decide, said in one place.

A row can name anybody; the signed entry of its only version cannot. `vouched` asks it of all before anything
leaves the house, `widening` before a change is made, and the store itself (`Reader.not_theirs`) before a
screen follows a step.
"""

from __future__ import annotations

from app.domain.port_values import Written
from app.domain.ports import Reader
from app.domain.roles import Role


def written_once_by(reader: Reader, record: str, person: str | None) -> bool:
    """Whether a record has one version and this person signed its entry; no for one without an entry."""
    return reader.written(record) == [Written(1, person or "")]


def roles_when_writing(reader: Reader, record: str, person: str | None) -> frozenset[Role]:
    """The roles this person held at the entry that wrote a record first; those of now where there is none.

    Every pair is judged by these: what somebody was given later makes nothing earlier rightful, and what was
    taken from them makes nothing earlier wrong.
    """
    written = reader.written(record)
    return reader.roles_at(person or "", written[0].sequence if written else 0)
