"""Protects: headings, totals and footnotes are nobody; heads in the middle begin a table and lose no one."""

from __future__ import annotations

import pytest

from app.intake.how_read import HowRead
from app.intake.mapping import Target, Why, meaning_of, recognise
from app.intake.parts import parts_of
from app.intake.problems import ProblemCode
from app.intake.staged import Reading
from app.intake.staging import decide, preview_parts
from tests.unit.intake.helpers import TODAY, as_list, look

HEADS = ("Прозвішча імя", "Дата нараджэння", "Тэрмін")
SOMEBODY = ("Дзікавец Рыгор", "11.03.1984", "3 гады")


@pytest.mark.parametrize(
    "text",
    ["Разам: 3 чал.", "Итого по Могилеву", "Всего по Гомелю: 2", "Summe: 6 Personen", "Razem 12",
     "Мінск:", "* Дзікавец - імя ўдакладняецца", "Склаў: Арэхаў П., 2026", "СІЗО-1", "2023 год"],
)  # fmt: skip
def test_what_only_stands_in_a_list_is_nobody(text: str) -> None:
    rows = look(HEADS, SOMEBODY, (text, "", "")).rows
    assert [row.reading for row in rows] == [Reading.NEW, Reading.REFUSED]
    codes = {problem.code for problem in rows[1].problems}
    assert codes <= {ProblemCode.ROW_SUM, ProblemCode.ROW_HEADING}
    assert codes


def test_a_text_merged_over_the_whole_row_is_nobody() -> None:
    rows = look(HEADS, ("Гомельшчына",) * 3, SOMEBODY).rows
    assert [row.reading for row in rows] == [Reading.REFUSED, Reading.NEW]


def test_a_single_word_is_a_question_and_can_be_somebody() -> None:
    found = look(HEADS, SOMEBODY, ("Гомель", "", ""), ("Арэхава Вольга", "", ""), ("Кавалёк", "1990", ""))
    readings = [row.reading for row in found.rows]
    assert readings == [Reading.NEW, Reading.DOUBTFUL, Reading.NEW, Reading.NEW]
    assert [problem.code for problem in found.rows[1].problems] == [ProblemCode.MAY_BE_HEADING]
    chosen = decide(found, {found.rows[1].number: None}, set(), {})
    assert chosen.rows[1].reading is Reading.NEW


def test_a_bare_list_of_names_asks_nothing() -> None:
    assert [row.reading for row in look(("Прозвішча",), ("Дзікавец",), ("Арэхава",)).rows] == [
        Reading.NEW
    ] * 2


def test_heads_without_an_empty_row_above_begin_a_table() -> None:
    """Read under the first heads, its people had the birth dates of nobody, or were refused."""
    other = ("Тэрмін", "Прозвішча імя", "Дата нараджэння")
    rows = (SOMEBODY, other, ("4 гады", "Арэхава Вольга", "12.05.1990"))
    parts = parts_of((as_list(HEADS, *rows),), HowRead())
    assert [len(part.rows) for part in parts] == [1, 1]
    found = preview_parts(parts, (), today=TODAY).rows
    assert [str(row.values["family_name"]) for row in found] == ["Дзікавец", "Арэхава"]
    assert [row.values["born"].stored() for row in found] == ["1984-03-11", "1990-05-12"]  # type: ignore[attr-defined]


def test_a_head_above_two_columns_is_the_beginning_of_both() -> None:
    above = ("Асоба", "Дата", "Дата", "Родныя")
    heads = ("Прозвішча, імя", "нараджэння", "затрымання", "тэл.")
    (part,) = parts_of((as_list(above, heads, ("Дзікавец Рыгор", "1984", "5.11.2023", "")),), HowRead())
    assert [column.target for column in part.columns[:3]] == [Target.NAME, Target.BORN, Target.DETAINED_ON]
    assert part.columns[3].why is Why.FAMILY


@pytest.mark.parametrize(
    ("title", "target"),
    [("Прозвіш-\nча", Target.FAMILY_NAME), ("Затры-\nманы(ая)", Target.DETAINED_ON),
     ("Дата\nнарадж.", Target.BORN), ("Дата народження", Target.BORN), ("Стаття", Target.CHARGES),
     ("Строк (років)", Target.TERM), ("Місце утримання", Target.FACILITY), ("Data ur.", Target.BORN),
     ("Zakład karny", Target.FACILITY), ("in Haft seit", Target.DETAINED_ON), ("Sponsor", Target.GODPARENT),
     ("Patronat (poseł)", Target.GODPARENT), ("Заключённый", Target.NAME),
     ("Где находится", Target.FACILITY)],
)  # fmt: skip
def test_heads_as_field_offices_write_them(title: str, target: Target) -> None:
    assert meaning_of(title) == (Why.KNOWN, target)


@pytest.mark.parametrize(
    "title", ["можно публиковать?", "OK to publish?", "Публікацыя", "Дозвіл", "Einv. Mutter"]
)
def test_heads_that_ask_speak_of_consent(title: str) -> None:
    assert recognise((title,))[0].why is Why.CONSENT


@pytest.mark.parametrize("title", ["тэл.", "Next of kin", "С кем связь", "Рідні", "Дети", "Krewni", "Eltern"])
def test_heads_of_families_in_every_language(title: str) -> None:
    assert recognise((title,))[0].why is Why.FAMILY
