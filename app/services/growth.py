"""What a growth report counts, read from the file: records as one entry of the log left them.

Nothing closed is needed, so whoever makes it and whoever approves it count the same. What it counts is said
in `app.domain.growth`.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from app.domain.consent_audit import Period
from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.domain.growth import Programme, ToldBefore, programme_of
from app.domain.ports import Reader
from app.domain.quoted import QuotedFigure
from app.domain.report import Report
from app.reports.growth_parts import GrowthRequest
from app.services.as_known import Then
from app.services.composing import Wanted

_LEFT: Final = frozenset({"leaving", "done"})
_NOUNS: Final = (Godparent, Godparenthood, GodparentAction, QuotedFigure)


def growth_wanted(reader: Reader, wanted: Wanted, period: Period) -> GrowthRequest:
    """Everything it is made from, compared with the log.

    Raises:
        KnownError: ROW_NOT_IN_LOG.
    """
    then = Then(reader, wanted.at_entry)
    for noun in _NOUNS:
        reader.check_rows(noun, [one.id for one in reader.find(noun)])
    programme = programme_at(reader, then)
    return GrowthRequest(
        wanted.kind,
        wanted.language,
        wanted.number,
        wanted.day,
        period,
        wanted.at_entry,
        programme,
        then.those(reader.find(QuotedFigure)),
        _told_before(reader, wanted, programme),
        wanted.title,
        wanted.texts,
    )


def programme_at(reader: Reader, then: Then) -> Programme:
    """All godparenthoods that count, as an entry left them."""
    return programme_of(
        then.those(reader.find(Godparent)),
        then.those(reader.find(Godparenthood)),
        then.those(reader.find(GodparentAction)),
    )


def _told_before(reader: Reader, wanted: Wanted, programme: Programme) -> tuple[ToldBefore, ...]:
    """The newest word of earlier reports of this kind on every figure; only of those that left the house."""
    left = [
        one
        for one in reader.find(Report, report_kind=wanted.kind.name)
        if one.state in _LEFT and one.number != wanted.number
    ]
    reader.check_rows(Report, [one.id for one in left])
    newest: dict[tuple[str, date], tuple[Report, int]] = {}
    for report in sorted(left, key=lambda one: (one.decided_at_entry or 0, one.number)):
        for told in report.told:
            if told.on is not None and told.value is not None:
                newest[(told.measure, told.on)] = report, told.value
    was = {one.id: _known_at(reader, one.decided_at_entry or 0, programme) for one, _value in newest.values()}
    return tuple(
        ToldBefore(
            *(measure, on, value, report.number, was[report.id]),
            same_rules=report.kind_version == wanted.kind.version,
        )
        for (measure, on), (report, value) in newest.items()
    )


def _known_at(reader: Reader, sequence: int, programme: Programme) -> frozenset[str]:
    """Which of the godparents and godparenthoods had been recorded by an entry."""
    ids = {*programme.people, *(one.id for one in programme.taken)}
    return frozenset(one for one in ids if reader.version_at(one, sequence) > 0)
