"""The vectors of a recovery kit: fixed shares, the secret three of them give, and K of the kit's slot."""

from __future__ import annotations

from collections.abc import Callable

from shamir_mnemonic import shamir

from app.casefile.recovery import k_of_kit
from app.crypto.check_words import kit_words
from app.crypto.shares import KitSecret, split
from app.domain.canonical import Plain
from app.domain.ids import CaseFileId

NUMBER = 2


def fixed_kit(
    case_file: CaseFileId, token_bytes: Callable[[int | None], bytes]
) -> tuple[KitSecret, tuple[tuple[str, ...], ...]]:
    """A kit out of fixed randomness; the caller fixes that of `secrets`."""
    real = shamir.RANDOM_BYTES
    vars(shamir).update(RANDOM_BYTES=token_bytes)
    try:
        return split(case_file, NUMBER)
    finally:
        vars(shamir).update(RANDOM_BYTES=real)


def kit_vectors(
    case_file: CaseFileId, kit_id: str, secret: KitSecret, shares: tuple[tuple[str, ...], ...]
) -> Plain:
    """What a stranger has to get from the words."""
    return {
        "check_words": kit_words(case_file, kit_id),
        "id": kit_id,
        "k": k_of_kit(secret, case_file).hex(),
        "number": NUMBER,
        "secret": secret.raw.hex(),
        "shares": [" ".join(words) for words in shares],
    }
