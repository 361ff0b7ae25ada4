"""Protects: one person's spellings are found, other people's are not (development table of names.md)."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import PartialDate
from app.names.compare import SAME_NAME, sibling_forms, similarity
from app.names.parts import name_parts
from app.names.same_person import KnownPerson, Reason, same_person_hint
from tests.unit.names.spellings import NEAR_MISSES, SPELLINGS

_NAMES = st.text(alphabet="абвгдеёжзйікўцчшщьыэюяABCdefghijz'- .’\u0301\u200b", max_size=30)


def test_recall_and_precision_hold_in_sample() -> None:
    items = [*SPELLINGS, *((f"near {n}", name) for n, name in enumerate(NEAR_MISSES))]
    found = missed = wrong = 0
    for (one, a), (two, b) in itertools.combinations(items, 2):
        alike = similarity(a, b) >= SAME_NAME
        found += alike and one == two
        missed += not alike and one == two
        wrong += alike and one != two
    assert found / (found + missed) >= 0.98
    assert found / (found + wrong) >= 0.94


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Надзея Крапіўук", "Krapiuuk Nadzeia"),
        ("S. Zhavnerovich", "Сяргей Жаўняровіч"),
        ("Жаўняровіч", "Sergei Schawnerowitsch"),
        ("Alexander Zayats", "Аляксандр Заяц-Палявы"),
        ("Жaўняpoвiч Сяргей", "Жаўняровіч Сяргей"),
        ("Сяргей Іванавіч Жаўняровіч", "Сергей Жавнерович"),
    ],
)
def test_spellings_of_one_name(a: str, b: str) -> None:
    assert similarity(a, b) >= SAME_NAME


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Сяргей Жаўняровіч", "Антон Жаўняровіч"),
        ("A. Zhavnerovich", "Сяргей Жаўняровіч"),
        ("Сяргей Жаўняровіч", "Сяргей Ёдкаўскі"),
        ("Сяргей", "Сяргей Жаўняровіч"),
        ("", "Сяргей Жаўняровіч"),
        ("…", "…"),
    ],
)
def test_names_of_two_people(a: str, b: str) -> None:
    assert similarity(a, b) < SAME_NAME


@given(_NAMES, _NAMES)
def test_similarity_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert 0.0 <= similarity(a, b) <= 1.0
    assert similarity(a, b) == pytest.approx(similarity(b, a))


def test_a_name_is_taken_apart_in_any_order() -> None:
    parts = name_parts("Жаўняровіч Сяргей Іванавіч")
    assert (parts.given, parts.family, parts.patronymic) == (("сяргей",), ("жаўняровіч",), "іванавіч")


def test_a_name_alone_never_makes_two_people_one() -> None:
    a = KnownPerson(("Сяргей Жаўняровіч",), PartialDate(1967, 2, 4))
    assert same_person_hint(a, KnownPerson(("Sergei Zhavnerovich",))) is None
    assert same_person_hint(a, KnownPerson(("Сяргей Жаўняровіч",), PartialDate(1972))) is None
    hint = same_person_hint(a, KnownPerson(("Zhavnerovich Sergei",), PartialDate(1967, 2, 4)))
    assert hint is not None
    assert hint.reasons == (Reason.SAME_NAME, Reason.SAME_BIRTH_DATE)


def test_sibling_forms_are_seen_and_never_taken_for_one_name() -> None:
    assert sibling_forms("Дзятлоўскі", "Дзятлоўская")
    assert not sibling_forms("Дзятлоўскі", "Жаўняровіч")
