"""DOCX: nothing but what is read. Parts, elements, fields and properties outside a short list are refused.

So no tracked change, comment, revision id, hidden text, custom XML, thumbnail, macro, outside link; of
pictures only photos of the report.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
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
_DRAWN: Final[Mapping[str, frozenset[str]]] = {
    "drawing": frozenset(),
    "inline": frozenset(),
    "extent": frozenset({"cx", "cy"}),
    "docPr": frozenset({"id", "name", "descr"}),
    "graphic": frozenset(),
    "graphicData": frozenset({"uri"}),
    "pic": frozenset(),
    "nvPicPr": frozenset(),
    "cNvPr": frozenset({"id", "name"}),
    "cNvPicPr": frozenset(),
    "blipFill": frozenset(),
    "blip": frozenset({"embed"}),
    "stretch": frozenset(),
    "fillRect": frozenset(),
    "spPr": frozenset(),
    "xfrm": frozenset(),
    "off": frozenset({"x", "y"}),
    "ext": frozenset({"cx", "cy"}),
    "prstGeom": frozenset({"prst"}),
    "avLst": frozenset(),
    "ln": frozenset({"w"}),
    "solidFill": frozenset(),
    "srgbClr": frozenset({"val"}),
}
"""What a photo consists of, with every attribute; what is said in its place is judged with the picture."""
_DRAWN_SPACES: Final = (
    W,
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}",
)
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_NUMBER: Final = re.compile(r"\d{1,8}")
_EDGE: Final = frozenset({"D9DDE3"})
_SMALLEST: Final = 500_000
"""Of a side of a picture, in thousandths of a millimetre and a 36th: 14 mm."""
_FIELDS: Final = frozenset({"PAGE", "NUMPAGES"})
_PROPERTIES: Final = frozenset({"title", "language", "coreProperties"})
_SETTINGS: Final = frozenset({"settings", "autoHyphenation", "compat", "compatSetting", "themeFontLang"})
_PALE: Final = re.compile(r"[EF][0-9A-F][EF][0-9A-F][EF][0-9A-F]")


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Look at every part and element."""
    where = (
        _package(file, len(report.portraits)) or _related(file) or _properties(file, report) or _styles(file)
    )
    examined = sum(1 for tree in file.trees.values() for _ in tree.iter())
    if where:
        return Looked(examined, where)
    for name in ("word/document.xml", "word/footer1.xml"):
        for element in file.trees[name].iter():
            shown = bool(report.portraits) and _is_drawn(element)
            if not shown and (element.tag not in _BODY or _outside(element)):
                return Looked(examined, name)
    return Looked(examined)


def _is_drawn(element: Element) -> bool:
    """Whether it is part of a photo as we draw one: numbers, fixed words, and of a size one sees."""
    space, _brace, name = element.tag.rpartition("}")
    if f"{space}}}" not in _DRAWN_SPACES or name not in _DRAWN or element.tag in _BODY:
        return False
    said = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    if set(said) != _DRAWN[name] or (element.text or "").strip() or (element.tail or "").strip():
        return False
    fixed = {"uri": {_PICTURE}, "prst": {"rect"}, "val": _EDGE}
    for key, value in said.items():
        if key == "descr" or (key == "embed" and re.fullmatch(r"rIdPicture\d{1,4}", value)):
            continue
        if value not in fixed[key] if key in fixed else _NUMBER.fullmatch(value) is None:
            return False
    return name not in ("extent", "ext") or min(int(said["cx"]), int(said["cy"])) >= _SMALLEST


def _outside(element: Element) -> bool:
    """Attributes that hide or reveal: ids of revisions, other fields, other name spaces."""
    if element.tag == f"{W}fldSimple":
        return element.get(f"{W}instr") not in _FIELDS
    names = {name.partition("}")[2] for name in element.attrib}
    return any(name.startswith("rsid") or name in ("author", "date", "dirty", "fldLock") for name in names)


def _package(file: Opened, pictures: int) -> str:
    held = {f"word/media/picture{place}.jpeg" for place in range(1, pictures + 1)}
    if set(file.parts) != _PARTS | held:
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
