"""Protects what is half typed from a crash, a kill or a power cut: the real program is killed, not asked."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.journeys.driving import Driven
from tests.services.office import COORDINATOR, Office, an_office

pytestmark = pytest.mark.window


def _drafts_and_entries(office: Office) -> tuple[int, int, list[str]]:
    with office.as_person(COORDINATOR) as session:
        names = [row.name for row in session.prisoners.rows()]
        return len(session.drafts.all()), session.log.state().entries, names


def test_a_kill_at_any_time_after_unlocking_loses_nothing_typed(
    tmp_path: Path, screen: dict[str, str]
) -> None:
    office = an_office(tmp_path / "case")
    driven = Driven(tmp_path, screen, "kill_steps")
    _none, entries, _names = _drafts_and_entries(office)

    driven.start(office.folder, "type")
    assert driven.wait_for("type") == "Halfword"
    driven.wait_for("type_kept")
    driven.kill()
    assert _drafts_and_entries(office)[:2] == (1, entries), "a draft is no entry of the log"

    # Put back and killed at once, without another key: what was taken up is not gone for that.
    driven.start(office.folder, "see")
    assert driven.wait_for("see") == "Halfword"
    driven.kill()

    # Another field: kept at once.
    driven.start(office.folder, "more")
    assert driven.wait_for("more") == "Halfwordandmore"
    driven.wait_for("more_kept")
    driven.kill()

    # Saved: the record is there and nothing is offered any more.
    driven.start(office.folder, "save")
    assert driven.wait_for("save")
    driven.kill()
    assert driven.said()["seen"] == "Halfword"
    assert driven.said()["whole"] == "Halfwordandmore"
    drafts, _entries, names = _drafts_and_entries(office)
    assert drafts == 0
    assert [name for name in names if "Halfwordandmore" in name]


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_plea_to_end_keeps_what_was_typed_a_moment_ago(
    tmp_path: Path, screen: dict[str, str], number: signal.Signals
) -> None:
    office = an_office(tmp_path / "case")
    driven = Driven(tmp_path, screen, "kill_steps")
    driven.start(office.folder, "type")
    assert driven.wait_for("type") == "Halfword"
    assert driven.end(number) == 0
    assert _drafts_and_entries(office)[0] == 1
