"""How a version of an own kind of report is called and stands."""

from __future__ import annotations

from app.i18n import _
from app.services.kind_versions import KindRow, Standing
from ui.states import State
from ui.theme import Role
from ui.views.reports.wording import day_words
from ui.widgets.labels import Run


def choice_words(row: KindRow) -> str:
    """What it is called in the list."""
    version = _("version {n}").format(n=row.version)
    return " · ".join((row.title, version, _STANDING[row.standing]()))


_STANDING = {
    Standing.WAITS: lambda: _("waits for a second person"),
    Standing.IN_USE: lambda: _("in use"),
    Standing.BEFORE: lambda: _("an earlier version"),
    Standing.ENDED: lambda: _("not used"),
}
_MARKS = {
    Standing.WAITS: State.WAITS,
    Standing.IN_USE: State.YES,
    Standing.BEFORE: State.UNASKED,
    Standing.ENDED: State.NO,
}


def standing_runs(row: KindRow) -> list[Run]:
    """How a version stands, and who did it."""
    facts = [_("proposed by {who}, {day}").format(who=row.proposed_by, day=day_words(row.proposed_at))]
    if row.agreed_by:
        facts.append(_("agreed by {who}").format(who=row.agreed_by))
    if row.ended_by:
        facts.append(_("ended by {who}").format(who=row.ended_by))
    return [
        Run(_STANDING[row.standing](), state=_MARKS[row.standing]),
        Run("  " + " · ".join(facts), Role.MUTED),
    ]
