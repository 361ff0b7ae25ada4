"""Protects: folding brings the spellings of a name together and never fails, whatever it is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.names.clean import clean
from app.names.fold import asked_keys, fold, keys, query_keys, search_key, tokens
from app.names.given_names import given_groups, sex_of_given_name


@pytest.mark.parametrize(
    "spellings",
    [
        "Жаўняровіч Жавнерович Zhawnyarovich Žaŭniarovič Zhauniarovich Żauniarowicz",
        "Цяцерчанка Тетерченко Tsiatserchanka Ciacierčanka Tetertschenko Ciacierczanka",
        "Іўеўская Ивьевская Iueuskaia Iŭjeŭskaja Iwyewskaya Ivyevskaya",
        "Крапіўук Krapiuuk",
        "Ёдкаўскі Iodkauski Yodkovsky Jodkaŭski",
        "Дзятлоўская Дятловская Djatlowskaja Dziatlouskaia",
    ],
)
def test_spellings_fold_to_one(spellings: str) -> None:
    assert len({fold(word) for word in spellings.split()}) == 1


def test_german_spellings_meet_the_others_in_a_german_reading() -> None:
    for german, other in (("Schawnerowitsch", "Жаўняровіч"), ("Lanzuschnyi", "Ланцужны"), ("Sajaz", "Заяц")):
        assert set(keys(german.casefold())) & set(asked_keys(other.casefold()))


def test_every_query_word_finds_the_index_of_the_name() -> None:
    index = search_key("Сяргей Жаўняровіч").split()
    for word in query_keys("schawnerowitsch sergei"):
        assert any(key.startswith(reading) for reading in word for key in index)


def test_letters_of_the_other_script_are_put_right_and_reported() -> None:
    assert clean("Жaўняpoвiч") == clean("Жаўняровіч").__class__("Жаўняровіч", repaired=True)
    assert clean("Palіna").text == "Palina"
    assert not clean("Liquid Жук").repaired


@given(st.text(max_size=60))
def test_folding_takes_anything(text: str) -> None:
    assert search_key(text) == search_key(clean(text).text)
    assert clean(clean(text).text).text == clean(text).text
    for token in tokens(text):
        assert keys(token)[0] == fold(token)


def test_given_names_know_their_forms_and_sex() -> None:
    assert given_groups("Serge") & given_groups("Сяргей")
    assert given_groups("Зміцер") & given_groups("Dmitry")
    assert sex_of_given_name("Надзея") == "female"
    assert sex_of_given_name("Саша") == ""


@given(
    st.text(alphabet="абвгґдеёжзіийклмнопрстуўфхцчшщъыьэюяЖШabcdefghijklmnopqrstuvwxyzžšłŭ'’- ", max_size=40)
)
def test_an_index_gets_plain_ascii(text: str) -> None:
    assert all(char.isascii() and char.isalnum() for char in search_key(text).replace(" ", ""))
