"""Words of one list of 7,776 that stand for something too long to compare by voice or on paper.

Eight for somebody's public keys: a key that came in a file says nothing about whose it is; a voice one knows
does. Eight words are 103 bits: nobody finds other keys with the same words. Four (52 bits) for the newest
entry of a log: an older copy has another newest entry, and whoever puts one back cannot choose which.

Source: FORMAT.md, *A trustee's card* and *The four words*; security.md, *Rollback and forks*.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import resources
from app.crypto.hashing import tagged_hash
from app.crypto.keys import PublicKeys
from app.domain.canonical import canonical_bytes
from app.domain.ids import CaseFileId, OriginId, PersonId

COUNT: Final = 8
OF_A_STATE: Final = 4
_OF_A_KIT: Final = 3


def check_words(person: PersonId, public: PublicKeys) -> str:
    """The words of these keys, for this person and nobody else."""
    said = canonical_bytes({"person": person, "public": public.to_plain()})
    return _chosen(tagged_hash("check-words", said), COUNT)


def kit_words(case_file: CaseFileId, kit: str) -> str:
    """Three words that stand for a recovery kit, on its sheets and on screen: asked for by telephone.

    They come from the random id of the kit's record, not from its secret, and tell nothing of it.
    """
    return _chosen(tagged_hash("kit-words", bytes.fromhex(case_file) + bytes.fromhex(kit)), _OF_A_KIT)


def state_words(case_file: CaseFileId, origin: OriginId, entry_hash: str) -> str:
    """Four words that stand for the newest entry of a log, and by the chain for every entry before it.

    Args:
        origin: of the copy that wrote it.
        entry_hash: 64 hexadecimal digits.
    """
    said = bytes.fromhex(case_file) + bytes.fromhex(origin) + bytes.fromhex(entry_hash)
    return _chosen(tagged_hash("state-words", said), OF_A_STATE)


def read_words(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a person typed off paper, as words of the list, and those of them that are not in it."""
    words = tuple(typed.casefold().replace(",", " ").split())
    return words, tuple(word for word in words if word not in _words())


def _chosen(digest: bytes, count: int) -> str:
    number = int.from_bytes(digest, "big")
    words, found = _words(), []
    for _place in range(count):
        number, place = divmod(number, len(words))
        found.append(words[place])
    return " ".join(found)


@cache
def _words() -> tuple[str, ...]:
    return tuple(resources.path("words/passphrase-en.txt").read_text(encoding="utf-8").split())
