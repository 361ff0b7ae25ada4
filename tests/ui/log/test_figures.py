"""Protects what an auditor reads behind a kind of finding: how old, how many, who reviewed; nobody else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.domain.case_findings import Rule
from app.services.consent import AnswerDraft, RecordConversation
from app.services.findings import ReviewFindings
from app.services.relatives import ShowIdentity
from tests import canaries
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, add_mother, add_prisoner, an_office
from tests.ui.conftest import Until
from tests.ui.pages import open_one_page
from ui.views.log.page import LogPage
from ui.widgets.labels import RunText, Text

_TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}
_NOTE = "She rang; her son was in hospital"


def test_an_auditor_reads_how_old_and_who_looked(
    tmp_path: Path, application: QApplication, until: Until
) -> None:
    office = an_office(tmp_path / "case")
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session), full_name=canaries.RELATIVE_NAME)
        session.consent.record(RecordConversation(mother, _TALK, (AnswerDraft("contact", "refused"),)))
        session.relatives.show(ShowIdentity(mother, "danger", "They search his flat today"))
    with office.as_person(OFFICER) as session:
        session.settle()
        (group,) = [one for one in session.findings.groups() if one.rule is Rule.WARNED]
        session.findings.review(ReviewFindings(Rule.WARNED, (group.items[0].digest,), _NOTE))
    desk = open_one_page(office.folder, AUDITOR, LogPage, until)
    try:
        desk.page.opened()
        until(lambda: not desk.tasks.busy)
        part = desk.page.findings
        part.card.opened.emit(Rule.WARNED)
        assert part.figure is not None
        told = [one.text() for one in part.figure.findChildren(Text)]
        told += [one.accessibleName() for one in part.figure.findChildren(RunText)]
        said = " | ".join((*told, part.figure.windowTitle()))
        assert "0 times opened although contact was forbidden" in said
        assert any("Vera O." in one and "1 reviewed" in one for one in told)
        assert not any(
            word in said for word in (canaries.RELATIVE_NAME, "Zhawn", "Mother", "hospital", "flat")
        )
        part.figure.reject()
    finally:
        desk.close()
