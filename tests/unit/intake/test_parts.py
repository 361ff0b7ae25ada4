"""Protects: every table of a file is found and said, hidden things are said, nobody is joined unasked."""

from __future__ import annotations

import zipfile
from pathlib import Path

import xlsxwriter
from openpyxl import Workbook
from openpyxl.comments import Comment

from app.intake.how_read import HowRead, from_text
from app.intake.parts import Part, WhyNot, parts_of
from app.intake.problems import ProblemCode
from app.intake.readers import read_file
from app.intake.staged import Preview, Reading, row_candidate
from app.intake.staging import decide, preview_parts
from app.intake.table import Note, row_words
from tests.canaries import NOTE, RELATIVE_PHONE
from tests.unit.intake.helpers import TODAY


def _book(path: Path, **sheets: list[list[str]]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def _parts(path: Path, how: HowRead | None = None) -> tuple[Part, ...]:
    return parts_of(read_file(path), how or HowRead())


def _look(path: Path, how: HowRead | None = None) -> Preview:
    return preview_parts(_parts(path, how), (), today=TODAY)


_PEOPLE = [["id", "name", "born"], ["11", "Anton Kot", "1980"], ["12", "Piotr Bus", "1981"]]


def test_every_sheet_that_names_people_is_read_in_one_run(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "l.xlsx",
        People=_PEOPLE,
        More=[["name", "born"], ["Hanna Lis", "1990"]],
        Sums=[["region", "how many"], ["Minsk", "2"]],
    )
    found = _look(path)
    assert [(row.read.name.family_name, row_words(row.number)) for row in found.rows] == [
        ("Kot", "2"),
        ("Bus", "3"),
        ("Lis", "2/2"),
    ]
    assert [part.why_not for part in _parts(path)] == [None, None, WhyNot.NO_NAMES]
    assert Note.SEVERAL_SHEETS in found.notes


def test_a_second_table_below_an_empty_row_is_a_table_of_its_own(tmp_path: Path) -> None:
    rows = [*_PEOPLE, [], ["name", "arrested", "status"], ["Hanna Lis", "2021-05-01", ""]]
    first, second = _parts(_book(tmp_path / "l.xlsx", People=rows))
    assert [len(first.rows), len(second.rows)] == [2, 1]
    assert second.nth == 2
    assert second.rows[0].number == 6


def test_tables_beside_each_other_are_two_only_where_both_name_people(tmp_path: Path) -> None:
    rows = [
        ["id", "name", "", "name", "born"],
        ["11", "Anton Kot", "", "Hanna Lis", "1990"],
        ["12", "Piotr Bus", "", "", ""],
    ]
    left, right = _parts(_book(tmp_path / "l.xlsx", People=rows))
    assert [row.cells[-1] for row in left.rows] == ["Anton Kot", "Piotr Bus"]
    assert [row.cells for row in right.rows] == [("Hanna Lis", "1990")]
    one = _book(tmp_path / "one.xlsx", People=[["id", "name", "", "born"], ["1", "Anton Kot", "", "1980"]])
    assert len(_parts(one)) == 1


def test_a_family_head_over_several_columns_reaches_each_of_them(tmp_path: Path) -> None:
    """Without that the name of a mother would be read as the name of a prisoner."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["", "", "Family", "", ""], ["id", "born", "who", "surname", "name"]):
        sheet.append(row)
    sheet.append(["1", "1980", "mother", "Zofia", "Zofia"])
    sheet.merge_cells("C1:E1")
    book.save(tmp_path / "l.xlsx")
    (part,) = _parts(tmp_path / "l.xlsx")
    assert not part.names_people
    assert [column.why.value for column in part.columns[2:]] == ["family"] * 3


def test_a_name_merged_over_two_rows_is_one_person(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["name", "born", "articles"], ["Anton Kot", "1980", "342"], ["", "", "368"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "l.xlsx")
    first, second = _look(tmp_path / "l.xlsx").rows
    assert (first.reading, second.reading, second.same_as) == (Reading.NEW, Reading.JOINED, first.number)


def _with_hidden(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["name", "born", "remark"], ["Anton Kot", "1980", "x"], ["Piotr Bus", "1981", ""]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["B2"].comment = Comment(NOTE, "somebody")
    old = book.create_sheet("Old")
    old.append(["name"])
    old.append(["Hanna Lis"])
    old.sheet_state = "hidden"
    book.save(path)
    return path


def test_hidden_rows_are_read_and_said_and_can_be_left_out(tmp_path: Path) -> None:
    path = _with_hidden(tmp_path / "l.xlsx")
    found = _look(path)
    assert {Note.HIDDEN_ROWS, Note.HIDDEN_COLUMNS, Note.HIDDEN_SHEETS, Note.COMMENTS} <= set(found.notes)
    assert len(found.rows) == 2
    assert found.whole
    part = _parts(path)[0]
    assert [column.hidden for column in part.columns] == [False, False, True]
    without = _look(path, HowRead().with_switch("hidden", part.key, on=False))
    assert [row.read.name.family_name for row in without.rows] == ["Kot"]
    assert not without.whole, "who is hidden is not gone from the list"
    assert Note.PARTS_LEFT_OUT in without.notes


def test_a_hidden_sheet_stays_out_until_ticked(tmp_path: Path) -> None:
    path = _with_hidden(tmp_path / "l.xlsx")
    hidden = _parts(path)[1]
    assert (hidden.why_not, hidden.taken) == (WhyNot.HIDDEN, False)
    found = _look(path, HowRead().with_switch("tables", hidden.key, on=True))
    assert [row.read.name.whole for row in found.rows][-1] == "Hanna Lis"


def test_comments_are_kept_only_when_asked_for_and_are_never_read(tmp_path: Path) -> None:
    path = _with_hidden(tmp_path / "l.xlsx")
    assert not any(row.comments for row in _look(path).rows)
    found = _look(path, HowRead().with_switch("comments", _parts(path)[0].key, on=True))
    assert [row.comments for row in found.rows] == [(f"born: {NOTE}",), ()]
    assert NOTE not in repr(found)


_MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"""
_CELL = '<table:table-cell office:value-type="string">'
_ODS = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="People"><table:table-column/><table:table-column table:visibility="collapse"/>
<table:table-row>{cell}<text:p>name</text:p></table:table-cell>
{cell}<text:p>born</text:p></table:table-cell>{cell}<text:p>region</text:p></table:table-cell></table:table-row>
<table:table-row>{cell}<office:annotation><text:p>{note}</text:p></office:annotation>
<text:p>Anton Kot</text:p></table:table-cell>{cell}<text:p>1980</text:p></table:table-cell>
<table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>Minsk</text:p>
</table:table-cell></table:table-row>
<table:table-row table:visibility="filter">{cell}<text:p>Piotr Bus</text:p></table:table-cell>
<table:table-cell/><table:covered-table-cell/></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>
"""


def test_an_open_document_says_what_it_hides_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "l.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _ODS.format(note=NOTE, cell=_CELL).replace("\n", ""))
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    (table,) = read_file(path)
    assert [row.cells for row in table.rows] == [("Anton Kot", "1980", "Minsk"), ("Piotr Bus", "", "Minsk")]
    assert [row.hidden for row in table.rows] == [False, True]
    assert table.hidden_columns == {1}
    assert [(one.row, one.column, one.text) for one in table.comments] == [(2, 0, NOTE)]


def test_a_number_and_a_name_on_two_sheets_are_one_person(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "l.xlsx",
        People=_PEOPLE,
        Terms=[["id", "prisoner", "arrested"], ["12", "Piotr Bus", "2021-05-01"], ["11", "Hanna Lis", ""]],
    )
    found = _look(path)
    readings = [(row.reading, row.same_as) for row in found.rows]
    assert readings == [
        (Reading.NEW, None),
        (Reading.NEW, None),
        (Reading.JOINED, 3),
        (Reading.DOUBTFUL, None),
    ]
    assert [change.field for change in found.rows[2].changes] == ["detained_on"]
    assert found.counts.people == 3


def test_a_name_on_another_sheet_is_a_question_and_one_answer_joins_it(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "l.xlsx",
        People=_PEOPLE,
        Family=[["prisoner", "mother's phone"], ["Bus Piotr", RELATIVE_PHONE], ["Hanna Lis", ""]],
    )
    found = _look(path)
    doubtful = found.rows[2]
    assert (doubtful.reading, doubtful.candidates) == (Reading.DOUBTFUL, (row_candidate(3),))
    assert [problem.code for problem in doubtful.problems] == [ProblemCode.NAMED_ELSEWHERE]
    assert found.rows[3].reading is Reading.NEW
    joined = decide(found, {doubtful.number: 3})
    assert joined.rows[2].reading is Reading.JOINED
    left = decide(joined, {}, ())
    assert left.counts.joined == 1


def test_a_row_waits_again_when_the_row_it_belongs_to_is_left_out(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "l.xlsx",
        One=[["id", "name"], ["1", "Anton Kot"], ["1", "Raman Lis"]],
        Two=[["name", "born"], ["Raman Lis", "1980"]],
    )
    found = _look(path)
    second, third = found.rows[1:]
    joined = decide(decide(found, {second.number: None}), {third.number: second.number})
    assert joined.rows[2].reading is Reading.JOINED
    again = decide(found, {third.number: second.number}, {second.number})
    assert again.rows[2].reading is Reading.DOUBTFUL


def test_a_hundred_sheets_are_read_and_a_thousand_are_too_many(tmp_path: Path) -> None:
    path = _book(tmp_path / "l.xlsx", **{f"s{n}": [["name"], [f"Anton K{n}"]] for n in range(100)})
    assert len(_parts(path)) == 100


def test_what_was_kept_and_is_damaged_says_nothing() -> None:
    for text in ("", "{", "[]", '{"columns":{"a":"yes"}}', '{"tables":{"a":"on"}}'):
        assert not from_text(text).any
    how = HowRead().with_switch("tables", "a", on=False)
    assert from_text(how.as_text()) == how


def test_a_list_of_prisoners_that_says_who_there_is_of_a_family_stays_one(tmp_path: Path) -> None:
    for head, cells in (("family", ("mother", "wife")), ("lawyer", ("адвакат Рак", "адвакат Мак"))):
        rows = [["name", "born", head], ["Anton Kot", "1980", cells[0]], ["Piotr Bus", "1981", cells[1]]]
        (part,) = _parts(_book(tmp_path / f"{head}.xlsx", People=rows))
        assert not part.of_families
        assert part.names_people


def test_a_list_on_its_side_brings_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    side = "name,Siarhei Kot,Volha Bus\nbirthday,1980-01-01,1990-02-02\narrested,2021-01-01,2022-02-02\n"
    path.write_text(side, encoding="utf-8")
    (part,) = _parts(path)
    assert (part.why_not, part.taken, part.names_people) == (WhyNot.NO_NAMES, False, False)
    path.write_text("name,born\nAnton Born,1980\nVolha Bus,1990\n", encoding="utf-8")
    assert _parts(path)[0].taken, "a name that is like a head is a name"
