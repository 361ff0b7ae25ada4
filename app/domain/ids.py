"""Ids: 128 random bits as 32 lower-case hexadecimal digits, one `NewType` per noun.

Random and not time-ordered, because an id that tells the time would date sealed records
(security.md, *Decided once*).
"""

from __future__ import annotations

import re
import secrets
from typing import NewType

RecordId = NewType("RecordId", str)
CaseFileId = NewType("CaseFileId", str)
OriginId = NewType("OriginId", str)
PersonId = NewType("PersonId", str)
DeviceId = NewType("DeviceId", str)
DeskId = NewType("DeskId", str)

_SHAPE = re.compile(r"[0-9a-f]{32}")


def new_id() -> str:
    """A fresh random id; wrap it in the `NewType` it is for."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether `text` has the shape of an id (says nothing about whether it exists)."""
    return _SHAPE.fullmatch(text) is not None
