"""Reading and writing bytes and ids inside canonical JSON: base64 for bytes, one spelling only.

What is read here was written by a program, possibly a hostile one: anything odd is damage, never a guess.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Mapping

from app.domain.canonical import Plain
from app.domain.errors import Code, KnownError
from app.domain.ids import is_id


def bytes_to_text(data: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def bytes_from_text(text: str) -> bytes:
    """Read `bytes_to_text`; another spelling of the same bytes is refused.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise KnownError(Code.RECORD_DAMAGED) from error
    if bytes_to_text(data) != text:
        raise KnownError(Code.RECORD_DAMAGED)
    return data


class Reader:
    """A mapping with exactly the expected keys, each read as the type it must have.

    Args:
        plain: what was read.
        keys: all keys, no more and no fewer.

    Raises:
        KnownError: RECORD_DAMAGED, here and in every method.
    """

    def __init__(self, plain: Plain, keys: Collection[str]) -> None:
        if not isinstance(plain, Mapping) or set(plain) != set(keys):
            raise KnownError(Code.RECORD_DAMAGED)
        self._plain = plain

    def text(self, key: str) -> str:
        """A text."""
        value = self._plain[key]
        if not isinstance(value, str):
            raise KnownError(Code.RECORD_DAMAGED)
        return value

    def number(self, key: str, least: int = 0, most: int = 2**31 - 1) -> int:
        """A whole number within bounds."""
        value = self._plain[key]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise KnownError(Code.RECORD_DAMAGED)
        return value

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._plain[key]
        if not isinstance(value, bool):
            raise KnownError(Code.RECORD_DAMAGED)
        return value

    def id(self, key: str) -> str:
        """An id."""
        value = self.text(key)
        if not is_id(value):
            raise KnownError(Code.RECORD_DAMAGED)
        return value

    def fingerprint(self, key: str) -> str:
        """A SHA-256 as 64 hexadecimal digits."""
        value = self.text(key)
        if len(value) != 64 or not is_id(value[:32]) or not is_id(value[32:]):
            raise KnownError(Code.RECORD_DAMAGED)
        return value

    def data(self, key: str, size: int | None = None) -> bytes:
        """Bytes, of this size if one is given."""
        value = bytes_from_text(self.text(key))
        if size is not None and len(value) != size:
            raise KnownError(Code.RECORD_DAMAGED)
        return value

    def plain(self, key: str) -> Plain:
        """The value as it is."""
        return self._plain[key]

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._plain[key]
        if not isinstance(value, list):
            raise KnownError(Code.RECORD_DAMAGED)
        found = tuple(item for item in value if isinstance(item, str))
        if len(found) != len(value):
            raise KnownError(Code.RECORD_DAMAGED)
        return found
