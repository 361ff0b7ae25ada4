"""Protects: the words of lists mean terms that exist, every problem has words, no column is consent."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.domain.fields import fields_of
from app.domain.prisoner import Prisoner
from app.intake.mapping import FIELDS_OF, Target, Why, plain_title, recognise
from app.intake.problems import NOTE_WORDS, WORDS, ProblemCode
from app.intake.table import Note
from app.vocabulary import vocabulary

_DATA = tomllib.loads(resources.path("intake/words.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["sex", "penalty", "regime", "facility_kind"])
def test_words_mean_terms_of_our_vocabularies(name: str) -> None:
    assert set(_DATA[name]) <= set(vocabulary(name).by_code)


def test_places_and_whereabouts_mean_a_status() -> None:
    statuses = vocabulary("status")
    assert set(_DATA["whereabouts"]) <= set(statuses.by_code)
    assert set(_DATA["place_status"].values()) <= set(statuses.by_code)
    assert set(_DATA["place_status"]) == set(vocabulary("facility_kind").by_code)


def test_words_stand_in_one_term_only_and_in_lower_case() -> None:
    for table, terms in _DATA.items():
        if table not in ("titles", "place_status") and isinstance(terms, dict):
            words = [word for listed in terms.values() for word in listed]
            assert len(words) == len(set(words))
            assert all(word == word.casefold() for word in words)


def test_every_problem_and_note_has_words() -> None:
    assert set(WORDS) == set(ProblemCode)
    assert set(NOTE_WORDS) == set(Note)


def test_columns_fill_only_fields_a_list_may_fill() -> None:
    fields = fields_of(Prisoner)
    for names in FIELDS_OF.values():
        assert all(fields[name].importable and not fields[name].sealed for name in names)


@pytest.mark.parametrize(
    "title",
    [
        "consent",
        "Consent (family)",
        "згода",
        "Згода сваякоў",
        "согласие на публикацию",
        "Einwilligung",
        "zgoda rodziny",
        "agreed to name",
        "name: consent",
        "Status of consent",
        "Имя (согласие)",
    ],
)
def test_a_column_that_speaks_of_consent_is_never_mapped(title: str) -> None:
    assert recognise([title])[0].why is Why.CONSENT


@pytest.mark.parametrize("title", ["Mother", "phone of wife", "Телефон", "контакт сям'і", "Angehörige"])
def test_columns_about_families_stay_closed(title: str) -> None:
    assert recognise([title])[0].why is Why.FAMILY


@pytest.mark.parametrize(
    ("title", "target"),
    [
        ("Family name", Target.FAMILY_NAME),
        ("Прозвішча", Target.FAMILY_NAME),
        ("Familienname", Target.FAMILY_NAME),
        ("ФИО", Target.NAME),
        ("Date of birth", Target.BORN),
        ("дата рождения", Target.BORN),
        ("Status:", Target.STATUS),
    ],
)
def test_titles_in_several_languages(title: str, target: Target) -> None:
    assert recognise([title])[0].target is target


def test_the_first_of_two_columns_counts_and_the_second_is_announced() -> None:
    first, second = recognise(["name", "Full name"])
    assert first.target is Target.NAME
    assert second.why is Why.TWICE


@given(st.lists(st.text(max_size=30), max_size=30))
def test_any_titles_are_read(titles: list[str]) -> None:
    columns = recognise(titles)
    targets = [column.target for column in columns if column.target is not None]
    assert len(columns) == len(titles)
    assert len(targets) == len(set(targets))
    assert all("_" not in plain_title(title) for title in titles)
