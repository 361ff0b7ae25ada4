"""Protects: the command line can be asked for help in every language, and answers in it alone."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Final

import pytest

from app.cli.run import make_parser, run
from app.i18n import LANGUAGES, set_language
from app.spoken import ITS_WORDS, asked_language, speak

OTHERS: Final = [language for language in LANGUAGES if language != "en"]
_LATIN: Final = re.compile(r"[A-Za-z]{2,}")
_TYPED: Final = frozenset(
    {
        "Poruch",
        "CSV",
        "Excel",
        "PDF",
        "Word",
        "OpenDocument",
        "JSON",
        "json",
        "pdf",
        "docx",
        "xlsx",
        "csv",
        "html",
        "poruch",
        "demo",
    }
)
_PROGRAMMERS: Final = (
    r"conflict|cannot merge|not callable|dest=|'required'|subparser argument|not defined"
    r"|unexpected option string"
    r"|heading|program's version|subcommands|default: %|invalid option string"
    r"|mode %r|can't open|mutually exclusive|is deprecated|conflicting"
)
"""What argparse says of a parser that was made wrong, or of what ours do not use."""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak((), {})
    set_language("en")


def _all_parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inside in action.choices.values():
                yield from _all_parsers(inside)


def _typed(parser: argparse.ArgumentParser) -> set[str]:
    """What is typed as it stands: the same in every language."""
    words = set(_TYPED)
    for each in _all_parsers(parser):
        words |= set(_LATIN.findall(each.prog))
        for action in each._actions:
            words |= {part for option in action.option_strings for part in _LATIN.findall(option)}
            words |= {part for choice in action.choices or () for part in _LATIN.findall(str(choice))}
    kinds = {"public", "list", "parliament", "briefing", "birthday", "consent", "audit"}
    kinds |= {"godparent", "sheet", "newsletter", "growth", "figures", "charges"}
    return words | kinds | {"check", "drill", "age"}  # age1… begins a key


def _words(parser: argparse.ArgumentParser) -> dict[str, str]:
    """Every text a person reads in the help of one parser, by where it stands."""
    found = {"description": parser.description or "", "epilog": parser.epilog or ""}
    for number, action in enumerate(parser._actions):
        if action.help != argparse.SUPPRESS:
            found[f"{action.dest} {number}"] = action.help or ""
        if isinstance(action, argparse._SubParsersAction):
            found |= {f"help of {each.dest}": each.help or "" for each in action._choices_actions}
    return found


def _spoken(language: str) -> dict[str, argparse.ArgumentParser]:
    speak(["--language", language], {})
    return {each.prog: each for each in _all_parsers(make_parser())}


def _untranslated(english: argparse.ArgumentParser, other: argparse.ArgumentParser) -> list[str]:
    told = _words(other)
    return [
        f"{english.prog}: {where}: {text}"
        for where, text in _words(english).items()
        if text and (told.get(where) or text) == text and text not in _TYPED
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_every_help_text_has_a_translation(language: str) -> None:
    english, other = _spoken("en"), _spoken(language)
    assert english.keys() == other.keys()
    missing = [each for prog, parser in english.items() for each in _untranslated(parser, other[prog])]
    assert missing == []


def test_a_missing_translation_would_be_seen() -> None:
    one, other = (argparse.ArgumentParser(prog="poruch") for _ in range(2))
    for parser in (one, other):
        parser.add_argument("--new", help="only said in English")
    assert _untranslated(one, other)


def test_every_option_has_help() -> None:
    silent = [
        f"{parser.prog}: {action.dest}"
        for parser in _spoken("en").values()
        for action in parser._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert silent == []


def test_no_english_word_in_the_help_in_belarusian() -> None:
    for parser in _spoken("be").values():
        said = set(_LATIN.findall(parser.format_help())) - _typed(make_parser())
        assert said == set(), parser.prog


@pytest.mark.parametrize(
    "line",
    [
        [],
        ["person"],
        ["nosuch"],
        ["verify"],
        ["verify", "x", "y"],
        ["verify", "x", "--nosuch"],
        ["verify", "x", "--proof"],
        ["slip", "x", "--make", "first"],
        ["slip", "x", "--yes", "--no"],
        ["person", "add", "x", "--role", "nosuch"],
        ["proof", "x", "--out", "y", "--sign", "z"],
        ["exposure", "x", "--relative=y"],
        ["verify", "x", "--language", "xx"],
    ],
)
def test_no_english_word_when_a_line_cannot_be_understood(
    line: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "be")
    with pytest.raises(SystemExit) as stopped:
        run(line)
    assert stopped.value.code == 2
    said = set(_LATIN.findall(capsys.readouterr().err)) - _typed(make_parser())
    assert said - {"first", "nosuch", "xx"} == set()


def test_every_sentence_of_argparse_is_known() -> None:
    """Fails on a Python whose argparse says something new."""
    theirs = set()
    for call in ast.walk(ast.parse(inspect.getsource(argparse))):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in ("_", "ngettext")
        ):
            first = call.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                theirs.add(first.value)
    unknown = {text for text in theirs - set(ITS_WORDS) if not re.search(_PROGRAMMERS, text)}
    assert unknown <= {"expected %s argument"}


def test_help_of_a_command_is_the_same_both_ways(capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for line in (["help", "person", "add"], ["person", "add", "--help"]):
        with pytest.raises(SystemExit) as stopped:
            run([*line, "--language", "de"])
        assert stopped.value.code == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert "Aufruf: poruch person add" in told[0]


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "de_AT.UTF-8"}, "de"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8", "LANGUAGE": "fr:be:en"}, "be"),
        ([], {"LC_ALL": "be_BY", "LANG": "de_DE"}, "be"),
        ([], {"LANG": "be_BY.UTF-8@latin"}, "be"),
        (["verify", "--language", "de", "x"], {"LANG": "be_BY"}, "de"),
        (["--language=be", "verify"], {}, "be"),
        (["--language", "en"], {"LANG": "de_DE"}, "en"),
        (["--language", "de", "--language", "be"], {}, "be"),
        (["--language"], {"LANG": "de_DE"}, "de"),
        (["--language", "xx"], {"LANG": "de_DE"}, "de"),
        (["trust", "x", "--", "--language", "be"], {}, "en"),
    ],
)
def test_the_language_is_known_before_anything_is_read(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert asked_language(arguments, environment) == language


def test_help_needs_no_window() -> None:
    code = (
        "import sys; sys.argv[1:] = ['help', '--language', 'be']\n"
        "from app.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken', 'ui.'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert "ужыванне: poruch" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
