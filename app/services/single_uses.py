"""Quotes that were used: recorded with the report that lets them go, read wherever somebody decides.

A use counts while its report left, or may have left. One whose files could not be written never left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

import attrs

from app.domain.consent_uses import UseFact
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader, UnitOfWork
from app.domain.report import Report
from app.domain.single_use import SingleUse
from app.reports.kind_file import shipped_kind
from app.services.same_person import every_id

_NOT_GONE: Final = frozenset({"draft", "checked", "came_back", "dropped", "failed"})
_FEW: Final = 50


@attrs.frozen
class Uses:
    """Uses that count, by prisoner.

    Attributes:
        reports: of these uses, as they are now.
    """

    of: Mapping[str, tuple[SingleUse, ...]] = attrs.field(factory=dict)
    reports: Mapping[str, Report] = attrs.field(factory=dict)

    def facts(self, prisoners: Iterable[str]) -> tuple[UseFact, ...]:
        """What decisions know of them, under every id a person has."""
        every = (one for prisoner in prisoners for one in self.of.get(prisoner, ()))
        return tuple(UseFact(one.purpose, one.at, one.report or "") for one in every)

    def last(self, prisoners: Iterable[str]) -> str:
        """The number of the newest report that used it; "" for none, or one nobody knows any more."""
        found = [
            self.reports[one.report or ""]
            for key in prisoners
            for one in self.of.get(key, ())
            if one.report in self.reports
        ]
        return max((one.number for one in found), default="")

    def check(self, reader: Reader) -> None:
        """Compare them with the log. Raises KnownError ROW_NOT_IN_LOG."""
        reader.check_rows(SingleUse, (one.id for found in self.of.values() for one in found))
        reader.check_rows(Report, list(self.reports))


def read_uses(reader: Reader, prisoners: Collection[str]) -> Uses:
    """The uses of these prisoners that count."""
    wanted = set(prisoners)
    rows: Iterable[SingleUse] = (
        (row for prisoner in wanted for row in reader.find(SingleUse, prisoner=prisoner))
        if len(wanted) <= _FEW
        else reader.find(SingleUse)
    )
    found = [row for row in rows if row.prisoner in wanted]
    reports = reader.get_many(Report, {row.report for row in found if row.report})
    of: dict[str, list[SingleUse]] = defaultdict(list)
    for row in found:
        report = reports.get(RecordId(row.report or ""))
        if report is None or report.state not in _NOT_GONE:
            of[row.prisoner or ""].append(row)
    return Uses({key: tuple(each) for key, each in of.items()}, {str(k): v for k, v in reports.items()})


def write_uses(work: UnitOfWork, report: Report, by: str, at: datetime) -> frozenset[str]:
    """Record that a report which is let go uses what these people agreed to once.

    Returns:
        Whose decisions that changes: every id they ever had, for a merge may be taken apart.
    """
    kind = shipped_kind(report.report_kind)
    purposes = sorted({column.purpose for column in kind.columns if column.used_once})
    everybody = {each for one in report.quoted for each in every_id(work, one)}
    for prisoner in sorted(everybody):
        for purpose in purposes:
            work.add(
                SingleUse(
                    RecordId(new_id()), prisoner=prisoner, purpose=purpose, report=report.id, by=by, at=at
                )
            )
    return frozenset(everybody)
