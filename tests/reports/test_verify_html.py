"""HTML files spoilt as somebody would who wants a page to say, hide, load or run more than was composed."""

from __future__ import annotations

import re

import attrs
import pytest

import resources
from app.domain.report import TextBlock
from app.reports.composed import Citation, ComposedReport
from app.reports.draft import MadeFile
from app.reports.kind_file import shipped, shipped_kind
from app.reports.verify import verify
from tests.reports.making import files, made

_BLOCKS = (
    TextBlock(what="paragraph", text="The committee may ask."),
    TextBlock(what="list", text="One\nTwo"),
)


def _report(kind: str = "public_list") -> ComposedReport:
    return made(kind, hidden=20, blocks=_BLOCKS).report


def _file(kind: str = "public_list") -> MadeFile:
    return files(made(kind, hidden=20, blocks=_BLOCKS), ("html",))["html"]


def _caught(file: MadeFile, report: ComposedReport | None = None, kind: str = "public_list") -> list[str]:
    results = verify([file], report or _report(kind), shipped_kind(kind), lambda _r, _f: file.content)
    return [result.check for result in results if not result.passed]


def _with(old: str, new: str, kind: str = "public_list") -> MadeFile:
    """The file with its first `old` made `new`."""
    file = _file(kind)
    text = file.content.decode("utf-8")
    assert old in text
    return attrs.evolve(file, content=text.replace(old, new, 1).encode("utf-8"))


@pytest.mark.parametrize("kind", [kind.name for kind in shipped() if kind.columns])
def test_the_page_as_written_passes(kind: str) -> None:
    assert _caught(_file(kind), kind=kind) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</head>", "<script>1</script></head>"),
        ("<body>", '<body onload="go()">'),
        ("</main>", '<img src="https://elsewhere.example/seen.gif"/></main>'),
        ("</main>", '<iframe src="https://elsewhere.example"></iframe></main>'),
        ("</main>", '<form action="https://elsewhere.example"><input name="n"/></form></main>'),
        ("</main>", "<template></template></main>"),
        ("</main>", "<svg></svg></main>"),
        ("<main", '<main data-row="1"'),
        ('<p class="subtitle">', '<p class="subtitle" hidden="hidden">'),
        ('<p class="subtitle">', '<p class="subtitle" style="display:none">'),
        ('<p class="subtitle">', '<p class="subtitle" title="every name">'),
        ('<p class="subtitle">', '<p class="other">'),
        ("<tbody>", '<tbody id="x">'),
        ("</head>", '<link rel="stylesheet" href="https://elsewhere.example/x.css"/></head>'),
        ("</head>", '<base href="https://elsewhere.example/"/></head>'),
        ('<meta name="referrer" content="no-referrer"/>', ""),
        ('content="no-referrer"', 'content="unsafe-url"'),
        ("default-src &#39;none&#39;", "default-src *"),
        ("base-uri &#39;none&#39;; ", ""),
        ("</style>", "td { display: none; }</style>"),
        ("color: #1b2430", "color: #ffffff"),
        ("</main>", "<!-- every name --></main>"),
        ("</main>", "<!-- every name></main><p class='note'>--></main>"),
        ("</main>", "<?every name?></main>"),
        ("</main>", "<section/></main>"),
        ("</html>\n", "</html>"),
        ('rel="noopener noreferrer"', 'rel="opener"'),
    ],
)
def test_what_hides_runs_or_loads_is_caught_by_html_parts(old: str, new: str) -> None:
    assert _caught(_with(old, new)) == ["html_parts"]


def test_a_section_only_a_strict_reader_reads_is_caught_by_html_parts() -> None:
    """A browser takes it for a comment."""
    assert "html_parts" in _caught(
        _with("<p>The committee may ask.</p>", "<p><![CDATA[The committee may ask.]]></p>")
    )


def test_a_link_that_leads_elsewhere_than_it_says_is_caught_by_html_parts() -> None:
    link = "https://list.example/people"
    assert _caught(_with(f'href="{link}"', 'href="https://elsewhere.example/"')) == ["html_parts"]


@pytest.mark.parametrize("place", ["<main", "<ul>", "<tbody>", "<thead>", "<html"])
def test_a_text_between_elements_is_caught(place: str) -> None:
    caught = (
        _caught(_with(place, f"every name {place}"))
        if place != "<html"
        else _caught(_with("<html", "x<html"))
    )
    assert {"words", "html_parts"} & set(caught)


def test_another_title_is_caught_by_html_parts() -> None:
    file = _file()
    content = re.sub(rb"<title>.*</title>", b"<title>A list by Canary</title>", file.content)
    assert _caught(attrs.evolve(file, content=content)) == ["html_parts"]


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.replace(b"<!DOCTYPE html>", b""),
        lambda c: c.replace(b"<!DOCTYPE html>", b'<!DOCTYPE html [<!ENTITY a "every name">]>'),
        lambda c: c.replace(b"</main>", b""),
        lambda c: c.replace(b"utf-8", b"utf-7"),
        lambda c: b"\xef\xbb\xbf" + c,
        lambda c: c[: len(c) // 2],
        lambda c: b"",
        lambda c: c + b"<p>every name</p>",
        lambda c: c.decode("utf-8").encode("utf-16"),
    ],
)
def test_a_page_that_is_not_ours_to_read_does_not_leave(change: object) -> None:
    file = _file()
    assert callable(change)
    assert "html_parts" in _caught(attrs.evolve(file, content=change(file.content)))


def test_a_word_only_a_browser_reads_is_caught_by_words() -> None:
    """The number 128 is a control character to XML and the sign of the euro to every browser."""
    assert "words" in _caught(_with("The committee", "The&#128; committee"))


def test_a_cited_text_that_is_no_address_is_a_text() -> None:
    report = attrs.evolve(_report(), sources=(Citation("A list", "javascript:alert(1)", "2026"),))
    file = files(attrs.evolve(made(hidden=20, blocks=_BLOCKS), report=report), ("html",))["html"]
    assert b"href" not in file.content
    assert _caught(file, report) == []


def test_the_shipped_style_hides_nothing_and_loads_nothing() -> None:
    style = resources.path("templates/html/report.css").read_text(encoding="utf-8")
    for word in (
        "url(",
        "@import",
        "@font-face",
        "content:",
        "visibility",
        "opacity",
        "clip",
        "transform",
        "hidden",
    ):
        assert word not in style
    assert set(re.findall(r"display: ([a-z-]+)", style)) == {"table-header-group", "flow-root"}
    assert not re.search(r"(?<![-\w])(?:position|left|top|text-indent|z-index):|: -", style)
    colours = {int(found, 16) for found in re.findall(r"(?:^|[ {])color: #([0-9a-f]{6})", style)}
    assert all(max(each >> 16, each >> 8 & 255, each & 255) < 0x80 for each in colours)
