"""An untrusted picture down to its pixels, upright: the one place where foreign pictures are decoded.

Whatever a camera wrote beside the pixels ends here. What is made of them is the caller's.
"""

from __future__ import annotations

import io
import logging
import warnings
from typing import TYPE_CHECKING, Final

from app.domain.errors import Code, KnownError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_MOST_PIXELS: Final = 60_000_000


def pixels_of(untrusted_content: bytes, refused: Code, field: str) -> Picture:
    """The first frame in RGB, turned upright, on white where it is transparent.

    Args:
        untrusted_content: of a file; its size is for the caller to limit.
        refused: the code for what is no JPEG, PNG or WebP, is cut off, or has far too many pixels.
        field: what the refusal is about.

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
                upright = ImageOps.exif_transpose(opened)
                flat = Image.new("RGB", upright.size, "white")
                seen = upright.convert("RGBA")
                flat.paste(seen, mask=seen.getchannel("A"))
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise KnownError(refused, field=field) from error
    return flat
