"""What services ask of the store about decisions of two people, each half a record of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from app.domain.roles import Role
from app.domain.two_people import Half


class StepsReading(Protocol):
    """The part of `ports.Reader` that is about who signed which half."""

    def not_theirs(self, halves: Iterable[Half]) -> frozenset[str]:
        """Ids of halves of decisions that name somebody who did not sign them, once, here or in a slip."""

    def roles_at(self, person: str, sequence: int = 0) -> frozenset[Role]:
        """The roles somebody held when this entry was written (0: now); none for who took no part then."""
