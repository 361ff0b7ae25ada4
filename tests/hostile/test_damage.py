"""Protects: whatever a failing disk did to a case file, it is said for what it is, or every value is right.

A sample of `python3 dev.py faults`; its seed changes with the day, so that every day tries others.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import attrs

from tests.faults import damage
from tests.faults.damage import KINDS

_SAMPLE = 4 * len(KINDS)


def test_damage_is_seen_or_harmless(tmp_path: Path) -> None:
    """Closing what is damaged lets every key go as well: a lock always wins."""
    found = list(damage.outcomes(tmp_path, _SAMPLE, seed=datetime.now(UTC).toordinal()))
    assert [one for one in found if one.end == "wrong"] == [], damage.table(found)
    ends = {one.how: one.end for one in found}
    assert len(ends) == len(KINDS)
    assert {end for how, end in ends.items() if how.startswith("both keys")} == {"refused"}
    assert {end for how, end in ends.items() if "the keys" in how or "other keys" in how} == {"harmless"}


def test_the_harness_would_see_a_wrong_value(tmp_path: Path) -> None:
    """What is read is compared with what was: a page that came back as it was is not taken for true."""
    ground = damage.make_ground(tmp_path)
    another = attrs.evolve(ground, told=f"{ground.told} and more")
    kind = next(one for one in KINDS if one[0] == "one of the keys")
    assert damage.tried(ground, kind, 1, tmp_path / "work").end == "harmless"
    assert damage.tried(another, kind, 1, tmp_path / "work").end == "wrong"
