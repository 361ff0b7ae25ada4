"""What four words from paper say when they are compared with the log. Data only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import attrs


class StateFit(StrEnum):
    """How words from before fit the log of now."""

    SAME = "same"  # nothing was written since
    EARLIER = "earlier"  # they stand for an entry of this log; others follow
    UNKNOWN = "unknown"  # no entry of this log has them
    MISTYPED = "mistyped"  # they are not four words of the list


@attrs.frozen
class Wrote:
    """Somebody's entries.

    Attributes:
        name: empty where whoever asks may not read who wrote what.
        entries: how many.
        mine: whether they are of whoever asks.
    """

    name: str
    entries: int
    mine: bool


@attrs.frozen
class Standing:
    """Where the log stands.

    Attributes:
        words: the four words of its newest entry.
        sequence, moment: of that entry.
        by: who wrote it.
    """

    words: str
    sequence: int
    moment: datetime
    by: Wrote


@attrs.frozen
class Compared:
    """What words from before say.

    Attributes:
        sequence, moment: of the entry they stand for; 0 and None where there is none.
        since: who wrote after it.
        wrong: typed words that are not in the list, for `MISTYPED`; empty where their number is wrong.
    """

    fit: StateFit
    sequence: int = 0
    moment: datetime | None = None
    since: tuple[Wrote, ...] = ()
    wrong: tuple[str, ...] = ()
