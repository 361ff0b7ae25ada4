"""Protects: reports of random case files hold nothing that was not decided, and the harness sees what does.

The figures come from `python3 dev.py faults --reports 1000`; here one case file a day, and planted leaks.
"""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from app.reports.kind_file import shipped_kind
from tests import canaries
from tests.faults import report_leaks


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> report_leaks.CaseGround:
    """A random case file in which the public list and the briefing carry somebody."""
    return report_leaks.make_ground(tmp_path_factory.mktemp("ground"), random.Random("1/1"))


def test_no_report_of_a_random_case_file_holds_what_was_not_decided(
    ground: report_leaks.CaseGround, tmp_path: Path
) -> None:
    kinds = [shipped_kind(name) for name in ("public_list", "parliament_briefing", "birthday_list")]
    found = [report_leaks.tried(ground, kind, tmp_path, random.Random(5)) for kind in kinds]
    assert [one.wrong for one in found] == ["", "", ""]
    assert sum(one.told for one in found) > 0


def test_the_harness_sees_a_value_that_was_not_decided(
    ground: report_leaks.CaseGround, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_leaks, "_allowed", lambda *_any: frozenset())
    found = report_leaks.tried(ground, shipped_kind("public_list"), tmp_path, random.Random(5))
    assert found.end == "wrong"
    assert " in " in found.wrong


def test_the_harness_sees_a_canary_packed_away(ground: report_leaks.CaseGround, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{canaries.RELATIVE_NAME_BE.upper()}</w:t>")
    wrong, told = report_leaks.read({"docx": packed.getvalue()}, ground, frozenset(), tmp_path)
    assert (wrong, told) == ("a canary in docx", 0)
