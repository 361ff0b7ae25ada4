"""Translations: collects the program's texts, updates and compiles catalogues, says what is missing.

Runs inside `.venv` (`python -m devtools.catalogues compile|update`); also read by the tests. The English
texts themselves are the keys. Catalogues hold no places and no dates, so that two people's changes merge.
A language of the window has every text; one that only reports speak has those a report can say.
"""

from __future__ import annotations

import ast
import io
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.i18n import DOMAIN, LANGUAGES, domain_of
from app.languages import WITH_WORDS
from devtools.shell import ROOT, say

LOCALE: Final = ROOT / "resources" / "locale"
TRANSLATED: Final = tuple(language for language in LANGUAGES if language != "en")
REPORTED: Final = tuple(language for language in WITH_WORDS if language not in LANGUAGES)
"""Languages that only reports speak."""

# `_`, `N_`, `ngettext` in code; `gettext` and `ngettext` in templates; `.plural` of a report's translator.
_Keywords = Mapping[str, tuple[int, int] | None]
_KEYWORDS: Final[_Keywords] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
}
_CODE: Final = (
    ("app", "*.py", "python"),
    ("ui", "*.py", "python"),
    ("resources/templates", "*.html", "jinja2"),
)
# Where the words of reports stand. There `N_` and `.plural` are a report's; what `_` says is the window's.
_SAID_IN_REPORTS: Final[_Keywords] = {"N_": None, "plural": (1, 2)}
_REPORT_ROOMS: Final = (
    "app/reports",
    "app/place_words.py",
    "app/domain/case_findings.py",
    "app/domain/consent_reasons.py",
    "app/services/calling_back.py",
)
_NOT_SAID: Final = ("app/reports/verify", "app/reports/elsewhere")  # what checks are called on screen
_WORDS_ON_SCREEN: Final = frozenset({"title", "about"})
# In a kind of report these keys hold words for people. (Vocabularies bring their words in every language.)
_WORDS_OF_KINDS: Final = frozenset(
    {"title", "about", "heading", "foreword", "handling", "label", "phrase", "notes", "coarser", "text"}
)


def source_texts() -> Catalog:
    """Every text of the program that a person may see, with the plural form where there is one."""
    found = Catalog(domain=DOMAIN, charset="utf-8")
    for folder, pattern, method in _CODE:
        for path in sorted((ROOT / folder).rglob(pattern)):
            for msgid, comments in _texts_in(path, method):
                found.add(msgid, auto_comments=comments)
            if method == "python":
                for msgid in _inside_f_strings(path):
                    found.add(msgid)
    for path in _kinds():
        for text in _values(tomllib.loads(path.read_text(encoding="utf-8")), _WORDS_OF_KINDS):
            found.add(text)
    return found


def _kinds() -> list[Path]:
    folders = (ROOT / "resources" / folder for folder in ("report_kinds", "message_kinds"))
    return sorted(path for folder in folders for path in folder.glob("*.toml"))


def report_texts() -> Catalog:
    """Every text a report, its cover or the note that calls it back can say."""
    found = Catalog(domain=DOMAIN, charset="utf-8")
    for room in _REPORT_ROOMS:
        place = ROOT / room
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if path.relative_to(ROOT).as_posix().startswith(_NOT_SAID):
                continue
            for msgid, _comments in _texts_in(path, "python", _SAID_IN_REPORTS):
                found.add(msgid)
            for msgid in _inside_f_strings(path, _SAID_IN_REPORTS):
                found.add(msgid)
    for path in _kinds():
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
        for text in _values(plain, _WORDS_OF_KINDS - _WORDS_ON_SCREEN):
            found.add(text)
    return found


def texts_for(language: str) -> Catalog:
    """What has to be said in a language."""
    return report_texts() if language in REPORTED else source_texts()


def catalogue(language: str) -> Catalog:
    """The translations of a language as they are on disk (an empty catalogue if there are none yet)."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language, domain=domain_of(language), charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain=domain_of(language))


def po_file(language: str) -> Path:
    """Where the translations of a language are kept."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain_of(language)}.po"


def missing(language: str, wanted: Catalog | None = None) -> list[str]:
    """The English texts that have no finished translation, every plural form counted."""
    have = catalogue(language)
    absent = []
    for message in wanted or texts_for(language):
        if not message.id:
            continue
        found = have.get(message.id)
        if found is None or found.fuzzy or not _complete(found, have.num_plurals):
            absent.append(english(message))
    return absent


def english(message: Message) -> str:
    """The English text of a message (the singular where there are two)."""
    return message.id if isinstance(message.id, str) else str(message.id[0])


def update() -> int:
    """Bring every catalogue up to date with the program; returns how many texts lack a translation."""
    lacking = 0
    for language in (*TRANSLATED, *REPORTED):
        wanted = texts_for(language)
        merged = catalogue(language)
        # A text that is only similar is no translation: a guess would end in front of a relative.
        merged.update(wanted, no_fuzzy_matching=True)
        _write(language, merged)
        absent = missing(language, wanted)
        lacking += len(absent)
        say(f"{language}: {len(wanted)} texts, {len(absent)} without a translation")
        for text in absent:
            say(f"  {text}")
    return lacking


def compile_all() -> None:
    """Write the compiled form of every catalogue."""
    for language in (*TRANSLATED, *REPORTED):
        if po_file(language).exists():
            with po_file(language).with_suffix(".mo").open("wb") as stream:
                write_mo(stream, catalogue(language))


def _values(node: object, keys: frozenset[str]) -> Iterator[str]:
    """Texts under `keys` anywhere in a TOML file."""
    if isinstance(node, list):
        for part in node:
            yield from _values(part, keys)
    elif isinstance(node, dict):
        for key, value in node.items():
            texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
            if key in keys:
                yield from (text for text in texts if isinstance(text, str) and text)
            if not isinstance(value, str):
                yield from _values(value, keys)


def _texts_in(
    path: Path, method: str, keywords: _Keywords = _KEYWORDS
) -> Iterator[tuple[str | tuple[str, ...], list[str]]]:
    with path.open("rb") as stream:
        for _line, msgid, comments, _context in extract(
            method, stream, keywords=keywords, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            yield msgid, comments


def _inside_f_strings(path: Path, keywords: _Keywords = _KEYWORDS) -> Iterator[str | tuple[str, ...]]:
    """Texts in an f-string: before Python 3.12 the extractor sees one word there and passes them by."""
    for whole in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(whole, ast.JoinedStr):
            continue
        for call in ast.walk(whole):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name | ast.Attribute):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
            if name not in keywords:
                continue
            wanted = 2 if keywords[name] else 1
            texts = [each.value for each in call.args[:wanted] if isinstance(each, ast.Constant)]
            said = tuple(text for text in texts if isinstance(text, str))
            if len(said) == wanted:
                yield said[0] if wanted == 1 else said


def _complete(message: Message, forms: int) -> bool:
    if isinstance(message.id, str):
        return bool(message.string)
    strings = message.string if isinstance(message.string, tuple | list) else ()
    return len(strings) == forms and all(strings)


def _write(language: str, merged: Catalog) -> None:
    buffer = io.BytesIO()
    write_po(buffer, merged, no_location=True, sort_output=True, ignore_obsolete=True, width=100)
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date'))]
    path = po_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(kept), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        sys.exit(1 if update() else 0)
    compile_all()
