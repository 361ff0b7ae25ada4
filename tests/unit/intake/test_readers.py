"""Protects: whatever file is chosen, the program goes on and says one clear thing; good files are read."""

from __future__ import annotations

import io
import json
import random
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

import resources
from app import child_limits, limited_child
from app.domain.errors import Code, KnownError
from app.domain.progress import Cancelled
from app.intake.readers import read_list
from app.intake.table import Note

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = "id,name,birthday\n"
_BE = _HEAD + "".join(f"{n},Сяргей Жаўняровіч,1967\n" for n in range(1, 30))
_RU = _HEAD + "".join(f"{n},Людмила Объездчикова,1967\n" for n in range(1, 30))
_DE = _HEAD + "".join(f"{n},Jürgen Größlmüller,1967\n" for n in range(1, 30))


def _file(folder: Path, content: bytes | str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def _outcome(path: Path) -> Code | None:
    """The refusal, or None when it was read."""
    try:
        read_list(path)
    except KnownError as error:
        return error.code
    return None


def _refusal(path: Path) -> Code:
    with pytest.raises(KnownError) as caught:
        read_list(path)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_every_form(tmp_path: Path, encoding: str) -> None:
    read = read_list(_file(tmp_path, _BE.encode(encoding)))
    assert read.columns == ("id", "name", "birthday")
    assert read.rows[0].cells == ("1", "Сяргей Жаўняровіч", "1967")
    assert not read.notes


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(_BE, "cp1251"), (_RU, "cp1251"), (_RU, "koi8-r"), (_RU, "cp866"), (_RU, "iso8859-5"), (_DE, "cp1252")],
)
def test_old_encodings_are_told_apart_and_announced(tmp_path: Path, text: str, encoding: str) -> None:
    read = read_list(_file(tmp_path, text.encode(encoding)))
    assert read.rows[0].cells[1] == text.split("\n")[1].split(",")[1]
    assert Note.OTHER_ENCODING in read.notes


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(tmp_path: Path, separator: str, line_end: str) -> None:
    text = _BE.replace(",", separator).replace("\n", line_end)
    assert len(read_list(_file(tmp_path, text)).rows) == 29


def test_a_cell_of_several_lines_stays_one_cell(tmp_path: Path) -> None:
    read = read_list(_file(tmp_path, 'id,name,prison\n1,A B,"SIZO-1\nMinsk; ""x"""\n'))
    assert read.rows[0].cells[2] == 'SIZO-1\nMinsk; "x"'


def test_formulas_are_text_and_stay_text(tmp_path: Path) -> None:
    formulas = ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3"]
    read = read_list(_file(tmp_path, "id,name\n" + "".join(f'{n},"{f}"\n' for n, f in enumerate(formulas))))
    assert [row.cells[1] for row in read.rows] == formulas


def test_one_broken_row_never_swallows_the_others(tmp_path: Path) -> None:
    rows = [f"{n},Name {n},1967" for n in range(1, 40)]
    rows[9] = '10,"Name 10,1967'
    read = read_list(_file(tmp_path, _HEAD + "\n".join(rows) + "\n"))
    assert Note.QUOTES_BROKEN in read.notes
    assert len(read.rows) == 39
    assert [row.number for row in read.rows if row.broken] == [11]


def test_a_damaged_letter_damages_one_cell_and_is_announced(tmp_path: Path) -> None:
    whole = bytearray(_BE.encode())
    whole[len(_HEAD) + 4] = 0xFF
    read = read_list(_file(tmp_path, bytes(whole)))
    assert Note.LETTERS_DAMAGED in read.notes
    assert "\ufffd" in read.rows[0].cells[1]
    assert read.rows[1].cells[1] == "Сяргей Жаўняровіч"


