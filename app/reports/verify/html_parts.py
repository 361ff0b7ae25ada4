"""HTML: nothing but what is read. Elements, attributes and styles outside a short list are refused.

So no script, comment, hidden element, form or frame, of pictures only photos of the report, nothing loaded
from outside. The content policy that forbids them all the same is there, and the style is the shipped one.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

import resources
from app.languages import IN_REPORTS
from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify import html_drawings
from app.reports.verify.html_page import Lenient
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened

_PLAIN: Final = frozenset({"html", "head", "title", "body", "header", "ul", "li", "thead", "tbody"})
_MORE: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "section": {"class": frozenset({"cover"}), "lang": frozenset(IN_REPORTS)},
    "main": {"class": frozenset({"broad"})},
    "footer": {},
    "h1": {},
    "h2": {},
    "h3": {},
    "span": {},
    "p": {"class": frozenset({"subtitle", "note", "cover-kind", "cover-head"})},
    "div": {"class": frozenset({"wide"})},
    "article": {"class": frozenset({"person"})},
    "table": {"class": frozenset({"people", "figures", "counts", "texts"})},
    "tr": {},
    "th": {"scope": frozenset({"row", "col"})},
    "td": {"class": frozenset({"number"})},
    "style": {},
}
_INSIDE: Final = frozenset({"p", "h1", "h2", "h3", "li", "td", "th", "span", "a", "title", "style", "text"})
"""Elements that may say something themselves; all others only hold elements."""
_METAS: Final = (
    {"charset": "utf-8"},
    {"name": "referrer", "content": "no-referrer"},
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
)


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Look at every element and attribute, as both readers see them."""
    page, lenient = file.page, file.page_again
    elements = list(page.iter())
    examined = len(elements) + sum(len(element.attrib) for element in elements)
    links = {source.link for source in report.sources if source.link.startswith(("https://", "http://"))}
    where = _frame(file, page, report) or _head(page, pictures=bool(report.portraits))
    for number, element in enumerate(elements, start=1):
        wrong = not where and _outside(element, links, pictures=bool(report.portraits))
        where = f"element {number}" if wrong else where
    where = where or html_drawings.check(page, report) or _second_look(elements, lenient)
    return Looked(examined, where)


def _frame(file: Opened, page: Element, report: ComposedReport) -> str:
    """The outermost element, the title, and nothing behind the end or unseen between."""
    if page.tag != "html" or page.attrib != {"lang": report.language}:
        return "html"
    if [child.tag for child in page] != ["head", "body"]:
        return "html"
    if page.findtext("head/title") != report.title:
        return "title"
    if b"\r" in file.content or b"\x00" in file.content or not file.content.endswith(b"</html>\n"):
        return "end"
    return ""


def _head(page: Element, *, pictures: bool) -> str:
    head = page.find("head")
    children = [] if head is None else list(head)
    if [child.tag for child in children] != ["meta", "meta", "meta", "meta", "title", "style"]:
        return "head"
    style = children[-1].text or ""
    if style != resources.path("templates/html/report.css").read_text(encoding="utf-8"):
        return "style"
    policy = {"http-equiv": "Content-Security-Policy", "content": _policy(style, pictures=pictures)}
    metas = [child.attrib for child in children[:4]]
    return "" if metas == [_METAS[0], policy, *_METAS[1:]] else "content policy"


def _policy(style: str, *, pictures: bool) -> str:
    shown = "img-src data:; " if pictures else ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; {shown}style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _outside(element: Element, links: set[str], *, pictures: bool) -> bool:
    """Whether an element, an attribute or a value is none a report has, or a text stands where none may."""
    tag, attributes = element.tag, element.attrib
    unsaid = (element.text,) if tag not in _INSIDE else ()
    tails = [child.tail for child in element] if tag not in _INSIDE else []
    if any((text or "").strip() for text in (*unsaid, *tails)):
        return True
    match tag:
        case "html" | "meta":
            return False  # judged whole, with the head
        case "a":
            own = element.text in links and len(element) == 0
            return not own or attributes != {"href": element.text, "rel": "noopener noreferrer"}
        case "svg" | "rect" | "text":
            return False  # judged whole, as drawings
        case "img":  # which, beside whom, and what is said in its place: `pictures`
            held = not pictures or len(element) or element.text
            return bool(held) or list(attributes) != ["src", "alt", "width", "height"]
        case _ if tag in _PLAIN:
            return bool(attributes)
    allowed = _MORE.get(tag)
    return allowed is None or any(value not in allowed.get(name, ()) for name, value in attributes.items())


def _second_look(elements: list[Element], lenient: Lenient) -> str:
    """Whether a forgiving reader sees other elements than the strict one, or something that is neither."""
    if lenient.other != ["declaration"]:
        return "comment"
    seen = [(tag, dict(attributes)) for tag, attributes in lenient.tags]
    return "" if seen == [(element.tag, element.attrib) for element in elements] else "elements"
