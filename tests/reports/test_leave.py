"""Protects: files leave all together or not at all, and a failure leaves no empty folder behind."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from app.domain.errors import Code, KnownError
from app.reports.draft import MadeFile
from app.reports.leave import put_in_place

_FINE, _TOO_LONG = "report.csv", "r" * 300


def _file(name: str) -> MadeFile:
    return MadeFile("csv", name, b"x", sha256(b"x").hexdigest())


def test_a_folder_is_made_for_what_leaves(tmp_path: Path) -> None:
    put_in_place([_file(_FINE)], tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / _FINE).read_bytes() == b"x"


@pytest.mark.parametrize("there", [True, False])
def test_a_failure_leaves_nothing_that_was_not_there(tmp_path: Path, *, there: bool) -> None:
    if there:
        (tmp_path / "a").mkdir()
    with pytest.raises(KnownError) as caught:
        put_in_place([_file(_FINE), _file(_TOO_LONG)], tmp_path / "a" / "b")
    assert caught.value.code is Code.CANNOT_WRITE
    assert [path.name for path in tmp_path.rglob("*")] == (["a"] if there else [])
