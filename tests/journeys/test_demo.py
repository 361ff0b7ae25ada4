"""Protects: what waits in the demo for a second person can leave; a first try must not be a dead end."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import bootstrap
from app.crypto.passphrase import KdfParameters
from app.demo import make_demo
from app.services.approval import ApproveReport


@pytest.mark.plants("the demo is of people invented to be shown")
def test_the_report_that_waits_in_the_demo_can_leave(tmp_path: Path) -> None:
    left, out = tmp_path / "left", tmp_path / "out"
    out.mkdir()
    made = make_demo(tmp_path / "demo", lambda words: None, KdfParameters.for_tests(), reports=left)
    session = bootstrap.open_case_file(made.folder).unlock(made.people[0].passphrase)
    try:
        (waits,) = [row for row in session.reports.rows() if row.state == "checked"]
        session.approval.approve(ApproveReport(waits.id, out))
    finally:
        session.close()
    assert {path.suffix for path in out.iterdir()} == {".pdf", ".docx"}
