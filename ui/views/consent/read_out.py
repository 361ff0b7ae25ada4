"""The text read out before the five questions: numbered, in the language of the talk."""

from __future__ import annotations

import tomllib
from functools import cache

import attrs

import resources
from app.i18n import current_language


@attrs.frozen
class ReadOut:
    """One text in one language.

    Attributes:
        number: of the text; a new wording is a new number.
        language: it is written in.
    """

    number: int
    language: str
    text: str

    @property
    def stored(self) -> str:
        """What a talk keeps of it, "1 ru"."""
        return f"{self.number} {self.language}"


@cache
def _texts() -> tuple[dict[str, str], ...]:
    plain = tomllib.loads(resources.path("read_out.toml").read_text(encoding="utf-8"))
    return tuple({str(key): str(value) for key, value in row.items()} for row in plain["text"])


def read_out(language: str) -> ReadOut:
    """The newest text, in this language, else in that of the window, else in English."""
    newest = max(_texts(), key=lambda row: int(row["number"]))
    spoken = next(each for each in (language, current_language(), "en") if each in newest)
    return ReadOut(int(newest["number"]), spoken, newest[spoken])
