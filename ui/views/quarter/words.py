"""The quarter review in words: groups, what was decided, what does not fit. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.domain.case_findings import TITLES
from app.domain.quarter import Outcome
from app.domain.quarter_changes import Change, rule_of
from app.domain.quarter_rows import QuarterPast, QuarterRow
from app.i18n import N_, _, ngettext, number_words
from app.services.quarter_check import Doubt
from app.vocabulary import word
from ui.columns import Badge
from ui.states import State, state_of, state_word
from ui.theme import Role
from ui.views.consent.words import LINES, SHORT_LINES, gentle
from ui.views.prisoners.wording import medium_day, short_day
from ui.widgets.labels import Run

GROUPS: Final[Mapping[str, str]] = {
    Change.BYPASS: N_("Used without a yes"),
    Change.PRESSURE: N_("Signs of pressure"),
    Change.ONE_PERSON: N_("Both halves by one person"),
    Change.UNVERIFIED: N_("Unchecked channel"),
    Change.STILL_ASKED: N_("Asked last time, no answer"),
    Change.TAKEN_BACK: N_("Answer taken back"),
    Change.NO_EVIDENCE: N_("Evidence missing"),
    Change.WIDER: N_("Wider than before"),
    Change.NEW_YES: N_("New yes"),
    Change.ENDED: N_("A yes ended"),
    Change.NEW_NO: N_("Said no"),
    Change.STOP: N_("Stop placed or lifted"),
    Change.REVIEWED: N_("Reviewed by the owner"),
    Change.DETAILS: N_("Details changed"),
    Change.NEW: N_("Newly recorded"),
    Change.TALK: N_("Talk without a yes or no"),
    Change.DRAWN: N_("Drawn, unchanged"),
}
OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.IN_ORDER: N_("in order"),
    Outcome.ASKED: N_("owner asked"),
    Outcome.STOPPED: N_("stopped"),
    Outcome.OWN: N_("own work"),
}
_STATES: Final[Mapping[Outcome, State]] = {
    Outcome.IN_ORDER: State.YES,
    Outcome.ASKED: State.WAITS,
    Outcome.STOPPED: State.NO,
    Outcome.OWN: State.ENDS,
}
DOUBTS: Final[Mapping[Doubt, str]] = {
    Doubt.ROWS: N_("Something of it was changed or taken away behind Poruch."),
    Doubt.PERIOD: N_("It does not begin where the review before it ended."),
    Doubt.LOT: N_("The draw does not come from the entry it has to come from."),
    Doubt.LIST: N_("Its list is not the one it began with."),
    Doubt.LEFT_OUT: N_("Somebody about whom something changed is not on its list."),
    Doubt.DRAW: N_("Drawn again, it would be other people."),
    Doubt.DECISIONS: N_("Its decisions are not the ones that were signed."),
}


def group_words(group: str) -> str:
    """A kind of change, or a finding by its title; one of a newer Poruch by its own word."""
    rule = rule_of(group)
    if rule is not None:
        return _(TITLES[rule])
    return _(GROUPS[group]) if group in GROUPS else group


def kinds_words(row: QuarterRow) -> str:
    """Everything that changed, gravest first."""
    kinds = [group_words(kind) for kind in row.kinds]
    if row.moved_on:
        kinds.append(_("changed again since"))
    return " · ".join(kinds)


def decided_badge(row: QuarterRow) -> Badge:
    """What was decided, or that it is open."""
    if row.outcome is None:
        return Badge(State.UNASKED, _("open, own work") if row.own else _("open"))
    words = _(OUTCOMES[row.outcome])
    if row.outcome is Outcome.ASKED and row.ask_by is not None:
        words = _("asked until {day}").format(day=short_day(row.ask_by))
    return Badge(_STATES[row.outcome], words)


def by_words(row: QuarterRow) -> str:
    """ "Hanna K., seconded by Vera O."."""
    first = ", ".join(row.recorded_by)
    second = ", ".join(row.seconded_by)
    if first and second:
        return _("{first}, seconded by {second}").format(first=first, second=second)
    return first or second


def how_words(row: QuarterRow) -> str:
    """ "Signal, called back · heard, not kept"."""
    channel = word("channel", row.channel) if row.channel else ""
    checked = word("verified_by", row.verified_by) if row.verified_by else ""
    how = ", ".join(part for part in (channel, gentle(checked) if channel else checked) if part)
    kept = word("evidence", row.evidence) if row.evidence else ""
    return " · ".join(part for part in (how, gentle(kept) if how else kept) if part)


def line_runs(row: QuarterRow) -> list[Run]:
    """The five lights with their words."""
    runs: list[Run] = []
    for line, light in zip(LINES, row.lines, strict=False):
        if runs:
            runs.append(Run("   "))
        state = state_of(light)
        name = _(SHORT_LINES[line])
        words = name if state in (State.UNASKED, State.COUNTING) else f"{name}: {state_word(state)}"
        runs.append(Run(words, state=state))
    return runs


def answer_words(row: QuarterRow, today: date) -> str:
    """ "refused, 14 Nov 2026"."""
    if row.last_on is None:
        return ""
    day = short_day(row.last_on) if row.last_on.year == today.year else medium_day(row.last_on)
    return ", ".join(part for part in (gentle(word("answer_kind", row.last_kind)), day) if part)


def period_words(past: QuarterPast) -> str:
    """ "1 Sep 2026 – 27 Nov 2026"."""
    days = [medium_day(day) for day in (past.first_day, past.last_day) if day is not None]
    return " – ".join(days)


def outcomes_words(outcomes: Mapping[Outcome, int]) -> str:
    """ "58 in order · 2 owner asked · 1 own work"; what did not happen is left out."""
    parts = [
        ngettext("{n} in order", "{n} in order", outcomes.get(Outcome.IN_ORDER, 0)),
        ngettext("{n} owner asked", "{n} owners asked", outcomes.get(Outcome.ASKED, 0)),
        ngettext("{n} stopped", "{n} stopped", outcomes.get(Outcome.STOPPED, 0)),
        ngettext(
            "{n} own work nobody else looked at",
            "{n} own work nobody else looked at",
            outcomes.get(Outcome.OWN, 0),
        ),
    ]
    order = (Outcome.IN_ORDER, Outcome.ASKED, Outcome.STOPPED, Outcome.OWN)
    return " · ".join(part for part, outcome in zip(parts, order, strict=True) if outcomes.get(outcome, 0))


def draw_words(past: QuarterPast) -> str:
    """Where the draw comes from."""
    if not past.drawn:
        return _("nobody was left to draw from")
    entry = number_words(past.seed_entry)
    drawn = ngettext("{n} drawn at random", "{n} drawn at random", past.drawn)
    if past.alone:
        return _("{drawn}, by entry {entry}: nobody else had written anything").format(
            drawn=drawn, entry=entry
        )
    return _("{drawn}, by entry {entry} of somebody else").format(drawn=drawn, entry=entry)


def detail_runs(row: QuarterRow) -> list[Run]:
    """One line about who, how and whose."""
    parts = [
        how_words(row),
        _("recorded by {names}").format(names=by_words(row)) if by_words(row) else "",
        _("owner: {name}").format(name=row.owner or _("nobody yet")) if row.prisoner else "",
        _("decided by {name}").format(name=row.decided_by) if row.decided_by else "",
        _("Note: {note}").format(note=row.note) if row.note else "",
    ]
    return [Run(" · ".join(part for part in parts if part), Role.MUTED)]
