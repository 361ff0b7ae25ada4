"""How a filter line can go on, and how a filter that was clicked reads as words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from app.services.filter_words import KEYS, LIGHTS, OWNERS, STATES, THINGS, TOKEN, key_of
from app.vocabulary import vocabulary, word

_OPEN_LIGHTS: Final = ("yes", "not_asked")
_CLOSED_THINGS: Final = ("step", "overdue", "label")


def suggestions(
    line: str, owners: Iterable[str], labels: Iterable[str], *, has_key: bool = True
) -> tuple[str, ...]:
    """The line with its last word completed, every way there is; nothing after a space.

    Args:
        line: as typed.
        owners: names of people a prisoner can belong to.
        labels: labels that are in use.
        has_key: without it, what only the key can answer is not offered.
    """
    last = _last(line)
    if last is None or _is_closed(last):
        return ()
    before = line[: last.start()]
    if last["key"] is None:
        typed = last["text"].casefold()
        keys = (word(KEYS, term.code) for term in vocabulary(KEYS).terms if has_key or term.code != "label")
        return tuple(f"{before}{said}:" for said in keys if said.startswith(typed))
    typed = (last["quoted"] if last["quoted"] is not None else last["value"]).casefold()
    values = _values(key_of(last["key"]), owners, labels, has_key=has_key)
    fitting = (value for value in values if value.casefold().startswith(typed) and value.casefold() != typed)
    return tuple(f"{before}{last['key']}:{_quoted(value)}" for value in fitting)


def last_key(line: str) -> str:
    """The code of the filter word a line ends with; empty where it ends with none."""
    last = _last(line)
    return key_of(last["key"] or "") if last is not None else ""


def _last(line: str) -> re.Match[str] | None:
    return next((found for found in reversed(list(TOKEN.finditer(line))) if found.end() == len(line)), None)


def _is_closed(last: re.Match[str]) -> bool:
    """Whether the quotation marks around a value are closed: it is whole, though a longer one begins so."""
    return last["quoted"] is not None and last[0].endswith(f'"{last["quoted"]}"')


def _values(key: str, owners: Iterable[str], labels: Iterable[str], *, has_key: bool) -> list[str]:
    match key:
        case "status":
            return [word(name, term.code) for name in (STATES, "status") for term in vocabulary(name).terms]
        case "with" | "no":
            things = (term.code for term in vocabulary(THINGS).terms)
            return [word(THINGS, code) for code in things if has_key or code not in _CLOSED_THINGS]
        case "public":
            lights = (term.code for term in vocabulary(LIGHTS).terms)
            return [word(LIGHTS, code) for code in lights if has_key or code in _OPEN_LIGHTS]
        case "owner":
            return [
                *(word(OWNERS, term.code) for term in vocabulary(OWNERS).terms),
                *sorted(owners, key=str.casefold),
            ]
        case "label":
            return sorted(labels, key=str.casefold)
    return []


def filter_word(key: str, values: Sequence[str]) -> str:
    """One filter word in the language of the window: `status:held,dead`.

    Args:
        key: code of the word.
        values: as they read; one of them is enough.
    """
    return f"{word(KEYS, key)}:{_quoted(','.join(value.replace(chr(34), '') for value in values))}"


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
