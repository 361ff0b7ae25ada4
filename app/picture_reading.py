"""Pictures from outside as JPEGs of our own: decoded in the limited child, written anew here from its pixels.

The child has no keys, little memory and little time. It answers with pixels only; nothing it says is believed
but numbers that fit: so many bytes for so many pixels, in the shape that was asked for.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
from collections.abc import Sequence
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.domain.progress import Progress, no_progress, part_of
from app.limited_child import read_in_child
from app.pixels import LENGTH, WHOLE

_TOGETHER: Final = 100
_TOGETHER_BYTES: Final = 40_000_000
"""So many pictures, and bytes of them, go into one child."""
_CHANNELS: Final = 3


@attrs.frozen
class Shape:
    """The largest a picture gets, in pixels, and how well it is kept; `whole` crops nothing."""

    wide: int
    high: int
    quality: int
    whole: bool = False

    @property
    def words(self) -> str:
        """As the child is told."""
        return f"{self.wide}x{self.high}{WHOLE if self.whole else ''}"


@attrs.frozen
class Drawn:
    """A picture of ours: a JPEG that is nothing but pixels."""

    wide: int
    high: int
    content: bytes = attrs.field(repr=False)


def drawn(
    untrusted: Sequence[bytes], shape: Shape, progress: Progress = no_progress
) -> tuple[Drawn | None, ...]:
    """Each picture in this shape and written anew; None for what is no picture or far too large.

    The same bytes give the same bytes.

    Raises:
        KnownError: PICTURE_UNREADABLE where the child died of them, CANCELLED.
    """
    found: list[Drawn | None] = []
    for part in _parts(untrusted):
        told = _Understanding(shape)
        bytes_of = b"".join(LENGTH.pack(len(one)) + one for one in part)
        head = {"read": "pictures", "ending": shape.words}
        step = part_of(progress, len(found), len(found) + len(part), max(1, len(untrusted)))
        read_in_child(head, bytes_of, told.take, Code.PICTURE_UNREADABLE, progress=step)
        found += told.all(len(part))
    return tuple(found)


def _parts(untrusted: Sequence[bytes]) -> list[list[bytes]]:
    parts: list[list[bytes]] = []
    size = 0
    for one in untrusted:
        if not parts or len(parts[-1]) >= _TOGETHER or size + len(one) > _TOGETHER_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(one)
        size += len(one)
    return parts


class _Understanding:
    """Makes pictures of what the child writes, line by line."""

    def __init__(self, shape: Shape) -> None:
        self._shape: Final = shape
        self._found: list[Drawn | None] = []
        self._done: object = None

    def take(self, untrusted: bytes) -> None:
        """One line further. Raises KnownError PICTURE_UNREADABLE."""
        try:
            line = json.loads(untrusted)
        except ValueError as error:
            raise KnownError(Code.PICTURE_UNREADABLE) from error
        if not isinstance(line, dict) or self._done is not None:
            raise KnownError(Code.PICTURE_UNREADABLE)
        if "done" in line:
            self._done = line["done"]
        elif line == {"unreadable": True}:
            self._found.append(None)
        else:
            self._found.append(self._written(line.get("wide"), line.get("high"), line.get("pixels")))

    def all(self, count: int) -> list[Drawn | None]:
        """Every picture. Raises KnownError PICTURE_UNREADABLE where the child told of another number."""
        if self._done != count or len(self._found) != count:
            raise KnownError(Code.PICTURE_UNREADABLE)
        return self._found

    def _written(self, wide: object, high: object, pixels: object) -> Drawn:
        from PIL import Image

        shape = self._shape
        if not isinstance(wide, int) or not isinstance(high, int) or not isinstance(pixels, str):
            raise KnownError(Code.PICTURE_UNREADABLE)
        if not (1 <= wide <= shape.wide and 1 <= high <= shape.high):
            raise KnownError(Code.PICTURE_UNREADABLE)
        try:
            data = base64.b64decode(pixels, validate=True)
        except (binascii.Error, ValueError) as error:
            raise KnownError(Code.PICTURE_UNREADABLE) from error
        if len(data) != wide * high * _CHANNELS:
            raise KnownError(Code.PICTURE_UNREADABLE)
        out = io.BytesIO()
        Image.frombytes("RGB", (wide, high), data).save(out, "JPEG", quality=shape.quality)
        return Drawn(wide, high, out.getvalue())
