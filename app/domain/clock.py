"""Moments: aware UTC datetimes in whole milliseconds, stored as `2026-11-22T14:02:03.456Z`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from app.domain.errors import Code, KnownError

_STORED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


class Clock(Protocol):
    """Where the time comes from; tests and replay bring their own."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """This moment, cut to milliseconds so that storing loses nothing."""
        moment = datetime.now(UTC)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def stored_moment(moment: datetime) -> str:
    """The stored form: UTC, milliseconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def moment_from_stored(text: str) -> datetime:
    """Read the stored form.

    Raises:
        KnownError: BAD_DATE.
    """
    if _STORED.fullmatch(text) is None:
        raise KnownError(Code.BAD_DATE)
    try:
        return datetime.fromisoformat(text)  # many times quicker than strptime; the form is checked above
    except ValueError as error:
        raise KnownError(Code.BAD_DATE) from error


def known_zone(time_zone: str) -> str:
    """The same where this computer knows it, otherwise UTC: a name written by hand stops no check."""
    try:
        ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError):  # no such zone, or a name that is none
        return "UTC"
    return time_zone


def local_day(moment: datetime, time_zone: str) -> date:
    """The calendar day of `moment` in the case file's time zone (an IANA name)."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def end_of_day(day: date, time_zone: str) -> datetime:
    """The last moment of a calendar day in the case file's time zone."""
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(time_zone))
    return midnight.astimezone(UTC) - timedelta(microseconds=1)
