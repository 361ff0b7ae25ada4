"""Kinds written in a case file: the loader of shipped kinds, and what only those are trusted with.

An own kind is about people. Figures about the work keep a history that tells which tables may be told anew; a
second kind beside it would tell them a second time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import resources
from app.domain.consent_purposes import purposes
from app.domain.errors import Code, KnownError
from app.reports.kind_file import KindReader, parsed, shipped, texts_of_shipped
from app.reports.kinds import ReportKind, decided_name
from app.reports.text import plain_line

BEGINS: Final = "own_"
"""What its name begins with, so that no kind that ships later has the same."""
_NAME: Final = re.compile(r"own_[a-z0-9]+(_[a-z0-9]+)*")
_LONGEST: Final = 40, 20_000  # of a name, of the whole text
_LONGEST_WORDS: Final = 2_000
_SET: Final = re.compile(r"^(name|version)\s*=.*$", re.MULTILINE)


def read_own_kind(untrusted_text: str) -> ReportKind:
    """Read and check one kind of a case file.

    Raises:
        KnownError: REPORT_KIND_INVALID with `line` and `field`, as for a shipped one.
    """
    if len(untrusted_text) > _LONGEST[1]:
        raise KnownError(Code.REPORT_KIND_INVALID, line=1, field="toml")
    table = parsed(untrusted_text)
    return _OwnReader(untrusted_text.splitlines()).kind(table)


class _OwnReader(KindReader):
    """Refuses what only a shipped kind may say."""

    def kind(self, table: Mapping[str, object]) -> ReportKind:
        if "tables" in table:
            self.section = ("tables", 1)
            raise self.wrong("tables")
        kind = super().kind(table)
        if _NAME.fullmatch(kind.name) is None or len(kind.name) > _LONGEST[0]:
            raise self.wrong("name")
        if kind.version < 1:
            raise self.wrong("version")
        self._check_words(kind)
        self._check_columns(kind)
        return kind

    def _check_words(self, kind: ReportKind) -> None:
        """Readable words, and in one language only unless they are all known in every language."""
        known = set(texts_of_shipped())
        own = [("title", kind.title), ("about", kind.about), ("heading", kind.heading)]
        own += [("foreword", kind.foreword), ("handling", kind.handling)]
        for key, words in own:
            self._check_text(key, words)
        unknown = next((key for key, words in own if words and words not in known), None)
        for place, column in enumerate(kind.columns, start=1):
            self.section = ("columns", place)
            self._check_text("label", column.label)
            self._check_text("phrase", column.phrase)
            if column.phrase and column.phrase.count("{}") != 1:
                raise self.wrong("phrase")
            if unknown is None and not {column.label, column.phrase} - {""} <= known:
                unknown = "label"
        self.section = ("", 0)
        if unknown is not None and len(kind.languages) > 1:
            raise self.wrong("languages")

    def _check_text(self, key: str, words: str) -> None:
        """A line of visible characters; of a foreword every paragraph is one."""
        lines = words.splitlines() if key == "foreword" else [words]
        if any(plain_line(line) != line for line in lines) or len(words) > _LONGEST_WORDS:
            raise self.wrong(key)

    def _check_columns(self, kind: ReportKind) -> None:
        """Only what the purpose opens: else those without the key compose another than the approver."""
        for place, column in enumerate(kind.columns, start=1):
            self.section = ("columns", place)
            names = {decided_name(field) for field in column.decided_fields()}
            if not names <= purposes()[column.purpose].fields:
                raise self.wrong("purpose")
        self.section = ("select", 1)
        select = kind.select
        if select is not None and decided_name(select.says_yes) not in purposes()[select.purpose].fields:
            raise self.wrong("purpose")
        self.section = ("", 0)


def shipped_text(name: str) -> str:
    """The text of a kind that ships with Poruch and is about people.

    Raises:
        KnownError: REPORT_KIND_UNKNOWN.
    """
    if not any(kind.name == name and kind.columns for kind in shipped()):
        raise KnownError(Code.REPORT_KIND_UNKNOWN)
    return resources.path("report_kinds").joinpath(f"{name}.toml").read_text(encoding="utf-8")


def next_text(text: str, name: str, version: int) -> str:
    """The same text as the next version of a kind of this name."""
    values = {"name": f'name = "{name}"', "version": f"version = {version}"}
    return _SET.sub(lambda found: values.pop(found.group(1), found.group(0)), text)
