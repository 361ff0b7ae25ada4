"""Which prisoners the table shows: whose, in what state, found by what words."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from app.domain.errors import Code, KnownError
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.rows import Light, PrisonerRow


@attrs.frozen
class PrisonerFilter:
    """Which prisoners to show; empty values filter nothing.

    Attributes:
        mine: only those I own.
        statuses: words of the vocabulary `status`.
        text: found by search or part of name, reference or place.
        godparent: with (True) or without (False) an accepted or active one.
        label: one of a prisoner's own labels (needs the desk's key).
    """

    mine: bool = False
    statuses: tuple[str, ...] = ()
    text: str = ""
    godparent: bool | None = None
    name_in_public: Light | None = None
    label: str = ""

    @property
    def asks_open_fields(self) -> bool:
        """Whether it can be answered before the registers are open."""
        return self.name_in_public is None and not self.label


def kept_by(reader: Reader, wanted: PrisonerFilter, rows: Iterable[PrisonerRow]) -> list[PrisonerRow]:
    """The rows a filter leaves. Raises KnownError NEEDS_DESK_KEY for labels without the key."""
    found = _found(reader, wanted.text)
    labelled = _labelled(reader, wanted.label)
    return [row for row in rows if _wanted(row, wanted, found, labelled)]


def _found(reader: Reader, text: str) -> frozenset[str] | None:
    if not text.strip():
        return None
    return frozenset(hit.id for hit in reader.search(text, limit=5_000) if hit.noun == "prisoner")


def _labelled(reader: Reader, label: str) -> frozenset[str] | None:
    if not label:
        return None
    if "labels" in reader.closed_fields(Prisoner):
        raise KnownError(Code.NEEDS_DESK_KEY, "labels")
    return frozenset(one.id for one in reader.find(Prisoner) if label in one.labels)


def _wanted(
    row: PrisonerRow,
    wanted: PrisonerFilter,
    found: frozenset[str] | None,
    labelled: frozenset[str] | None,
) -> bool:
    if wanted.mine and not row.mine:
        return False
    if wanted.statuses and row.status not in wanted.statuses:
        return False
    if wanted.godparent is not None and (row.godparents > 0) is not wanted.godparent:
        return False
    if wanted.name_in_public is not None and row.name_in_public is not wanted.name_in_public:
        return False
    if labelled is not None and row.id not in labelled:
        return False
    return found is None or row.id in found or _contains(row, wanted.text)


def _contains(row: PrisonerRow, text: str) -> bool:
    words = text.casefold().split()
    line = f"{row.name} {row.reference} {row.facility}".casefold()
    return all(word in line for word in words)
