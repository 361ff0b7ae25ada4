"""What services ask of the store to say who could open something, and who did."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

import attrs


@attrs.frozen(slots=True)
class OwnedBy:
    """A closed record and the relative it is about."""

    noun: str
    relative: str


@attrs.frozen(slots=True)
class OpenableHead:
    """What a list of relatives somebody could open says of one of them.

    Attributes:
        added: number of the entry that recorded them; 0 where the log does not say.
        under: desk and number of the desk's key their record lies under.
    """

    id: str
    prisoner: str
    prisoner_name: str
    relation: str
    whereabouts: str
    added: int
    under: tuple[str, int]


@attrs.frozen
class Unreadable:
    """Closed records nobody here can attribute to anybody.

    Attributes:
        gone: records the log names that are not there any more.
        elsewhere: how many lie under a desk's key this person does not hold.
        damaged: how many do not open.
    """

    gone: frozenset[str]
    elsewhere: int
    damaged: int


class ExposureReading(Protocol):
    """The part of `ports.Reader` that is about who could open what."""

    def entries_between(self, first: datetime, last: datetime) -> tuple[int, int]:
        """The first and the last entry that may lie in a time, where no clock can be trusted alone.

        From the first entry that names a moment in it or later, to the last that names one in it or earlier;
        (1, 0) for none. An entry of a clock that jumped lies between, whatever moment it names.
        """

    def closed_of(self, relative: str | None = None) -> Mapping[str, OwnedBy]:
        """Closed records by id, with whom they are about: of one relative, or of all."""

    def openable(self) -> list[OpenableHead]:
        """Every relative of the register, by the prisoner's name."""

    def lies_under(self, records: Collection[str]) -> frozenset[tuple[str, int]]:
        """Desks and numbers of their keys under which these records lie, or earlier versions of them lay."""

    def unreadable(self) -> Unreadable:
        """What the log names and this person cannot read."""

    def chain_breaks_at(self) -> int:
        """The first entry that does not follow the one before it; 0: every one does."""
