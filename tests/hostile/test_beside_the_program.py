"""A sample of `dev.py faults`: people without the key, people who were erased, disks that get full.

And what these harnesses found: an empty journal of noes on a full disk, a time zone nobody knows.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from app.casefile.journal_file import append
from app.domain.acts import Act
from app.domain.case_file import CaseFileFacts
from app.domain.clock import known_zone
from app.domain.errors import Code, KnownError
from tests.faults import erased, small_disk, without_key
from tests.services.office import AUDITOR, OFFICER, an_office


def test_their_real_keys_open_nothing_and_what_they_write_is_seen(tmp_path: Path) -> None:
    found = list(without_key.outcomes(tmp_path, every=9))
    assert [one for one in found if not one.held] == []
    assert {one.deed for one in found} == {without_key.READ, without_key.CHANGE, without_key.REMOVE}


def test_nothing_of_erased_people_is_in_any_page(tmp_path: Path) -> None:
    seen = erased.looked(tmp_path, 40)
    assert (seen.left, seen.beside, seen.sighted) == (0, (), True)


def test_the_harness_would_see_people_who_were_not_erased(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erased, "_removed", lambda _session, _added: None)
    assert erased.looked(tmp_path, 10).left >= 10


def test_a_real_disk_that_gets_full_keeps_what_was_saved(tmp_path: Path) -> None:
    if not small_disk.can_mount(tmp_path):
        pytest.skip("may not mount here")
    found = list(small_disk.outcomes(tmp_path, every=14))
    assert [one for one in found if one.wrong] == []
    assert any(one.said for one in found)


def test_a_journal_no_room_was_found_for_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty one is a journal that was cut, and everybody would be asked again for it."""

    def full(_descriptor: int, _data: bytes) -> None:
        raise OSError(28, "by a test")

    monkeypatch.setattr("app.casefile.journal_file.write_all", full)
    path = tmp_path / "x.noes"
    with pytest.raises(KnownError) as refused:
        append(path, 0, [b"x"])
    assert refused.value.code is Code.NO_SPACE
    assert not path.exists()


def test_a_time_zone_written_by_hand_stops_no_check(tmp_path: Path) -> None:
    assert known_zone("Europe/Vilnius") == "Europe/Vilnius"
    assert {known_zone(one) for one in ("Europe/Vilniusx", "", "../x", "Europe")} == {"UTC"}
    office = an_office(tmp_path / "case")
    with office.as_person(AUDITOR) as session, session.context.store.writing() as work:
        facts = work.find(CaseFileFacts)[0]
        work.save(attrs.evolve(facts, time_zone="Europe/Nowhere"), facts.version)
        work.commit(Act.SEALED_CHANGED)
    with office.as_person(OFFICER) as session:
        assert not session.log.verify().ok
