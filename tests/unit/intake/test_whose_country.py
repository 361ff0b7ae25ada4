"""Protects: a godparent's country is no prisoner's, and a prisoner's stays theirs."""

from __future__ import annotations

import pytest

from app.intake.how_read import HowRead
from app.intake.mapping import Target
from app.intake.parts import parts_of
from tests.unit.intake.helpers import as_list, look


@pytest.mark.parametrize(
    ("heads", "targets"),
    [
        (("Gefangener", "Pate", "Kammer", "Land"), ("godparent", "godparent_chamber", "godparent_country")),
        (("prisoner", "godparent", "country"), ("godparent", "godparent_country")),
        (("prisoner", "country", "godparent"), ("country", "godparent")),
    ],
)
def test_a_country_behind_a_godparent_is_theirs(heads: tuple[str, ...], targets: tuple[str, ...]) -> None:
    row = ("Ryhor Dzikavets", *("Anna Beispiel" if one in ("Pate", "godparent") else "" for one in heads[1:]))
    (part,) = parts_of((as_list(heads, row),), HowRead())
    assert tuple(column.target for column in part.columns) == ("name", *targets)


def test_no_prisoner_gets_the_country_of_a_parliament() -> None:
    (row,) = look(
        ("Gefangener", "Pate", "Kammer", "Land"), ("Ryhor Dzikavets", "Anna Beispiel", "Bundestag", "DE")
    ).rows
    assert "country" not in row.values
    assert row.read.sponsors[0].godparent.values["country"] == "DE"


def test_what_a_person_said_stays() -> None:
    table = as_list(("prisoner", "godparent", "country"), ("Ryhor Dzikavets", "Anna Beispiel", "BY"))
    (part,) = parts_of((table,), HowRead())
    (part,) = parts_of((table,), HowRead().with_columns({part.column_key(2): Target.COUNTRY}))
    assert part.columns[2].target is Target.COUNTRY
