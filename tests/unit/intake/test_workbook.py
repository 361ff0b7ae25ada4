"""Protects: a field office's workbook is read as a person reads it: everybody, no sums, nothing unsaid."""

from __future__ import annotations

from functools import cache

from app.domain.ids import RecordId
from app.domain.source import Facility
from app.intake.how_read import HowRead
from app.intake.mapping import Why
from app.intake.parts import parts_of
from app.intake.problems import ProblemCode
from app.intake.readers import ReadList, read_file
from app.intake.staged import Preview, Reading
from app.intake.staging import preview, preview_parts
from app.intake.table import Note, line_of, row_words
from app.names.clean import clean
from tests.unit.intake.helpers import TODAY, as_list, look, one
from tests.unit.intake.workbook_truth import (
    BOOK,
    ROWS_WITH_PEOPLE,
    SUMS,
    TWO_IN_ONE_CELL,
    expected,
    scores,
)


@cache
def _book() -> Preview:
    parts = parts_of(read_file(BOOK), HowRead())
    return preview_parts(parts, (), today=TODAY.replace(year=2026, month=11, day=28))


def test_every_person_is_found_and_no_sum_is_one() -> None:
    people = [row for row in _book().rows if row.reading is not Reading.REFUSED]
    assert len({line_of(row.number) for row in people}) == ROWS_WITH_PEOPLE
    assert len(people) == ROWS_WITH_PEOPLE + TWO_IN_ONE_CELL
    sums = [row for row in _book().rows if row.reading is Reading.REFUSED]
    assert len(sums) == SUMS
    assert all(row.problems[0].code is ProblemCode.ROW_SUM for row in sums)


def test_every_family_name_is_the_one_written() -> None:
    rows: dict[int, list[str]] = {}
    for row in _book().rows:
        rows.setdefault(line_of(row.number), []).append(row.read.name.family_name)
    for said in expected():
        words = [clean(person).text.casefold() for person in said.people]
        assert all(name.casefold() in words[at] for at, name in enumerate(rows[said.number]))


def test_cells_are_read_right_or_marked_and_never_wrong_in_silence() -> None:
    for kind, score in scores(_book(), expected()).items():
        assert score.share_right >= 0.95, kind
        assert score.silently_wrong == 0, kind


def test_titles_above_the_heads_and_hidden_sheets_are_announced() -> None:
    notes = set(_book().notes)
    assert {
        Note.TITLES_ABOVE,
        Note.HIDDEN_SHEETS,
        Note.ROWS_COUNTED,
        Note.HIDDEN_ROWS,
        Note.COMMENTS,
    } <= notes
    assert not any("Схаваная" in row.read.name.whole for row in _book().rows)


def test_numbers_that_count_the_rows_join_nobody() -> None:
    assert _book().columns[0].why is Why.COUNTER
    assert not any(row.key for row in _book().rows)
    kept = look(["№", "name"], ["7", "Anton Kot"], ["9", "Piotr Bus"])
    assert [row.key for row in kept.rows] == ["7", "9"]


def test_one_colony_under_four_names_is_one_place() -> None:
    assert len(_book().facilities) == 5


def test_a_place_of_the_case_file_is_known_by_kind_and_number() -> None:
    known = Facility(
        RecordId("f"), name="Penal colony No. 17", what="penal_colony", number="17", town="Shklou"
    )
    found = preview(_list("ИК-17"), (), today=TODAY, places=[known])
    assert found.facilities[0].values["name"] == "Penal colony No. 17"


def test_two_places_of_one_number_are_not_joined() -> None:
    found = preview(_list("ИК-4 Гомель", "ИК-4 Томск", "ИК-4"), (), today=TODAY)
    assert len(found.facilities) == 3


def _list(*places: str) -> ReadList:
    return as_list(["name", "where"], *[[f"Anton Kot{'k' * at}a", place] for at, place in enumerate(places)])


def test_two_people_share_a_row_but_no_birth_date() -> None:
    found = look(["name", "born", "articles"], ["Dubniacki A., Kot P.", "1967", "342"])
    assert [row.read.name.family_name for row in found.rows] == ["Dubniacki", "Kot"]
    assert [row_words(row.number) for row in found.rows] == ["2", "2 (2)"]
    for row in found.rows:
        assert "born" not in row.values
        assert {ProblemCode.TWO_PEOPLE, ProblemCode.BORN_OF_TWO} <= {each.code for each in row.problems}


def test_one_person_with_a_comma_stays_one() -> None:
    for name in ("Kot, Anton", "Brown, Anna Maria", "Kot-Bus, Anton Piotravich"):
        assert len(look(["name"], [name]).rows) == 1


def test_a_name_under_a_family_head_is_no_prisoner() -> None:
    found = look(
        ["Our cases", "", "", ""],
        ["", "", "Family", "Family"],
        ["name", "born", "name", "phone"],
        ["Anton Kot", "1980", "Zofia", "1"],
    )
    assert [column.why for column in found.columns] == [Why.KNOWN, Why.KNOWN, Why.FAMILY, Why.FAMILY]
    assert [row.read.name.family_name for row in found.rows] == ["Kot"]


def test_heads_that_come_again_are_no_people() -> None:
    found = look(["name", "born"], ["Anton Kot", "1980"], ["name", "born"], ["Piotr Bus", "1981"])
    assert len(found.rows) == 2
    assert Note.HEADS_AGAIN in found.notes


def test_a_year_of_two_digits_is_read_only_where_one_century_can_be() -> None:
    row = one(["name", "born", "arrested"], ["Anton Kot", "10.8.73", "18.2.25"])
    assert str(row.values["born"]).find("1973") >= 0
    assert str(row.values["detained_on"]).find("2025") >= 0
    doubtful = one(["name", "born"], ["Anton Kot", "10.8.21"])
    assert "born" not in doubtful.values
    assert ProblemCode.DATE_UNREAD in {each.code for each in doubtful.problems}
