"""Everybody of the register with what was said and done, a part at a time, for the rules of findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from app.domain.canonical import Plain
from app.domain.conversation import is_by_us
from app.domain.finding_facts import Heard, Talk
from app.domain.port_values import SpokenTalks
from app.domain.ports import Reader
from app.services.listeners import day_of, moment_of, said_in, span_of
from app.vocabulary import vocabulary

_PART: Final = 200
_THEY_CAME: Final = "they_came"


class Register:
    """Goes through the register by id; never holds more than a part of it.

    Attributes:
        done: whether everybody was there.
    """

    def __init__(self, time_zone: str) -> None:
        self._time_zone: Final = time_zone
        self._after = ""
        self.done = False

    def part(self, reader: Reader) -> Iterator[Heard]:
        """The next ones; of the same state of the case file as the ones before, that is for the caller."""
        spoken = reader.spoken_talks(self._after, _PART)
        self.done = len(spoken) < _PART
        if spoken:
            self._after = spoken[-1].relative
        return (_heard(one, self._time_zone) for one in spoken)


def _heard(one: SpokenTalks, time_zone: str) -> Heard:
    talks = [_talk(plain, one.relative, time_zone) for plain in one.talks]
    placed = said_in(one.talks, time_zone)
    talk_of = {each.id: talk for place, each in placed if (talk := talks[place]) is not None}
    said = [each for _place, each in placed]
    return Heard(one.relative, one.prisoner, said, [talk for talk in talks if talk is not None], talk_of)


def _talk(plain: Mapping[str, Plain], relative: str, time_zone: str) -> Talk | None:
    recorded = str(plain.get("recorded_at") or "")
    if not recorded:
        return None
    first, last = span_of(str(plain.get("held_on") or ""), day_of(recorded, time_zone))
    return Talk(
        id=str(plain.get("id") or ""),
        relative=relative,
        first=first,
        last=last,
        recorded_at=moment_of(recorded),
        by=str(plain.get("recorded_by") or ""),
        outgoing=_is_outgoing(plain),
        verified=str(plain.get("verified_by") or "") in _verified(),
    )


def _is_outgoing(plain: Mapping[str, Plain]) -> bool:
    direction, answers = str(plain.get("direction") or ""), plain.get("answers")
    told = answers if isinstance(answers, list) else []
    kinds = [str(one.get("kind")) for one in told if isinstance(one, dict)]
    return direction != _THEY_CAME and not is_by_us(direction, kinds)


@lru_cache(maxsize=1)
def _verified() -> frozenset[str]:
    """Ways to check a channel that check it."""
    return frozenset(term.code for term in vocabulary("verified_by").terms if term.flag("verified"))
