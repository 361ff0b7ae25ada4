"""Protects: a long beginning that is typed meets every word that begins so, or says that it cannot."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.storage.asked import LOOKED_UP, Vocabulary

_WORDS = st.lists(st.text("абв1", min_size=1, max_size=10), max_size=30)


@given(_WORDS, st.text("абв", min_size=LOOKED_UP + 1, max_size=9))
@settings(max_examples=60)
def test_every_word_that_begins_so_is_told(words: list[str], key: str) -> None:
    vocabulary = Vocabulary()
    vocabulary.keep(words)
    kept = {word for word in words if not word[-1].isdigit()}
    assert vocabulary.beginning(key) == tuple(sorted(word for word in kept if word.startswith(key)))


def test_of_numbers_and_of_too_many_the_index_is_asked() -> None:
    vocabulary = Vocabulary()
    vocabulary.keep(f"жаўняро{one}{two}" for one in "абвгдежзіклмнопр" for two in "абвгдежзіклмнопр")
    assert vocabulary.beginning("жаўняро") is None
    assert vocabulary.beginning("жаўняроа") is not None
    assert vocabulary.beginning("0000123") is None
    vocabulary.clear()
    assert vocabulary.beginning("жаўняро") == ()
