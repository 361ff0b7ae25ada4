"""Phones, e-mails, handles, accounts, streets, places on a map, links: only those of their own fields.

Links are those of cited sources, addresses those of the places people are held in.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.reports.composed import ComposedReport
from app.reports.kinds import KindColumn, ReportKind
from app.reports.reaching import WAYS
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened
from app.reports.verify.strings import Said, everything_said

_SHORTEST: Final = 8
_ADDRESS: Final = frozenset({"postal_code", "address_latin", "address_cyrillic"})


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
    return any(pattern.search(address) for way, pattern in WAYS.items() if way != "street")


def _found(said: Said, own: list[str]) -> str:
    text = unicodedata.normalize("NFKC", said.text)
    for link in own:  # a line break inside one of ours is ours too
        text = (
            re.sub(r"\s*".join(re.escape(char) for char in link), " ", text)
            if said.loose
            else text.replace(link, " ")
        )
    for way, pattern in WAYS.items():
        if said.technical and way in ("link", "handle", "phone"):
            continue
        if pattern.search(text):
            return way
    return ""
