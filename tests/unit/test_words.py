"""Every code has words, and the words carry nothing but harmless values."""

from __future__ import annotations

from app.domain.errors import Code, KnownError
from app.words import WORDS, words_for


def test_every_code_is_worded_once() -> None:
    assert set(WORDS) == set(Code)


def test_details_are_filled_in() -> None:
    error = KnownError(Code.REPORT_CHECK_FAILED, check="phone numbers", where="page 2")
    assert "phone numbers, page 2" in words_for(error).line()


def test_a_known_error_shows_only_its_code() -> None:
    error = KnownError(Code.NOT_FOUND, "0" * 32)
    assert str(error) == "not_found"
    assert repr(error) == "KnownError(not_found)"
