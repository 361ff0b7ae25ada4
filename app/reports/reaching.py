"""Ways of reaching somebody that a text gives away: read in finished files, and while somebody types."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_STREET: Final = (
    r"(?:street|avenue|straße|strasse|gasse|allee|вул\.?|вуліца|ул\.?|улица|пр\.?|проспект|праспект|завулак|"
    r"переулок|vul\.?|vulica|ul\.?|ulica|kv\.?|кв\.)"
)
WAYS: Final = {
    "e-mail": re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]| at )\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
    "link": re.compile(r"(?:https?://|www\.|t\.me/|wa\.me/|vk\.com/|facebook\.com/)\S+", re.IGNORECASE),
    "handle": re.compile(r"(?<![\w@.])@[A-Za-z_]\w{3,}"),
    "account": re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b"),
    "phone": re.compile(
        r"(?<![\w.,/-])(?:\+|00)\s?\d(?:[\s().\-/]{0,2}\d){7,14}(?!\w)"
        r"|(?<![\w.,/-])\(?0\d{1,4}\)?(?:[\s\-/]{1,2}\d{2,}){2,5}(?!\w)"
        r"|(?<![\w.,/-])8\s?\(?0\d{2}\)?(?:[\s\-]?\d){7}(?!\w)"
        r"|(?<![\w.,/-])\d{9,15}(?!\w)"
    ),
    "street": re.compile(
        rf"\b{_STREET}\s+[^\W\d_][\w.\-]*(?:\s+[^\W\d_][\w.\-]*){{0,2}},?\s*\d+|"
        rf"\b[^\W\d_]{{3,}}(?:straße|strasse|gasse)\s+\d+|\b\d+\s+[^\W\d_][\w.]+\s+(?:street|avenue)\b",
        re.IGNORECASE,
    ),
    "map": re.compile(r"-?\d{1,3}\.\d{4,}\s*[,;/ ]\s*-?\d{1,3}\.\d{4,}|\d{1,2}°\s?\d{1,2}[′']"),
}


def ways_in(text: str) -> tuple[str, ...]:
    """Every way of reaching somebody that a text gives: e-mail, link, handle, account, phone, street, map."""
    seen = unicodedata.normalize("NFKC", text)
    return tuple(way for way, pattern in WAYS.items() if pattern.search(seen))
