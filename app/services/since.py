"""Who is new, gone or told otherwise between two reports of one kind: said here for everybody who asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.report import Report
from app.reports.kind_file import kind_of
from app.services.same_person import roots


@attrs.frozen
class Since:
    """What is other than in the report it was made from: names of people, and how many are as they were.

    Attributes:
        number: of the earlier report.
        changed: who is told something else of; None where the two cannot be compared (language, kind).
        figures: how many figures a report that counts tells differently; None for one about people.
    """

    number: str
    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...] | None
    same: int
    figures: int | None = None


@attrs.frozen
class Moves:
    """The same by id: records that hold these people now.

    Attributes:
        changed: None where what is told of them cannot be compared.
    """

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...] | None
    same: int


def moves_of(
    reader: Reader, before: Report, now: Report, carried: Sequence[str], marks: Sequence[str]
) -> Moves:
    """Who moved between two reports.

    Args:
        now: kind and language of the later one.
        carried, marks: whom it names and what it says of each.
    """
    then, today = marks_of(reader, before.carried, before.marks), marks_of(reader, carried, marks)
    alike = (before.language, before.report_kind, before.kind_version) == (
        now.language,
        now.report_kind,
        now.kind_version,
    )
    stayed = [one for one in today if one in then]
    changed = tuple(one for one in stayed if then[one] != today[one]) if alike else None
    return Moves(
        tuple(one for one in today if one not in then),
        tuple(one for one in then if one not in today),
        changed,
        len(stayed) - len(changed or ()),
    )


def marks_of(reader: Reader, carried: Sequence[str], marks: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What a report says of each, by the record that holds them now; several after a merge."""
    found: dict[str, tuple[str, ...]] = {}
    root = roots(reader, carried)
    for place, one in enumerate(carried):
        found[root[one]] = (*found.get(root[one], ()), *marks[place : place + 1])
    return found


def since_of(
    reader: Reader, again_of: str | None, now: Report, carried: Sequence[str], marks: Sequence[str]
) -> Since | None:
    """Who is new, gone or told otherwise since the report this one is made from.

    Args:
        now: kind and language of the new one.
        carried, marks: whom it names and what it says of each.
    """
    before = reader.get_many(Report, [again_of]).get(again_of) if again_of else None
    if before is None:
        return None
    if kind_of(now.report_kind, now.kind_version).counts_only:
        return _since_counted(before, now)
    return said(reader, before, moves_of(reader, before, now, carried, marks))


def said(reader: Reader, before: Report, moves: Moves) -> Since:
    """The same with names, for a page."""
    people = reader.get_many(Prisoner, {*moves.new, *moves.gone, *(moves.changed or ())})

    def names(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(display_name(people[one]) for one in ids if one in people))

    changed = names(moves.changed) if moves.changed is not None else None
    return Since(before.number, names(moves.new), names(moves.gone), changed, moves.same)


def _since_counted(before: Report, now: Report) -> Since | None:
    """How many figures are told differently; None for a kind that keeps none of them."""
    if not now.told:
        return None
    then = {(one.measure, one.on): one.value for one in before.told}
    other = sum(then.get((one.measure, one.on), one.value) != one.value for one in now.told)
    return Since(before.number, (), (), (), 0, figures=other)