def test_a_row_keeps_the_number_a_spreadsheet_shows(tmp_path: Path) -> None:
    read = read_list(_file(tmp_path, "id,name\n1,A\n,\n3,B\n"))
    assert [row.number for row in read.rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "list.csv", Code.LIST_EMPTY),
        (b"\xef\xbb\xbf \r\n", "list.csv", Code.LIST_EMPTY),
        (_HEAD.encode(), "list.csv", Code.LIST_EMPTY),
        (bytes(range(256)) * 40, "list.csv", Code.LIST_UNREADABLE),
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), "list.csv", Code.LIST_NO_LIST),
        (b"%PDF-1.7\n" + random.Random(1).randbytes(4000), "list.csv", Code.LIST_NO_LIST),
        (_BE.encode()[:-20] + b'30,"Half', "list.csv", Code.LIST_CUT_OFF),
        (_BE.encode() + "30,С".encode()[:-1], "list.csv", Code.LIST_CUT_OFF),
        (_BE.encode() + b"30,Half", "list.csv", Code.LIST_CUT_OFF),
        (_BE.encode(), "list.xlsx", Code.LIST_MISNAMED),
        (b"PK\x03\x04" + bytes(500), "list.xlsx", Code.LIST_CUT_OFF),
        (b"PK\x03\x04" + bytes(500), "list.csv", Code.LIST_MISNAMED),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", Code.LIST_ENCRYPTED),
        (_OLE + bytes(3000), "a.xls", Code.LIST_UNREADABLE),
        (_OLE + bytes(3000), "list.json", Code.LIST_MISNAMED),
        (b'[{"name": "Half', "list.json", Code.LIST_NOT_JSON),
        (b'[{"name": "A"}] rest', "list.json", Code.LIST_NOT_JSON),
        (b'[{"name": "A", "name": "B"}]', "list.json", Code.LIST_NOT_JSON),
        (b'[{"name": NaN}]', "list.json", Code.LIST_NOT_JSON),
        (b"[" * 200_000, "list.json", Code.LIST_NOT_JSON),
        (_BE.encode(), "list.json", Code.LIST_NOT_JSON),
        (b'{"name": "A"}', "list.json", Code.LIST_JSON_SHAPE),
        (b'{"a": [{"name": "A"}], "b": [{"name": "B"}]}', "list.json", Code.LIST_JSON_SHAPE),
        (b"[1, 2, 3]", "list.json", Code.LIST_JSON_SHAPE),
        (b"1200", "list.json", Code.LIST_JSON_SHAPE),
        (b'"names"', "list.json", Code.LIST_JSON_SHAPE),
        (b"null", "list.json", Code.LIST_JSON_SHAPE),
        (b"[]", "list.json", Code.LIST_EMPTY),
        (b"[{}]", "list.json", Code.LIST_EMPTY),
        (b'[["id", "name"]]', "list.json", Code.LIST_EMPTY),
        (b'[{"name": "A"}]', "list.csv", Code.LIST_MISNAMED),
        (b"id,name\n1," + b"x" * 200_000 + b"\n", "list.csv", Code.LIST_TOO_LARGE),
        (b'id,name\n1,"' + b"x" * 200_000 + b'"\n', "list.csv", Code.LIST_TOO_LARGE),
        (b"," * 1_000_000 + b"\n1\n", "list.csv", Code.LIST_TOO_LARGE),
        (b"id,name\n" + b"," * 1_000_000 + b"\n", "list.csv", Code.LIST_TOO_LARGE),
        (b"id,name\n" + b"1,\n" * 250_000, "list.csv", Code.LIST_TOO_LARGE),
    ],
)  # fmt: skip
def test_bad_files_say_one_clear_thing(tmp_path: Path, content: bytes, name: str, code: Code) -> None:
    assert _refusal(_file(tmp_path, content, name)) is code


def test_a_folder_or_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    assert _refusal(tmp_path) is Code.LIST_UNREADABLE
    assert _refusal(tmp_path / "gone.csv") is Code.LIST_MISSING
    assert _refusal(tmp_path / "no folder" / "gone.csv") is Code.LIST_MISSING


def test_a_list_cut_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    whole = resources.path("demo/list-be.csv").read_bytes()
    for cut in (1, 2, 5, 100, 333, 5_000, 50_001, len(whole) - 3):
        path = _file(tmp_path, whole[:cut])
        assert _outcome(path) in (Code.LIST_CUT_OFF, Code.LIST_EMPTY, Code.LIST_UNREADABLE, None)


def test_json_gives_the_rows_the_same_list_gives_as_text(tmp_path: Path) -> None:
    path = resources.path("demo/list-be.csv")
    text = read_list(path)
    people = [
        dict(zip(text.columns, row.cells, strict=True))
        for row in text.rows
        if len(row.cells) == len(text.columns)
    ]
    assert len(people) > 1_000
    for content in (
        people,
        {"people": people, "version": 3},
        [text.columns, *(row.cells for row in text.rows)],
    ):
        read = read_list(_file(tmp_path, json.dumps(content), "list.json"))
        assert read.columns == text.columns
        assert [row.cells for row in read.rows] == [row.cells for row in text.rows]


def test_json_keeps_what_is_written_and_a_wrong_entry_stops_no_other(tmp_path: Path) -> None:
    content = """[{"id": 1.50, "name": "A \\ud800B", "held": true, "aliases": ["C", "D"]},
        "somebody", {"name": null, "id": 12345678901234567890, "married": {"to": "Э"}}]"""
    read = read_list(_file(tmp_path, content, "list.json"))
    assert read.columns == ("id", "name", "held", "aliases", "married")
    assert [(row.number, row.cells) for row in read.rows] == [
        (2, ("1.50", "A \ufffdB", "TRUE", "C\nD", "")),
        (3, ("", "", "", "", "", "somebody")),
        (4, ("12345678901234567890", "", "", "", '{"to": "Э"}')),
    ]


