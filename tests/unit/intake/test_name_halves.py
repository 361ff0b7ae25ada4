"""Protects: a surname in a column of its own is never lost, whatever the other column is called."""

from __future__ import annotations

import pytest

from app.intake.how_read import HowRead
from app.intake.mapping import Target
from app.intake.parts import parts_of
from app.intake.staged import row_candidate
from app.intake.staging import preview_parts
from tests.unit.intake.helpers import TODAY, as_list, look, one


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("Імя", "Прозвішча"),
        ("Имя", "Фамилия"),
        ("ІМʼЯ", "Прізвище"),
        ("Name", "Surname"),
        ("Імя", "Nachname"),
    ],
)
def test_a_name_beside_a_surname_is_a_given_name(given: str, family: str) -> None:
    row = one((given, family, "born"), ("Ryhor", "Dzikavets", "1984-03-11"))
    assert (row.values["given_name"], row.values["family_name"]) == ("Ryhor", "Dzikavets")


def test_a_name_beside_a_first_name_is_a_surname() -> None:
    row = one(("Name", "Vorname"), ("Dzikavets", "Ryhor"))
    assert (row.values["given_name"], row.values["family_name"]) == ("Ryhor", "Dzikavets")


def test_a_patronymic_with_the_given_name_loses_nobody() -> None:
    row = one(("Имя", "Фамилия"), ("Рыгор Пятровіч", "Дзікавец"))
    assert row.values["family_name"] == "Дзікавец"
    assert "Рыгор" in str(row.values["given_name"])


def test_a_whole_name_stays_whole_beside_its_surname() -> None:
    rows = look(("Name", "Surname"), ("Ryhor Dzikavets", "Dzikavets"), ("Volha Arechava", "Arechava")).rows
    assert [(row.values["given_name"], row.values["family_name"]) for row in rows] == [
        ("Ryhor", "Dzikavets"),
        ("Volha", "Arechava"),
    ]


def test_a_prisoner_beside_the_surname_of_somebody_stays_whole() -> None:
    """The surname may be a relative's: a head that says a person is never half a name."""
    row = one(("Вязень", "Прозвішча", "Артыкул"), ("Ryhor Dzikavets", "Arechava", "арт. 342"))
    assert (row.values["given_name"], row.values["family_name"]) == ("Ryhor", "Dzikavets")


def test_what_a_person_said_a_column_is_stays() -> None:
    table = as_list(("Імя", "Прозвішча"), ("Ryhor", "Dzikavets"))
    (part,) = parts_of((table,), HowRead())
    assert [column.target for column in part.columns] == [Target.GIVEN_NAME, Target.FAMILY_NAME]
    (part,) = parts_of((table,), HowRead().with_columns({part.column_key(0): Target.NAME}))
    assert part.columns[0].target is Target.NAME


def test_families_find_a_prisoner_whose_name_stands_in_two_columns() -> None:
    people = as_list(("№", "Імя", "Прозвішча", "Артыкул"), ("1", "Ryhor", "Dzikavets", "арт. 342"))
    families = as_list(("Вязень", "Сваяцтва", "Сваяк"), ("Ryhor Dzikavets", "маці", "Nina Dzikavets"))
    parts = parts_of((people, families), HowRead())
    found = preview_parts(parts, (), today=TODAY)
    assert [part.of_families for part in parts] == [False, True]
    assert found.rows[1].candidates == (row_candidate(found.rows[0].number),)


def test_a_patronymic_of_its_own_stays_beside_a_whole_name() -> None:
    row = one(("Прозвішча, імя", "Імя па бацьку"), ("Дзікавец Рыгор", "Пятровіч"))
    names = ("family_name", "given_name", "patronymic")
    assert [row.values[name] for name in names] == ["Дзікавец", "Рыгор", "Пятровіч"]


def test_a_patronymic_below_the_given_name_is_one() -> None:
    row = one(("Прозвішча", "Імя"), ("ДЗІКАВЕЦ", "Рыгор Пятровіч"))
    names = ("family_name", "given_name", "patronymic")
    assert [row.values[name] for name in names] == ["Дзікавец", "Рыгор", "Пятровіч"]
    row = one(("Surname", "Given name"), ("Dzikavets", "Anna Maria"))
    assert (row.values["given_name"], "patronymic" in row.values) == ("Anna Maria", False)


def test_a_former_surname_in_brackets_is_marked() -> None:
    row = one(("Прозвішча", "Імя"), ("Дзікавец (Арэхава)", "Вольга"))
    assert row.values["family_name"] == "Дзікавец"
    assert [problem.code.value for problem in row.problems] == ["name_many_parts"]


def test_a_roman_part_of_an_article_is_a_part() -> None:
    row = one(("Name", "Articles"), ("Ryhor Dzikavets", "ст. 342 ч. II; ч. І ст. 130"))
    charges = row.values["charges"]
    assert isinstance(charges, tuple)
    assert [(charge.article, charge.part) for charge in charges] == [("342", "2"), ("130", "1")]


def test_somebody_under_the_old_and_the_new_surname_is_shown_as_a_likely_double() -> None:
    heads = ("Прозвішча імя", "Дата нараджэння", "Дата затрымання")
    days = ("12.02.1985", "11.10.2022")
    rows = look(heads, ("Крэчат Лідзія (Арлова)", *days), ("Арлова Лідзія", *days)).rows
    assert [double.row for double in rows[0].likely_doubles] == [rows[1].number]
    rows = look(
        ("Прозвішча", "Імя", *heads[1:]),
        ("Крэчат (ур. Арлова)", "Лідзія", *days),
        ("Арлова", "Лідзія", *days),
    ).rows
    assert [double.row for double in rows[1].likely_doubles] == [rows[0].number]
    rows = look(heads, ("Крэчат Лідзія (просіць не пісаць)", *days), ("Арлова Лідзія", *days)).rows
    assert not rows[0].likely_doubles
