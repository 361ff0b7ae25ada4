"""Searches a person keeps under a name: filter lines, sealed to that person, outside the log.

Sealed like a draft, because a line can hold a label or whatever somebody typed, and nobody else has to see
whom they look for; outside the log, because no record changes by it and the log is everybody's to read. What
belongs to a relative is refused even so: a sealed line outlives the key of the desk it was found with.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

from app.domain.canonical import Plain
from app.domain.errors import Code, KnownError
from app.domain.ids import new_id
from app.domain.roles import Action
from app.services.context import Context
from app.services.drafts import OWN
from app.services.filter_words import Asker, FilterWords, read_filter
from app.services.relatives import Relatives

LONGEST_NAME: Final = 60
LONGEST_LINE: Final = 200
_MOST: Final = 100
_KEPT: Final = f"{OWN}searches"
_WAY: Final = re.compile(r"\+?\d(?:[\s()./\-]*\d){6,}|@\w{2,}|\S+@\S+\.\S+")
"""A number as it is dialled, a handle, an address: of whomever, a search never has to keep one."""


@attrs.frozen
class SavedSearch:
    """A search with a name.

    Attributes:
        line: as the Prisoners filter reads it.
        words: what it says today; `wrong` of it if somebody left or a word went.
    """

    id: str
    name: str
    line: str = attrs.field(repr=False)
    words: FilterWords = attrs.field(default=FilterWords(), repr=False, eq=False)


@attrs.frozen
class SaveSearch:
    """Keep a line under a name, or give the search `id` another name or line."""

    name: str
    line: str = attrs.field(repr=False)
    id: str = ""


class SavedSearches:
    """Use cases of my saved searches."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def all(self) -> tuple[SavedSearch, ...]:
        """Mine, by name, each with what it says today. Raises KnownError NOT_ALLOWED."""
        self._ctx.require_open_reading()
        asker = asker_of(self._ctx)
        kept = (attrs.evolve(one, words=read_filter(one.line, asker)) for one in self._kept())
        return tuple(sorted(kept, key=lambda one: (one.name.casefold(), one.id)))

    def save(self, command: SaveSearch) -> SavedSearch:
        """Keep a search, or change one.

        Raises:
            KnownError: NOT_ALLOWED; INVALID_FIELD without a name or a line, or with one too long;
                SEARCH_TAKEN; SEARCH_UNCLEAR; SEARCH_OF_RELATIVE; SEARCHES_FULL; NOT_FOUND, it was removed
                meanwhile.
        """
        self._ctx.require_open_reading()
        words = read_filter(command.line.strip(), asker_of(self._ctx))
        if words.wrong or words.closed:
            raise KnownError(Code.SEARCH_UNCLEAR)
        return self._put(command)

    def rename(self, search: str, name: str) -> SavedSearch:
        """Give one another name, also one that means nothing any more. Raises KnownError as `save`."""
        return self._put(SaveSearch(name, self._one(search).line, search))

    def remove(self, search: str) -> SavedSearch:
        """Forget one, and give it for `put_back`. Raises KnownError NOT_ALLOWED, NOT_FOUND."""
        found = self._one(search)
        self._keep([one for one in self._kept() if one.id != search])
        return found

    def put_back(self, removed: SavedSearch) -> None:
        """Undo `remove`. Raises KnownError NOT_ALLOWED."""
        self._ctx.require_open_reading()
        self._keep([*(one for one in self._kept() if one.id != removed.id), removed])

    # parts

    def _one(self, search: str) -> SavedSearch:
        self._ctx.require_open_reading()
        found = next((one for one in self._kept() if one.id == search), None)
        if found is None:
            raise KnownError(Code.NOT_FOUND, search)
        return found

    def _put(self, command: SaveSearch) -> SavedSearch:
        name, line = " ".join(command.name.split()), command.line.strip()
        for field, text, longest in (("name", name, LONGEST_NAME), ("line", line, LONGEST_LINE)):
            if not text or len(text) > longest:
                raise KnownError(Code.INVALID_FIELD, field, field=field)
        kept = self._kept()
        others = [one for one in kept if one.id != command.id]
        if command.id and len(others) == len(kept):
            raise KnownError(Code.NOT_FOUND, command.id)
        if any(one.name.casefold() == name.casefold() for one in others):
            raise KnownError(Code.SEARCH_TAKEN)
        if len(others) >= _MOST:
            raise KnownError(Code.SEARCHES_FULL)
        words = read_filter(line, asker_of(self._ctx))
        self._refuse_relatives(name, line, words.text)
        saved = SavedSearch(command.id or new_id(), name, line, words)
        self._keep([*others, saved])
        return saved

    def _refuse_relatives(self, *texts: str) -> None:
        for text in texts:
            if _WAY.search(text):
                raise KnownError(Code.SEARCH_OF_RELATIVE)
        if not self._ctx.keys.desks or not self._ctx.may(Action.SEARCH_NAMES).allowed:
            return  # whoever never had the key knows no name of a relative from here
        relatives = Relatives(self._ctx)
        if any(relatives.find_exact(text.replace('"', "")) for text in dict.fromkeys(texts)):
            raise KnownError(Code.SEARCH_OF_RELATIVE)

    def _kept(self) -> list[SavedSearch]:
        draft = next((one for one in self._ctx.store.drafts() if one.key == _KEPT), None)
        listed = draft.values.get("searches") if draft is not None else None
        found = (_read(one) for one in (listed if isinstance(listed, list) else []))
        return [one for one in found if one is not None]

    def _keep(self, searches: list[SavedSearch]) -> None:
        plain: list[Plain] = [{"id": one.id, "name": one.name, "line": one.line} for one in searches]
        self._ctx.store.save_draft(_KEPT, {"searches": plain})


def asker_of(ctx: Context) -> Asker:
    """Who filters: me, today, with my keys."""
    owners = {one.id: one.name for one in ctx.person_rows()}
    return Asker(owners, ctx.today(), ctx.me, bool(ctx.keys.desks))


def _read(plain: Plain) -> SavedSearch | None:
    if not isinstance(plain, dict):
        return None
    values = [plain.get(name) for name in ("id", "name", "line")]
    if not all(isinstance(value, str) and value for value in values):
        return None
    search, name, line = map(str, values)
    return SavedSearch(search, name, line)
