"""What was typed and not saved: sealed to the person who typed it, outside the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.canonical import Plain
from app.domain.errors import BugError
from app.domain.port_values import Draft
from app.services.context import Context

OWN: Final = "poruch/"
"""Keys that begin so belong to the program (what may be undone), not to a form."""


class Drafts:
    """Use cases of drafts; any role may keep what it typed."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def save(self, key: str, values: Mapping[str, Plain]) -> None:
        """Keep a draft under a key of the form's own; an earlier one of that key is replaced."""
        if not key or key.startswith(OWN):
            raise BugError("a draft needs a key of its own")
        self._ctx.store.save_draft(key, values)

    def all(self) -> tuple[Draft, ...]:
        """My drafts, oldest first."""
        return tuple(draft for draft in self._ctx.store.drafts() if not draft.key.startswith(OWN))

    def drop(self, key: str) -> None:
        """Forget a draft, whether or not it is there."""
        self._ctx.store.drop_draft(key)
