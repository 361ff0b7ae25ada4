"""What somebody pasted into a search, and whether it is exactly one of a person's numbers, ways or names.

Pure matching; lives for one search and shows nothing of itself.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

from app.domain.relative import Identity
from app.names.fold import tokens

_SHORTEST_NUMBER: Final = 6
_SHORTEST_NATIONAL: Final = 8
_TRUNK: Final = ("80", "8", "0")
"""What stands before a number dialled inside its country: Belarus, Russia and Lithuania, most others."""


@attrs.frozen
class Pasted:
    """What somebody pasted, in the forms it may stand in an identity. Lives for one search."""

    digits: str = attrs.field(repr=False)
    handle: str = attrs.field(repr=False)
    name: frozenset[str] = attrs.field(repr=False)

    @classmethod
    def of(cls, untrusted_text: str) -> Pasted | None:
        """What it can be; None where it is too little to be anything whole."""
        text = untrusted_text.strip()
        digits = _digits(text)
        is_number = len(digits) >= _SHORTEST_NUMBER and re.fullmatch(r"[\d\s()+./\-]+", text) is not None
        name = frozenset(tokens(text))
        handle = text.casefold().removeprefix("@") if re.fullmatch(r"\S{3,}", text) else ""
        if not is_number and not handle and len(name) < 2:
            return None
        return cls(digits if is_number else "", handle, name if len(name) >= 2 else frozenset())

    def is_in(self, identity: Identity) -> bool:
        """Whether this is exactly one of the person's numbers, handles, addresses or full names."""
        if self.digits and any(_same_number(self.digits, _digits(phone)) for phone in identity.phones):
            return True
        ways = [way.casefold().removeprefix("@") for way in (*identity.handles, *identity.emails)]
        if self.handle and self.handle in ways:
            return True
        spellings = (identity.full_name, *identity.other_spellings)
        return bool(self.name) and any(self.name == frozenset(tokens(one)) for one in spellings)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _same_number(asked: str, known: str) -> bool:
    """Equal, or equal but for the prefix of the country, 00 before it, or how it is dialled inside."""
    if asked == known:
        return True
    asked, known = asked.removeprefix("00"), known.removeprefix("00")
    if _ends_alike(asked, known, _SHORTEST_NUMBER + 1):
        return True
    inside = [(one, other) for one, other in ((asked, known), (known, asked)) if one.startswith(_TRUNK)]
    return any(
        _ends_alike(one.removeprefix(trunk), other, _SHORTEST_NATIONAL)
        for one, other in inside
        for trunk in _TRUNK
        if one.startswith(trunk)
    )


def _ends_alike(one: str, other: str, shortest: int) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= shortest and long.endswith(short)
