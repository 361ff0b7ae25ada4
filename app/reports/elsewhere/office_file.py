"""Office files made elsewhere, as a package of parts: properties, pictures, what is stored with them unseen.

What stands in the parts of a document or a workbook is read by `word_file` and `sheet_file`. Only inside the
limited child.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element, ParseError

import attrs
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.domain.errors import Code, KnownError
from app.reports.elsewhere.odd_letters import letters_in
from app.reports.elsewhere.other_readings import as_text
from app.reports.elsewhere.pictures import carries_data, is_picture
from app.reports.elsewhere.told import PROPERTIES, WHOLE, Found, Said, Told, Trace, part

OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MOST_BYTES: Final = 256 * 1024 * 1024
_MOST_PARTS: Final = 5_000
_MOST_BETWEEN: Final = 24  # a part whose size is written behind it
_XML: Final = (".xml", ".rels", ".vml")
_PEOPLE: Final = frozenset({"creator", "lastModifiedBy", "Manager", "Company"})
_HARMLESS: Final = frozenset({"title", "language", "revision", "created", "modified", "coreProperties"})
# By a word in the name of a part.
_PARTS: Final[tuple[tuple[str, Trace], ...]] = (
    ("vbaProject", Trace.SCRIPT),
    ("activeX", Trace.SCRIPT),
    ("/macrosheets/", Trace.SCRIPT),
    ("/embeddings/", Trace.ATTACHED),
    ("customXml/", Trace.LEFT_OVER),
    ("docProps/thumbnail", Trace.LEFT_OVER),
    ("docProps/custom.xml", Trace.PROPERTY),
    ("/pivotCache/", Trace.LEFT_OVER),
    ("/externalLinks/", Trace.LEFT_OVER),
    ("/queryTables/", Trace.LEFT_OVER),
    ("xl/connections.xml", Trace.LEFT_OVER),
    ("xl/model/", Trace.LEFT_OVER),
    ("/printerSettings", Trace.PROPERTY),
    ("/glossary/", Trace.LEFT_OVER),
    ("/revisions/", Trace.CHANGE),
    ("people.xml", Trace.PERSON),
    ("/persons/", Trace.PERSON),
)
_FONTS: Final = (".odttf", ".ttf")
_FONT_FOLDER: Final = "/fonts/"
_BLOCKS: Final = frozenset({"p", "si", "is", "text"})  # elements whose runs are read as one
_PAGE_EDGES: Final = re.compile(r"(?:odd|even|first)(?:Header|Footer)")
_EDGE_CODE: Final = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-Fa-f]{6}|\d+|[A-Z])")
_UNREAD: Final = re.compile(r"<!--(.*?)-->|<\?(?!xml\s)(.*?)\?>", re.DOTALL)
_STRICT: Final = re.compile(r"\{http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL: Final = r"{http://schemas.openxmlformats.org/\1/2006/"


@attrs.frozen
class Package:
    """The parts of an office file: all of them, and those that are XML as trees.

    Attributes:
        remark: of the archive or of a part in it.
        between: bytes of the archive that belong to no part.
        marks: what stands beside the names of parts.
    """

    parts: Mapping[str, bytes]
    trees: Mapping[str, Element]
    remark: bytes = b""
    between: tuple[bytes, ...] = ()
    marks: tuple[bytes, ...] = ()

    def tree(self, name: str) -> Element:
        """One part. Raises KnownError FILE_UNREADABLE."""
        found = self.trees.get(name)
        if found is None:
            raise KnownError(Code.FILE_UNREADABLE)
        return found


def open_package(untrusted: bytes) -> Package:
    """Take an office file apart, without unpacking more than it may hold.

    Raises:
        KnownError: FILE_ENCRYPTED, FILE_NO_REPORT for an older kind of office file, FILE_TOO_LARGE,
            FILE_UNREADABLE.
    """
    if untrusted.startswith(OLD_OFFICE):
        raise KnownError(Code.FILE_ENCRYPTED if _ENCRYPTED in untrusted else Code.FILE_NO_REPORT)
    try:
        with zipfile.ZipFile(io.BytesIO(untrusted)) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            if len(names) != len(infos):
                raise KnownError(Code.FILE_UNREADABLE)
            if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_BYTES:
                raise KnownError(Code.FILE_TOO_LARGE)
            parts = {info.filename: archive.read(info) for info in infos}
            remark = b" ".join(filter(None, (archive.comment, *(info.comment for info in infos))))
            between, marks = _unlisted(untrusted, infos, archive.start_dir)
        trees = {
            name: _usual(fromstring(content, forbid_dtd=True))
            for name, content in parts.items()
            if name.endswith(_XML) and content.strip()
        }
    except (zipfile.BadZipFile, RuntimeError, ParseError, DefusedXmlException, ValueError, EOFError) as error:
        raise KnownError(Code.FILE_UNREADABLE) from error
    return Package(parts, trees | _called_otherwise(parts, trees), remark, between, marks)


def _unlisted(
    untrusted: bytes, infos: Sequence[zipfile.ZipInfo], directory: int
) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Bytes between the parts, longer than an archive needs there; and what stands beside their names."""
    end, between = 0, []
    marks = [info.extra for info in infos]
    for info in sorted(infos, key=lambda one: one.header_offset):
        start = info.header_offset
        name, more = (int.from_bytes(untrusted[start + at : start + at + 2], "little") for at in (26, 28))
        between.append(untrusted[end:start])
        marks.append(untrusted[start + 30 + name : start + 30 + name + more])
        end = start + 30 + name + more + info.compress_size
    between.append(untrusted[end:directory])
    return tuple(one for one in between if len(one) > _MOST_BETWEEN), tuple(filter(None, marks))


