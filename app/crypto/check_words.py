"""Eight words that stand for somebody's public keys, to be compared by voice.

A key that came in a file says nothing about whose it is; a voice one knows does. Eight words of a list of
7,776 are 103 bits: nobody finds other keys with the same words.

Source: FORMAT.md, *A trustee's card*.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import resources
from app.crypto.hashing import tagged_hash
from app.crypto.keys import PublicKeys
from app.domain.canonical import canonical_bytes
from app.domain.ids import CaseFileId, PersonId

COUNT: Final = 8
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
