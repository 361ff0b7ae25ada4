"""What runs behind the first page after unlocking, in slices between which anything else may run."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress

from app.domain.changes import Changes
from app.domain.errors import KnownError
from app.domain.progress import Progress
from app.services import kept_lights
from app.services.clearance_asks import take_up
from app.services.clearances import renew_stale
from app.services.context import Context
from app.services.findings import Findings
from app.services.journeys import take_off_left
from app.services.role_changes import end_kits_left


def settled(ctx: Context, findings: Findings, progress: Progress) -> Generator[None, None, Changes]:
    """Open registers and search to the end, decide the families left, renew clearances, count findings."""
    slices = 0
    while not ctx.store.open_slice():
        slices += 1
        progress(slices, 0, "")
        yield
    while not _lines_slice(ctx):
        yield
    if ctx.read_only():  # an older copy: everything is denied, and nothing is brought up to date
        return Changes({})
    counted = yield from kept_lights.counting(ctx, progress)
    yield from renew_stale(ctx, progress)
    yield from take_up(ctx)
    with suppress(KnownError):  # no room to write the header: the next opening does it
        end_kits_left(ctx)
        take_off_left(ctx)
    yield from findings.counting(progress)
    return counted


def _lines_slice(ctx: Context) -> bool:
    with ctx.reading() as reader:
        return ctx.lines.read_slice(reader, ctx.today())
