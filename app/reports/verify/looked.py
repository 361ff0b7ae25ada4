"""What every check gets and gives back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import attrs

from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify.opened import Opened


@attrs.frozen
class Looked:
    """How much a check looked at, and where something is wrong (empty: nothing is).

    `where` names a page, cell or part and never quotes the text: it is kept with the report.
    """

    examined: int
    where: str = ""


class Check(Protocol):
    """One check over one file."""

    def __call__(self, file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
        """Look at the file."""


Write = Callable[[ComposedReport, str], bytes]
"""Writes a format of a report again; handed in, because no check knows a writer."""
