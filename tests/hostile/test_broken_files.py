"""Protects: a file made to harm, or broken, is read or refused in time, in a small child, and writes nothing.

A sample of `python3 dev.py faults --only lists`; its seed changes with the day.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import child_limits
from app.services.session import Session
from tests.faults.hostile_files import PLANTED, bombs, broken, honest
from tests.faults.hostile_lists import Tried, tried
from tests.services.office import COORDINATOR, an_office

_LISTS = ("list-en.csv", "office.xlsx", "small.xlsx", "old.xls", "table.json")
_BOMBS = (
    "streams.pdf",
    "another file.xlsx",
    "another file.docx",
    "entities.xlsx",
    "merged.xlsx",
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Of whoever brings lists in; nothing here may write."""
    with an_office(tmp_path_factory.mktemp("files") / "case").as_person(COORDINATOR) as opened:
        yield opened


def _bomb(session: Session, folder: Path, name: str) -> Tried:
    planted = folder / "planted.txt"
    planted.write_text(PLANTED)
    return tried(session, folder, "", name, bombs(planted)[name]())


@pytest.mark.parametrize("name", _BOMBS)
def test_a_known_bomb_does_no_harm(session: Session, tmp_path: Path, name: str) -> None:
    assert _bomb(session, tmp_path, name).wrong == ""


@pytest.mark.parametrize("name", _LISTS)
def test_a_broken_list_does_no_harm(session: Session, tmp_path: Path, name: str) -> None:
    chance = random.Random(f"{datetime.now(UTC).toordinal()}/{name}")
    for _number in range(2):
        found = tried(session, tmp_path, name, name, broken(honest()[name], chance))
        assert found.wrong == "", found


def test_the_harness_would_see_a_child_that_answers_late(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.faults.hostile_lists.MOST_S", -5.0)
    assert _bomb(session, tmp_path, "formulas.csv").wrong == "the answer came late"


def test_the_child_may_not_fill_more_memory_than_is_promised() -> None:
    """The parent looks every 20 ms; a packed stream fills half a gigabyte in less."""
    assert child_limits.DATA_BYTES < child_limits.RESIDENT_BYTES < child_limits.ADDRESS_BYTES
