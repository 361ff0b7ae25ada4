"""Protects: a drawing says what it stands for and nothing else; numbers stay numbers, heads with tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date

import attrs
import openpyxl
import pikepdf
import pytest
from pypdf import PdfReader

from app.domain.consent_audit import Period
from app.domain.dates import PartialDate
from app.domain.godparent import Godparent, Godparenthood
from app.domain.growth import ToldBefore, programme_of
from app.domain.ids import RecordId
from app.domain.quoted import QuotedFigure
from app.languages import IN_REPORTS
from app.reports.composed import ComposedReport
from app.reports.draft import MadeFile, make_files, write_one
from app.reports.growth import compose_growth
from app.reports.growth_parts import GrowthRequest
from app.reports.kind_file import read_kind, shipped_kind
from app.reports.kinds import FORMATS
from app.reports.verify import verify

_KIND = shipped_kind("growth")
_QUOTED = (
    QuotedFigure(
        RecordId("q1"),
        measure="people",
        said="over 40",
        on=PartialDate(2021),
        source="Invented review",
        link="https://review.example/2021",
    ),
    QuotedFigure(
        RecordId("q2"), measure="prisoners", said="=1500", on=PartialDate(2022, 3), source="+ Invented group"
    ),
)


def _report(people: int = 90, language: str = "en", chambers: int = 5, **more: object) -> ComposedReport:
    godparents = [
        Godparent(RecordId(f"p{n}"), family_name="Member", country="DE", chamber=f"Chamber {n % chambers}")
        for n in range(people)
    ]
    taken = [
        Godparenthood(
            RecordId(f"g{n}"),
            prisoner=f"x{n}",
            godparent=f"p{n}",
            state="ended" if n % 7 == 0 else "active",
            since=PartialDate(2020 + n % 4, 1 + n % 12),
            ended_on=PartialDate(2024, 7, 1) if n % 7 == 0 else None,
            reason="mandate_lost" if n % 14 == 0 else "",
        )
        for n in range(people)
    ]
    values: dict[str, object] = {"quoted": _QUOTED, **more}
    period = Period(date(2020, 1, 1), date(2025, 9, 30))
    request = GrowthRequest(
        _KIND,
        language,
        "2026-031",
        date(2026, 11, 22),
        period,
        1204,
        programme_of(godparents, taken, []),
        **values,  # type: ignore[arg-type]
    )
    return compose_growth(request).report


def _file(report: ComposedReport, file_format: str) -> MadeFile:
    return make_files(report, (file_format,))[0]


def _refusals(file: MadeFile, report: ComposedReport) -> set[str]:
    found = verify((file,), report, _KIND, write_one)
    return {one.check for one in found if not one.passed} - {"again"}


@pytest.mark.parametrize(
    ("people", "language"), [(0, "en"), (1, "de"), (1300, "be"), *((90, each) for each in IN_REPORTS)]
)
def test_every_format_passes_every_check(people: int, language: str) -> None:
    told = (ToldBefore("people", date(2021, 12, 31), 7, "2022-004"),)
    report = _report(people, language, told=told)
    files = make_files(report, FORMATS)
    assert [one for one in verify(files, report, _KIND, write_one) if not one.passed] == []


@pytest.mark.parametrize("chambers", [35, 36, 37, 72, 73, 110])
def test_a_table_longer_than_a_page_has_its_head_on_every_part(chambers: int) -> None:
    report = _report(220, chambers=chambers)
    file = _file(report, "pdf")
    assert _refusals(file, report) == set()
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages]
    for page in pages:
        if re.search(r"Chamber \d+, Germany", page):
            assert "So far" in page


def test_figures_are_numbers_where_a_spreadsheet_reads_them() -> None:
    report = _report(1300)
    records = list(csv.reader(io.StringIO(_file(report, "csv").content.decode("utf-8-sig"))))
    assert ["Godparents, year by year", "30 September 2025", "So far", "1300"] in records
    book = openpyxl.load_workbook(io.BytesIO(_file(report, "xlsx").content))
    assert [cell.value for cell in book.worksheets[0]["B"]][-1] == 1300
    assert {cell.data_type for cell in book.worksheets[0]["B"][1:]} == {"n"}
    said = next(sheet for sheet in book.worksheets if "others" in sheet.title)
    assert said["B3"].value == "=1500"
    assert said["B3"].data_type == "s"


def test_what_a_drawing_says_instead_is_composed_and_stands_once_for_each() -> None:
    report = _report()
    content = _file(report, "pdf").content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        said = [
            str(one["/Alt"]) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        ]
    assert sorted(said) == sorted(chart.instead for chart in report.charts)
    assert "2021: 46" in said[0] + said[1]


def _pdf_that_says(text: str) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            one = next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o)
            one["/Alt"] = pikepdf.String(text)
            out = io.BytesIO()
            pdf.save(out, linearize=False, deterministic_id=True)
        return out.getvalue()

    return change


def test_another_text_instead_of_a_drawing_is_refused() -> None:
    report = _report()
    file = _file(report, "pdf")
    bad = attrs.evolve(file, content=_pdf_that_says("Alena Kvitkavets, Homiel")(file.content))
    assert "pdf_parts" in _refusals(bad, report)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'aria-label="[^"]*"', 'aria-label="Alena Kvitkavets"'),
        (r'(<rect class="solid" x="\d+" y="\d+" width="\d+" height=)"\d+"', r'\1"999"'),
        (r'(<text class="value" x=)"\d+"', r'\1"375291234567"'),
        (r'(<text class="value" x=)"(\d+)"', r'\1"\2" id="x"'),
        (r'<rect class="base"', '<rect class="hollow"'),
        (r"</svg>", '<text class="label" x="1" y="1"></text></svg>'),
        (r"</svg>", "<script></script></svg>"),
        (r"</svg>", '<image href="https://else.example/x.png"></image></svg>'),
        (r'width="640"', 'width="640" style="display:none"'),
    ],
)
def test_a_drawing_of_a_page_that_holds_anything_else_is_refused(old: str, new: str) -> None:
    report = _report()
    file = _file(report, "html")
    text = file.content.decode()
    changed = re.sub(old, new, text, count=1)
    assert changed != text
    bad = attrs.evolve(file, content=changed.encode())
    assert "html_parts" in _refusals(bad, report)


def test_bars_in_another_order_than_their_figures_are_refused() -> None:
    report = _report()
    file = _file(report, "html")
    first, last = report.charts[0].bars[0].values[0], report.charts[0].bars[-1].values[0]
    text = file.content.decode()
    swapped = text.replace(f">{first}</text>", ">x</text>", 1).replace(
        f">{last}</text>", f">{first}</text>", 1
    )
    bad = attrs.evolve(file, content=swapped.replace(">x</text>", f">{last}</text>", 1).encode())
    assert _refusals(bad, report) == {"html_parts"}, "every word is there as often as it should be"


@pytest.mark.parametrize("file_format", ["docx", "html", "csv", "xlsx"])
def test_two_figures_that_changed_places_are_refused(file_format: str) -> None:
    report = _report()
    table = report.tables[0]
    other = attrs.evolve(table, rows=(table.rows[1], table.rows[0], *table.rows[2:]))
    swapped = attrs.evolve(report, tables=(other, *report.tables[1:]))
    bad = _file(swapped, file_format)
    assert "rows" in _refusals(bad, report)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('key = "years"', 'key = "answers"'),
        ('audience = "public"', 'audience = "internal"'),
        ('audience = "public"', 'audience = "institution"'),
        ('approval = "second_person"', 'approval = "other_officer"'),
        ("hide_under = 10", "hide_under = 5"),
        ('layout = "figures"', 'layout = "cards"'),
    ],
)
def test_a_kind_that_would_tell_more_is_refused(old: str, new: str) -> None:
    import resources
    from app.domain.errors import Code, KnownError

    text = resources.path("report_kinds/growth.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(KnownError) as refused:
        read_kind(text.replace(old, new, 1))
    assert refused.value.code is Code.REPORT_KIND_INVALID
