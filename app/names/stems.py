"""Stems: what a surname keeps in every case of every language, folded.

A stem of a name and a stem of a word in a text meet when the word can be that name in some case:
Жавнеровичем, Дзятлоўскую, Воробьёнка, Szypulce, Zhavnerovich's. Endings are data
(`resources/names/endings.toml`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from app.names.fold import READ_GERMAN, WRITTEN_GERMAN, asked_keys, fold, keys
from app.names.tables import endings

_SHORTEST: Final = 3
_LONG: Final = 7
_SKELETON: Final = 3
# л behind a vowel is ў in Belarusian where Russian has ол, ел: Шаўкун is Шелкун, Воўк is Волк.
_BARE: Final = str.maketrans("xjzcl", "ssstv", "aiu")
_DOUBLES = re.compile(r"(.)\1+")
_GERMAN: Final = str.maketrans("xs", "jz")
# The endings a surname has as it is written down; the Baltic ones only of long names.
_OWN: Final = ("a", "i", "ai")
_OWN_BALTIC: Final = ("as", "is", "us")
# A family called Бальчюнасы is known by her as Бальчюнене.
_LITHUANIAN_WIFE = re.compile(r"(?:[еэ]не|[iy]?en(?:ė|y?e|ie))$")
_WIFE_SOUNDS: Final = "ana"
_FLEETING = re.compile(r"(?<=[bcdfhjklmnprstvxz])[ai](?=[bcdfhjklmnprstvxz]$)")
# Заяц becomes Зайц-, Кітаец becomes Кітайц-.
_FLEETING_I = re.compile(r"(?<=[аеоуыіиэaeouy])(?:[яеё]|[yij]?[ae])(ц|к|c|ts|z|tz|k)$")
_NOT_FRENCH = re.compile(r"[^a-zéèëïœç'-]|[sztk]h|[cs]z|[st]ch|(?<=[vw]i)ch|w")
# Consonants that change before a soft vowel: Шыпулька, Шыпульцы; Dziatłowski, Dziatłowscy.
_SOFTENED: Final = (("k", "t"), ("h", "z"), ("h", "s"), ("r", "rz"))


@lru_cache(maxsize=65536)
def name_stems(word: str) -> frozenset[str]:
    """The stems of a surname as it is written in a list of names."""
    found: set[str] = set()
    others = {_FLEETING_I.sub(r"й\1", word), *_as_french(word)} - {word}
    readings = {*keys(word), *(key for other in others for key in keys(other))}
    for reading in readings:
        side, sounds = _side(reading)
        stems = {sounds, _without(sounds, _OWN)}
        if len(sounds) >= _LONG:
            stems.add(_without(sounds, tuple(end.translate(_GERMAN) if side else end for end in _OWN_BALTIC)))
            if not side and sounds.endswith(_WIFE_SOUNDS) and _LITHUANIAN_WIFE.search(word):
                stems |= {sounds[: -len(_WIFE_SOUNDS)] + his for his in _OWN_BALTIC}
        for stem in tuple(stems):
            if len(stem) > _SHORTEST:
                stems.add(_DOUBLES.sub(r"\1", _FLEETING.sub("", stem)))  # Поветец, Поветца: one sound, folded
            if stem != sounds:
                stems |= {stem[: -len(hard)] + soft for hard, soft in _SOFTENED if stem.endswith(hard)}
        found |= {side + stem for stem in stems if len(stem) >= _SHORTEST}
    return frozenset(found)


@lru_cache(maxsize=262144)
def word_stems(word: str) -> frozenset[str]:
    """The stems a word of a text may have: itself, and itself without each ending it could carry."""
    found: set[str] = set()
    for reading in (*asked_keys(word), *(key for other in _as_french(word) for key in asked_keys(other))):
        side, sounds = _side(reading)
        for ending in _endings(german=bool(side)):
            if not ending:
                found.add(reading)
            elif sounds.endswith(ending) and len(sounds) - len(ending) >= _SHORTEST:
                found.add(side + sounds[: -len(ending)])
    return frozenset(found)


def skeleton(stem: str) -> str:
    """The consonants of a stem, with and without hooks alike; empty when they are too few to say much."""
    found = stem.translate(_BARE)
    return found if len(found) >= _SKELETON else ""


def plain_length(stem: str) -> int:
    """How many sounds a stem has, without the mark of its side."""
    return len(_side(stem)[1])


def _as_french(word: str) -> tuple[str, ...]:
    """The word with every ch as ш, where no other sign tells whose ch it is: Chestakov, Terechonok."""
    if "ch" not in word or _NOT_FRENCH.search(word):
        return ()
    return (word.replace("ch", "sh"),)


@cache
def _endings(*, german: bool) -> tuple[str, ...]:
    # The ch of Polish -ych is х, never the ч of -vich; that of German -sche is part of sch.
    every = {ending for words in endings().values() for ending in words}
    written = {one if one.startswith("sch") else one.replace("ch", "kh") for one in every}
    folded = {"" if ending == "-" else fold(ending) for ending in written}
    return tuple(sorted({ending.translate(_GERMAN) for ending in folded} if german else folded))


def _side(reading: str) -> tuple[str, str]:
    if reading[:1] in (READ_GERMAN, WRITTEN_GERMAN) and not reading.isdigit():
        return reading[:1], reading[1:]
    return "", reading


def _without(sounds: str, ends: tuple[str, ...]) -> str:
    for end in sorted(ends, key=len, reverse=True):
        if sounds.endswith(end) and len(sounds) - len(end) >= _SHORTEST:
            return sounds[: -len(end)]
    return sounds
