"""What a question about exposure is answered with: values for screens, never the name of a relative."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import attrs

from app.domain.derived_copy import DerivedRow
from app.domain.exposure import Access, Deed, Did, FirstStep, Holder, Reach
from app.domain.exposure_port import Unreadable


@attrs.frozen
class Found:
    """A relative somebody may ask about: `about` is "Mother of …"."""

    id: str
    about: str


@attrs.frozen
class DeedRow:
    """A deed with the names of whoever it names."""

    deed: Deed
    person_name: str
    named_name: str


@attrs.frozen
class HolderRow:
    """Somebody who could, and how far they got in this time.

    Attributes:
        counts: how often by what they did.
        last: the newest of it.
    """

    holder: Holder
    name: str
    roles: tuple[str, ...]
    reach: Reach
    counts: Mapping[Did, int]
    last: datetime | None


@attrs.frozen
class Trust:
    """How far the log may be believed.

    Attributes:
        entries: how many there are.
        breaks_at: the first entry that does not follow the one before it; 0: every one does.
        checked: what checking all of it found since this person unlocked; None where nobody did.
        unreadable: closed records nobody here can attribute.
        doubted: a proof line says that this is not the newest log: what it leaves out is not in here.
    """

    entries: int
    breaks_at: int
    checked: bool | None
    unreadable: Unreadable
    doubted: bool = False


@attrs.frozen
class CopyRow:
    """A backup that was made: when, by whom, up to which entry, whether one lies in a second place, too."""

    at: datetime | None
    by: str
    covers: int
    elsewhere: bool


@attrs.frozen
class RelativeExposure:
    """Who could open one relative in a time, and who did.

    Attributes:
        known: whether they were recorded by its end; nobody could open them where not.
        added_at: when they were recorded.
        desks: names of the desks whose key opens them, or the case was with.
        holders: who could first, who got the key only later last.
        without_key: how many others take part and hold no key of these desks.
        deeds: newest first.
        plan: whether a safe-contact plan is there.
        copies: backups that hold them, newest first.
        carried: copies made to be carried in which their prisoner is; they are not in them.
    """

    relative: str
    prisoner: str
    about: str
    first_on: date
    last_on: date
    known: bool
    added_at: datetime | None
    desks: tuple[str, ...]
    holders: tuple[HolderRow, ...]
    without_key: int
    deeds: tuple[DeedRow, ...]
    plan: bool
    steps: tuple[FirstStep, ...]
    trust: Trust
    copies: tuple[CopyRow, ...] = ()
    carried: tuple[DerivedRow, ...] = ()

    @property
    def could(self) -> tuple[HolderRow, ...]:
        """Everybody who could in this time."""
        return tuple(row for row in self.holders if row.holder.access is not Access.LATER)


@attrs.frozen
class OpenableRow:
    """One relative somebody could open.

    Attributes:
        access: how they could.
        counts: how often by what they did with them in this time.
        last: the newest of it.
        entry: its number; 0 for nothing.
        maybe_inside: lives in the country, or nobody knows where.
    """

    relative: str
    prisoner: str
    prisoner_name: str
    relation: str
    whereabouts: str
    maybe_inside: bool
    access: Access
    reach: Reach
    counts: Mapping[Did, int]
    last: datetime | None
    entry: int


@attrs.frozen
class Device:
    """Keys that signed entries of one person: which, from when to when, how many."""

    id: str
    first: datetime
    last: datetime
    entries: int


@attrs.frozen
class PersonExposure:
    """Whom one person could open in a time, and whom they did.

    Attributes:
        since, until: when they first held a desk's key, and when they left.
        held: whether they ever held one by the end of the time.
        rows: most at risk first.
        lost: deeds about somebody who is not there any more.
        beside: reports that left, made or let go by them, and slips by them or for them.
        forged: entries that name them without their signature.
        copies: backups that open to them with what they could open, newest first.
        carried: copies they made, or that were made for somebody of their name.
    """

    person: str
    name: str
    roles: tuple[str, ...]
    first_on: date
    last_on: date
    held: bool
    since: datetime | None
    until: datetime | None
    rows: tuple[OpenableRow, ...]
    lost: tuple[DeedRow, ...]
    beside: tuple[DeedRow, ...]
    forged: tuple[DeedRow, ...]
    devices: tuple[Device, ...]
    steps: tuple[FirstStep, ...]
    trust: Trust
    copies: tuple[CopyRow, ...] = ()
    carried: tuple[DerivedRow, ...] = ()

    def reached(self, reach: Reach) -> int:
        """How many relatives they got so far with."""
        return sum(row.reach is reach for row in self.rows)
