"""What two people decided, a part at a time, each record read once: pairs, and halves that do not count.

Second halves of answers are many, so they are looked at a hundred or two at a time. Whatever came through a
slip is looked at together in the last part, because a slip works once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.domain.conversation import Countersign
from app.domain.errors import KnownError
from app.domain.finding_facts import Pair
from app.domain.first_words import FirstWords
from app.domain.hold import Hold, RelativeHold
from app.domain.ports import Reader
from app.domain.two_people import Stop
from app.services.context import Context
from app.services.finding_pairs import of_answers, other_pairs, pairs_of, talks_of
from app.services.folding import relative_stops_in, stops_in, trusts_in
from app.services.pauses import PauseRecords, read_pauses
from app.services.vouched import Halves, wrong_halves
from app.services.written_once import written_once_by

_PART: Final = 150


class SecondHalves:
    """Goes through everything two people decided.

    Attributes:
        pairs: what counts as decided by two, of the parts so far.
        wrong: ids of halves that do not count, of the parts so far.
        done: whether everything was looked at.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx
        self._left: list[Countersign] | None = None
        self._slips: list[Countersign] = []
        self.pairs: Final[list[Pair]] = []
        self.wrong: Final[dict[str, None]] = {}
        self.done = False

    def part(self, reader: Reader) -> None:
        """The next ones; of the same state of the case file as the ones before, that is for the caller."""
        if self._left is None:
            signs = reader.find(Countersign) if reader.has_desk_key else []
            self._left = [sign for sign in signs if not sign.slip]
            self._slips = [sign for sign in signs if sign.slip]
        if self._left:
            self._look(reader, self._left[:_PART])
            del self._left[:_PART]
        else:
            self._last(reader)
            self.done = True

    def whole(self, reader: Reader) -> SecondHalves:
        """All parts in one piece."""
        while not self.done:
            self.part(reader)
        return self

    def _look(self, reader: Reader, signs: Sequence[Countersign]) -> None:
        talks = talks_of(reader, signs)
        self.pairs.extend(pairs_of(self._ctx, of_answers(_granted(signs), talks)))
        self._doubt(reader, Halves((), (), tuple(talks.values()), tuple(signs), PauseRecords()))

    def _last(self, reader: Reader) -> None:
        talks = talks_of(reader, self._slips)
        trusts, stops = trusts_in(reader), stops_in(reader)
        closed = relative_stops_in(reader) if reader.has_desk_key else []
        if reader.has_desk_key:
            self.pairs.extend(pairs_of(self._ctx, of_answers(_granted(self._slips), talks)))
            self.pairs.extend(other_pairs(self._ctx, reader, trusts, stops, closed))
            permits = (
                one.id for one in reader.find(FirstWords) if not written_once_by(reader, one.id, one.by)
            )
            self.wrong.update(dict.fromkeys(permits))
        every: tuple[Stop[Hold] | Stop[RelativeHold], ...] = (*stops, *closed)
        signs = tuple(self._slips)
        self._doubt(reader, Halves(tuple(trusts), every, tuple(talks.values()), signs, read_pauses(reader)))

    def _doubt(self, reader: Reader, halves: Halves) -> None:
        try:
            wrong: Iterable[str] = wrong_halves(reader, self._ctx.keys.signers, halves)
        except KnownError as error:  # a slip they came through is not what the log says
            wrong = error.ids
        self.wrong.update(dict.fromkeys(wrong))


def _granted(signs: Iterable[Countersign]) -> Iterator[Countersign]:
    return (sign for sign in signs if sign.granted)
