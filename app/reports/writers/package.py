"""Office files are zip archives: packed with fixed stamps, so that equal input is equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Final

_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
_UNIX: Final = 3


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """The archive of these parts in this order, with no time, user or machine in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = _UNIX
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def repacked(content: bytes) -> bytes:
    """The same archive with fixed stamps and order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed((name, archive.read(name)) for name in archive.namelist())
