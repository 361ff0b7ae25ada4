"""The words on screen: product.md's, in every language, and none missing."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog

from app.domain.fields import FieldClass, fields_of
from app.domain.prisoner import Charge, Incident, OtherName, Prisoner, Sentence
from app.domain.public_texts import PublicTexts
from app.domain.source import Facility
from app.vocabulary import vocabulary
from devtools.catalogues import (
    LOCALE,
    REPORTED,
    TRANSLATED,
    _inside_f_strings,
    catalogue,
    english,
    missing,
    report_texts,
    source_texts,
)
from tests.rules import ROOT

# product.md, *Words*: inner words, and "release", which means freed.
_KEPT_OFF: Final = re.compile(
    r"\b(hash(es|ed)?|chain(s|ed)?|epochs?|scopes?|seal(s|ed|ing)?|key slots?|slots?|intakes?|withheld)\b",
    re.IGNORECASE,
)
_RELEASE: Final = re.compile(r"\brelease(s|d)?\b", re.IGNORECASE)
# "Release" may be said where a person is freed, and only there.
_OF_A_PERSON: Final = re.compile(
    r"(after|on|since|early|before|until|his|her|their|talks about a|the|date of) release|released",
    re.IGNORECASE,
)
# For German: what a word must not be, and which word is ours.
_GERMAN: Final = {
    r"\b(Hash|Kette|Epoche|Siegel|versiegelt\w*|Schlüssel(platz|fach))\b": "inner words stay inside",
    r"\bVeröffentlichung\b": "a report is a Bericht",
    r"\bReport\b": "a report is a Bericht",
    r"\bLog(buch)?\b": "the log is the Protokoll",
    r"\bAkten?\b": "a case file is a Fallakte",
}
# English word -> the German word that stands for it.
_GERMAN_OURS: Final = {
    r"\breports?\b": r"[Bb]ericht",
    r"\bgodparenthoods?\b": r"[Pp]atenschaft",
    r"\bconversations?\b": r"[Gg]espräch",
}
_PLACEHOLDER: Final = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")


def _texts(found: Catalog) -> list[tuple[str, ...]]:
    return [(m.id,) if isinstance(m.id, str) else tuple(m.id) for m in found if m.id]


def _strings(language: str) -> list[tuple[str, str]]:
    """Pairs of English and translated text; of plurals, each form beside its English one."""
    pairs: list[tuple[str, str]] = []
    for message in catalogue(language):
        if not message.id or not message.string:
            continue
        if isinstance(message.id, str):
            pairs.append((message.id, str(message.string)))
        else:
            pairs += [(str(message.id[1]), str(form)) for form in message.string]
    return pairs


def _vocabulary_terms() -> list[dict[str, object]]:
    """Every term of every vocabulary: a table with its words by language."""
    return [
        term
        for path in sorted((ROOT / "resources" / "vocabularies").glob("*.toml"))
        for terms in tomllib.loads(path.read_text(encoding="utf-8")).values()
        if isinstance(terms, list)
        for term in terms
        if isinstance(term, dict) and "code" in term
    ]


def _read_by_reports() -> set[str]:
    """Vocabularies of every field a kind of report may list, and those its tables and places name."""
    found = {
        field.vocabulary
        for record in (Prisoner, PublicTexts, Facility, OtherName, Incident, Charge, Sentence)
        for field in fields_of(record).values()
        if field.vocabulary and field.klass is FieldClass.OPEN
    }
    rooms = [*(ROOT / "app" / "reports").rglob("*.py"), ROOT / "app" / "place_words.py"]
    named = re.compile(r"\b(?:_terms|term|word|vocabulary)\(\s*\"(\w+)\"")
    for path in rooms:
        found |= set(named.findall(path.read_text(encoding="utf-8")))
    return found


def _wrong_words(text: str) -> list[str]:
    found = [match[0] for match in _KEPT_OFF.finditer(text)]
    return found + [match[0] for match in _RELEASE.finditer(_OF_A_PERSON.sub("", text))]


def test_no_inner_word_reaches_the_screen() -> None:
    texts = [text for forms in _texts(source_texts()) for text in forms]
    texts += [str(term.get("en", "")) for term in _vocabulary_terms()]
    assert {text: found for text in texts if (found := _wrong_words(text))} == {}


@pytest.mark.parametrize(
    "text", ["The chain is broken", "Release #12", "3 key slots", "A sealed record", "Release it"]
)
def test_an_inner_word_would_be_seen(text: str) -> None:
    assert _wrong_words(text)


@pytest.mark.parametrize("text", ["Continues after release", "Released early", "Talks about a release"])
def test_freedom_may_be_named(text: str) -> None:
    assert _wrong_words(text) == []


@pytest.mark.skipif(not LOCALE.exists(), reason="no translations yet")
@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    assert missing(language) == []


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_every_term_of_a_vocabulary_has_its_word(language: str) -> None:
    assert [term["code"] for term in _vocabulary_terms() if not str(term.get(language, "")).strip()] == []


@pytest.mark.parametrize("language", REPORTED)
def test_what_a_report_says_is_said_in_every_language_of_reports(language: str) -> None:
    assert missing(language) == []


@pytest.mark.parametrize("language", REPORTED)
def test_a_catalogue_of_reports_holds_no_words_of_the_window(language: str) -> None:
    wanted = {english(message) for message in report_texts() if message.id}
    assert {english(message) for message in catalogue(language) if message.id} == wanted
    assert "Say that published figures are to be used no longer." not in wanted


@pytest.mark.parametrize("language", REPORTED)
@pytest.mark.parametrize("name", sorted(_read_by_reports()))
def test_a_vocabulary_reports_read_has_its_words_in_every_language_of_reports(
    name: str, language: str
) -> None:
    terms = [term for term in vocabulary(name).terms if not term.words.get(language)]
    assert [term.code for term in terms] == []
    words = [term.words[language] for term in vocabulary(name).terms]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("language", [*TRANSLATED, *REPORTED])
def test_a_translation_fills_in_the_same_values(language: str) -> None:
    different = [
        english
        for english, translated in _strings(language)
        if sorted(_PLACEHOLDER.findall(english)) != sorted(_PLACEHOLDER.findall(translated))
    ]
    assert different == []


def test_belarusian_has_one_word_for_a_case_file() -> None:
    """Картатэка; справа is the case of one person."""
    wrong = [
        text
        for english, text in _strings("be")
        if "case file" in english and re.search(r"\bсправ(а|ы|у|ай|е)\b", text)
    ]
    assert wrong == []


def test_belarusian_has_one_word_for_a_passphrase() -> None:
    """Парольная фраза, never фраза-пароль beside it."""
    helping = [path.read_text(encoding="utf-8") for path in (ROOT / "resources/help/be").glob("*.md")]
    texts = [text for _, text in _strings("be")] + helping
    assert [text for text in texts if re.search(r"[Фф]раз\w*-парол", text)] == []


def test_german_uses_our_words() -> None:
    pairs = _strings("de") + [(str(term.get("en")), str(term.get("de"))) for term in _vocabulary_terms()]
    wrong = [(text, why) for _, text in pairs for pattern, why in _GERMAN.items() if re.search(pattern, text)]
    wrong += [
        (translated, f"{english} -> {ours}")
        for english, translated in pairs
        for word, ours in _GERMAN_OURS.items()
        if re.search(word, english, re.IGNORECASE) and not re.search(ours, translated)
    ]
    assert wrong == []


def test_a_missing_translation_would_be_seen() -> None:
    assert "A text nobody has translated" in missing("de", _one("A text nobody has translated"))


def test_a_text_inside_an_f_string_is_collected(tmp_path: Path) -> None:
    code = tmp_path / "page.py"
    code.write_text("f\"{count} · {_('closed')} {ngettext('{n} row', '{n} rows', 2)}\"\n", encoding="utf-8")
    assert set(_inside_f_strings(code)) == {"closed", ("{n} row", "{n} rows")}


def test_catalogues_name_no_place_and_no_moment() -> None:
    files = sorted((ROOT / "resources").rglob("*.po"))
    assert [
        file.name for file in files if re.search(r"^#: |Creation-Date", file.read_text("utf-8"), re.MULTILINE)
    ] == []


def _one(text: str) -> Catalog:
    found = Catalog()
    found.add(text)
    return found
