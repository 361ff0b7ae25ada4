"""Files locked for one recipient in the age format (age-encryption.org/v1): to a public key, or with words.

Locking only. Nothing here opens a file, and no secret key of anybody is ever taken.
"""

from __future__ import annotations

from typing import Final

from app.domain.errors import Code, KnownError

_PUBLIC: Final = "age1"
_NEVER: Final = "AGE-SECRET-KEY-"  # how it begins, to be refused
_LENGTH: Final = 62


def checked_key(untrusted_text: str) -> str:
    """A public key as it is stored.

    Raises:
        KnownError: RECIPIENT_KEY_SECRET, RECIPIENT_KEY_WRONG.
    """
    text = "".join(untrusted_text.split())
    if text.upper().startswith(_NEVER):
        raise KnownError(Code.RECIPIENT_KEY_SECRET, field="lock")
    if not text.startswith(_PUBLIC) or len(text) != _LENGTH:
        raise KnownError(Code.RECIPIENT_KEY_WRONG, field="lock")
    _recipient(text)
    return text


def locked_for_key(content: bytes, key: str) -> bytes:
    """The file, for whoever holds the secret key behind this one. Raises KnownError RECIPIENT_KEY_WRONG."""
    import pyrage

    return bytes(pyrage.encrypt(content, [_recipient(key)]))


def locked_with_words(content: bytes, words: str) -> bytes:
    """The file, which these words open."""
    from pyrage import passphrase

    return bytes(passphrase.encrypt(content, words))


def _recipient(key: str) -> object:
    """Raises KnownError RECIPIENT_KEY_WRONG: the check sum of a key does not hold when a letter is wrong."""
    from pyrage import RecipientError, x25519

    try:
        return x25519.Recipient.from_str(key)
    except RecipientError as error:
        raise KnownError(Code.RECIPIENT_KEY_WRONG, field="lock") from error
