"""What was typed and not saved: sealed to the person who typed it, outside the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from app.casefile.grants import GrantKind
from app.casefile.roster import DESK_ROLES
from app.domain.canonical import Plain
from app.domain.errors import BugError, KnownError
from app.domain.port_values import Draft
from app.services.context import Context

OWN: Final = "poruch/"
"""Keys that begin so belong to the program (what may be undone), not to a form."""

_SHOWN: Final = OWN + "shown"


class Drafts:
    """Use cases of drafts; any role may keep what it typed."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def save(self, key: str, values: Mapping[str, Plain]) -> None:
        """Keep a draft under a key of the form's own; an earlier one of that key is replaced."""
        if not key or key.startswith(OWN):
            raise BugError("a draft needs a key of its own")
        self._ctx.store.save_draft(key, {name: _whole(value) for name, value in values.items()})

    def keep(self, changed: Mapping[str, Mapping[str, Plain]], gone: Sequence[str]) -> None:
        """What a window has now: drafts that changed, and places where nothing is typed any more.

        Each stands for itself: one that cannot be kept does not keep the others from it.

        Raises:
            KnownError: the first that could not be kept.
        """
        failures: list[KnownError] = []
        for key, values in changed.items():
            try:
                self.save(key, values)
            except KnownError as error:
                failures.append(error)
        for key in gone:
            self.drop(key)
        if failures:
            raise failures[0]

    def all(self) -> tuple[Draft, ...]:
        """My drafts, oldest first."""
        lost_at = self._key_lost_at()
        return tuple(
            draft
            for draft in self._ctx.store.drafts()
            if not draft.key.startswith(OWN) and (lost_at is None or draft.saved_at > lost_at)
        )

    def _key_lost_at(self) -> datetime | None:
        """When the key of a desk was taken from me: what I typed before may be about a family.

        What lay in the case file went with the key; this is for what lay beside it, or came back with a copy.
        """
        lost, held = None, False
        for one in self._ctx.keys.roster.grants:
            if one.recipient == self._ctx.me and one.kind is GrantKind.PERSON:
                lost = one.moment if held and not one.roles & DESK_ROLES else lost
                held = bool(one.roles & DESK_ROLES)
        return None if held else lost

    def note_shown(self, records: Mapping[str, str]) -> None:
        """Who was shown on which page; sealed like what is typed, for the same person after a lock."""
        self._ctx.store.save_draft(_SHOWN, {page: record for page, record in records.items() if record})

    def shown(self) -> Mapping[str, str]:
        """Who was shown on which page when this person locked or left."""
        found = next((draft for draft in self._ctx.store.drafts() if draft.key == _SHOWN), None)
        return {page: str(record) for page, record in found.values.items()} if found is not None else {}

    def drop(self, key: str) -> None:
        """Forget a draft, whether or not it is there."""
        self._ctx.store.drop_draft(key)


def _whole(value: Plain) -> Plain:
    """Half a surrogate pair, as broken keyboard drivers type it, must not cost the rest."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {name: _whole(each) for name, each in value.items()}
    if isinstance(value, Sequence):
        return [_whole(each) for each in value]
    return value
