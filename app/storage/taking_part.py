"""What somebody was when an entry was written: the one answer to who may have signed what.

A role given later makes no earlier entry rightful, and a role taken away makes none wrong. Whoever left keeps
their signing key, and what they signed before still counts; the log says in which entry each place on the
list of people was given, changed or ended, and such an entry acts from the next one on.

Source: security.md, *The log is the head* (a revocation pins the last accepted entry of that signer).
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

import attrs

from app.domain.ids import PersonId
from app.domain.ports import Signers
from app.domain.roles import Role
from app.storage.log_book import LogBook

_Places = tuple[tuple[str, frozenset[Role]], ...]
_NO_ROLES: Final[frozenset[Role]] = frozenset()


@attrs.frozen
class _Held:
    """The roles of one person along the log: `roles[n]` after the entry `since[n]`."""

    places: _Places
    since: tuple[int, ...]
    roles: tuple[frozenset[Role], ...]


class TakingPart:
    """Asks the list of people and the log what somebody was, and remembers the answer per person.

    Attributes:
        signers: the list of people.
    """

    def __init__(self, log: LogBook, signers: Signers) -> None:
        self.signers = signers
        self._log: Final = log
        self._held: Final[dict[str, _Held]] = {}

    def roles_at(self, person: str, sequence: int) -> frozenset[Role]:
        """The roles somebody held when this entry was written; none for whoever took no part then."""
        held = self._of(person)
        before = bisect_left(held.since, sequence)
        return held.roles[before - 1] if before else _NO_ROLES

    def key_at(self, person: PersonId, sequence: int) -> bytes | None:
        """The key that signs for somebody in this entry; None for whoever took no part then."""
        return self.signers.signing_key(person) if self.roles_at(person, sequence) else None

    def may_write_at(self, person: str, sequence: int, kind: str) -> bool:
        """Whether the roles somebody held then may write rows of this kind."""
        return self.signers.may_write(self.roles_at(person, sequence), kind)

    def _of(self, person: str) -> _Held:
        places = self.signers.places_of(person)
        known = self._held.get(person)
        if known is None or known.places is not places:  # another list of people
            known = self._held[person] = self._read(places)
        return known

    def _read(self, places: _Places) -> _Held:
        since: list[int] = []
        roles: list[frozenset[Role]] = []
        for grant, held in places:
            named = self._log.places(grant) if grant else ()
            if grant and not named:
                continue  # no entry gave it
            # In the order of the list: what stands in an earlier entry than the one before it came with it.
            since.append(max(named[0].sequence if named else 0, since[-1] if since else 0))
            roles.append(held)
        return _Held(places, tuple(since), tuple(roles))
