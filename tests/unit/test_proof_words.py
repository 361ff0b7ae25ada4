"""Protects: what a proof line says about an old copy is true, also once the old copy was worked in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.domain.proof_fit import Comparison, Fit
from app.proof_words import fit_words

_LINE = datetime(2026, 11, 20, 13, 25, tzinfo=UTC)


def _advice(head_moment: datetime) -> str:
    found = Comparison(Fit.OLDER, 152, _LINE, 149, head_moment)
    return fit_words(found, lambda moment: f"{moment:%H:%M}").advice


def test_what_is_missing_has_a_first_and_a_last_moment() -> None:
    assert "3 entries are missing here, written between 13:05 and 13:25" in _advice(
        _LINE - timedelta(minutes=20)
    )


def test_an_old_copy_that_was_worked_in_is_not_told_backwards() -> None:
    words = _advice(_LINE + timedelta(minutes=2))
    assert words.startswith("At least 3 entries are missing here, up to 13:25.")
    assert "between" not in words
