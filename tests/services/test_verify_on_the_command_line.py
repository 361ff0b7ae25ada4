"""Protects: `poruch verify` says what a window says, without a window and without naming anybody."""

from __future__ import annotations

from pathlib import Path

from app.cli.run import Exit
from app.services.consent import AnswerDraft, RecordConversation
from tests.canaries import RELATIVE_NAME
from tests.hostile.insider import raw
from tests.services.command_line import Run
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

_NAMES = (RELATIVE_NAME, "Zhawnyarovich", "Siarhei", "gardener", "Vera", "Hanna")


def _family(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session), full_name=RELATIVE_NAME)
        session.consent.record(RecordConversation(mother, {}, (AnswerDraft("name", "refused"),)))


def test_a_sound_file_and_one_that_was_changed_are_told_apart_and_name_nobody(
    office: Office, poruch: Run, tmp_path: Path
) -> None:
    _family(office)
    code, out, err = poruch(OFFICER, "verify", office.folder)
    assert (code, err) == (Exit.DONE, "")
    assert "Everything fits together." in out
    line = tmp_path / "line.txt"
    assert poruch(OFFICER, "proof", office.folder, "--out", line)[0] == Exit.DONE
    assert poruch(OFFICER, "verify", office.folder, "--proof", line)[0] == Exit.DONE
    with raw(office, OFFICER) as connection:
        connection.execute("DELETE FROM sealed")
    changed, told, _err = poruch(OFFICER, "verify", office.folder)
    assert changed == Exit.FOUND_SOMETHING
    assert "3 things do not fit." in told
    assert not any(name in words for name in _NAMES for words in (out, told))
