"""What a source states: a claim a person, found again by its number or, without one, by the person.

A number that stands twice in a list tells nobody apart: only the first row keeps it. Pure; `intake` writes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import attrs

from app.domain.source import Claim


class StatedBefore:
    """The claims of one source as they are in the case file.

    Args:
        claims: all of them.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._all = tuple(claims)
        self._by_key = {claim.key: claim for claim in self._all if claim.key}
        self._by_person = {claim.prisoner: claim for claim in self._all if not claim.key}

    def of(self, claim: Claim) -> Claim | None:
        """The claim a new one takes the place of."""
        return self._by_key.get(claim.key) if claim.key else self._by_person.get(claim.prisoner)

    def dropped(self, gone: Collection[str], here: Collection[str]) -> list[Claim]:
        """Claims that no longer stand in the source.

        Args:
            gone: people whose numbers are not in the list.
            here: people the list speaks of; who stood in it without a number and is not among them is gone.
        """
        return [
            attrs.evolve(claim, listed=False)
            for claim in self._all
            if claim.listed
            and (claim.prisoner in gone or (not claim.key and claim.prisoner not in here))
            and claim.prisoner not in here
        ]


class StatedNow:
    """The claims of one list that is brought in.

    Args:
        before: what the source stated until now.

    Attributes:
        lost: people whose number is somebody else's now.
    """

    def __init__(self, before: StatedBefore) -> None:
        self._before = before
        self._slots: dict[str, Claim] = {}
        self._first: dict[str, str] = {}
        self._keys: set[str] = set()
        self.lost: list[str] = []

    def add(self, claim: Claim) -> None:
        """One row; a second row of one person adds to what the first one states."""
        person = claim.prisoner or ""
        if claim.key in self._keys:
            claim = attrs.evolve(claim, key="")
        self._keys.add(claim.key)
        old = self._before.of(claim)
        slot = old.id if old is not None else self._first.get(person, person)
        self._first.setdefault(person, slot)
        if slot in self._slots:
            self._slots[slot] = _together(self._slots[slot], claim)
            return
        if old is not None and old.prisoner and old.prisoner != person:
            self.lost.append(old.prisoner)
        self._slots[slot] = claim

    @property
    def made(self) -> list[Claim]:
        """Claims the source did not have."""
        return [claim for claim in self._slots.values() if self._before.of(claim) is None]

    @property
    def changed(self) -> list[Claim]:
        """Claims that say something else now, under the id they had."""
        kept = ((claim, self._before.of(claim)) for claim in self._slots.values())
        renewed = (
            (attrs.evolve(claim, id=old.id, version=old.version), old)
            for claim, old in kept
            if old is not None
        )
        return [claim for claim, old in renewed if claim != old]


def _together(first: Claim, second: Claim) -> Claim:
    """Two rows about one person: the later values, and recognised only where both say so."""
    values = {value.field: value for value in (*first.values, *second.values)}
    return attrs.evolve(
        first,
        recognised=first.recognised and second.recognised,
        values=tuple(values[name] for name in sorted(values)),
    )