def _workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("People")
    sheet.write_row(0, 0, ["id", "name", "birthday", "note"])
    sheet.write_row(1, 0, [1, "Сяргей Жаўняровіч"])
    sheet.write_datetime(1, 2, datetime.fromisoformat("1967-02-04"), book.add_format({"num_format": "d"}))
    sheet.write_formula(1, 3, "=1+1", None, 2)
    book.add_worksheet("Hidden").hide()
    book.close()
    return path


def test_a_workbook_is_read_as_it_shows(tmp_path: Path) -> None:
    read = read_list(_workbook(tmp_path / "list.xlsx"))
    assert read.rows[0].cells == ("1", "Сяргей Жаўняровіч", "1967-02-04", "2")
    assert (read.sheet, read.hidden) == ("People", False)


def test_a_workbook_cut_off_is_refused(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "list.xlsx")
    assert _refusal(_file(tmp_path, path.read_bytes()[:-200], "cut.xlsx")) is Code.LIST_CUT_OFF


def test_a_bomb_in_a_workbook_does_no_harm(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(300 * 1024 * 1024))
    assert _refusal(_file(tmp_path, packed.getvalue(), "bomb.xlsx")) is Code.LIST_TOO_LARGE


def test_a_cell_far_away_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "name")
    sheet.write(1_048_575, 16_383, "far")
    book.close()
    assert _refusal(path) in (Code.LIST_UNREADABLE, Code.LIST_TOO_LARGE)


def test_random_damage_never_stops_the_program(tmp_path: Path) -> None:
    seeded = random.Random(2)
    good = _workbook(tmp_path / "good.xlsx").read_bytes()
    for number in range(6):
        damaged = bytearray(good)
        for _ in range(8):
            damaged[seeded.randrange(len(damaged))] = seeded.randrange(256)
        outcome = _outcome(_file(tmp_path, bytes(damaged), f"{number}.xlsx"))
        assert outcome is None or outcome.value.startswith("list_")


def test_a_child_that_hangs_or_dies_is_a_file_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(tmp_path, _BE)
    for code in ("import time; time.sleep(60)", "import os; os.abort()", "print('{\"titles\":[]}')"):
        monkeypatch.setattr(limited_child, "parse_command", lambda code=code: [sys.executable, "-c", code])
        with pytest.raises(KnownError) as caught:
            read_list(path, seconds=1)
        assert caught.value.code is Code.LIST_UNREADABLE


def test_a_child_that_eats_memory_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "x = bytearray(200_000_000); import time; time.sleep(60)"
    monkeypatch.setattr(limited_child, "parse_command", lambda: [sys.executable, "-c", code])
    monkeypatch.setattr(child_limits, "RESIDENT_BYTES", 100_000_000)
    assert _refusal(_file(tmp_path, _BE)) is Code.LIST_UNREADABLE


def test_a_person_can_cancel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        limited_child, "parse_command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"]
    )

    def cancel(done: int, total: int, what: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_list(_file(tmp_path, _BE), progress=cancel)


def test_the_bundle_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert limited_child.parse_command() == [sys.executable, "--parse"]


def test_the_child_gets_no_environment_and_no_argument_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said.txt"
    code = f"import os, sys; open({str(said)!r}, 'w').write(repr(sorted(os.environ)) + repr(sys.argv))"
    monkeypatch.setattr(limited_child, "parse_command", lambda: [sys.executable, "-c", code])
    monkeypatch.setenv("CANARY_SECRET", "x")
    assert _refusal(_file(tmp_path, _BE, "canary name.csv")) is Code.LIST_UNREADABLE
    assert "CANARY" not in said.read_text()
    assert "canary" not in said.read_text()


@pytest.mark.parametrize(
    ("name", "untrusted"),
    [
        ("letter.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(64)),
        ("page.html", b"<!DOCTYPE html><table><tr><td>name</td></tr></table>"),
        ("page.xls", b"\xef\xbb\xbf\n<html><table></table></html>"),
        ("note.rtf", b"{\\rtf1\\ansi name}"),
        ("list.csv", b"%PDF-1.4\nname"),
    ],
)
def test_what_is_no_list_is_called_so(tmp_path: Path, name: str, untrusted: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(untrusted)
    assert _refusal(path) is Code.LIST_NO_LIST


def test_a_text_document_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "text.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert _refusal(path) is Code.LIST_NO_LIST
