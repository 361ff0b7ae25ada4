"""A series: one approval for three months of the same report, for the same people, fields and words.

Written once by whoever approves it and never changed. What ends it is a record of its own, which anybody who
makes reports may write: it only ever narrows.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import attrs

from app.domain.dates import add_months
from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.domain.recipient import Addressed
from app.i18n import N_

_INTERNAL: Final = FieldClass.INTERNAL
MONTHS: Final = 3


@noun("report_series", lasting=True)
@attrs.frozen
class ReportSeries:
    """What a second person approved for the time to come.

    Attributes:
        report: the one that left with it; whoever approved that one approves the series.
        words_sha256: of its title and texts.
        people: ids of everybody it named.
        told: for each of them, in this order, which columns said something and on what grounds.
        typed: for each of them a fingerprint of what somebody typed and the report said.
        until: the last day.
    """

    id: RecordId
    version: int = 0
    report: str | None = stored(N_("Report"), Kind.REFERENCE, _INTERNAL, refers_to="report", required=True)
    report_kind: str = stored(N_("Kind"), Kind.TEXT, _INTERNAL, required=True)
    kind_version: int | None = stored(N_("Version of the kind"), Kind.NUMBER, _INTERNAL)
    language: str = stored(N_("Language"), Kind.LANGUAGE, _INTERNAL)
    formats: tuple[str, ...] = stored(N_("Formats"), Kind.WORDS, _INTERNAL, open_text=True)
    recipients: tuple[str, ...] = stored(N_("For whom"), Kind.WORDS, _INTERNAL, open_text=True)
    addressed: tuple[Addressed, ...] = stored(N_("Recipients"), Kind.PARTS, _INTERNAL, parts=Addressed)
    cover: bool = stored(N_("Cover page"), Kind.FLAG, _INTERNAL)
    words_sha256: str = stored(N_("Fingerprint of the text"), Kind.TEXT, _INTERNAL)
    people: tuple[str, ...] = stored(N_("People named in it"), Kind.WORDS, _INTERNAL, open_text=True)
    told: tuple[str, ...] = stored(N_("What it says of each"), Kind.WORDS, _INTERNAL, open_text=True)
    typed: tuple[str, ...] = stored(
        N_("Fingerprints of what it says of each"), Kind.WORDS, _INTERNAL, open_text=True
    )
    approved_by: str | None = stored(N_("Approved by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    approved_at: datetime | None = stored(N_("Approved"), Kind.MOMENT, _INTERNAL)
    until: date | None = stored(N_("Until"), Kind.DAY, _INTERNAL)


@noun("report_series_end", lasting=True)
@attrs.frozen
class ReportSeriesEnd:
    """A series is over before its last day."""

    id: RecordId
    version: int = 0
    series: str | None = stored(
        N_("Series"), Kind.REFERENCE, _INTERNAL, refers_to="report_series", required=True
    )
    by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _INTERNAL)


def last_day(approved: date) -> date:
    """Three months after the day of approval, clipped to the end of the month."""
    return add_months(approved, MONTHS)
