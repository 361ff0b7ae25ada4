"""What people without the key may know: positive, about the prisoner only, and no end that tells a place."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from app.domain import clearances
from app.domain.clearances import clearances_for, shown_until
from app.domain.consent_purposes import purposes
from tests.unit.domain.consent.families import family, no, stop, trusts, yes
from tests.unit.domain.consent.ledger_maker import TODAY
from tests.unit.domain.consent.ledgers import ledgers


def test_nothing_allowed_leaves_no_row() -> None:
    assert clearances_for(family(), TODAY) == ()
    assert clearances_for(family(no("mother")), TODAY) == ()


def test_a_row_says_what_for_whom_and_until() -> None:
    (row,) = clearances_for(family(yes("mother")), TODAY)
    assert (row.purpose, row.audience, row.recipient, row.ground) == ("name", "public", "", "agreed")
    assert set(row.fields) == purposes()["name"].fields
    assert (row.starts_on, row.ends_on) == (TODAY, date(2027, 1, 31))


def test_an_end_that_is_near_is_the_real_one() -> None:
    soon = TODAY + timedelta(days=5)
    (row,) = clearances_for(family(yes("mother", ends_on=soon)), TODAY)
    assert row.ends_on == soon


@pytest.mark.parametrize(
    "purpose", ["contact", "own_name", "family", "family_known", "statistics", "direct_contact"]
)
def test_never_for_what_is_the_familys(purpose: str) -> None:
    facts = family(yes("me", purpose), yes("mother", purpose))
    assert clearances_for(facts, TODAY) == ()


def test_a_named_institution_is_named() -> None:
    facts = family(yes("mother", audience="named_institution", recipients=frozenset({"b"})))
    (row,) = clearances_for(facts, TODAY)
    assert (row.audience, row.recipient) == ("named_institution", "b")


def test_published_values_have_rows_of_their_own_ground() -> None:
    rows = clearances_for(family(trusted=(trusts(),)), TODAY)
    assert {(row.ground, row.fields, row.audience) for row in rows} == {
        ("published", ("family_name",), "public")
    }


def test_a_stop_takes_the_rows_for_outside_away() -> None:
    facts = family(yes("mother"), holds=(stop("prisoner", "prisoner"),))
    assert {row.audience for row in clearances_for(facts, TODAY)} == {"internal"}


def test_a_stop_on_everything_is_what_deciding_one_by_one_would_find(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Placing a stop on everybody skips the audiences it denies; nothing else comes out."""
    made = [facts for _maker, facts, _request in ledgers(400, seed=7)]
    stopped = [attrs.evolve(one, holds=(*one.holds, stop("case_file", ""))) for one in made]
    quick = [clearances_for(one, TODAY) for one in (*made, *stopped)]
    assert sum(bool(rows) for rows in quick[len(made) :]) > 20, "some of them may still be read in the house"
    monkeypatch.setattr(clearances, "_is_stopped", lambda _ledger, _on: False)
    assert [clearances_for(one, TODAY) for one in (*made, *stopped)] == quick


@pytest.mark.parametrize(
    ("on", "until", "shown"),
    [
        (date(2026, 11, 22), None, date(2027, 1, 31)),
        (date(2026, 12, 31), None, date(2027, 2, 28)),
        (date(2026, 11, 22), date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 11, 22), date(2028, 1, 1), date(2027, 1, 31)),
    ],
)
def test_never_further_than_the_month_after_next(on: date, until: date | None, shown: date) -> None:
    assert shown_until(until, on) == shown
