"""Protects: a hostile list is one clear refusal or ends in rows to look at; it never crashes anything."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook

from app.domain.errors import Code, KnownError
from tests.services.lists import HELD, SOURCE, row, write_list
from tests.services.office import COORDINATOR, Office


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 400_000_000)
    return packed.getvalue()


def _far_cell() -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "name"
    book.active["XFD1048576"] = "far"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


_FILES: Final[dict[str, tuple[Callable[[], bytes], Code]]] = {
    "bomb.xlsx": (_bomb, Code.LIST_TOO_LARGE),
    "far.xlsx": (_far_cell, Code.LIST_UNREADABLE),
    "columns.csv": (lambda: b",".join([b"name"] * 1_000_000) + b"\nx", Code.LIST_TOO_LARGE),
    "nothing.csv": (lambda: b"", Code.LIST_EMPTY),
    "zeros.csv": (lambda: b"\0" * 100_000, Code.LIST_UNREADABLE),
    "half.xlsx": (lambda: _far_cell()[:900], Code.LIST_CUT_OFF),
    "binary.xls": (lambda: bytes(range(256)) * 40, Code.LIST_UNREADABLE),
    "quote.csv": (lambda: b'id,name\n1,"' + b"x" * 2_000_000, Code.LIST_TOO_LARGE),
    "lines.csv": (lambda: b"id,name\n" + b"\n" * 300_000, Code.LIST_EMPTY),
}


@pytest.mark.parametrize("name", _FILES)
def test_a_hostile_file_is_refused_with_its_reason(office: Office, tmp_path: Path, name: str) -> None:
    make, reason = _FILES[name]
    path = tmp_path / name
    path.write_bytes(make())
    started = time.monotonic()
    with office.as_person(COORDINATOR) as session:
        before = session.log.state().entries
        with pytest.raises(KnownError) as refused:
            session.intake.look(path, SOURCE)
        assert refused.value.code is reason
        assert session.prisoners.rows() == ()
        assert session.log.state().entries == before
    assert time.monotonic() - started < 15


def test_an_encoding_nobody_uses_for_lists_comes_in_whole(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "utf16.csv"
    path.write_bytes("id,name\n1,Антон Ёдкаўук".encode("utf-16"))
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(path, SOURCE))
        assert [one.name for one in session.prisoners.rows()] == ["Ёдкаўук, Антон"]
        assert session.log.verify().ok


def test_a_number_taken_by_another_name_joins_nobody(listed: Office, tmp_path: Path) -> None:
    path = write_list(tmp_path / "l.csv", [row(1, "Somebody Quite Different"), *HELD[1:]])
    with listed.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(path, SOURCE))
        assert any("Iodkauuk" in one.name for one in session.prisoners.rows())
        assert not any("Different" in one.name for one in session.prisoners.rows())


def test_a_number_twice_is_one_person_and_one_question(listed: Office, tmp_path: Path) -> None:
    path = write_list(tmp_path / "l.csv", [row(50, "Pavel Jurkuk"), row(50, "Ryhor Jurkuk"), *HELD])
    with listed.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(path, SOURCE))
        found = [one.name for one in session.prisoners.rows() if "Jurkuk" in one.name]
        assert len(found) == 1
        assert "Pavel" in found[0]


def test_odd_cells_come_in_as_text_or_as_a_problem(office: Office, tmp_path: Path) -> None:
    odd = (
        "=1+1",
        "\u202eniatsnok",
        "A\u0000B",
        "x" * 50_000,
        "\ud83d\ude00"[:0] + "\U0001f600 Name",
        "<b>&amp;",
    )
    path = write_list(tmp_path / "l.csv", [row(number, name) for number, name in enumerate(odd, 1)])
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(path, SOURCE)
        session.intake.commit(looked)
        assert session.log.verify().ok


@pytest.mark.parametrize("long", ["A" * 90_000, "x" + " " * 90_000 + "y", "a." * 45_000])
def test_one_very_long_cell_does_not_stop_the_window(office: Office, tmp_path: Path, long: str) -> None:
    """A pattern walks such a cell once: anew from every letter took minutes nobody could cancel."""
    heads = ("id", "name", "articles", "prison", "phone of mother", "consent", "godparent", "description")
    path = tmp_path / "long.csv"
    path.write_text("\n".join(",".join(line) for line in (heads, ("1", *[long] * 7))), encoding="utf-8")
    with office.as_person(COORDINATOR) as session:
        started = time.monotonic()
        looked = session.intake.look(path, SOURCE)
        assert time.monotonic() - started < 6
        session.intake.commit(looked)
        assert session.log.verify().ok
