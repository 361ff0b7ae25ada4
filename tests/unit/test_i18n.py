"""Words in the language of the person: the right form for a number, and nothing else of a text touched."""

from __future__ import annotations

import pytest

from app.i18n import LANGUAGES, Translator, translator


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
