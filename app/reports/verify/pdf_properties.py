"""PDF: properties. Title, language and the maker's fixed name; no author, date or machine."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened

_MAKER: Final = re.compile(r"Typst \d+\.\d+\.\d+")
_ID: Final = re.compile(r"[A-Za-z0-9+/]{22}==")
_XMP: Final = {
    "title": None,
    "language": None,
    "CreatorTool": _MAKER,
    "part": re.compile("1"),
    "NPages": re.compile(r"\d+"),
    "format": re.compile("application/pdf"),
    "InstanceID": _ID,
    "DocumentID": _ID,
    "RenditionClass": re.compile("proof"),
    "PDFVersion": re.compile(r"1\.7"),
}


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Compare the properties with what may stand there."""
    info = {str(key): str(value) for key, value in file.pdf.docinfo.items()}
    if set(info) - {"/Title", "/Creator"} or info.get("/Title") != report.title:
        return Looked(len(info), "properties")
    if _MAKER.fullmatch(info.get("/Creator", "")) is None:
        return Looked(len(info), "properties")
    metadata = file.pdf.Root.get("/Metadata")
    if metadata is None:
        return Looked(len(info), "no XMP")
    tree: Element = fromstring(metadata.read_bytes(), forbid_dtd=True)
    examined, wrong = _xmp(tree, report)
    return Looked(len(info) + examined, f"XMP: {wrong}" if wrong else "")


def _xmp(tree: Element, report: ComposedReport) -> tuple[int, str]:
    words = {"title": report.title, "language": report.language}
    examined = 0
    for description in tree.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"):
        if set(description.attrib.values()) - {""}:
            return examined, "attributes"
        for entry in description:
            examined += 1
            name = entry.tag.partition("}")[2]
            text = "".join(entry.itertext())
            if name not in _XMP:
                return examined, "an entry that is not on the list"
            pattern = _XMP[name]
            right = text == words[name] if pattern is None else pattern.fullmatch(text) is not None
            if not right:
                return examined, name
    return examined, ""
