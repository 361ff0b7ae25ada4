"""Protects: a name is found where a line breaks it and where no spaces stand, never by chance."""

from __future__ import annotations

import pytest

from app.names import Rule, find_mentions
from app.names.running_words import running_words


@pytest.mark.parametrize(
    "place",
    [
        "Ліст Жаўня-\nровічу вярнуўся",
        "Ліст Жаў\u00ad\nняровічу вярнуўся",
        "Ліст Жаў\u00adняровічу вярнуўся",
        "СПРАВА ЖАЎНЯ-\nРОВІЧА",
        "#Свабоду_Жаўняровічу",
        "#СвабодуЖаўняровічу",
        "#FreeZhavnerovich",
        "#freezhavnerovich",
        "#FreiheitFürSchawnerowitsch",
        "siarhei.zhauniarovich@example.org",
        "zhavnerovich1987@example.org",
        "@zhavnerovich_s",
        "P<XXXZHAUNIAROVICH<<SIARHEI<<<<<<",
    ],
)
def test_a_name_is_found_however_it_is_broken_or_joined(place: str) -> None:
    assert find_mentions(place, ["Сяргей Жаўняровіч"]), place


def test_words_stand_where_the_text_has_them() -> None:
    text = "Пра Жаўня-\nровіча і #FreeUhal"
    for word in running_words(text):
        assert 0 <= word.offset < word.offset + word.length <= len(text)
        assert text[word.offset].casefold() == word.text[0]
    assert [word.text for word in running_words("Нью-\nЁрк")] == ["нью", "ёрк"], "a new capital is a new word"


@pytest.mark.parametrize("place", ["#СвабодуУгалю", "#FreeUhal", "Уголь-Жаўняровіч", "Мы чулі пра Ільіна"])
def test_a_short_or_ordinary_name_counts_in_a_call_a_double_name_and_inside_a_sentence(place: str) -> None:
    wanted = ["Ильин"] if "Ільін" in place else ["Уголь"]
    assert find_mentions(place, wanted), place


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ильин.", "Ильин"), ("Купілі вугаль.", "Уголь"), ("Lock it. Letzte Frage.", "Iegor Loiko"),
        ("How many. Record.", "Miron Halay"),
        ("#FreeUhlenhorst", "Уголь"),
    ],
)  # fmt: skip
def test_few_sounds_alike_say_nothing_alone(text: str, name: str) -> None:
    assert find_mentions(text, [name]) == []


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("Vaschuk", "Ващуком"), ("Yaczyna", "Яцыну"), ("Rakiczkij", "Ракицкого"), ("Stel'max", "Стельмаху"),
        ("Jvania", "Жвания"), ("Kipschidse", "Кіпшыдзэ"), ("Dzhaparidze", "Dschaparidses"),
        ("Balchunene", "Бальчюнасов"), ("Бабей", "Бабея"), ("Miler", "Миллеру"),
    ],
)  # fmt: skip
def test_habits_of_offices_and_papers_are_read(stored: str, said: str) -> None:
    (found,) = find_mentions(f"Учора {said} тут.", [stored])
    assert found.rule in (Rule.FAMILY_NAME, Rule.ALIKE)
