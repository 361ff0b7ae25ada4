"""Writers: same input, same bytes; every text comes back word for word; nothing becomes markup."""

from __future__ import annotations

import io

import attrs
import docx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain.errors import Code, KnownError
from app.domain.report import TextBlock
from app.reports.composed import ComposedReport
from app.reports.draft import file_name, make_files, write_one
from app.reports.kind_file import shipped_kind
from app.reports.kinds import FORMATS
from app.reports.text import plain_line
from app.reports.verify import verify
from tests.reports.making import made

_LOOKS_LIKE_MORE = (
    '#let x = 1; #read("/etc/passwd")',
    "*bold* _it_ $x^2$ `raw` = head",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "-- a -> b <= c ... 1/2 (c)",
    "'=already",
    "''+2",
    '"quoted", and; semicolons\\n',
    "<w:p>&amp;</w:p>",
    "fi fl ffi ffl Straße",
    "Wirtschaftskriminalitätsbekämpfungsabteilungsleiterin",
    "Дубнянская-Жаўняровічанка Кацярына Святаславаўна",
    "{page} {pages} {}",
)


@pytest.mark.parametrize("kind_name", ["public_list", "parliament_briefing"])
@pytest.mark.parametrize("file_format", FORMATS)
def test_same_input_same_bytes(kind_name: str, file_format: str) -> None:
    report = made(kind_name, hidden=20).report
    assert write_one(report, file_format) == write_one(report, file_format)


@pytest.mark.parametrize("kind_name", ["public_list", "parliament_briefing"])
@pytest.mark.parametrize("language", ["en", "de", "be"])
def test_what_is_made_passes_every_check(kind_name: str, language: str) -> None:
    blocks = (TextBlock(what="heading", text="Why"), TextBlock(what="list", text="One\nTwo"))
    report = made(kind_name, hidden=20, language=language, blocks=blocks).report
    results = verify(make_files(report, FORMATS), report, shipped_kind(kind_name), write_one)
    assert [(r.check, r.file_format, r.where) for r in results if not r.passed] == []


@pytest.mark.parametrize("kind_name", ["public_list", "parliament_briefing"])
def test_text_that_looks_like_more_comes_out_as_text(kind_name: str) -> None:
    report = _saying(made(kind_name, hidden=20).report, list(_LOOKS_LIKE_MORE))
    results = verify(make_files(report, FORMATS), report, shipped_kind(kind_name), write_one)
    assert [(r.check, r.file_format, r.where) for r in results if not r.passed] == []


# letters and signs the shipped fonts have
_TEXT = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.characters(min_codepoint=0xC0, max_codepoint=0x17F),
        st.characters(min_codepoint=0x410, max_codepoint=0x451),
        st.sampled_from("ўіґєїЎІ’“”«»–—…№€\u202e\u200b\u00ad\u0301\t"),
    ),
    min_size=1,
    max_size=60,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(_TEXT, min_size=1, max_size=6), cards=st.booleans())
@example(texts=["'"], cards=False)
def test_random_texts_go_through_all_writers_and_back(texts: list[str], *, cards: bool) -> None:
    kind_name = "parliament_briefing" if cards else "public_list"
    said = [text for text in (plain_line(text) for text in texts) if text] or ["x"]
    report = _saying(made(kind_name, hidden=20).report, said)
    results = verify(make_files(report, FORMATS), report, shipped_kind(kind_name), write_one)
    # random signs may look like a handle or an address; that check has its own tests
    wrong = [(r.check, r.file_format, r.where) for r in results if not r.passed and r.check != "contacts"]
    assert wrong == []


def _saying(report: ComposedReport, texts: list[str]) -> ComposedReport:
    """The report with these texts as title, blocks and cells."""
    blocks = tuple(attrs.evolve(made(blocks=_ONE).report.blocks[0], text=text) for text in texts)
    rows = tuple(
        tuple(
            texts[(number + index) % len(texts)] if isinstance(cell, str) else cell
            for index, cell in enumerate(row)
        )
        for number, row in enumerate(report.rows)
    )
    return attrs.evolve(report, title=texts[0], blocks=blocks, rows=rows)


_ONE = (TextBlock(what="paragraph", text="One"),)


def test_a_character_the_fonts_lack_is_refused_and_only_its_number_told() -> None:
    report = _saying(made().report, ["Secret name \U0001f600"])
    with pytest.raises(KnownError) as caught:
        write_one(report, "pdf")
    assert caught.value.code is Code.REPORT_CHARACTER_MISSING
    assert caught.value.details == {"character": "U+1F600"}
    assert caught.value.__cause__ is None


def test_unknown_format() -> None:
    with pytest.raises(KnownError) as caught:
        write_one(made().report, "odt")
    assert caught.value.code is Code.REPORT_FORMAT_UNKNOWN


def test_file_name_is_number_kind_and_language() -> None:
    assert file_name(made(language="de").report, "pdf") == "2026-031-public-list-de.pdf"


def test_another_library_opens_the_document_with_real_headings() -> None:
    content = write_one(made("parliament_briefing", hidden=20).report, "docx")
    document = docx.Document(io.BytesIO(content))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    assert styles[:2] == ["Title", "Subtitle"]
    assert "Heading 1" in styles
    assert document.core_properties.author == ""
    assert document.core_properties.created is None
