"""Canonical bytes: one value, one spelling, so that a hash or signature means the same everywhere.

UTF-8 JSON, keys sorted by code point, no spaces, no floats, text as typed (security.md, *Decided once*).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from app.domain.errors import BugError, Code, KnownError

Plain: TypeAlias = "str | int | bool | Sequence[Plain] | Mapping[str, Plain] | None"


def canonical_bytes(value: Plain) -> bytes:
    """The canonical bytes of a plain value.

    Raises:
        BugError: a float, a non-text key, half a surrogate pair, or anything that is not plain.
    """
    _check(value)
    return _spelt(value)


def _spelt(value: Plain) -> bytes:
    try:
        return _ENCODER.encode(value).encode("utf-8")
    except UnicodeEncodeError:
        pass
    # Raised out here: the encoder's error would hang on to the text.
    raise BugError("canonical bytes are UTF-8; half a surrogate pair is not")


def from_canonical(data: bytes) -> Plain:
    """Read canonical bytes; anything that would not be written the same way again is refused.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    value: Plain = None
    try:
        value, _end = _DECODER.raw_decode(data.decode("utf-8"))
        same = _spelt(value) == data  # what was read out of JSON without floats is plain already
    except (ValueError, RecursionError, BugError):
        same = False
    # Raised out here: a decoder's error would hang on to the text it could not read.
    if not same:
        raise KnownError(Code.RECORD_DAMAGED)
    return value


def read_plain(data: bytes) -> Plain:
    """Read JSON without floats; whether it is canonical is for the caller. None for what cannot be read."""
    try:
        value: Plain = _DECODER.raw_decode(data.decode("utf-8"))[0]
    except (ValueError, RecursionError):
        return None
    return value


def _no_float(_: str) -> Plain:
    raise ValueError("a float is not canonical")


# Made once: `json.loads` and `json.dumps` make them anew for every call with settings.
_DECODER: Final = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _check(value: object) -> None:
    if value is None or isinstance(value, str | bool | int):
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise BugError("canonical bytes take text keys only")
            _check(inner)
        return
    if isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
        return
    raise BugError(f"canonical bytes do not take {type(value).__name__}")
