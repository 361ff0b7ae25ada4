"""Values read as people say them, in the language of the window."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.fields import fields_of
from app.domain.prisoner import Charge, Prisoner, Sentence
from app.domain.rows import Light
from app.domain.source import Facility
from app.i18n import number_words, set_language
from ui.views.prisoners import wording
from ui.views.prisoners.charges import charge_words
from ui.views.prisoners.columns import public_word, typed_in_cell
from ui.views.prisoners.filters import statuses_of


def test_a_case_in_words() -> None:
    assert charge_words(Charge("361", "3")) == "Art. 361 part 3"
    sentence = Sentence(134, regime="general", ends_on=PartialDate(2032, 9))
    assert wording.sentence_words(sentence) == "11 years 2 months, general regime · to September 2032"
    place = Facility("0" * 32, name="PC 4", what="penal_colony", number="4", town="Homiel")  # type: ignore[arg-type]
    assert wording.facility_words(place) == "Penal colony No. 4, Homiel"


@pytest.mark.parametrize(
    ("related", "language", "words"),
    [
        ("14 (1): attempt", "en", "Art. 342 part 1, attempt (art. 14 part 1)"),
        ("14 (1): замах", "de", "Art. 342 Teil 1, Versuch (Art. 14 Teil 1)"),
        ("14 (1): attempt", "be", "Арт. 342 ч. 1, замах (арт. 14 ч. 1)"),
        ("13 (1), 16 (2, 3)", "en", "Art. 342 part 1, with art. 13 part 1, art. 16 part 2, 3"),
        ("16: helped with a car", "en", "Art. 342 part 1, helped with a car (art. 16)"),
        ("attempt", "en", "Art. 342 part 1, attempt"),  # as somebody typed it
        ("", "en", "Art. 342 part 1"),
    ],
)
def test_how_an_article_was_broken_reads_as_a_sentence(related: str, language: str, words: str) -> None:
    set_language(language)
    try:
        assert charge_words(Charge("342", "1", related=related)) == words
    finally:
        set_language("en")


@pytest.mark.parametrize(
    ("born", "words"),
    [(PartialDate(1979, 12, 12), "46"), (PartialDate(1979), "46–47"), (PartialDate(1980, 1, 1), "46")],
)
def test_age_says_both_where_it_may_be_either(born: PartialDate, words: str) -> None:
    assert wording.age(born, date(2026, 11, 22)) == words


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (PartialDate(2021, 9, 14), "5 years 2 months"),
        (PartialDate(2026, 11, 22), ""),
        (PartialDate(2026, 12), ""),
        (PartialDate(2021), ""),
    ],
)
def test_how_long_is_never_guessed(first: PartialDate, words: str) -> None:
    assert wording.lasted(first, date(2026, 11, 22)) == words


def test_countries_and_days_speak_the_language_of_the_window() -> None:
    set_language("de")
    assert wording.country_name("BY") == "Belarus"
    assert wording.language_name("be") == "Belarussisch"
    assert wording.day_words(date(2026, 12, 1)) == "1. Dezember 2026"
    assert number_words(1204) == "1.204"


def test_without_the_key_a_no_and_a_silence_read_the_same() -> None:
    assert {public_word(light, has_key=False) for light in (Light.NO, Light.NOT_ASKED, Light.WAITS)} == {
        "not cleared"
    }
    assert public_word(Light.NO, has_key=True) == "may not"


def test_what_a_cell_means() -> None:
    assert typed_in_cell("next_on", "2026-12-01") == ("next_step_on", date(2026, 12, 1))
    assert typed_in_cell("labels", "poet, , ill,poet") == ("labels", ("poet", "ill"))
    assert typed_in_cell("owner", "") == ("owner", None)
    with pytest.raises(KnownError) as caught:
        typed_in_cell("next_on", "2026-12")
    assert caught.value.code is Code.BAD_DATE
    with pytest.raises(KnownError):
        typed_in_cell("status", "released")  # decisions look at it: only in the form


def test_held_and_free_come_from_the_vocabulary() -> None:
    held, free = set(statuses_of(["held"])), set(statuses_of(["free"]))
    assert "penal_colony" in held
    assert "released" in free
    assert not held & free
    assert statuses_of([]) == ()


def test_every_field_of_history_has_words() -> None:
    for field in fields_of(Prisoner).values():
        assert wording.value_words(field, None) == ""
