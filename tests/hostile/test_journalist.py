"""Attacked: a journalist with successive reports, a spreadsheet and patience wants to find one family."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from app.services.approval import ApproveReport
from app.services.reports import MakeReport
from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import COORDINATOR, OFFICER, Office, add_prisoner, an_office

LIST: Final = MakeReport("public_list", "en", ("csv", "html"))
_COUNTS: Final = ("People in all", "Only in the figures", "counted in the figures")


@attrs.frozen
class Listed:
    """Three who may be named by a list, and twelve of whom nobody was asked."""

    office: Office
    named: tuple[str, ...]
    others: tuple[str, ...]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Listed:
    folder = tmp_path_factory.mktemp("journalist")
    office = an_office(folder / "casefile")
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(folder / "list.csv", HELD), SOURCE))
        named = tuple(row.id for row in session.prisoners.rows())
        others = tuple(add_prisoner(session, family_name=f"Prykladna{n}") for n in "abcdefghijkl")
    for passphrase in (COORDINATOR, OFFICER):
        with office.as_person(passphrase) as session:
            session.sources.trust(session.sources.rows()[0].id)
    return Listed(office, named, others)


def _published(office: Office, out: Path, **other: Any) -> str:
    """A report that left, as a reader sees it."""
    with office.as_person(COORDINATOR) as session:
        report = session.reports.make(attrs.evolve(LIST, **other)).id
    with office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(report, out))
    return next(out.glob("*.html")).read_text(encoding="utf-8")


def test_nobody_counts_chosen_people_in_public(listed: Listed, tmp_path: Path) -> None:
    """Lists about everybody, about women, about one prison: subtracted they are a table nobody looked at."""
    everyone = _published(listed.office, tmp_path / "all")
    assert all(words in everyone for words in _COUNTS)
    chosen = _published(listed.office, tmp_path / "some", prisoners=(*listed.named[:1], *listed.others))
    assert not any(words in chosen for words in _COUNTS)
    with listed.office.as_person(COORDINATOR) as session:
        rows = (one for one in session.reports.rows() if one.report_kind == LIST.report_kind)
        (row,) = (one for one in rows if one.named == 1)
        assert (row.figures_only, row.left_out) == (0, 12)
        assert not session.reports.get(row.id).kind.counted


def _only_in_figures(page: str) -> str:
    found = re.search(r"Only in the figures\D*?<td[^>]*>([^<]+)", page)
    assert found is not None
    return found.group(1)


def test_one_person_moves_no_count_of_three_reports(listed: Listed, tmp_path: Path) -> None:
    """Twelve, thirteen, fourteen of whom nothing is told: a step over a border is one family."""
    office = listed.office.copied(tmp_path / "casefile")
    told = [_only_in_figures(_published(office, tmp_path / "first"))]
    for family in ("Druhi", "Treci"):
        with office.as_person(COORDINATOR) as session:
            add_prisoner(session, family_name=family)
            session.reports.make(LIST)  # a draft that never left changes nothing
        told.append(_only_in_figures(_published(office, tmp_path / family)))
    assert told == ["10", "10", "10"]
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session, family_name="Čacviorty")
    assert _only_in_figures(_published(office, tmp_path / "last")) == "15"


def test_a_named_institution_may_be_told_how_many_of_chosen_people_it_is_not_told(
    listed: Listed, tmp_path: Path
) -> None:
    briefing = _published(
        listed.office,
        tmp_path / "briefing",
        report_kind="parliament_briefing",
        formats=("html",),
        recipients=("Committee",),
        prisoners=(*listed.named[:1], *listed.others),
    )
    assert "Only in the figures" in briefing
