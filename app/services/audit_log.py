"""What the entries of the log say of a period: the office's work, its reports, how far all of it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Final

import attrs

from app.crypto.encoding import bytes_to_text
from app.crypto.hashing import tagged_hash
from app.domain.acts import Act
from app.domain.clock import stored_moment
from app.domain.consent_audit import CountRow, Counts, Period
from app.domain.errors import Code, KnownError
from app.domain.log import SIGNED, Entry
from app.domain.ports import Reader
from app.domain.progress import Progress
from app.domain.report import Report
from app.i18n import _

_REPORT_ACTS: Final[Mapping[str, str]] = {
    Act.REPORT_MADE.value: "made",
    Act.REPORT_DONE.value: "left",
    Act.REPORT_FAILED.value: "refused",
    Act.REPORT_CAME_BACK.value: "came_back",
    Act.REPORT_DROPPED.value: "dropped",
}
_LOG_ACTS: Final[Mapping[str, str]] = {
    Act.PERSON_ADDED.value: "joined",
    Act.PERSON_CHANGED.value: "roles",
    Act.PERSON_REMOVED.value: "removed",
    Act.SLIP_MADE.value: "slips",
    Act.LOG_DOUBTED.value: "doubts",
    Act.BACKUP_RESTORED.value: "restored",
    Act.CLOCK_REPAIRED.value: "clocks",
}
_WORK: Final = ("entries", "people", "automatic", "opened", "quarters", *_LOG_ACTS.values())
_STEP: Final = 2_000


@attrs.define
class _Walked:
    """What one walk through the log found."""

    work: Counter[str] = attrs.field(factory=Counter)
    reports: Counter[str] = attrs.field(factory=Counter)
    people: set[str] = attrs.field(factory=set)
    left: list[str] = attrs.field(factory=list)
    newest: Entry | None = None

    def take(self, entry: Entry) -> None:
        """Count an entry of the period."""
        self.work["entries"] += 1
        self.work["automatic"] += entry.automatic
        self.people.add(entry.person)
        self.work["opened"] += entry.act == Act.OPENED
        if entry.act in _LOG_ACTS:
            self.work[_LOG_ACTS[entry.act]] += 1
        if entry.act in _REPORT_ACTS:
            self.reports[_REPORT_ACTS[entry.act]] += 1
        if entry.act == Act.REPORT_DONE:
            self.left += [row.record for row in entry.rows if row.kind == "report"]


def log_counts(
    reader: Reader,
    period: Period,
    at_entry: int,
    day_of: Callable[[datetime], date],
    standing: int,
    quarters: int,
    progress: Progress,
) -> Counts:
    """The tables of the log and of reports.

    Args:
        reader: whose log was followed already.
        period: what counts.
        at_entry: the newest entry that counts.
        day_of: the local day of a moment.
        standing: how many doubts about the log stand.
        quarters: how many quarter reviews were signed.
        progress: told while it walks.

    Raises:
        KnownError: LOG_BROKEN, CANCELLED.
    """
    walked = _Walked()
    for entry in reader.entries(1, at_entry):
        if entry.sequence % _STEP == 0:
            progress(entry.sequence, at_entry, _("Reading the log"))
        walked.newest = entry
        if day_of(entry.moment) in period:
            walked.take(entry)
    walked.work["people"], walked.work["quarters"] = len(walked.people), quarters
    return {
        "log": column(walked.work, _WORK),
        "log_state": _state(walked.newest, at_entry, standing),
        "reports": column(walked.reports, _REPORT_ACTS.values()),
        "report_people": _people(reader, walked.left),
    }


def column(cells: Mapping[str, int], rows: Iterable[str]) -> tuple[CountRow, ...]:
    """A table of one column."""
    return tuple(CountRow(row, (cells.get(row, 0),)) for row in rows)


def _state(newest: Entry | None, at_entry: int, standing: int) -> tuple[CountRow, ...]:
    if newest is None or newest.sequence != at_entry:
        raise KnownError(Code.LOG_BROKEN)
    digest = bytes_to_text(tagged_hash(SIGNED, newest.body() + newest.signature))
    moment = stored_moment(newest.moment)
    return (
        CountRow("checked", (newest.sequence,)),
        CountRow("moment", (f"{moment[:10]} {moment[11:19]} UTC",)),
        CountRow("fingerprint", (digest,)),
        CountRow("standing", (standing,)),
    )


def _people(reader: Reader, left: list[str]) -> tuple[CountRow, ...]:
    found = reader.get_many(Report, left)
    reports: list[Report] = [found[key] for key in left if key in found]
    cells = {
        "named": sum(one.named or 0 for one in reports),
        "figures_only": sum(one.figures_only or 0 for one in reports),
        "left_out": sum(one.left_out or 0 for one in reports),
    }
    return column(cells, ("named", "figures_only", "left_out"))
