"""How a log and a proof line fit together. The words for each are in `app.proof_words`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import attrs


class Fit(StrEnum):
    """What comparing said, from good to bad."""

    FITS = "fits"  # the log holds that very entry
    RESTORED = "restored"  # it does not, and an officer has signed since that a backup was restored
    OLDER = "older"  # the log ends before that entry: an old copy was put back
    DIFFERS = "differs"  # another entry stands there: two logs of one case file
    FOREIGN = "foreign"  # of another case file
    UNSIGNED = "unsigned"  # signed by nobody this copy knows
    FORGED = "forged"  # names the key of somebody here and is not by it
    ENDED = "ended"  # signed only by people whose access has ended
    UNREADABLE = "unreadable"  # no proof line at all
    ABSENT = "absent"  # nothing at the chosen place


DOUBTS = frozenset({Fit.OLDER, Fit.DIFFERS})
"""What stops everything that would leave the house: signed proof that this is not the newest log."""


@attrs.frozen
class Comparison:
    """What came of comparing one proof line with the log.

    Attributes:
        sequence: of the entry the proof line names; 0 where there is none.
        moment: of that entry, as the proof line says.
        head: of the log.
        head_moment: of its newest entry.
        by: names of the people who signed it, as the list of people has them.
    """

    fit: Fit
    sequence: int = 0
    moment: datetime | None = None
    head: int = 0
    head_moment: datetime | None = None
    by: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """How many entries this copy lacks, at least."""
        return max(self.sequence - self.head, 0)
