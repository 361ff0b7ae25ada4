"""Protects: pages read one by one, as whoever got them printed reads them."""

from __future__ import annotations

import io
from string import ascii_lowercase

import pypdf
import pytest

from app.reports.draft import make_files, write_one
from app.reports.kind_file import shipped_kind
from app.reports.verify import verify
from tests.reports.making import made, prisoner

_TOGETHER = 8


def _pages(kind: str, people: int, language: str = "en") -> list[str]:
    """The text of every page; every check over the file passes."""
    letters = [f"{a}{b}" for a in ascii_lowercase for b in ascii_lowercase]
    named = tuple(prisoner(n, "Alena", f"Canary{letters[n]}") for n in range(1, people + 1))
    report = made(kind, people=named, hidden=20, language=language).report
    files = make_files(report, ("pdf",))
    results = verify(files, report, shipped_kind(kind), write_one)
    assert [(each.check, each.where) for each in results if not each.passed] == []
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files[0].content)).pages]


def _names_on(page: str) -> int:
    return sum("Canary" in line for line in page.splitlines())


def test_the_last_page_of_a_list_holds_more_than_a_few_names() -> None:
    first = _names_on(_pages("public_list", 90)[0])
    pages = _pages("public_list", first + 2)
    assert [_names_on(page) for page in pages] == [first + 2 - _TOGETHER, _TOGETHER]


def test_a_short_list_stays_on_its_page() -> None:
    assert len(_pages("public_list", 9)) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "please treat as confidential"), ("de", "bitte vertraulich behandeln")],
)
def test_every_page_of_a_confidential_briefing_says_so(language: str, words: str) -> None:
    pages = _pages("parliament_briefing", 60, language)
    assert len(pages) > 1
    assert [words in " ".join(page.split()) for page in pages] == [True] * len(pages)
