"""Who is counted in the public figures of a day, and in which row of each table.

Whoever cannot be placed for sure is *not known*: an article nobody listed, a place in no known region, a
year of birth that leaves two ages open. A guess would make small groups, and a wrong one would make a false
figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from app.domain.dates import years_between
from app.domain.prisoner import HELD, Prisoner
from app.domain.source import Facility
from app.place_words import region_of
from app.reports.sizes.hierarchies import NOT_KNOWN, SizeTable
from app.vocabulary import vocabulary

_NOT_ARTICLE: Final = re.compile(r"[^0-9-]")
_DASHES: Final = str.maketrans("−–—‑/.", "------")  # as lists write 361-1


def held_on(prisoner: Prisoner, day: date) -> bool:
    """Whether somebody was in custody on a day, as far as is known.

    A beginning without a day counts from the last day it can mean, an end from the first, as in the growth
    report. Who is held today without a day of arrest counts.
    """
    begun = prisoner.detained_on
    if begun is not None and begun.last > day:
        return False
    if prisoner.status in HELD:
        return True
    ends = [one.first for one in (prisoner.released_on, prisoner.died_on) if one is not None]
    return begun is not None and bool(ends) and min(ends) > day


def placed(
    tables: Mapping[str, SizeTable], prisoner: Prisoner, facility: Facility | None, day: date
) -> dict[str, str]:
    """The finest row somebody stands in, in every table."""
    found = {}
    for key, table in tables.items():
        row = _PLACES[key](table, prisoner, facility, day)
        found[key] = row if row in table.codes else table.codes[-1]
    return found


def _charge(table: SizeTable, prisoner: Prisoner, _facility: Facility | None, _day: date) -> str:
    rows = {table.articles.get(_bare(charge.article)) for charge in prisoner.charges}
    return next((code for code in table.codes if code in rows), NOT_KNOWN)


def _bare(article: str) -> str:
    return _NOT_ARTICLE.sub("", article.translate(_DASHES)).strip("-")


def _region(table: SizeTable, _prisoner: Prisoner, facility: Facility | None, _day: date) -> str:
    region = vocabulary("region").by_code.get(region_of(facility)) if facility is not None else None
    group = region.text("group") if region is not None else ""
    return group if group in table.codes else NOT_KNOWN


def _period(table: SizeTable, prisoner: Prisoner, _facility: Facility | None, _day: date) -> str:
    begun = prisoner.detained_on
    if begun is None:
        return NOT_KNOWN
    return _sure({table.band(begun.first.year), table.band(begun.last.year)})


def _age(table: SizeTable, prisoner: Prisoner, _facility: Facility | None, day: date) -> str:
    born = prisoner.born
    if born is None or born.last > day:
        return NOT_KNOWN
    return _sure({table.band(years_between(born.first, day)), table.band(years_between(born.last, day))})


def _sex(table: SizeTable, prisoner: Prisoner, _facility: Facility | None, _day: date) -> str:
    return prisoner.sex if prisoner.sex in table.codes else NOT_KNOWN


def _sentence(table: SizeTable, prisoner: Prisoner, _facility: Facility | None, _day: date) -> str:
    months = [one.term_months for one in prisoner.sentences if one.term_months]
    if months:
        return table.band(max(months))
    return table.codes[0] if prisoner.status == "pre_trial" and not prisoner.sentences else NOT_KNOWN


def _health(table: SizeTable, prisoner: Prisoner, _facility: Facility | None, _day: date) -> str:
    recorded, nothing = table.codes
    return recorded if table.conditions & set(prisoner.vulnerability) else nothing


def _sure(rows: set[str]) -> str:
    return rows.pop() if len(rows) == 1 else NOT_KNOWN


_PLACES: Final[Mapping[str, Callable[[SizeTable, Prisoner, Facility | None, date], str]]] = {
    "charges": _charge,
    "regions": _region,
    "periods": _period,
    "ages": _age,
    "sexes": _sex,
    "sentences": _sentence,
    "health": _health,
    "minors": _age,
}
