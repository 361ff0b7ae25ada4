"""A sample of `dev.py faults`: everyday work and journeys cut at system calls, a few kills, and the table."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults import cut_series, daily_faults, journey_faults, promises, random_kills
from tests.faults.cuts import can_cut
from tests.faults.operation import Operation
from tests.faults.promises import Measured
from tests.services.office import an_office

_SAMPLE = 4


def _of_days(folder: Path) -> Iterator[Operation]:
    return daily_faults.operations(folder / "ground", an_office(folder / "office"))


def _of_journeys(folder: Path) -> Iterator[Operation]:
    return journey_faults.operations(an_office(folder / "office"))


@pytest.mark.skipif(not can_cut(), reason="no strace here")
@pytest.mark.parametrize("operations", [_of_days, _of_journeys])
def test_cut_anywhere_it_is_done_or_not_done(tmp_path: Path, operations: object) -> None:
    assert callable(operations)
    for one in operations(tmp_path):
        places = list(one.cuts(tmp_path / "work"))
        assert len(places) > 250, one.name
        assert f"killed at every call: {one.name}" in {promise.what for promise in promises.PROMISES}
        start = datetime.now(UTC).toordinal() % 29
        chosen = places[start :: len(places) // _SAMPLE]
        found = [one.tried(tmp_path / "work", cut) for cut in chosen]
        assert [tried for tried in found if not tried.holds] == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_what_was_said_to_be_saved_is_there_after_a_kill(tmp_path: Path) -> None:
    found = list(random_kills.outcomes(tmp_path, 3, seed=datetime.now(UTC).toordinal()))
    assert [one for one in found if one.wrong] == []


def test_every_promise_has_a_row_and_a_broken_one_is_counted() -> None:
    first, second = promises.PROMISES[0], promises.PROMISES[1]
    found = [
        Measured(first.threat, first.what, "3", held=False),
        Measured(second.threat, second.what, "0", held=True),
    ]
    rows = promises.table(found).splitlines()[2:]
    assert len(rows) == len(promises.PROMISES)
    assert rows[0].endswith("| 3 | **missed** |")
    assert rows[1].endswith("| 0 | reached |")
    assert {row.rpartition("| ")[2] for row in rows[2:]} == {"not run |"}
    assert promises.broken(found) == 1


def test_rows_of_an_earlier_run_stand_until_the_same_is_measured_again(tmp_path: Path) -> None:
    first, second = (Measured(one.threat, one.what, "1", held=True) for one in promises.PROMISES[:2])
    promises.keep(tmp_path / "rows.json", [first, second])
    again = Measured(first.threat, first.what, "2", held=True)
    assert list(promises.merged(promises.kept(tmp_path / "rows.json"), [again])) == [second, again]


def test_every_operation_of_the_design_has_both_rows() -> None:
    assert len(set(promises.OPERATIONS)) == len(promises.OPERATIONS)
    assert set(cut_series.HARNESSES) >= {"days", "journeys", "backups", "restores", "kits", "copies"}


def test_every_promise_has_a_harness_that_measures_it() -> None:
    sources = [path.read_text("utf-8") for path in Path(promises.__file__).parent.glob("*.py")]
    written = "\n".join(text for text in sources if "PROMISES: Final" not in text)
    for promise in promises.PROMISES:
        start = promise.what.partition(":")[0]
        assert promise.what in written or f"{start}: {{name}}" in written, promise
