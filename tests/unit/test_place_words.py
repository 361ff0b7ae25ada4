"""How a place reads: in words of the language where they are terms, as it stands where it is a name."""

from __future__ import annotations

import pytest

from app.domain.ids import RecordId
from app.domain.source import Facility
from app.i18n import set_language
from app.place_words import place_words, short_words, town_words


def _place(name: str, what: str, number: str, town: str) -> Facility:
    return Facility(id=RecordId("f" * 32), name=name, what=what, number=number, town=town)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Pre-trial prison No. 3, Homiel"),
        ("de", "U-Haftanstalt Nr. 3, Homel"),
        ("be", "СІЗА № 3, Гомель"),
    ],
)
def test_kind_number_and_town_are_said_in_the_language(language: str, words: str) -> None:
    assert place_words(_place("SIZO-3", "pre_trial", "3", "Homiel"), language) == words


@pytest.mark.parametrize("town", ["Гомель", "gomel", " Homiel "])
def test_a_town_is_known_in_every_spelling(town: str) -> None:
    assert town_words(town, "en") == "Homiel"


def test_a_name_is_never_guessed() -> None:
    own_name = _place("House of the invented", "other", "7", "Nowhere-on-Sea")
    assert place_words(own_name, "de") == "House of the invented, Nowhere-on-Sea"
    assert place_words(_place("Colony of Homiel", "penal_colony", "", "Homiel"), "be") == "Colony of Homiel"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "No. 4, Homiel"), ("be", "№ 4, Гомель"), ("de", "Nr. 4, Homel")]
)
def test_a_row_of_a_table_says_it_short(language: str, words: str) -> None:
    set_language(language)
    try:
        assert short_words("Penal colony No. 4", "penal_colony", "4", "Homiel") == words
        assert short_words("SIZO-1", "pre_trial", "1", "Minsk").startswith(("SIZO-1, ", "СІЗА-1, "))
        assert short_words("Okrestina", "", "", "") == "Okrestina"
    finally:
        set_language("en")
