"""Protects what strangers taught: lost hooks, hard дз, GOST's cz and x, initials of two alphabets."""

from __future__ import annotations

import pytest

from app.names import SAME_NAME, similarity
from app.names.mentions import find_mentions


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Regina Scupakyna", "Ліст для Рэгіны Шчупакынай вярнуўся."),
        ("Alesia Shawchuk", "Nobody has heard of Sevcuk."),
        ("Мікіта Кіпшыдзэ", "Вчера Никиту Кипшидзе перевели."),
        ("Ljawon Kaszjukewitsch", "Адвокат Леона Костюкевича молчит."),
    ],
)
def test_a_mention_is_found(name: str, text: str) -> None:
    assert find_mentions(text, [name])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Полынень, Я.", "Palynen, J."),
        ("Olenecz Konstantin", "Alianets Kanstantsin"),
        ("John Viarbieu", "VIARBIEU Ian"),
        ("Raxmanbayev Bogdan", "Багдан Рахманбаеў"),
    ],
)
def test_two_spellings_are_one_name(one: str, two: str) -> None:
    assert similarity(one, two) >= SAME_NAME
    assert similarity(two, one) >= SAME_NAME


def test_another_initial_is_another_name() -> None:
    assert similarity("Полынень, Я.", "Palynen, S.") < SAME_NAME
