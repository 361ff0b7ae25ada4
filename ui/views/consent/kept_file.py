"""What is kept of a talk, in words and as plain values for a draft; nothing here opens it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Final

from app.domain.canonical import Plain
from app.i18n import N_, _
from app.services.evidence import Evidence

_KINDS: Final = {"image/jpeg": N_("picture"), "application/pdf": N_("PDF")}
_SHOWN: Final = 8
_KB: Final = 1000


def evidence_words(kept: Evidence) -> str:
    """ "picture, 214 kB"."""
    size = max(1, round(len(kept.content) / _KB))
    return _("{kind}, {size} kB").format(kind=kind_words(kept.media_type), size=size)


def kind_words(media_type: str) -> str:
    """ "picture", "PDF" or "sound"."""
    return _(_KINDS[media_type]) if media_type in _KINDS else _("sound")


def fingerprint_words(sha256: str) -> str:
    """ "SHA-256 3f2a91bc…", enough to compare by eye on the phone."""
    return f"SHA-256 {sha256[:_SHOWN]}…"


def evidence_to_plain(kept: Evidence | None) -> Plain:
    """Plain values for a draft, which is sealed."""
    if kept is None:
        return ""
    return {"type": kept.media_type, "content": base64.b64encode(kept.content).decode("ascii")}


def evidence_from_plain(plain: Plain) -> Evidence | None:
    """Back from `evidence_to_plain`; None where it does not read."""
    if not isinstance(plain, Mapping):
        return None
    try:
        return Evidence(str(plain["type"]), base64.b64decode(str(plain["content"]), validate=True))
    except (KeyError, binascii.Error):
        return None
