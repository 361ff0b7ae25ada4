"""Files that are no lists, known by how they begin: who chose one is told so, not asked for names."""

from __future__ import annotations

import io
import zipfile
from typing import Final

_BEGINNINGS: Final = (
    b"%PDF-",
    b"{\\rtf",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",  # JPEG
    b"GIF8",
    b"RIFF",  # WebP
    b"BM\x00",
    b"II*\x00",  # TIFF, both ways round
    b"MM\x00*",
)
_PAGES: Final = (b"<!doctype html", b"<html")
_TEXT_DOCUMENTS: Final = frozenset({"word/document.xml", "ppt/presentation.xml"})
_OPEN_TEXT: Final = b"application/vnd.oasis.opendocument.text"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def is_no_list(untrusted: bytes) -> bool:
    """Whether these bytes are a PDF, a picture, a web page or a text document."""
    start = untrusted[:512].removeprefix(_BYTE_ORDER_MARK).lstrip()
    if start.startswith(_BEGINNINGS) or start.lower().startswith(_PAGES):
        return True
    return start.startswith(b"PK\x03\x04") and _is_text_document(untrusted)


def _is_text_document(untrusted: bytes) -> bool:
    """Whether a packed file holds text: only its table of contents is read, nothing is unpacked."""
    if _OPEN_TEXT in untrusted[:200]:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(untrusted)) as archive:
            return not _TEXT_DOCUMENTS.isdisjoint(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
