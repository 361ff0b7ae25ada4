"""Reading who could open what: whose every closed record is, and under which desk's key it lies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from app.domain.exposure_port import OpenableHead, OwnedBy, Unreadable
from app.storage.core import Core
from app.storage.queries import exposed


class ExposureReader:
    """The part of `app.domain.ports.Reader` that is about who could open what.

    Args:
        core: of one connection.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def entries_between(self, first: datetime, last: datetime) -> tuple[int, int]:
        """See `ports.Reader.entries_between`."""
        return exposed.entries_between(self._core, first, last)

    def closed_of(self, relative: str | None = None) -> Mapping[str, OwnedBy]:
        """See `ports.Reader.closed_of`."""
        return exposed.closed_of(self._core, relative) if self._opened() else {}

    def openable(self) -> list[OpenableHead]:
        """See `ports.Reader.openable`."""
        return exposed.openable(self._core) if self._opened() else []

    def lies_under(self, records: Collection[str]) -> frozenset[tuple[str, int]]:
        """See `ports.Reader.lies_under`."""
        return exposed.lies_under(self._core, records)

    def unreadable(self) -> Unreadable:
        """See `ports.Reader.unreadable`."""
        self._opened()
        return exposed.unreadable(self._core)

    def chain_breaks_at(self) -> int:
        """See `ports.Reader.chain_breaks_at`."""
        return self._core.log.broken

    def _opened(self) -> bool:
        if self._core.registers.has_key:
            self._core.complete_registers()
        return self._core.registers.has_key
