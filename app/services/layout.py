"""How this person arranged the window: columns, widths, saved searches. Outside the log."""

from __future__ import annotations

from typing import Final

from app.domain.errors import BugError
from app.services.context import Context

OWN: Final = "poruch/"
_LONGEST: Final = 100_000


class Layout:
    """Small texts by key, per person."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def get(self, key: str) -> str | None:
        """What was put under this key, None for nothing."""
        return self._ctx.store.get_local(_own_key(key))

    def put(self, key: str, value: str | None) -> None:
        """Keep a text, or forget it with None. Never anything about a person: it is not sealed."""
        if value is not None and len(value) > _LONGEST:
            raise BugError("a layout is small")
        self._ctx.store.set_local(_own_key(key), value)


def _own_key(key: str) -> str:
    if not key or key.startswith(OWN):
        raise BugError("a layout needs a key of its own")
    return key
