"""The help: short pages of `resources/help`, one file per page and language. Data; shown elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Final

import attrs

import resources

ORDER: Final = "help/order.txt"


@attrs.frozen
class HelpPage:
    """One page.

    Attributes:
        key: stable name, that of the page of the window it is about where there is one.
        title: its first line.
        text: everything below, in Markdown; links go to other pages only ("help:marks").
    """

    key: str
    title: str
    text: str


@cache
def help_pages(language: str) -> tuple[HelpPage, ...]:
    """Every page in reading order, in a language the window has."""
    keys = resources.path(ORDER).read_text(encoding="utf-8").split()
    return tuple(_read(key, language) for key in keys)


def help_page(key: str, language: str) -> HelpPage:
    """A page by its key; the first one where there is none of that name."""
    pages = help_pages(language)
    return next((page for page in pages if page.key == key), pages[0])


def _read(key: str, language: str) -> HelpPage:
    whole = resources.path(f"help/{language}/{key}.md").read_text(encoding="utf-8")
    first, _line, text = whole.partition("\n")
    return HelpPage(key, first.removeprefix("# ").strip(), text.strip())
