"""What lets nothing leave the house at all: a stop on the case file, or a copy that is not the newest."""

from __future__ import annotations

import attrs

from app.domain.stop_row import StopRow
from app.services.session import Session


@attrs.frozen
class Standstill:
    """Why nothing leaves; false where something may.

    Attributes:
        doubted: a proof line says that this is not the newest copy, or a backup was put back.
        stops: those on the whole case file, newest first.
    """

    doubted: bool = False
    stops: tuple[StopRow, ...] = ()

    def __bool__(self) -> bool:
        return self.doubted or bool(self.stops)


def read_standstill(session: Session) -> Standstill:
    """On the worker. Raises KnownError NOT_ALLOWED."""
    return Standstill(bool(session.doubts.standing()), session.consent.stops("case_file"))
