"""From a passphrase to K, and which passphrases are strong enough.

K = Argon2id(salt, passphrase in Unicode NFC as UTF-8), one salt per case file. With a key file, the tagged
hash of its bytes is Argon2's secret input. K opens nothing itself; `slots` derives a key per slot from it.
No passphrase is kept, written or logged anywhere.

Source: RFC 9106 (Argon2id); security.md, *Keys*.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from typing import Final, Self

import attrs
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

import resources
from app.crypto.encoding import Reader
from app.crypto.hashing import KEY_BYTES, tagged_hash
from app.domain.canonical import Plain
from app.domain.errors import Code, KnownError

MIN_WORDS: Final = 6
# Six words of a list of 1,000 are 10^18 guesses. What zxcvbn estimates without knowing this country's words
# is generous, so a passphrase of one's own has to reach 10^14: a thousand graphics cards, sixty years.
MIN_GUESSES_LOG10: Final = 14.0
_LOOKED_AT: Final = 72  # zxcvbn refuses longer texts; what follows only adds strength
_TRIED_FIRST: Final = frozenset(
    {"poruch", "поруч", "belarus", "беларусь", "minsk", "мінск", "viasna", "вясна"}
)
_WORD: Final = re.compile(r"[^\W_]{3,}")

# Bounds of what a header may ask for, about four times what ours do: a hostile one shall neither eat the
# computer's memory nor take a minute for a wrong answer. A version that asks for more is a newer one.
_MEMORY_KIB: Final = (1024, 512 * 1024)
_ITERATIONS: Final = (1, 6)
_LANES: Final = (1, 16)


@attrs.frozen
class KdfParameters:
    """How dear one guess is; stands in the header of every case file.

    Attributes:
        memory_kib: memory in KiB.
        iterations: passes over it.
        lanes: how many threads share them.
    """

    memory_kib: int = 256 * 1024
    iterations: int = 3
    lanes: int = 4

    @classmethod
    def for_tests(cls) -> Self:
        """Cheap enough for a test, too cheap for a case file."""
        return cls(memory_kib=1024, iterations=1, lanes=1)

    def to_plain(self) -> dict[str, Plain]:
        """As plain values, read back by `from_plain`."""
        return {
            "iterations": self.iterations,
            "lanes": self.lanes,
            "memory_kib": self.memory_kib,
            "name": "argon2id",
        }

    @classmethod
    def from_plain(cls, plain: Plain) -> Self:
        """Read plain values from a header.

        Raises:
            KnownError: RECORD_DAMAGED, also for parameters out of all reason.
        """
        read = Reader(plain, ("iterations", "lanes", "memory_kib", "name"))
        if read.text("name") != "argon2id":
            raise KnownError(Code.RECORD_DAMAGED)
        return cls(
            memory_kib=read.number("memory_kib", *_MEMORY_KIB),
            iterations=read.number("iterations", *_ITERATIONS),
            lanes=read.number("lanes", *_LANES),
        )


def derive_k(passphrase: str, salt: bytes, kdf: KdfParameters, key_file: bytes | None = None) -> bytes:
    """K, 32 bytes. Takes about a second on purpose.

    Args:
        passphrase: as typed.
        salt: of the case file, 16 bytes.
        kdf: of the case file.
        key_file: the bytes of a key file, if this person uses one.
    """
    secret = tagged_hash("key-file", key_file) if key_file is not None else None
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=kdf.iterations,
        lanes=kdf.lanes,
        memory_cost=kdf.memory_kib,
        secret=secret,
    ).derive(typed)


@attrs.frozen
class Strength:
    """What is thought of a passphrase.

    Attributes:
        words: different words of three letters or more that an attacker does not try first.
        guesses_log10: estimated guesses as a power of ten; six words count as what a list of 1,000 gives.
    """

    words: int
    guesses_log10: float

    @property
    def enough(self) -> bool:
        """Whether it may protect a case file."""
        return self.words >= MIN_WORDS or self.guesses_log10 >= MIN_GUESSES_LOG10


def strength(passphrase: str, not_from: Sequence[str] = ()) -> Strength:
    """Estimate how hard a passphrase is to guess; see `check_strength` for what is enough.

    Args:
        passphrase: as typed.
        not_from: words an attacker tries first: the person's name, the name of the case file.
    """
    text = unicodedata.normalize("NFC", passphrase).casefold()
    known = {word for name in not_from for word in _WORD.findall(name.casefold())} | _TRIED_FIRST
    words = len(set(_WORD.findall(text)) - known)
    if words >= MIN_WORDS:
        return Strength(words, 3.0 * words)
    if not text.strip():
        return Strength(0, 0.0)
    from zxcvbn import zxcvbn  # a third of a second to import: only where a passphrase is chosen

    # Known words count once, as one guessable letter each, wherever they stand.
    rest = re.sub("|".join(map(re.escape, sorted(known, key=len, reverse=True))), "a", text)
    as_typed = unicodedata.normalize("NFC", passphrase)[:_LOOKED_AT] if rest == text else rest[:_LOOKED_AT]
    return Strength(words, float(zxcvbn(as_typed)["guesses_log10"]))


def check_strength(passphrase: str, not_from: Sequence[str] = ()) -> None:
    """Refuse a passphrase that is too weak for a file in which one guess tries everybody's slot.

    Strong enough: six different words of three letters or more, or anything for which zxcvbn, knowing
    `not_from`, estimates 10^14 guesses (about fourteen random characters).

    Args:
        passphrase: as typed.
        not_from: words an attacker tries first: the person's name, the name of the case file.

    Raises:
        KnownError: PASSPHRASE_TOO_WEAK.
    """
    if not strength(passphrase, not_from).enough:
        raise KnownError(Code.PASSPHRASE_TOO_WEAK)


def suggest_words() -> str:
    """Six words by chance from a list of 7,776: 77 bits, easy to keep."""
    words = resources.path("words/passphrase-en.txt").read_text(encoding="utf-8").split()
    return " ".join(secrets.choice(words) for _ in range(MIN_WORDS))
