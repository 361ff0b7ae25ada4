"""One person under several ids: where records were merged, every earlier id leads to the one that is kept."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.errors import Code, KnownError
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.signposts import Signposts, is_signpost


def rooted(reader: Reader, prisoners: Iterable[str]) -> list[str]:
    """The records that hold these people now, in this order, each once; unknown ids stay as they are."""
    return list(dict.fromkeys(roots(reader, prisoners).values()))


def roots(reader: Reader, prisoners: Iterable[str]) -> dict[str, str]:
    """For each id the record that holds this person now, in this order; an unknown one is its own."""
    wanted = list(dict.fromkeys(prisoners))
    found: dict[str, Prisoner] = {}
    unknown = set(wanted)
    while unknown:
        more = {str(key): one for key, one in reader.get_many(Prisoner, unknown).items()}
        found |= more
        unknown = {one.merged_into for one in more.values() if one.merged_into is not None} - set(found)
    signposts = Signposts.of(found.values())
    return {one: signposts.root(one) for one in wanted}


def root_of(reader: Reader, prisoner: str) -> str:
    """The record that holds this person now."""
    return rooted(reader, [prisoner])[0]


def every_id(reader: Reader, prisoner: str) -> frozenset[str]:
    """Every id this person ever had."""
    root = root_of(reader, prisoner)
    return frozenset({root, *(one.id for one in reader.merged_with([root]))})


def standing(reader: Reader, prisoner: str) -> Prisoner:
    """A prisoner somebody is about to write to.

    Raises:
        KnownError: NOT_FOUND; MERGED_AWAY with the id of the record that holds the person now.
    """
    found = reader.get(Prisoner, prisoner)
    if is_signpost(found):
        raise KnownError(Code.MERGED_AWAY, root_of(reader, prisoner))
    return found
