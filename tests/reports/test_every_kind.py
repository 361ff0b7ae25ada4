"""Protects: every kind passes every check in every format and language, and gives the same bytes twice."""

from __future__ import annotations

import pytest

from app.reports.draft import make_files, write_one
from app.reports.kind_file import shipped
from app.reports.kinds import ReportKind
from app.reports.verify import verify
from tests.reports.making import made

_ABOUT_PEOPLE = [kind for kind in shipped() if kind.columns]


@pytest.mark.parametrize("kind", _ABOUT_PEOPLE, ids=lambda kind: str(kind.name))
@pytest.mark.parametrize("language", ["en", "de", "be"])
def test_a_kind_passes_its_checks(kind: ReportKind, language: str) -> None:
    report = made(kind.name, hidden=12, language=language).report
    checks = verify(make_files(report, kind.formats), report, kind, write_one)
    assert [(one.check, one.file_format, one.where) for one in checks if not one.passed] == []
    assert report.rows
    assert "Canary text" not in str(report.plain())
