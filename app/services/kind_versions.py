"""The versions of a case file's own kinds of report, in one transaction, with what became of each."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import attrs

from app.domain.errors import KnownError
from app.domain.own_kind import KindVersion, OwnKind, OwnKindStep, versions_after
from app.domain.ports import Reader
from app.domain.roles import Action, pair_allowed
from app.domain.two_people import CONFIRMED
from app.services.written_once import roles_when_writing, written_once_by


class Standing(StrEnum):
    """What became of a version."""

    WAITS = "waits"
    IN_USE = "in_use"
    BEFORE = "before"
    ENDED = "ended"


@attrs.frozen
class KindRow:
    """One version of an own kind.

    Attributes:
        proposed_by, agreed_by, ended_by: names.
        may_agree: I may be the second person.
    """

    id: str
    name: str
    version: int
    title: str
    text: str
    standing: Standing
    proposed_by: str
    proposed_at: datetime | None
    agreed_by: str = ""
    ended_by: str = ""
    may_agree: bool = False


def versions_in(reader: Reader) -> list[KindVersion]:
    """Every version with what became of it; what nobody signed as it says confirms nothing."""
    kinds, steps = reader.in_order(reader.find(OwnKind)), reader.in_order(reader.find(OwnKindStep))
    by_id = {str(one.id): one for one in kinds}
    doubtful = {one.id for one in kinds if not written_once_by(reader, one.id, one.proposed_by)}
    doubtful |= {one.id for one in steps if not written_once_by(reader, one.id, one.by)}
    for step in steps:
        kind = by_id.get(step.own_kind or "")
        if step.step == CONFIRMED and kind is not None:
            pair = (
                roles_when_writing(reader, kind.id, kind.proposed_by),
                roles_when_writing(reader, step.id, step.by),
            )
            if not pair_allowed(*pair, Action.CHANGE_REPORT_KIND) or not _fits(reader, kind, step):
                doubtful.add(step.id)
    return versions_after(kinds, steps, doubtful)


def _fits(reader: Reader, kind: OwnKind, step: OwnKindStep) -> bool:
    try:
        reader.check_rows(OwnKind, [kind.id])
        reader.check_rows(OwnKindStep, [step.id])
    except KnownError:
        return False
    return True
