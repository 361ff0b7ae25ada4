"""DOCX: nothing but what is read. Parts, elements, fields and properties outside a short list are refused.

So no tracked change, comment, revision id, hidden text, custom XML, thumbnail, picture, macro, outside link.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element

from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened, W

_PARTS: Final = frozenset(
    [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "docProps/core.xml",
        "word/footer1.xml",
        "word/document.xml",
    ]
)
_BODY: Final = frozenset(
    f"{W}{name}"
    for name in [
        "document",
        "body",
        "p",
        "pPr",
        "pStyle",
        "pageBreakBefore",
        "r",
        "rPr",
        "rStyle",
        "t",
        "tab",
        "tbl",
        "tblPr",
        "tblStyle",
        "tblW",
        "tblLayout",
        "tblGrid",
        "gridCol",
        "tr",
        "trPr",
        "cantSplit",
        "tblHeader",
        "tc",
        "tcPr",
        "tcW",
        "gridSpan",
        "tcBorders",
        "top",
        "left",
        "bottom",
        "right",
        "shd",
        "sectPr",
        "footerReference",
        "pgSz",
        "pgMar",
        "ftr",
        "fldSimple",
    ]
)
_FIELDS: Final = frozenset({"PAGE", "NUMPAGES"})
_PROPERTIES: Final = frozenset({"title", "language", "coreProperties"})
_SETTINGS: Final = frozenset({"settings", "autoHyphenation", "compat", "compatSetting", "themeFontLang"})
_PALE: Final = re.compile(r"[EF][0-9A-F][EF][0-9A-F][EF][0-9A-F]")


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Look at every part and element."""
    where = _package(file) or _related(file) or _properties(file, report) or _styles(file)
    examined = sum(1 for tree in file.trees.values() for _ in tree.iter())
    if where:
        return Looked(examined, where)
    for name in ("word/document.xml", "word/footer1.xml"):
        for element in file.trees[name].iter():
            if element.tag not in _BODY or _outside(element):
                return Looked(examined, name)
    return Looked(examined)


def _outside(element: Element) -> bool:
    """Attributes that hide or reveal: ids of revisions, other fields, other name spaces."""
    if element.tag == f"{W}fldSimple":
        return element.get(f"{W}instr") not in _FIELDS
    names = {name.partition("}")[2] for name in element.attrib}
    return any(name.startswith("rsid") or name in ("author", "date", "dirty", "fldLock") for name in names)


def _package(file: Opened) -> str:
    if set(file.parts) != _PARTS:
        return "parts"
    with zipfile.ZipFile(BytesIO(file.content)) as archive:
        marked = any(i.extra or i.comment or i.date_time != (1980, 1, 1, 0, 0, 0) for i in archive.infolist())
        return "archive" if marked or archive.comment or not _tight(archive, file.content) else ""


def _tight(archive: zipfile.ZipFile, content: bytes) -> bool:
    """Whether nothing lies before the first part or between the parts."""
    position = 0
    for info in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if info.header_offset != position:
            return False
        position += 30 + len(info.filename.encode("utf-8")) + info.compress_size
    return archive.start_dir == position and content[:2] == b"PK"


def _related(file: Opened) -> str:
    for name in ("_rels/.rels", "word/_rels/document.xml.rels"):
        for relation in file.trees[name]:
            if relation.get("TargetMode") is not None or "://" in relation.get("Target", ""):
                return name
    return ""


def _properties(file: Opened, report: ComposedReport) -> str:
    for element in file.trees["docProps/core.xml"].iter():
        name = element.tag.partition("}")[2]
        if name not in _PROPERTIES or (name == "title" and element.text != report.title):
            return "docProps/core.xml"
    names = {element.tag.partition("}")[2] for element in file.trees["word/settings.xml"].iter()}
    return "word/settings.xml" if names - _SETTINGS else ""


def _styles(file: Opened) -> str:
    """No style hides text or makes it white."""
    for name in ("word/styles.xml", "word/numbering.xml"):
        for element in file.trees[name].iter():
            hides = element.tag in (f"{W}vanish", f"{W}webHidden", f"{W}specVanish")
            pale = element.tag == f"{W}color" and _PALE.fullmatch(element.get(f"{W}val", "").upper())
            tiny = element.tag == f"{W}sz" and int(element.get(f"{W}val", "20")) < 12
            if hides or pale or tiny:
                return name
    return ""
