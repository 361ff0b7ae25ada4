"""What was found last, as long as nothing it stands on can have changed; else it is found anew, in slices.

A kept finding must never hide a new one, so nobody tells this what changed: it looks. Whatever a rule reads
is in the log (its newest entry names everything before it), or is the day, the keys at hand, the time zone.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import Final

from app.domain.case_findings import Found
from app.domain.ports import Reader, UnitOfWork
from app.services.context import Context
from app.services.finding_reading import Gathering

_TRIES: Final = 3

_State = tuple[object, ...]


class KeptFindings:
    """Findings of one session."""

    def __init__(self) -> None:
        self._state: _State | None = None
        self._gathered: tuple[Found, ...] | None = None

    def in_slices(self, ctx: Context) -> Generator[None, None, tuple[Found, ...]]:
        """Everything the rules find today, with other work between the slices.

        Whoever writes in between starts this anew; where somebody always does, the last try is in one piece.
        """
        for _try in range(_TRIES):
            with ctx.reading() as reader:
                state = _state(ctx, reader)
                if self._gathered is not None and self._state == state:
                    return self._gathered
                gathering = Gathering(ctx, reader)
            while not gathering.done:
                yield
                with ctx.reading() as reader:
                    if _state(ctx, reader) != state:
                        break
                    gathering.part(reader)
                    if gathering.done:
                        return self._keep(state, gathering.whole(reader))
        with ctx.reading() as reader:
            return self.at_once(ctx, reader)

    def at_once(self, ctx: Context, reader: Reader) -> tuple[Found, ...]:
        """The same in one piece, in the reader's transaction."""
        state = _state(ctx, reader)
        if self._gathered is not None and self._state == state:
            return self._gathered
        return self._keep(state, found_whole(ctx, reader))

    def before_changes(self, ctx: Context, work: UnitOfWork) -> tuple[Found, ...]:
        """The same in a transaction that will write; what it changed so far stands in no entry: not kept."""
        return found_whole(ctx, work) if work.has_changes else self.at_once(ctx, work)

    def _keep(self, state: _State, gathered: tuple[Found, ...]) -> tuple[Found, ...]:
        self._state, self._gathered = state, gathered
        return gathered


def found_whole(ctx: Context, reader: Reader, on: date | None = None) -> tuple[Found, ...]:
    """Everything the rules find on a day (None: today), in one piece, and not kept."""
    gathering = Gathering(ctx, reader, on)
    while not gathering.done:
        gathering.part(reader)
    return gathering.whole(reader)


def _state(ctx: Context, reader: Reader) -> _State:
    """Changes with everything a rule reads."""
    keys = frozenset((key.desk, key.epoch) for key in ctx.keys.desks)
    return *reader.head(), ctx.today(), ctx.time_zone, keys, reader.has_desk_key
