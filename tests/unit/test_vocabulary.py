"""Every term a field may hold has words in every language, and rules find the attributes they read."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re

import attrs
import pytest

import app.domain
from app.domain.errors import Code, KnownError
from app.domain.fields import FieldClass, fields_of
from app.domain.prisoner import HELD, Prisoner
from app.domain.public_texts import PublicTexts
from app.i18n import LANGUAGES
from app.vocabulary import Vocabulary, names, pairs, vocabulary, word

FORBIDDEN = re.compile(r"\b(hash|chain|epoch|scope|seal|key slot|release)\b", re.IGNORECASE)


def _named_by_fields() -> set[str]:
    found: set[str] = set()
    for module in pkgutil.iter_modules(app.domain.__path__):
        for _, cls in inspect.getmembers(
            importlib.import_module(f"app.domain.{module.name}"), inspect.isclass
        ):
            if attrs.has(cls) and cls.__module__.startswith("app.domain") and _is_declared(cls):
                found |= {field.vocabulary for field in fields_of(cls).values() if field.vocabulary}
    return found


def _is_declared(cls: type) -> bool:
    return any("poruch.field" in attribute.metadata for attribute in attrs.fields(cls))


@pytest.mark.parametrize("name", sorted(_named_by_fields()))
def test_every_vocabulary_a_field_names_is_there(name: str) -> None:
    assert vocabulary(name).terms


@pytest.mark.parametrize("name", names())
def test_every_term_has_words_in_every_language_and_none_that_stays_off_the_screen(name: str) -> None:
    for term in vocabulary(name).terms:
        for language in LANGUAGES:
            assert term.words.get(language), f"{name}.{term.code} has no words in {language}"
        assert not FORBIDDEN.search(term.words["en"]), f"{name}.{term.code}"


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_terms_read_the_same(name: str, language: str) -> None:
    words = [text for _, text in pairs(name, language)]
    assert len(words) == len(set(words)), f"{name}: {words}"


def test_five_lines_cover_every_purpose() -> None:
    lines = {term.code for term in vocabulary("consent_line").terms}
    assert len(lines) == 5
    assert {term.text("line") for term in vocabulary("purpose").terms} == lines


@pytest.mark.parametrize("term", vocabulary("purpose").terms, ids=lambda term: str(term.code))
def test_every_purpose_says_what_the_rules_read(term: object) -> None:
    found = vocabulary("purpose").term(getattr(term, "code", ""))
    assert found.text("data_class") in {str(klass) for klass in FieldClass}
    assert found.text("whose") in {"prisoner", "speaker", "either"}
    assert found.text("audience") in vocabulary("audience")
    assert found.text("use") in {"", "event", "once"}
    assert found.number("months") == (6 if found.code == "direct_contact" else 12)
    assert all(need in vocabulary("purpose") for need in found.items("needs"))
    assert set(found.items("fields")) <= {*fields_of(Prisoner), *fields_of(PublicTexts)}


def test_terms_that_mean_held_are_those_of_the_prisoner() -> None:
    held = {term.code for term in vocabulary("status").terms if term.text("state") == "held"}
    assert held == HELD
    assert {term.text("state") for term in vocabulary("status").terms} == {"held", "free", "dead"}


def test_a_word_falls_back_to_english_and_then_to_its_code() -> None:
    assert word("purpose", "photo", "de") == "Foto"
    assert word("filter_word", "name", "pl") == word("filter_word", "name", "en")
    assert word("purpose", "from_a_newer_version", "de") == "from_a_newer_version"


def test_what_does_not_exist_is_said_so() -> None:
    with pytest.raises(KnownError) as no_vocabulary:
        vocabulary("colours")
    with pytest.raises(KnownError) as no_term:
        vocabulary("sex").term("colour")
    assert no_vocabulary.value.code is no_term.value.code is Code.UNKNOWN_TERM
    with pytest.raises(KnownError):
        vocabulary("../locale/de")


def test_a_vocabulary_reads_as_its_terms() -> None:
    found = vocabulary("audience")
    assert isinstance(found, Vocabulary)
    assert found.terms[0].code == "internal"
    assert "public" in found
