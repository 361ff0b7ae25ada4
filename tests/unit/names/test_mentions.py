"""Protects: a person is found in running text in every case and spelling; ordinary words are no person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.names import Mention, Rule, find_mentions
from app.names.mentions import NameFinder
from tests.unit.names.spellings import MENTIONS


@pytest.mark.parametrize(("name", "places"), MENTIONS)
def test_a_family_name_is_found_in_every_case(name: str, places: str) -> None:
    for place in places.split():
        (found,) = find_mentions(f"Учора {place} тут.", [name])
        assert found.rule in (Rule.FAMILY_NAME, Rule.ALIKE), place


def test_letters_of_other_scripts_and_german_adjectives_hide_nobody() -> None:
    name = "Taisija Dubrouskaja"
    for place in (
        "Τaisija Dubrοuskaja",
        "Тaicія Дуbpoўcкaя",
        "die Dubrouskaja'sche Familie",
        "#freedubrouskaja",
    ):
        assert find_mentions(place, [name]), place
    assert find_mentions("Μαρία ήταν εδώ", [name]) == []


def test_another_family_of_the_same_root_is_nobody_wanted() -> None:
    assert find_mentions("Zhyhalevich and Жыгаловіч came.", ["Жыгалова"]) == []
    assert find_mentions("list Żyhałowych", ["Жыгалова"])


def test_a_place_says_where_whose_and_why() -> None:
    text = "Gestern sprach Sergei Schawnerowitsch mit uns."
    assert find_mentions(text, ["Іна Пухавец", "Сяргей Жаўняровіч"]) == [
        Mention(text.index("Scha"), len("Schawnerowitsch"), "Сяргей Жаўняровіч", Rule.FULL_NAME)
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Заяц бегае па лесе, а вугаль гарыць.", None),
        ("Ліст напісаў Сяргей Заяц.", Rule.FULL_NAME),
        ("Письмо передали С. Зайцу.", Rule.WITH_INITIAL),
        ("Спаткалі Марыю і пана Зайца", Rule.PERSON_MEANT),
        ("Пан Заяц прыйшоў", Rule.PERSON_MEANT),
        ("the Hare and Марыя Заяц", None),
    ],
)
def test_an_ordinary_word_needs_a_person_beside_it(text: str, rule: Rule | None) -> None:
    found = find_mentions(text, ["Сяргей Заяц"])
    assert [m.rule for m in found] == ([] if rule is None else [rule])


@pytest.mark.parametrize(
    "text",
    [
        "Z o r y n a   K v i t k a v e t s",
        "K.v.i.t.k.a.v.e.t.s",
        "Kvit\u00adka\u200bvets",
        "Kvit kavets",
        "Kvitka\u0301vets",
        "К в е т к а в е ц",
        "Ｋｖｉｔｋａｖｅｔｓ",
    ],
)
def test_letters_set_apart_hide_nothing(text: str) -> None:
    assert find_mentions(text, ["Zoryna Kvitkavets", "Зорына Кветкавец"])


def test_the_offset_is_a_place_in_the_text_as_given() -> None:
    text = "А\u200b б: Жаў\u00adняровіча!"
    (found,) = find_mentions(text, ["Жаўняровіч"])
    assert text[found.offset : found.offset + found.length] == "Жаў\u00adняровіча"


def test_a_mention_never_prints_the_name() -> None:
    assert "Жаўняровіч" not in repr(find_mentions("Жаўняровічу", ["Жаўняровіч"]))


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_and_any_names_can_be_searched(text: str, names: list[str]) -> None:
    for found in NameFinder(names).find(text):
        assert found.name in names
        assert 0 <= found.offset < found.offset + found.length <= len(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Stanislau Shelkunchik", "ліст Шаўкунчыку"),  # ол, ел of Russian is ў in Belarusian
        ("Arkadii Povetets", "разам з Паветцам"),  # a fleeting vowel between two like sounds
        ("Nina Babayan", "пісьмо ад Бабаян"),  # no plural of an ordinary word
        ("Дзіна Чхаладзэ", "Cchaladze"),  # the hook of čch lost
        ("Раман Цярэшонак", "la lettre de Terechonok"),  # French ch
        ("Ігнат Шчарбакук", "писал Shherbakuk"),  # GOST shh
        ("Игнат Николайчик", "бачылі Мікалайчыкаў"),  # names of the calendar as people say them
        ("Таццяна Филиппенко", "Родныя Піліпенка чакалі"),
        ("Alena Khadzkova", "видели Ходькову"),  # the soft sign is not written
    ],
)
def test_kinds_of_forms_that_were_passed_over(name: str, text: str) -> None:
    assert find_mentions(text, [name])
