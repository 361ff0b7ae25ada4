"""Protects: a workbook of an old Excel is read like any other, and what it cannot tell is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from app.domain.errors import Code, KnownError
from app.intake.how_read import HowRead
from app.intake.parts import parts_of
from app.intake.readers import read_file
from app.intake.staged import Reading
from app.intake.staging import preview_parts
from app.intake.table import Note
from tests.unit.intake.old_workbook import write_xls

_SHEETS: Final[dict[str, Sequence[Sequence[str | float]]]] = {
    "Вязні": [
        ["№", "Прозвішча і імя", "Дата нараджэння"],
        [7.0, "Кот Антон", "03.02.1980"],
        [9.0, "Бусел Пётр", "1981"],
    ],
    "Сваякі": [["№ вязня", "Хто", "Імя сваяка"], [9.0, "маці", "Бусел Зоф'я"]],
}


def test_both_sheets_are_read_and_joined(tmp_path: Path) -> None:
    parts = parts_of(read_file(write_xls(tmp_path / "l.xls", _SHEETS)), HowRead())
    found = preview_parts(parts, (), today=date(2026, 11, 28))
    assert [row.read.name.family_name for row in found.rows[:2]] == ["Кот", "Бусел"]
    assert [row.key for row in found.rows[:2]] == ["7", "9"]
    relative = found.rows[2]
    assert (relative.reading, relative.same_as) == (Reading.JOINED, found.rows[1].number)
    assert [(one.relation, one.name) for one in relative.read.kin] == [("mother", "Бусел Зоф'я")]
    assert Note.HIDDEN_UNKNOWN in found.notes


@pytest.mark.parametrize("end", [511, 900, 1536, 3000])
def test_one_cut_off_is_refused_or_read_and_never_stops_the_program(tmp_path: Path, end: int) -> None:
    whole = write_xls(tmp_path / "l.xls", _SHEETS).read_bytes()
    (tmp_path / "cut.xls").write_bytes(whole[:end])
    with pytest.raises(KnownError) as told:
        read_file(tmp_path / "cut.xls")
    assert told.value.code in (Code.LIST_UNREADABLE, Code.LIST_EMPTY)
