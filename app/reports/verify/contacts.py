"""Phones, e-mails, handles, accounts, streets, places on a map, links: only those of their own fields.

Links are those of cited sources, addresses those of the places people are held in.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.reports.composed import ComposedReport
from app.reports.kinds import KindColumn, ReportKind
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened
from app.reports.verify.strings import Said, everything_said

_STREET: Final = (
    r"(?:street|avenue|straße|strasse|gasse|allee|вул\.?|вуліца|ул\.?|улица|пр\.?|проспект|праспект|завулак|"
    r"переулок|vul\.?|vulica|ul\.?|ulica|kv\.?|кв\.)"
)
_SHORTEST: Final = 8
_ADDRESS: Final = frozenset({"postal_code", "address_latin", "address_cyrillic"})
_WAYS: Final = {
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


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Look through everything the file says, seen or not."""
    own = sorted(_own(report, kind), key=len, reverse=True)
    examined = 0
    for said in everything_said(file):
        examined += 1
        way = _found(said, own)
        if way:
            return Looked(examined, f"{said.where}: {way}")
    return Looked(examined)


def _own(report: ComposedReport, kind: ReportKind) -> set[str]:
    own = {source.link for source in report.sources if source.link}
    postal = {column.key for column in kind.columns if _is_address(column)}
    places = [place for place, column in enumerate(report.columns) if column.key in postal]
    addresses = {str(row[place]) for row in report.rows for place in places if row[place] is not None}
    own |= {text for text in addresses if len(text) >= _SHORTEST and not _is_more(text)}
    return {unicodedata.normalize("NFKC", text) for text in own}


def _is_address(column: KindColumn) -> bool:
    """Whether a column holds nothing but the postal address of a place."""
    return all(field.noun == "facility" and field.name in _ADDRESS for field in column.fields)


def _is_more(address: str) -> bool:
    """Whether something else than a street stands in an address, put there to hide it."""
    return any(pattern.search(address) for way, pattern in _WAYS.items() if way != "street")


def ways_in(text: str) -> tuple[str, ...]:
    """Every way of reaching somebody that a text gives: e-mail, link, handle, account, phone, street, map."""
    seen = unicodedata.normalize("NFKC", text)
    return tuple(way for way, pattern in _WAYS.items() if pattern.search(seen))


def _found(said: Said, own: list[str]) -> str:
    text = unicodedata.normalize("NFKC", said.text)
    for link in own:  # a line break inside one of ours is ours too
        text = (
            re.sub(r"\s*".join(re.escape(char) for char in link), " ", text)
            if said.loose
            else text.replace(link, " ")
        )
    for way, pattern in _WAYS.items():
        if said.technical and way in ("link", "handle", "phone"):
            continue
        if pattern.search(text):
            return way
    return ""
