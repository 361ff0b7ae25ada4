"""The godparents a list names, each once, beside those known. Nobody is joined on a family name alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from app.domain.godparent import Godparent
from app.intake.cells.godparents import GodparentRead, godparent_key
from app.intake.reading import RowRead
from app.intake.staged import Reading
from app.names.compare import SAME_NAME, similarity


@attrs.frozen
class StagedGodparent:
    """One godparent of a list.

    Attributes:
        key: what rows call them.
        values: open fields of a `Godparent`.
        reading: new, unchanged (known already), doubtful (a person says who it is) or left out.
        existing: id of the known one, or of the likeliest.
        candidates: ids of known ones they may be, the likeliest first.
    """

    key: str
    values: Mapping[str, str]
    reading: Reading
    existing: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As the list has it."""
        return " ".join(part for name in ("given_name", "family_name") if (part := self.values.get(name, "")))


def staged_godparents(rows: Iterable[RowRead], known: Sequence[Godparent]) -> tuple[StagedGodparent, ...]:
    """Every godparent of a list once.

    Args:
        rows: of the list.
        known: everybody the case file knows.
    """
    named: dict[str, GodparentRead] = {}
    for row in rows:
        for sponsor in row.sponsors:
            key = sponsor.godparent.key
            named[key] = sponsor.godparent.with_more(named[key].values) if key in named else sponsor.godparent
    return tuple(_staged(one, known) for one in named.values())


def decided(one: StagedGodparent, existing: str | None, *, left_out: bool = False) -> StagedGodparent:
    """A godparent somebody chose for: a known one, None for somebody new, or nobody."""
    if left_out:
        return attrs.evolve(one, reading=Reading.LEFT_OUT, existing=None)
    reading = Reading.NEW if existing is None else Reading.UNCHANGED
    return attrs.evolve(one, reading=reading, existing=existing)


def _staged(one: GodparentRead, known: Sequence[Godparent]) -> StagedGodparent:
    whole = bool(one.values.get("given_name"))
    same = [each for each in known if godparent_key(each.given_name, each.family_name) == one.key]
    chamber = one.values.get("chamber", "")
    as_recorded = [each for each in same if whole or (not each.given_name and each.chamber == chamber)]
    if len(same) == 1 and as_recorded:
        return StagedGodparent(one.key, one.values, Reading.UNCHANGED, same[0].id, (same[0].id,))
    alike = sorted(((_likeness(one, each), each.id) for each in known), key=lambda pair: (-pair[0], pair[1]))
    candidates = tuple(
        dict.fromkeys([*(each.id for each in same), *(key for like, key in alike if like >= SAME_NAME)])
    )
    if candidates:
        return StagedGodparent(one.key, one.values, Reading.DOUBTFUL, candidates[0], candidates)
    return StagedGodparent(one.key, one.values, Reading.NEW)


def _likeness(one: GodparentRead, known: Godparent) -> float:
    """How alike two names are; where one has no given name, the family names alone."""
    given, family = one.values.get("given_name", ""), one.values.get("family_name", "")
    if given and known.given_name:
        return similarity(f"{given} {family}", f"{known.given_name} {known.family_name}")
    return similarity(family, known.family_name)
