"""Protects: whoever edits log or records behind the program is seen; a whole old copy by its proof line.

A sample of `python3 dev.py faults`; its seed changes with the day, so that every day tries others.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults.log_mutations import KINDS, WHOLE
from tests.faults.series import log_changes, log_table

_SAMPLE = 8 * len(KINDS)


@pytest.mark.timeout(600)  # a case file is put back for each change: it waits for the disk more than it works
def test_every_change_is_seen(tmp_path: Path) -> None:
    outcomes = log_changes(tmp_path, _SAMPLE, seed=datetime.now(UTC).toordinal())
    assert [one for one in outcomes if not (one.seen or one.against_proof)] == [], log_table(outcomes)
    unseen = {one.kind for one in outcomes if not one.seen}
    # Of all, only a whole old copy and one that went on by itself are sound in themselves.
    assert unseen <= set(WHOLE), log_table(outcomes)
    assert {one.kind for one in outcomes} == set(KINDS)
