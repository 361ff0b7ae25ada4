"""What a person reads in the workbook of a field office, cell by cell; shares no code with the intake.

Every way a cell of these workbooks is written stands in a table here, or is a date read by its digits. A cell
in none of them makes `expected` fail, so a new way of writing cannot pass unmeasured. Everybody is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

import attrs
from openpyxl import load_workbook

from app.domain.dates import PartialDate
from app.domain.prisoner import Charge, Sentence
from app.intake.problems import Problem, Weight
from app.intake.staged import Preview, Reading, StagedRow
from app.intake.table import line_of

BOOK: Final = Path(__file__).with_name("office-workbook.xlsx")
ROWS_WITH_PEOPLE: Final = 140
TWO_IN_ONE_CELL: Final = 3
SUMS: Final = 5

_FIRST_ROW: Final = 4
_NAME, _BORN, _DETAINED, _ARTICLES, _TERM, _PLACE = 1, 3, 4, 5, 6, 7
_NOTHING: Final = frozenset({"", "-", "—", "?", "??", "FALSE", "невядома"})
_TERMS: Final[Mapping[str, int]] = {
    "5 лет + штраф 500 б.в.": 60,
    "4 г. 6 мес.": 54,
    "4 1/2": 54,
    "4,5 года": 54,
    "54 мес.": 54,
    "хімія 3": 36,
}
_ARTICLE: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "арт. 361−4 ч.1, 130": (("361-4", "1"), ("130", "")),
    "368; 369": (("368", ""), ("369", "")),
    "342": (("342", ""),),
    "342 ч1 + 411": (("342", "1"), ("411", "")),
    "ч. 2 ст. 293 УК": (("293", "2"),),
}
_PLACES: Final[Mapping[str, tuple[str, str, str]]] = {
    "PK 17": ("penal_colony", "17", "Шклоў"),
    "ИК-17": ("penal_colony", "17", "Шклоў"),
    "ПК №17": ("penal_colony", "17", "Шклоў"),
    "Шклоў, калонія 17": ("penal_colony", "17", "Шклоў"),
    "ИК-4 Гомель": ("penal_colony", "4", "Гомель"),
    "химия, ИУОТ-48": ("open_facility", "48", ""),
    "Жодино, тюрьма №8": ("prison", "8", "Жодино"),
    "СИЗО-1": ("pre_trial", "1", ""),
    "дома": ("", "", ""),
}
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MAY = re.compile(r"(?:(\d{1,2}) )?(?:мая|траўня) (\d{4})")
_ABOUT = re.compile(r"ок\. (\d{4})|(\d{4})\?")
_T = TypeVar("_T")
_KINDS: Final = ("dates", "terms", "articles", "facilities")


@attrs.frozen
class Expected:
    """One row as a person reads it."""

    number: int
    people: tuple[str, ...]
    born: PartialDate | None
    detained_on: PartialDate | None
    term_months: int | None
    articles: tuple[tuple[str, str], ...]
    place: tuple[str, str, str]


@attrs.define
class Score:
    """How one kind of cell was read: right, marked for a person, or silently wrong."""

    right: int = 0
    marked: int = 0
    silently_wrong: int = 0

    @property
    def share_right(self) -> float:
        """Of all cells that say something."""
        return self.right / max(1, self.right + self.marked + self.silently_wrong)


def expected(path: Path = BOOK) -> Iterator[Expected]:
    """The rows with people, without those that add others up."""
    sheet = load_workbook(path).worksheets[0]
    for row in sheet.iter_rows(min_row=_FIRST_ROW):
        cells = [cell.value for cell in row]
        name = str(cells[_NAME] or "")
        if name == "РАЗАМ":
            continue
        yield Expected(
            number=row[0].row or 0,
            people=_people(name),
            born=_date(cells[_BORN]),
            detained_on=_date(cells[_DETAINED]),
            term_months=_looked_up(_TERMS, cells[_TERM]),
            articles=_looked_up(_ARTICLE, cells[_ARTICLES]) or (),
            place=_looked_up(_PLACES, cells[_PLACE]) or ("", "", ""),
        )


def scores(found: Preview, truth: Iterator[Expected]) -> Mapping[str, Score]:
    """How the cells of a preview compare with what a person reads, by kind of cell."""
    made = {kind: Score() for kind in _KINDS}
    places = {place.key: place.values for place in found.facilities}
    rows: dict[int, list[StagedRow]] = {}
    for row in found.rows:
        if row.reading is not Reading.REFUSED:
            rows.setdefault(line_of(row.number), []).append(row)
    for one in truth:
        for row in rows.get(one.number, []):
            place = places.get(row.facility or "", {})
            read = (place.get("what", ""), place.get("number", ""), place.get("town", ""))
            for column, said, value in (
                ("нар.", one.born, "born"),
                ("затрыманы", one.detained_on, "detained_on"),
            ):
                _count(made["dates"], row, column, said, row.values.get(value))
            _count(made["terms"], row, "тэрмін", one.term_months, _months(row))
            _count(made["articles"], row, "арт.", one.articles, _articles(row))
            _count(made["facilities"], row, "дзе", one.place, read)
    return made


def surnames(row: StagedRow) -> str:
    """The family name as it was read, to compare with `Expected.people`."""
    return row.read.name.family_name.casefold()


def _count(score: Score, row: StagedRow, column: str, said: object, read: object) -> None:
    if said in (None, (), ("", "", "")) and read in (None, (), ("", "", "")):
        return
    marked = any(_speaks_up(problem, column) for problem in row.problems)
    if said == read:
        score.right += 1
    elif marked:
        score.marked += 1
    else:
        score.silently_wrong += 1


def _speaks_up(problem: Problem, column: str) -> bool:
    return problem.column == column and problem.weight is not Weight.NOTE


def _months(row: StagedRow) -> int | None:
    sentences = row.values.get("sentences")
    one = sentences[0] if isinstance(sentences, tuple) and sentences else None
    return one.term_months if isinstance(one, Sentence) else None


def _articles(row: StagedRow) -> tuple[tuple[str, str], ...]:
    charges = row.values.get("charges")
    found = charges if isinstance(charges, tuple) else ()
    return tuple((one.article, one.part) for one in found if isinstance(one, Charge))


def _people(name: str) -> tuple[str, ...]:
    """Family names, lower case, letters of the other alphabet put right by hand."""
    return tuple(part.strip() for part in name.split(","))


def _looked_up(table: Mapping[str, _T], value: object) -> _T | None:
    text = str(value or "").strip()
    return None if text in _NOTHING else table[text]


def _date(value: object) -> PartialDate | None:
    if isinstance(value, datetime):
        return PartialDate(value.year, value.month, value.day)
    text = str(value or "").strip()
    if text in _NOTHING:
        return None
    if match := _DAY.fullmatch(text):
        year = int(match[3])
        # The office writes 25 for 2025 and 73 for 1973; nobody in it was born or held before 1927.
        year += 0 if year > 99 else 2000 if year <= 26 else 1900
        return PartialDate(year, int(match[2]), int(match[1]))
    if match := _ISO.fullmatch(text):
        return PartialDate(int(match[1]), int(match[2]), int(match[3]))
    if match := _MAY.fullmatch(text):
        return PartialDate(int(match[2]), 5, int(match[1]) if match[1] else None)
    if match := _ABOUT.fullmatch(text):
        return PartialDate(int(match[1] or match[2]), about=True)
    return PartialDate(int(text))
