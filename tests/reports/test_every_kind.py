"""Protects: every kind passes every check in every format and language; what is denied is nowhere."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import RecordId
from app.domain.prisoner import Charge, OtherName
from app.languages import IN_REPORTS
from app.reports.compose import Request, compose
from app.reports.draft import make_files, write_one
from app.reports.kind_file import shipped
from app.reports.kinds import ReportKind
from app.reports.standing import Candidate, FieldDecision
from app.reports.verify import verify
from tests.reports.making import (
    COLONY,
    MARCH,
    PEOPLE,
    SOURCE,
    candidate,
    decisions,
    made,
    names_of,
    said_as_in_english,
)

_ABOUT_PEOPLE = [kind for kind in shipped() if kind.columns]


@pytest.mark.parametrize("kind", _ABOUT_PEOPLE, ids=lambda kind: str(kind.name))
@pytest.mark.parametrize("language", IN_REPORTS)
def test_a_kind_passes_its_checks(kind: ReportKind, language: str) -> None:
    report = made(kind.name, hidden=12, language=language).report
    checks = verify(make_files(report, kind.formats), report, kind, write_one)
    assert [(one.check, one.file_format, one.where) for one in checks if not one.passed] == []
    assert report.rows
    assert "Canary text" not in str(report.plain())
    if language != "en":
        english = made(kind.name, hidden=12).report
        assert said_as_in_english(report, english) <= _DATA


_DATA = {
    *(SOURCE.text, SOURCE.link, SOURCE.as_of, "For the committee", "Name"),  # "Name" is German too
    *(COLONY.address_cyrillic, COLONY.address_latin, *names_of(PEOPLE)),
}


def _planted(kind: ReportKind, denied: frozenset[str], number: int) -> Candidate:
    """Somebody with a canary in every text that may not leave."""
    person = attrs.evolve(
        PEOPLE[number % len(PEOPLE)], id=RecordId(f"{number:032x}"), reference=f"BY-{number}", anonymous=False
    )
    texts: dict[str, Any] = {
        name: f"CANARY{name}"
        for name in ("given_name", "family_name", "patronymic", "envelope_name", "occupation")
        if name in denied or name not in {one.field for one in kind.decided()}
    }
    place = COLONY
    if "facility" in denied:
        words = ("name", "town", "address_cyrillic", "address_latin", "postal_code")
        place = attrs.evolve(COLONY, **dict[str, Any]({name: f"CANARY{name}" for name in words}))
    if "charges" in denied:
        person = attrs.evolve(person, charges=(Charge(article="CANARY"),))
    if "other_names" in denied:
        person = attrs.evolve(person, other_names=(OtherName("be", "CANARY", "CANARY"),))
    decided = {
        name: FieldDecision(allowed=False) if name in denied else value
        for name, value in decisions(kind.name).items()
    }
    summary = "CANARY" if "public_summary" in denied else "Held since 2021."
    return attrs.evolve(candidate(attrs.evolve(person, **texts), decided, summary=summary), facility=place)


@pytest.mark.parametrize("kind", _ABOUT_PEOPLE, ids=lambda kind: str(kind.name))
@given(data=st.data())
def test_what_is_denied_is_nowhere_whoever_it_is(kind: ReportKind, data: st.DataObject) -> None:
    """Random case files: any fields of anybody denied; no canary in it, and nobody stands in two places."""
    fields = sorted({one.field for one in kind.decided()})
    people = data.draw(st.lists(st.frozensets(st.sampled_from(fields)), max_size=6))
    found = compose(
        Request(
            kind,
            data.draw(st.sampled_from(kind.languages)),
            "2026-031",
            date(2026, 11, 22),
            tuple(_planted(kind, denied, number) for number, denied in enumerate(people, start=1)),
            period=MARCH if kind.takes_period else None,
        )
    )
    assert "CANARY" not in str(found.report.plain())
    assert "Canary" not in str(found.report.plain())
    everywhere = [*found.named, *found.figures_only, *found.left_out]
    assert len(set(everywhere)) == len(everywhere)
    assert set(found.because) == {*found.figures_only, *found.left_out}
    assert len(found.marks) == len(found.named) == len(found.report.rows)
    if not kind.counted:
        assert not found.report.figures
