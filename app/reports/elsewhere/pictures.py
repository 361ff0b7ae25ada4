"""Pictures inside a file made elsewhere: whether they carry data beside what is seen."""

from __future__ import annotations

import base64
import binascii
from typing import Final

_MARKS: Final = (
    b"Exif\x00\x00",
    b"eXIf",
    b"tEXt",
    b"iTXt",
    b"zTXt",
    b"http://ns.adobe.com/xap",
    b"<x:xmpmeta",
    b"Photoshop 3.0",
)
_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".svg", ".emf", ".wmf")


def is_picture(name: str) -> bool:
    """Whether a part of this name is a picture."""
    return name.lower().endswith(_ENDINGS)


def carries_data(content: bytes) -> bool:
    """Whether a picture says where, when, with what or by whom it was made."""
    return any(mark in content for mark in _MARKS)


def of_address(address: str) -> bytes:
    """The bytes of a picture that stands in an address (`data:`); none where it cannot be read."""
    head, _comma, data = address.partition(",")
    if not head.endswith(";base64"):
        return data.encode("utf-8", errors="replace")
    try:
        return base64.b64decode(data, validate=False)
    except (binascii.Error, ValueError):
        return b""
