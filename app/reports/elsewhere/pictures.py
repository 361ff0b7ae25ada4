"""Pictures inside a file made elsewhere: whether they carry data beside what is seen."""

from __future__ import annotations

import base64
import binascii
from typing import Final
from urllib.parse import unquote_to_bytes

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
_STARTS: Final = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"RIFF",
    b"\xd7\xcd\xc6\x9a",
    b"\x01\x00\x09\x00",
)
_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".svg", ".emf", ".wmf")


def is_picture(name: str, content: bytes) -> bool:
    """Whether a part of this name is a picture; one that only says so is none."""
    return name.lower().endswith(_ENDINGS) and (name.lower().endswith(".svg") or shows_picture(content))


def shows_picture(content: bytes) -> bool:
    """Whether these bytes are a picture and no text."""
    return content.startswith(_STARTS) or content[40:44] == b" EMF"


def carries_data(content: bytes) -> bool:
    """Whether a picture says where, when, with what or by whom it was made."""
    return any(mark in content for mark in _MARKS)


def of_address(address: str) -> bytes:
    """The bytes of a picture that stands in an address (`data:`); none where it cannot be read."""
    head, _comma, data = address.partition(",")
    content = unquote_to_bytes(data)
    if not head.rstrip().lower().endswith("base64"):
        return content
    try:
        return base64.b64decode(content + b"==", validate=False)
    except (binascii.Error, ValueError):
        return b""
