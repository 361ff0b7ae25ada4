"""Protects: a mention of somebody whose name nobody has seen is found, in any case, language and spelling."""

from __future__ import annotations

import pytest

from app.names.mentions import find_mentions
from tests.benchmarks.strangers.unseen import recall

_SEED = 901


def test_mentions_of_people_nobody_has_seen() -> None:
    """A thousand of them; the figures of every kind: `tests.benchmarks.strangers.unseen`."""
    found, asked, _missed = recall([_SEED])
    assert sum(found.values()) / sum(asked.values()) >= 0.985, dict(asked - found)


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("Iuliia Tystshvili", "О Тыстшвили писали."),  # т and ш, which English writes tsh
        ("Тацяна Шунтшвілі", "Über Schuntschwili schrieb niemand."),  # and German as it writes ч
        ("Антон Межшвілі", "Anton Meschschwili"),  # two sibilants are one to a German
        ("Ivan Vichlintonok", "Пра Віхлінтонка пісалі."),  # vich that is no -vich
        ("Уладзімір Чавых", "Chavyx's letter"),  # GOST 7.79 before an English ending
    ],
)
def test_what_the_first_unseen_names_taught(stored: str, text: str) -> None:
    assert find_mentions(text, [stored])
