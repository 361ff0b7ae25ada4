"""A journalist with three successive public reports, a spreadsheet and patience looks for one family."""

from __future__ import annotations

import csv
import io
import random
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import pytest

from app.domain.consent_audit import Period
from app.domain.dates import PartialDate
from app.domain.prisoner import Charge
from app.reports.sizes.quarters import quarter_of
from app.services.approval import ApproveReport
from app.services.reports import MakeReport
from tests.population import places, prisoners, put_in, set_free
from tests.services.office import COORDINATOR, OFFICER, Office, another_office

Sheet = dict[tuple[str, str, str], str]
"""What stands in a report, by table, line and column."""
_HIDDEN = "–"
_SMALL = 10
_QUARTERS = (date(2026, 9, 30), date(2026, 12, 31), date(2027, 3, 31))


def _published(office: Office, quarter: Period, language: str = "en") -> tuple[Sheet, bytes]:
    then = datetime(quarter.last.year, quarter.last.month, quarter.last.day, 12, tzinfo=UTC)
    if office.clock.last < then:
        office.clock.turn(seconds=(then - office.clock.last).total_seconds() + 86400)
    command = MakeReport("public_figures", language, ("csv",), period=quarter)
    with office.as_person(COORDINATOR) as session:
        report = session.reports.make(command).id
    with office.as_person(OFFICER) as session:
        found = session.approval.search_names(report)
        judged = frozenset(one.key for one in found.to_judge)
        out = office.folder.parent / report[:10]
        (path,) = session.approval.approve(ApproveReport(report, out, judged)).paths
    text = path.read_bytes()
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))[1:]
    return {(row[0], row[1], row[2]): row[3] for row in rows if len(row) == 4}, text


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, list[str]]:
    """70 people: small enough that every table has small groups; their figures of the summer are out."""
    office = another_office(tmp_path_factory.mktemp("attacked") / "case")
    held_at = places()
    people = prisoners(random.Random(21), 70, held_at)
    with office.as_person(COORDINATOR) as session:
        put_in(session, held_at)
        put_in(session, people)
    return office, [str(one.id) for one in people]


def test_one_arrest_that_everybody_knows_of_is_in_no_table(
    town: tuple[Office, list[str]], tmp_path: Path
) -> None:
    """The only arrest of a quarter: a woman over sixty, accused of treason, held in the west."""
    office = town[0].copied(tmp_path / "case")
    before, _ = _published(office, quarter_of(_QUARTERS[0]))
    held_at = places()
    (mother,) = prisoners(random.Random(1), 1, held_at)
    mother = attrs.evolve(
        mother,
        sex="female",
        born=PartialDate(1958),
        charges=(Charge("356"),),
        facility=held_at[1].id,
        detained_on=PartialDate(2026, 11, 3),
        vulnerability=("serious_illness",),
    )
    with office.as_person(COORDINATOR) as session:
        put_in(session, held_at)
        put_in(session, [mother])
    after, _ = _published(office, quarter_of(_QUARTERS[1]))
    once_a_year = ("Illness and disability", "Children")
    told = {key: value for key, value in after.items() if key[0] not in once_a_year}
    assert told == before


def test_three_reports_and_a_spreadsheet_find_no_small_group(
    town: tuple[Office, list[str]], tmp_path: Path
) -> None:
    office, people = town[0].copied(tmp_path / "case"), town[1]
    rng, sheets = random.Random(4), []
    for place, day in enumerate(_QUARTERS):
        sheets.append(_published(office, quarter_of(day)))
        with office.as_person(COORDINATOR) as session:
            freed, people = people[:12], people[12:]
            set_free(session, freed, date(day.year + day.month // 12, day.month % 12 + 1, 15))
            held_at = places()
            put_in(session, held_at)
            new = prisoners(rng, 15, held_at, date(2022 + place, 5, 1))
            put_in(session, new)
            people += [str(one.id) for one in new]
    bounds = _spreadsheet([sheet for sheet, _text in sheets])
    assert bounds, "something is hidden in every report of so few people"
    for cell, (low, high) in bounds.items():
        assert low >= _SMALL or (high >= _SMALL and high - low + 1 >= _SMALL), cell
    texts = "".join(text.decode("utf-8") for _sheet, text in sheets)
    assert not re.search(r"Kvetkavich|Colony|F-\d", texts)
    assert _numbers_under_ten(texts) == []
    german, _ = _published(office, quarter_of(_QUARTERS[2]), "de")
    assert list(german.values()) == list(sheets[2][0].values()), "another edition is no second count"


def _spreadsheet(sheets: list[Sheet]) -> dict[tuple[str, str, str], tuple[int, int]]:
    """What each dash can be: from its column's total, from every report, and as if it had stayed the same."""
    known: dict[tuple[str, str, str], tuple[int, int]] = {}
    for sheet in sheets:
        columns: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for (table, line, head), value in sheet.items():
            if head != "Share":
                columns[(table, head)][line] = value
        for (table, head), lines in columns.items():
            if table in ("Illness and disability", "Children"):
                continue
            shown = [_range(value) for line, value in lines.items() if line != "All" and value != _HIDDEN]
            hidden = [line for line, value in lines.items() if value == _HIDDEN]
            total = _range(lines["All"])
            for line in hidden:
                high = total[1] - sum(low for low, _high in shown)
                low = total[0] - sum(high for _low, high in shown) if len(hidden) == 1 else 0
                known[(table, line, head)] = max(0, low), high
    for (table, line, head), (low, high) in list(known.items()):
        for (other, same, _then), (least, most) in list(known.items()):
            if (other, same) == (table, line) and max(low, least) <= min(high, most):
                known[(table, line, head)] = max(low, least), min(high, most)
    return known


def _range(text: str) -> tuple[int, int]:
    value = int(text)
    return (value - 4, value + 4) if value else (0, 0)  # nobody outside knows which counts stayed


def _numbers_under_ten(texts: str) -> list[str]:
    figures = re.findall(r",(\d+)\r?$", texts, re.MULTILINE)
    return [one for one in figures if 0 < int(one) < _SMALL]