def _called_otherwise(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> dict[str, Element]:
    """Parts that are XML whatever their names say: a picture in letters, a part named like a font."""
    found: dict[str, Element] = {}
    for name, content in parts.items():
        if name not in trees and content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t").startswith(b"<"):
            try:
                found[name] = _usual(fromstring(content, forbid_dtd=True))
            except (ParseError, DefusedXmlException, ValueError):
                continue  # `read_package` says that it cannot be searched
    return found


def _usual(tree: Element) -> Element:
    """The tree with the name spaces most programs write, where it was saved as strict Open XML."""
    for element in tree.iter():
        element.tag = _STRICT.sub(_USUAL, element.tag)
        for key in [key for key in element.attrib if key.startswith("{http://purl.")]:
            element.attrib[_STRICT.sub(_USUAL, key)] = element.attrib.pop(key)
    return tree


def read_package(package: Package) -> Iterator[Told]:
    """What any office file carries: properties, links, pictures, parts nobody sees."""
    if package.remark:
        yield Said(WHOLE, as_text(package.remark))
        yield Found(Trace.LEFT_OVER, WHOLE)
    yield from (Said(WHOLE, text) for one in (*package.between, *package.marks) for text in letters_in(one))
    if package.between:
        yield Found(Trace.LEFT_OVER, WHOLE)
    for name, content in package.parts.items():
        yield Said(part(name), name)
        if name not in package.trees:
            yield from (Said(part(name), text) for text in letters_in(content))
        trace = next((trace for word, trace in _PARTS if word in name), None)
        if trace is not None:
            yield Found(trace, part(name))
        elif is_picture(name, content):
            yield Found(Trace.PICTURE, part(name))
            if carries_data(content):
                yield Found(Trace.PICTURE_DATA, part(name))
        elif not _is_read(package, name) and content:
            yield Found(Trace.NOT_SEARCHED, part(name))
    for name, tree in package.trees.items():
        for match in _UNREAD.finditer(as_text(package.parts[name])):
            yield Said(part(name), match.group(1) or match.group(2) or "")
        if name.endswith(".rels"):
            yield from _links(name, tree)
        elif name.startswith("docProps/"):
            yield from _properties(tree)


def _is_read(package: Package, name: str) -> bool:
    return name in package.trees or (_FONT_FOLDER in name and name.endswith(_FONTS))


def _links(name: str, tree: Element) -> Iterator[Told]:
    for relation in tree:
        yield Said(part(name), relation.get("Target", ""))
        if relation.get("TargetMode") != "External":
            continue
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind != "hyperlink":
            yield Found(Trace.PROPERTY if kind == "attachedTemplate" else Trace.LOADED, part(name))


def _properties(tree: Element) -> Iterator[Told]:
    for element in tree.iter():
        text = (element.text or "").strip()
        if not text:
            continue
        yield Said(PROPERTIES, text)
        name = bare(element.tag)
        if name in _PEOPLE:
            yield Found(Trace.PERSON, PROPERTIES)
        elif tree.tag.endswith("}coreProperties") and name not in _HARMLESS:
            yield Found(Trace.PROPERTY, PROPERTIES)


def beside(name: str, tree: Element, shown: frozenset[str]) -> Iterator[Said]:
    """Every attribute of a part, and every text of elements other than `shown`, each once.

    The runs of a paragraph or cell are said together, too: a name can change its letters in the middle.
    """
    said: dict[str, None] = {}
    for element in tree.iter():
        values: Iterable[str] = element.attrib.values()
        text = (element.text or "").strip()
        if text and element.tag not in shown:
            said[text] = None
            said.update(dict.fromkeys(_edge(element.tag, text)))
        if bare(element.tag) in _BLOCKS and len(element):
            runs = [run for run in element.itertext() if run]
            said.update(dict.fromkeys(("".join(runs).strip(), " ".join(runs).strip())))
        if element.tail and element.tail.strip():
            said[element.tail.strip()] = None
        said.update((value, None) for value in values if sum(char.isalpha() for char in value) > 2)
    yield from (Said(part(name), text) for text in said if text)


def _edge(tag: str, text: str) -> tuple[str, ...]:
    """The head or foot of a sheet without its codes."""
    return tuple(_EDGE_CODE.sub(by, text) for by in ("", " ")) if _PAGE_EDGES.fullmatch(bare(tag)) else ()


def bare(tag: str) -> str:
    """A tag without its name space."""
    return tag.rpartition("}")[2]
