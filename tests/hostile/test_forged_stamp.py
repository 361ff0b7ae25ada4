"""Protects: only somebody who can search for names stamps a public text; a stamp made by hand is seen."""

from __future__ import annotations

import pytest

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.public_texts import PublicText, texts_id
from app.domain.report import TextStamp
from app.services.prisoners import EditPrisoner
from app.services.reports import MakeReport
from app.services.stamps import fingerprint
from tests.canaries import RELATIVE_NAME
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

TEXT = f"Engineer. {RELATIVE_NAME} writes to him."


def test_reports_staff_do_not_stamp_a_text(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        add_mother(session, prisoner, full_name=RELATIVE_NAME)
    with office.as_person(REPORTS) as session:
        version = session.prisoners.row(prisoner).version
        text = {"public_summary": (PublicText("en", TEXT),)}
        session.prisoners.edit(EditPrisoner(prisoner, version, text))
        with session.context.writing() as work:
            work.add(
                TextStamp(
                    RecordId(new_id()),
                    record=texts_id(prisoner),
                    field="public_summary",
                    language="en",
                    text_sha256=fingerprint(TEXT),
                    stamped_by=session.context.me,
                    stamped_at=session.context.now(),
                )
            )
            work.commit(Act.TEXT_STAMPED)
    with office.as_person(OFFICER) as session:
        briefing = MakeReport("parliament_briefing", "en", ("pdf",), recipients=("Committee",))
        with pytest.raises(KnownError) as refused:
            session.reports.make(briefing)
        assert refused.value.code is Code.ROW_NOT_IN_LOG
        assert not session.log.verify().ok
