"""Words in the language of the person: the right form for a number, and nothing else of a text touched."""

from __future__ import annotations

import pytest

from app.domain.date_words import date_words
from app.domain.dates import PartialDate
from app.i18n import LANGUAGES, Translator, translator
from app.vocabulary import word


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_number_is_filled_in(language: str) -> None:
    said = translator(language).plural("{name} and {n} more", "{name} and {n} more", 5)
    assert "{name}" in said
    assert "5" in said


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 дзень"), (2, "2 дні"), (5, "5 дзён"), (11, "11 дзён"), (21, "21 дзень"), (104, "104 дні")],
)
def test_belarusian_has_three_forms(number: int, words: str) -> None:
    assert translator("be").plural("{n} day", "{n} days", number) == words


def test_a_language_nobody_speaks_here_is_english() -> None:
    assert Translator("xx").plural("{n} day", "{n} days", 2) == "2 days"


@pytest.mark.parametrize(("language", "words"), [("en", "1,204"), ("de", "1.204"), ("be", "1\u00a0204")])
def test_a_large_number_is_grouped_as_the_language_does(language: str, words: str) -> None:
    assert words in translator(language).plural("{n} day", "{n} days", 1204)
    assert translator(language).number(999) == "999"


_NAMES = "This report names {n} person.", "This report names {n} people."


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("ru", 1, "назван 1 человек"),
        ("ru", 2, "названы 2 человека"),
        ("ru", 11, "названо 11 человек"),
        ("ru", 21, "назван 21 человек"),
        ("pl", 1, "wymienia 1 osobę"),
        ("pl", 2, "wymienia 2 osoby"),
        ("pl", 21, "wymienia 21 osób"),
        ("pl", 22, "wymienia 22 osoby"),
    ],
)
def test_languages_of_reports_have_their_plural_forms(language: str, number: int, words: str) -> None:
    assert words in translator(language).plural(*_NAMES, number)


def test_swiss_german_is_german_in_its_own_spelling() -> None:
    swiss, german = translator("de-CH"), translator("de")
    texts = ("Protests and words, or other articles", "please treat as confidential", "Sources")
    assert [swiss(text) for text in texts] == [german(text).replace("ß", "ss") for text in texts]
    quoted = "“Ended with a mandate”: the godparent left the parliament or office, by election or otherwise."
    assert "«" in swiss(quoted)
    assert "„" in german(quoted)
    assert not set("ß„“") & set(swiss(quoted))
    assert swiss.plural("{n} day", "{n} days", 1204) == "1’204 Tage"
    assert "ß" not in word("category", "online_comment", "de-CH")
    assert date_words(PartialDate(2026, 3, 4), "de-CH") == "4. März 2026"


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "4 марта 2026\u202fг."), ("pl", "4 marca 2026"), ("be", "4 сакавіка 2026\u202fг.")],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, words: str) -> None:
    said = date_words(PartialDate(2026, 3, 4), language)
    assert " ".join(said.split()) == " ".join(words.split())
