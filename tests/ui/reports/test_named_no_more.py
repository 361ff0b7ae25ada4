"""Protects: the ledger says, to reports staff too, that what left names somebody who said no since."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, RecordConversation
from app.services.reports import MakeReport
from tests.services.office import COORDINATOR, OFFICER, REPORTS
from tests.ui.reports.windows import Windows
from ui.widgets.frames import Notice

pytestmark = pytest.mark.window


def test_a_no_is_seen_beside_a_report_that_left(windows: Windows, tmp_path: Path) -> None:
    office = windows.office
    with office.as_person(COORDINATOR) as session:
        report = session.reports.make(MakeReport("public_list", "en", ("csv",))).id
    with office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
    with office.as_person(REPORTS) as session:
        assert session.reports.kept(report).gone == 0
    with office.as_person(COORDINATOR) as session:
        mother = session.relatives.rows()[0].id
        refused = (AnswerDraft("name", "refused"),)
        session.consent.record(RecordConversation(mother, {"direction": "they_came"}, refused))
    window = windows.as_person(REPORTS)
    assert window.ask(lambda: window.session.reports.kept(report).gone) == 1
    landing = window.page.landing
    assert landing is not None
    said = [one.accessibleName() for one in landing.detail.findChildren(Notice) if one.isVisible()]
    assert any("One person named in it may not be named any more." in words for words in said)
