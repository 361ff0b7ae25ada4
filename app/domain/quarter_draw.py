"""The draw of unchanged relatives: whoever has the file and a desk's key draws the same. Pure.

Each relative has a place that comes out of the seed and their id, and the first places are drawn. So nobody
is moved into the draw or out of it by adding or hiding others. The seed is the hash of the newest entry
somebody else signed before the review began: the officer can neither choose nor foresee it, and in a case
file of one person, where it is the newest entry of all, that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from app.domain.canonical import Plain, canonical_bytes
from app.domain.field_values import to_plain
from app.domain.quarter import QuarterItem

Hash = Callable[[str, bytes], bytes]
"""A tagged hash: the thing and its bytes (`app.crypto.hashing.tagged_hash`)."""
_PLACE, _LIST = "quarter-draw", "quarter-list"


def draw(seed: str, unchanged: Iterable[str], size: int, hashed: Hash) -> tuple[str, ...]:
    """The first `size` of these ids by their place.

    Args:
        seed: hexadecimal.
        unchanged: ids, in any order.
        size: how many, as far as there are so many.
        hashed: see `Hash`.
    """
    salt = bytes.fromhex(seed)
    placed = sorted((hashed(_PLACE, salt + bytes.fromhex(one)), one) for one in set(unchanged))
    return tuple(one for _place, one in placed[:size])


def same_draw(seed: str, drawn: Collection[str], unchanged: Collection[str], hashed: Hash) -> bool:
    """Whether these are the ones a draw gives; drawn ones that are gone since were there then."""
    return set(draw(seed, {*unchanged, *drawn}, len(drawn), hashed)) == set(drawn)


def digest_of_items(items: Iterable[QuarterItem], hashed: Hash) -> str:
    """What the beginning of a review remembers of its list, hexadecimal."""
    plain: list[Plain] = [to_plain(item) for item in sorted(items, key=lambda one: one.key)]
    return hashed(_LIST, canonical_bytes(plain)).hex()
