"""Written once, by whom it names: the rule for every half of what two people decide, said in one place.

A row can name anybody; the signed entry of its only version cannot. `vouched` asks it of all before anything
leaves the house, `widening` before a change is made, and the store itself (`Reader.not_theirs`) before a
screen follows a step.
"""

from __future__ import annotations

from app.domain.port_values import Written
from app.domain.ports import Reader


def written_once_by(reader: Reader, record: str, person: str | None) -> bool:
    """Whether a record has one version and this person signed its entry; no for one without an entry."""
    return reader.written(record) == [Written(1, person or "")]
