"""Protects: names in the letters and order of a report's language, texts as they were stamped."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from app.domain.prisoner import OtherName, Prisoner
from app.domain.public_texts import PublicText, no_texts
from app.reports.compose import Composition, Request, compose
from app.reports.kind_file import shipped_kind
from app.reports.spellings import in_letters_of, sort_key
from app.reports.standing import Candidate
from tests.reports.making import COLONY, PEOPLE, decisions, prisoner


def _somebody(family: str, given: str, *others: OtherName) -> Prisoner:
    return attrs.evolve(prisoner(9, given, family), other_names=others)


_BELARUSIAN = OtherName("be", "Жаўняровіч", "Сяргей")
_RUSSIAN = OtherName("ru", "Жавнерович", "Сергей")
_POLISH = OtherName("pl", "Żauniarowicz", "Siergiej")


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("ru", "Жавнерович"),
        ("be", "Жаўняровіч"),
        ("pl", "Żauniarowicz"),
        ("en", "Zhauniarovich"),
        ("de-CH", "Zhauniarovich"),
    ],
)
@pytest.mark.parametrize("main", ["Latin", "Cyrillic"])
def test_a_name_is_spelt_as_the_language_spells_it(language: str, shown: str, main: str) -> None:
    latin = OtherName("", "Zhauniarovich", "Siarhei")
    if main == "Latin":
        person = _somebody("Zhauniarovich", "Siarhei", _BELARUSIAN, _RUSSIAN, _POLISH)
    else:
        person = _somebody("Жаўняровіч", "Сяргей", latin, _RUSSIAN, _POLISH)
    assert in_letters_of(person, language).family_name == shown


def test_a_russian_list_shows_russian_names_and_latin_ones_beside_them() -> None:
    person = _somebody("Zhauniarovich", "Siarhei", _BELARUSIAN, _RUSSIAN)
    report = _composed("public_list", "ru", person).report
    assert [column.label for column in report.columns][:2] == ["Имя", "Имя латиницей"]
    assert report.rows[0][:2] == ("Жавнерович, Сергей", "Zhauniarovich, Siarhei")


@pytest.mark.parametrize("language", ["be", "ru"])
def test_a_column_of_latin_names_holds_no_others(language: str) -> None:
    """Also where the other name is no whole one, so that the name itself stays in Latin letters."""
    whole = _somebody("Жаўняровіч", "Сяргей", OtherName("", "Zhauniarovich", "Siarhei"))
    half = _somebody("Zhauniarovich", "Siarhei", OtherName("be", "Жаўняровіч"))
    assert _composed("public_list", language, whole).report.rows[0][1] == "Zhauniarovich, Siarhei"
    report = _composed("public_list", language, half).report
    assert "name_at_home" not in [column.key for column in report.columns]
    assert _composed("public_list", "en", half).report.rows[0][1] == "Жаўняровіч"


def test_a_name_that_is_only_in_other_letters_stays() -> None:
    person = _somebody("Zhauniarovich", "Siarhei")
    assert in_letters_of(person, "ru") is person


def test_polish_letters_stand_behind_those_they_look_like() -> None:
    names = ["Zając", "Łoza", "Ludwik", "Lutnia", "Ćma", "Cyga", "Żaba", "Źrebak", "Dąb", "Dyba", "Daba"]
    people = [_somebody(name, "A") for name in names]
    people.sort(key=lambda one: sort_key(one, "pl"))
    assert [one.family_name for one in people] == (
        ["Cyga", "Ćma", "Daba", "Dąb", "Dyba", "Ludwik", "Lutnia", "Łoza", "Zając", "Źrebak", "Żaba"]
    )


def test_a_text_of_somebody_is_never_respelt() -> None:
    """A stamp is over exactly its words; a Swiss text goes first where there is one."""
    report = _composed("newsletter", "de-CH", PEOPLE[0], PublicText("de", "Saß „still“ da.")).report
    assert "Saß „still“ da." in report.rows[0]
    swiss = PublicText("de-CH", "Sass «still» da.")
    report = _composed("newsletter", "de-CH", PEOPLE[0], PublicText("de", "Saß da."), swiss).report
    assert "Sass «still» da." in report.rows[0]
    found = _composed("newsletter", "de", PEOPLE[0], swiss)
    assert [one.column for one in found.missing] == ["summary", "photo"]


def _composed(kind: str, language: str, person: Prisoner, *texts: PublicText) -> Composition:
    found = attrs.evolve(no_texts(person.id), public_summary=texts)
    some = Candidate(person, COLONY, decisions(kind), counted=True, texts=found)
    return compose(Request(shipped_kind(kind), language, "2026-031", date(2026, 11, 22), (some,)))
