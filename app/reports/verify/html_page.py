"""An HTML file read twice: as strict XML, and tag by tag as a browser reads, which sees what XML drops."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

DOCTYPE: Final = b"<!DOCTYPE html>\n"
_APART: Final = frozenset({"h1", "h2", "h3", "p", "li", "th", "td", "title", "style", "text"})
"""Elements whose text stands apart from what is around them."""


def strict(content: bytes) -> Element:
    """The page as XML.

    Raises:
        ValueError: another document type, or none.
        ParseError: not well-formed.
    """
    if not content.startswith(DOCTYPE):
        raise ValueError("another document type")
    return fromstring(content[len(DOCTYPE) :].decode("utf-8"), forbid_dtd=True)


def body_of(page: Element) -> Element:
    """The body. Raises ValueError where there is none or more than one."""
    found = page.findall("body")
    if len(found) != 1:
        raise ValueError("not one body")
    return found[0]


def text_of(element: Element) -> str:
    """Everything an element says, in order."""
    return "".join(element.itertext())


def texts_of(element: Element) -> Iterator[str]:
    """What an element says, block by block; words of two blocks never run together."""
    if element.text:
        yield element.text
    for child in element:
        if child.tag in _APART:
            yield text_of(child)
        else:
            yield from texts_of(child)
        if child.tail:
            yield child.tail


def paragraphs(page: Element) -> Iterator[tuple[str, str]]:
    """What stands in no table: what a person's card begins with is a `Person`, as in other documents."""
    for element in body_of(page).iter():
        if element.tag in ("h1", "h2", "h3", "p", "li"):
            yield ("Person" if element.tag == "h3" else element.tag), text_of(element)


def tables(page: Element) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The tables, as rows of texts."""
    return tuple(
        tuple(tuple(text_of(cell) for cell in row) for row in table.iter("tr"))
        for table in body_of(page).iter("table")
    )


class Lenient(HTMLParser):
    """The page as a browser's reader goes through it, which forgives and reads on.

    Attributes:
        tags: every element opened, in order, with its attributes.
        texts: every text of the body, in order.
        other: whatever is neither an element nor a text: comments, instructions, declarations.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Final[list[tuple[str, tuple[tuple[str, str | None], ...]]]] = []
        self.texts: Final[list[str]] = []
        self.other: Final[list[str]] = []
        self._body = False
        self.feed(content.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element opens."""
        self._body = self._body or tag == "body"
        self.tags.append((tag, tuple(attrs)))
        if tag in _APART:
            self.texts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself: a browser heeds that only where nothing fits in anyway."""
        self.handle_starttag(tag, attrs)
        if tag not in ("meta", "img"):
            self.other.append("closes itself")

    def handle_endtag(self, tag: str) -> None:
        """An element closes."""
        if tag in _APART:
            self.texts.append("\n")

    def handle_data(self, data: str) -> None:
        """A text."""
        if self._body:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment, also one that is not closed or not well-formed."""
        self.other.append("comment")

    def handle_decl(self, decl: str) -> None:
        """A document type; the first is the page's own."""
        self.other.append("declaration")

    def handle_pi(self, data: str) -> None:
        """An instruction to a program."""
        self.other.append("instruction")

    def unknown_decl(self, data: str) -> None:
        """A marked section."""
        self.other.append("section")
