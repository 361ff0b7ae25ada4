"""Reading a table of a kind of report so that every refusal names the key and its line."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from app.domain.errors import Code, KnownError

_Word = TypeVar("_Word", bound=StrEnum)


class TomlReader:
    """Reads values of one kind and refuses what is wrong.

    Attributes:
        section: which is being read: "" or the name of a list of tables, and which of them.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self.section = ("", 0)

    def one(self, words: type[_Word], table: Mapping[str, object], key: str) -> _Word:
        """A word of an enumeration."""
        value = self.text(table, key)
        if value not in {word.value for word in words}:
            raise self.wrong(key)
        return words(value)

    def choice(self, table: Mapping[str, object], key: str, choices: tuple[str, ...]) -> str:
        """One of these words."""
        value = self.text(table, key)
        if value not in choices:
            raise self.wrong(key)
        return value

    def words(self, table: Mapping[str, object], key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        """Some of these words, none twice."""
        values = self.list(table, key)
        if not values or len(set(values)) != len(values) or not set(values) <= set(choices):
            raise self.wrong(key)
        return values

    def list(self, table: Mapping[str, object], key: str) -> tuple[str, ...]:
        """A list of words."""
        value = table[key]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key)
        return tuple(value)

    def text(self, table: Mapping[str, object], key: str, *, empty: bool = False) -> str:
        """A word or sentence."""
        value = table[key]
        if not isinstance(value, str) or not (value or empty):
            raise self.wrong(key)
        return value

    def number(self, table: Mapping[str, object], key: str) -> int:
        """A whole number."""
        value = table[key]
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(key)
        return value

    def flag(self, table: Mapping[str, object], key: str, *, missing: bool = False) -> bool:
        """A yes or no; one that is missing means no where nothing else is said."""
        value = table.get(key, missing)
        if not isinstance(value, bool):
            raise self.wrong(key)
        return value

    def only(self, table: Mapping[str, object], known: set[str], needed: set[str]) -> None:
        """Refuse keys nobody knows, and the lack of one that is needed."""
        for key in table:
            if key not in known:
                raise self.wrong(key)
        for key in sorted(needed):
            if key not in table:
                raise self.wrong(key)

    def wrong(self, key: str) -> KnownError:
        """The refusal of a key, with its line."""
        return KnownError(Code.REPORT_KIND_INVALID, line=self._line(key), field=key)

    def _line(self, key: str) -> int:
        """The line of `key` in the section being read, or of the section's head where the key is missing."""
        section, wanted = self.section
        current, seen, head = "", 0, 1
        for number, line in enumerate(self._lines, start=1):
            text = line.strip()
            if text.startswith("["):
                current = text.strip("[] ")
                seen += current == section
                if (current, seen) == (section, wanted):
                    head = number
                continue
            here = current == section and (not section or seen == wanted)
            if here and text.partition("=")[0].strip() == key:
                return number
        return head
