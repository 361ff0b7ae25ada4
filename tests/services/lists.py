"""Small lists of invented people, written as a keeper of a public list would write them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

COLUMNS: Final = (
    "id",
    "url",
    "name",
    "status",
    "gender",
    "description",
    "birthday",
    "arrested",
    "articles",
    "prison",
    "declaration",
    "decision",
    "penalty",
    "died",
    "comment",
)
SOURCE: Final = "List of example.org"


def write_list(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """A CSV file with these rows; what a row does not say is FALSE, as in the real layout."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="FALSE")
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(number: int, name: str, **more: str) -> dict[str, str]:
    """An adult whom the list recognises and lists as held."""
    return {
        "id": str(number),
        "url": f"https://list.example/person/{number}",
        "name": name,
        "status": "active",
        "gender": "male",
        "birthday": "1980-05-15",
        "arrested": "2021-07-27",
        "articles": "Art. 342 part 1",
        "prison": "Penal colony No. 15; 213105, Mahiliou, Viejna",
        "declaration": "https://list.example/statement",
        "decision": "6 years",
        "penalty": "imprisonment in a general-security penal colony",
        **more,
    }


HELD: Final = (
    row(1, "Anton Iodkauuk"),
    row(2, "Hleb Ziaziuluk", prison="SIZO-1; Minsk"),
    row(3, "Nadzeia Krapiuuk", gender="female", birthday="1991-03-23"),
)
