"""Protects: a cover page in each reader's language passes every check and names nobody."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from app.languages import IN_REPORTS
from app.reports.composed import ComposedReport
from app.reports.cover import covers_for
from app.reports.draft import make_files, write_one
from app.reports.kind_file import shipped_kind
from app.reports.kinds import FORMATS, ReportKind
from app.reports.verify import verify
from tests.reports.making import made


@attrs.frozen
class _Asked:
    kind: ReportKind
    language: str = "de"
    number: str = "2026-031"
    day: date = date(2026, 11, 29)


def _covered(kind: str, *languages: str) -> ComposedReport:
    report = made(kind, language="de").report
    return attrs.evolve(report, covers=covers_for(_Asked(shipped_kind(kind)), languages))


@pytest.mark.parametrize("kind", ["parliament_briefing", "public_list", "newsletter"])
def test_a_report_with_covers_passes_every_check_in_every_format(kind: str) -> None:
    report = _covered(kind, *IN_REPORTS)
    formats = shipped_kind(kind).formats
    checks = verify(make_files(report, formats), report, shipped_kind(kind), write_one)
    assert [(one.check, one.file_format, one.where) for one in checks if not one.passed] == []
    assert [cover.language for cover in report.covers] == list(IN_REPORTS)


@pytest.mark.parametrize("file_format", ["pdf", "docx", "html"])
def test_a_cover_that_says_something_else_is_refused(file_format: str) -> None:
    report = _covered("parliament_briefing", "be")
    kind = shipped_kind("parliament_briefing")
    [cover] = report.covers
    other = attrs.evolve(report, covers=(attrs.evolve(cover, rules=(*cover.rules, "Ask her mother.")),))
    checks = verify(make_files(other, (file_format,)), report, kind, write_one)
    assert {one.check for one in checks if not one.passed} >= {"words"}
    without = attrs.evolve(report, covers=())
    checks = verify(make_files(without, (file_format,)), report, kind, write_one)
    assert {one.check for one in checks if not one.passed} >= {"words"}


def test_it_is_in_the_languages_we_speak_else_in_the_reports() -> None:
    asked = _Asked(shipped_kind("parliament_briefing"))
    assert [one.language for one in covers_for(asked, ("en", "", "en", "fr"))] == ["en"]
    assert [one.language for one in covers_for(asked, ("fr",))] == ["de"]
    assert [one.language for one in covers_for(asked, ())] == ["de"]


@pytest.mark.parametrize("language", IN_REPORTS)
def test_its_rules_are_said_in_every_language(language: str) -> None:
    said = {
        covers_for(_Asked(shipped_kind(kind)), (language,))[0].rules
        for kind in ("parliament_briefing", "public_list")
    }
    english = {
        covers_for(_Asked(shipped_kind(kind)), ("en",))[0].rules
        for kind in ("parliament_briefing", "public_list")
    }
    assert len(said) == 2
    assert language == "en" or all(rule not in english for rule in said)


def test_two_writings_of_it_are_the_same_bytes() -> None:
    report = _covered("parliament_briefing", "en", "be")
    formats = [each for each in FORMATS if each in shipped_kind("parliament_briefing").formats]
    one, two = make_files(report, formats), make_files(report, formats)
    assert [file.sha256 for file in one] == [file.sha256 for file in two]
