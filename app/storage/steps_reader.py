"""Reading what two people decide, record by record: in the order of the log, and by whom it was signed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from app.domain.ports import Record
from app.domain.roles import Role
from app.domain.two_people import Half
from app.storage.core import Core
from app.storage.queries import steps

_T = TypeVar("_T", bound=Record)


class StepsReader:
    """The part of `app.domain.ports.Reader` that is about decisions of two people.

    Args:
        core: of one connection.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def in_order(self, records: Iterable[_T]) -> list[_T]:
        """See `ports.Reader.in_order`."""
        return steps.in_order(self._core, records)

    def not_theirs(self, halves: Iterable[Half]) -> frozenset[str]:
        """See `ports.Reader.not_theirs`."""
        return steps.not_theirs(self._core, halves)

    def roles_at(self, person: str, sequence: int = 0) -> frozenset[Role]:
        """See `ports.Reader.roles_at`."""
        return self._core.taking_part.roles_at(person, sequence or self._core.log.sequence + 1)
