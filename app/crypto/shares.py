"""The words of a recovery kit: five shares, any three of which give its secret back (SLIP-39).

Splitting and joining are those of `shamir-mnemonic`; any other SLIP-39 program reads the same words. What is
ours is what the fifteen bits every share begins with say: eight of the case file, seven of the kit's number.
So words of another case file or of an older kit are told apart before any key is there.

No word and no secret is ever in an exception or a `repr`; the library's own errors quote words and end here.

Source: SLIP-0039; security.md, *Decided once* (recovery); FORMAT.md, *A recovery kit*.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from itertools import combinations
from typing import Final

import attrs
from rapidfuzz.distance import OSA
from shamir_mnemonic.shamir import EncryptedMasterSecret, ShareGroup, recover_ems, split_ems
from shamir_mnemonic.share import Share as Slip39Share
from shamir_mnemonic.utils import MnemonicError
from shamir_mnemonic.wordlist import WORD_INDEX_MAP, WORDLIST

from app.crypto.hashing import tagged_hash
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId

NEEDED: Final = 3
SHARES: Final = 5
WORDS_EACH: Final = 20
SECRET_BYTES: Final = 16
_NUMBERS: Final = 128
_WORD: Final = re.compile(r"[^\W\d_]+")
_FAR: Final = 3  # letters that may differ in a word that is still proposed
_PASSPHRASE: Final = b""  # SLIP-39's own second secret: one more thing to lose


@attrs.frozen
class Share:
    """One share as somebody typed it, its own checksum found right.

    Attributes:
        place: in which field or prompt it was typed: A, B or C.
        number: which of the five it is, from 1.
        case: eight bits of the case file it is for.
        kit: seven bits of the kit's number.
    """

    place: str
    number: int
    case: int
    kit: int
    inner: Slip39Share = attrs.field(repr=False)


@attrs.frozen
class KitSecret:
    """What three shares give.

    Attributes:
        raw: 128 bits by chance.
        kit: seven bits of the kit's number.
    """

    raw: bytes = attrs.field(repr=False)
    kit: int


def split(case_file: CaseFileId, number: int) -> tuple[KitSecret, tuple[tuple[str, ...], ...]]:
    """A new secret and its five shares of twenty words; every three of them were tried.

    Args:
        case_file: whose kit it is.
        number: of the kit, from 1.
    """
    raw = secrets.token_bytes(SECRET_BYTES)
    identifier = _case_bits(case_file) * _NUMBERS + number % _NUMBERS
    whole = EncryptedMasterSecret.from_master_secret(
        raw, _PASSPHRASE, identifier, extendable=True, iteration_exponent=0
    )
    (made,) = split_ems(1, [(NEEDED, SHARES)], whole)
    words = tuple(tuple(one.words()) for one in made)
    read = [read_share(" ".join(each), place) for place, each in zip("ABCDE", words, strict=True)]
    if any(join(three, case_file).raw != raw for three in combinations(read, NEEDED)):
        raise BugError("any three shares give the secret back")
    return KitSecret(raw, number % _NUMBERS), words


def read_share(untrusted_text: str, place: str) -> Share:
    """One share as typed or pasted: numbers, spaces, line ends and capital letters do not matter.

    Args:
        untrusted_text: what stands in the field.
        place: of the field, for what is told.

    Raises:
        KnownError: RECOVERY_UNKNOWN_WORD (`share`, `word`: which one), RECOVERY_WORD_COUNT (`share`,
            `words`), RECOVERY_CHECKSUM, RECOVERY_FOREIGN_WORDS (`share`).
    """
    words = words_in(untrusted_text)
    for number, word in enumerate(words, 1):
        if word not in WORD_INDEX_MAP:
            raise KnownError(Code.RECOVERY_UNKNOWN_WORD, share=place, word=number)
    if len(words) != WORDS_EACH:
        raise KnownError(Code.RECOVERY_WORD_COUNT, share=place, words=len(words))
    try:
        inner = Slip39Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise KnownError(Code.RECOVERY_CHECKSUM, share=place) from None
    ours = (inner.extendable, inner.iteration_exponent, inner.group_count, inner.group_threshold)
    if ours != (True, 0, 1, 1) or inner.member_threshold != NEEDED or inner.index >= SHARES:
        raise KnownError(Code.RECOVERY_FOREIGN_WORDS, share=place)
    case, kit = divmod(inner.identifier, _NUMBERS)
    return Share(place, inner.index + 1, case, kit, inner)


def join(shares: Sequence[Share], case_file: CaseFileId) -> KitSecret:
    """The secret of three shares.

    Args:
        shares: in any order.
        case_file: that is to be opened.

    Raises:
        KnownError: RECOVERY_TOO_FEW (`given`), RECOVERY_TWICE (`first`, `second`: the places),
            RECOVERY_OTHER_CASE, RECOVERY_MIXED_KITS (`share`: the place), RECOVERY_SET_WRONG.
    """
    seen: dict[int, Share] = {}
    for one in shares:
        if one.case != _case_bits(case_file):
            raise KnownError(Code.RECOVERY_OTHER_CASE, share=one.place)
        before = seen.get(one.number)
        if before is not None and before.kit == one.kit:
            raise KnownError(Code.RECOVERY_TWICE, first=before.place, second=one.place)
        if one.kit != shares[0].kit:
            raise KnownError(Code.RECOVERY_MIXED_KITS, share=one.place)
        seen[one.number] = one
    if len(shares) != NEEDED:
        raise KnownError(Code.RECOVERY_TOO_FEW, given=len(shares))
    group = ShareGroup()
    try:
        for one in shares:
            group.add(one.inner)
        return KitSecret(recover_ems({0: group}).decrypt(_PASSPHRASE), shares[0].kit)
    except MnemonicError:
        raise KnownError(Code.RECOVERY_SET_WRONG) from None


def words_in(untrusted_text: str) -> list[str]:
    """The words of a text in small letters, without numbers and signs between them."""
    return _WORD.findall(unicodedata.normalize("NFKC", untrusted_text).casefold())


def is_word(word: str) -> bool:
    """Whether this is a word of the list."""
    return word.casefold() in WORD_INDEX_MAP


def nearest(word: str, most: int = 3) -> tuple[str, ...]:
    """Words of the list that look like this one, the most alike first; for a person to choose from."""
    wrong = word.casefold()
    distances = ((OSA.distance(wrong, one), one) for one in WORDLIST)
    return tuple(one for distance, one in sorted(distances)[:most] if distance <= _FAR)


def word_list() -> tuple[str, ...]:
    """All 1,024 words, for fields that complete them."""
    return tuple(WORDLIST)


def _case_bits(case_file: CaseFileId) -> int:
    return tagged_hash("recovery-case", bytes.fromhex(case_file))[0]
