"""What the rules of findings look at: plain values, a hundred thousand of them at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

import attrs

from app.domain.review_due import Said


class Talk(NamedTuple):
    """One conversation.

    Attributes:
        first, last: the days it can have been held.
        outgoing: we came to them, or nobody said that they came to us.
        verified: somebody checked who was at the other end.
    """

    id: str
    relative: str
    first: date
    last: date
    recorded_at: datetime
    by: str
    outgoing: bool
    verified: bool


@attrs.frozen(slots=True)
class Shown:
    """One name that was opened; `at` in the time zone of the case file.

    Attributes:
        warned: somebody wrote why it was opened, although something forbade contact.
    """

    id: str
    relative: str
    by: str
    at: datetime
    reason: str
    warned: bool = False


@attrs.frozen(slots=True)
class Bond:
    """One active godparenthood.

    Attributes:
        cleared: whether somebody may stand up for the prisoner in public today.
        newest: the newest answer of the family, whatever it says.
    """

    id: str
    prisoner: str
    godparent: str
    cleared: bool
    newest: str


@attrs.frozen(slots=True)
class Briefed:
    """A godparent who is active, and the version of the protocol they accepted."""

    godparent: str
    version: str


@attrs.frozen(slots=True)
class Carried:
    """Somebody a report names; `cleared` says whether it might name them today."""

    report: str
    prisoner: str
    cleared: bool
    newest: str


@attrs.frozen(slots=True)
class Pair:
    """Two halves of one decision: who took each and when; `noun` and `about` say for whom."""

    first: str
    second: str
    first_by: str
    second_by: str
    first_at: datetime
    second_at: datetime
    noun: str
    about: str


@attrs.frozen(slots=True)
class GivenRole:
    """Somebody was given a wider role: by which grant and when.

    Attributes:
        alone: who let them in, where nobody else had a say in it; empty where two agreed or they were here.
    """

    person: str
    grant: str
    at: datetime
    alone: str = ""


class Heard(NamedTuple):
    """One relative with everything that was said and done.

    Attributes:
        said: every answer, oldest first.
        talk_of: the talk an answer was given in, by the answer's id.
    """

    relative: str
    prisoner: str
    said: Sequence[Said]
    talks: Sequence[Talk]
    talk_of: Mapping[str, Talk]
