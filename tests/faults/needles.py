"""Planted texts as bytes, in twelve encodings a program or a library may write them in."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import quote

ENCODINGS: Final = (
    *("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp1251", "koi8-r", "iso8859-5"),
    *("base64", "hexadecimal", "percent", "json", "html"),
)
_SHORTEST: Final = 6
"""Shorter patterns would be found by chance."""


class Needles:
    """Looks for planted texts, as they were typed and in small letters.

    Args:
        texts: names, numbers, passphrases.
        raw: keys by name, looked for as they are and in hexadecimal digits.
        encodings: of the texts.
    """

    def __init__(
        self,
        texts: Iterable[str],
        raw: Mapping[str, bytes] | None = None,
        encodings: Iterable[str] = ENCODINGS,
    ) -> None:
        forms = tuple(encodings)
        self._patterns: Final[dict[bytes, str]] = {}
        for text in texts:
            for form in dict.fromkeys((text, text.casefold())):
                for encoding in forms:
                    for pattern in _encoded(form, encoding):
                        if len(pattern) >= _SHORTEST:
                            self._patterns.setdefault(pattern, f"{text} in {encoding}")
        for name, key in (raw or {}).items():
            self._patterns[key] = name
            self._patterns[key.hex().encode()] = f"{name} in hexadecimal"

    def found_in(self, content: bytes) -> list[str]:
        """What stands in it."""
        return sorted({told for pattern, told in self._patterns.items() if pattern in content})


def _encoded(text: str, encoding: str) -> Iterator[bytes]:
    utf8 = text.encode()
    match encoding:
        case "base64":
            for shift in range(3):  # where it begins in a longer text decides how it looks
                whole = base64.b64encode(b"\0" * shift + utf8)
                yield whole[4 if shift else 0 : len(whole) // 4 * 4 - 4]
        case "hexadecimal":
            yield utf8.hex().encode()
        case "percent":
            yield quote(text).encode()
        case "json":
            yield json.dumps(text)[1:-1].encode()
        case "html":
            yield "".join(f"&#{ord(letter)};" for letter in text).encode()
        case _:
            yield text.encode(encoding, "ignore")
