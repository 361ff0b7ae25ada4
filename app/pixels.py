"""An untrusted picture down to its pixels, upright: the one place where foreign pictures are decoded.

Whatever a camera wrote beside the pixels ends here. What is made of them is the caller's. `lines` is what the
limited child says of pictures: pixels and nothing else, so that a picture that took the child over could only
hand over another picture.
"""

from __future__ import annotations

import base64
import io
import logging
import struct
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from app.domain.errors import Code, KnownError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

Line = dict[str, object]
WHOLE: Final = " whole"
"""Behind a shape in which nothing is cropped."""
LENGTH: Final = struct.Struct(">I")
"""Before each picture of several that are handed to the child together."""
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_MOST_PIXELS: Final = 60_000_000
_SOLID: Final = frozenset({"RGB", "L", "CMYK", "YCbCr"})
_FINER: Final = 2
"""How much finer than it is kept a JPEG is read."""
_FACES: Final = (0.5, 0.35)
"""Faces stand in the upper half of a portrait: what is cut off is cut off below."""


def pixels_of(untrusted_content: bytes, refused: Code, field: str, about: int = 0) -> Picture:
    """The first frame in RGB, turned upright, on white where it is transparent.

    Args:
        untrusted_content: of a file; its size is for the caller to limit.
        refused: the code for what is no JPEG, PNG or WebP, is cut off, or has far too many pixels.
        field: what the refusal is about.
        about: so many pixels on each side are enough; a JPEG is then read coarser, in less memory.

    Raises:
        KnownError: `refused`.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    logging.getLogger("PIL").setLevel(logging.WARNING)  # below that it logs what the camera wrote
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(untrusted_content), formats=_FORMATS) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    raise KnownError(refused, field=field)
                opened.seek(0)
                if about:
                    opened.draft("RGB", (about, about))
                ImageOps.exif_transpose(opened, in_place=True)
                if opened.mode in _SOLID and "transparency" not in opened.info:
                    return opened.convert("RGB")
                flat = Image.new("RGB", opened.size, "white")
                seen = opened.convert("RGBA")
                flat.paste(seen, mask=seen.getchannel("A"))
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise KnownError(refused, field=field) from error
    return flat


def cropped(flat: Picture, wide: int, high: int) -> Picture:
    """The largest part of this shape inside the picture, never larger than asked and never blown up."""
    from PIL import Image, ImageOps

    share = min(flat.width / wide, flat.height / high, 1.0)
    size = max(round(wide * share), 1), max(round(high * share), 1)
    return ImageOps.fit(flat, size, Image.Resampling.LANCZOS, centering=_FACES)


def lines(untrusted: bytes, shape: str) -> Iterator[Line]:
    """What the child says of some pictures: the pixels of each in this shape, or that it is none.

    Args:
        untrusted: the pictures, each after its `LENGTH`.
        shape: `480x600`, ` whole` behind it.
    """
    wide, _by, high = shape.removesuffix(WHOLE).partition("x")
    crops = not shape.endswith(WHOLE)
    position, count = 0, 0
    while position < len(untrusted):
        (size,) = LENGTH.unpack_from(untrusted, position)
        position += LENGTH.size
        yield _line(untrusted[position : position + size], int(wide), int(high), crops=crops)
        position, count = position + size, count + 1
    yield {"done": count}


def _line(untrusted_content: bytes, wide: int, high: int, *, crops: bool) -> Line:
    try:
        flat = pixels_of(untrusted_content, Code.PICTURE_UNREADABLE, "photo", _FINER * max(wide, high))
        small = cropped(flat, wide, high) if crops else flat
        small.thumbnail((wide, high))
    except (KnownError, MemoryError):
        return {"unreadable": True}
    pixels = base64.b64encode(small.tobytes()).decode("ascii")
    return {"wide": small.width, "high": small.height, "pixels": pixels}
