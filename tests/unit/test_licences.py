"""Protects: everything that ships is named with its terms, and nothing in the list is made up."""

from __future__ import annotations

import re
from pathlib import Path

from app.licences import SHIPPED, licences

_LOCK = Path(__file__).parents[2] / "build" / "requirements.lock"


def test_the_list_is_what_the_lock_ships() -> None:
    locked = re.findall(r"^([A-Za-z0-9_.-]+)==", _LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(SHIPPED) == sorted(locked)


def test_packages_state_their_terms() -> None:
    found = {one.name.casefold(): one for one in licences()}
    assert found["attrs"].terms == "MIT"
    assert found["cryptography"].version
    assert sum(not one.terms for one in found.values()) <= 1
