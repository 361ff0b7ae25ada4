"""Asking for clearance: what a report lacks becomes a next step of whoever is in charge of the prisoner.

A next step is closed, and reports staff hold no key: what they ask lies open until somebody who holds it has
opened the case file. What was asked already, and is not taken up yet, is not asked twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.clearance_ask import ClearanceAsk
from app.domain.errors import Code, KnownError
from app.domain.fields import fields_of
from app.domain.ids import RecordId, new_id
from app.domain.ports import UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.public_texts import told_fields
from app.domain.roles import Action
from app.i18n import _
from app.reports.kind_file import kind_of, shipped_kind
from app.reports.kinds import ReportKind
from app.services.context import Context, Saved
from app.services.same_person import rooted

OLD: Final = "!"
"""Before a column whose value is there, and was checked too long ago."""
CLEARED: Final = "cleared:"
"""Before a field that may not leave."""
_BY: Final = timedelta(days=7)
_SLICE: Final = 20


@attrs.frozen
class AskForClearance:
    """Ask for what a report lacks.

    Attributes:
        about: what, by prisoner.
    """

    report_kind: str
    language: str
    about: Mapping[str, tuple[str, ...]]


class ClearanceAsks:
    """Asking.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    def ask(self, command: AskForClearance) -> Saved:
        """Ask those in charge; with the key it is their next step at once.

        Raises:
            KnownError: NOT_ALLOWED, REPORT_KIND_UNKNOWN, INVALID_FIELD, NOT_FOUND, ALREADY_DONE.
        """
        ctx = self._context
        ctx.refuse_in_copy()
        ctx.require(Action.COMPOSE_REPORT)
        kind = shipped_kind(command.report_kind)
        known = _askable(kind)
        if not command.about or any(set(what) - known or not what for what in command.about.values()):
            raise KnownError(Code.INVALID_FIELD, "what", field="what")
        with ctx.writing() as work:
            open_ones = [one for one in work.find(ClearanceAsk) if one.taken_at is None]
            asked: list[ClearanceAsk] = []
            for prisoner, what in command.about.items():
                (root,) = rooted(work, (prisoner,))
                work.get(Prisoner, root)
                left = _not_asked(open_ones, root, command, what)
                if left:
                    asked.append(self._ask(work, root, command, left))
            if not asked:
                raise KnownError(Code.ALREADY_DONE)
            if work.has_desk_key:
                for one in asked:
                    _take(ctx, work, one)
            people = [one.prisoner or "" for one in asked]
            return ctx.finish(
                work.commit(Act.CLEARANCE_ASKED), asked[0].id, Act.CLEARANCE_ASKED, prisoners=people
            )

    def _ask(
        self, work: UnitOfWork, prisoner: str, command: AskForClearance, what: tuple[str, ...]
    ) -> ClearanceAsk:
        return work.add(
            ClearanceAsk(
                RecordId(new_id()),
                prisoner=prisoner,
                report_kind=command.report_kind,
                language=command.language,
                what=what,
                asked_by=self._context.me,
                asked_at=self._context.now(),
            )
        )


def take_up(ctx: Context) -> Iterator[None]:
    """Make next steps of what was asked by people without the key, in slices."""
    if not ctx.keys.desks:
        return
    with ctx.reading() as reader:
        waiting = [one.id for one in reader.find(ClearanceAsk) if one.taken_at is None]
    for done in range(0, len(waiting), _SLICE):
        yield
        with ctx.writing() as work:
            found = work.get_many(ClearanceAsk, waiting[done : done + _SLICE])
            still = [one for one in found.values() if one.taken_at is None]
            for one in still:
                _take(ctx, work, one)
            if still:
                people = [one.prisoner or "" for one in still]
                committed = work.commit(Act.CLEARANCE_ASK_TAKEN, automatic=True)
                ctx.finish(committed, still[0].id, Act.CLEARANCE_ASK_TAKEN, prisoners=people)


def _take(ctx: Context, work: UnitOfWork, ask: ClearanceAsk) -> None:
    """In front of what stands there already: a step is never lost."""
    (root,) = rooted(work, (ask.prisoner or "",))
    prisoner = work.get(Prisoner, root)
    words = ask_words(ask, ctx.name_of(ask.asked_by))
    step = f"{words}; {prisoner.next_step}" if prisoner.next_step else words
    by = ctx.today() + _BY
    sooner = min(by, prisoner.next_step_on) if prisoner.next_step_on else by
    work.save(attrs.evolve(prisoner, next_step=step, next_step_on=sooner), prisoner.version)
    work.save(attrs.evolve(ask, taken_at=ctx.now()), ask.version)


def ask_words(ask: ClearanceAsk, who: str) -> str:
    """ "Ida S. asks, for “Birthday list”: Address checked on, too long ago"."""
    kind = kind_of(ask.report_kind)
    what = ", ".join(_what(kind, each) for each in ask.what)
    return _("{who} asks, for “{kind}”: {what}").format(who=who, kind=_(kind.title), what=what)


def _what(kind: ReportKind, code: str) -> str:
    if code.startswith(CLEARED):
        field = told_fields().get(code.removeprefix(CLEARED))
        return _("clearance for {what}").format(what=_(field.label) if field else "").strip()
    field = fields_of(Prisoner).get(code)
    labels = {column.key: column.label for column in kind.columns}
    label = labels.get(code.removeprefix(OLD)) or (field.label if field else "")
    return _("{what}, too long ago").format(what=_(label)) if code.startswith(OLD) else _(label)


def _askable(kind: ReportKind) -> frozenset[str]:
    """Everything a report of this kind can lack."""
    columns = {column.key for column in kind.columns}
    fields = {f"{CLEARED}{one.field}" for one in kind.decided()}
    chosen = {kind.select.birthday.name, kind.select.says_yes.name} if kind.select else set()
    return frozenset({*columns, *(OLD + key for key in columns), *fields, *chosen})


def _not_asked(
    open_ones: list[ClearanceAsk], prisoner: str, command: AskForClearance, what: tuple[str, ...]
) -> tuple[str, ...]:
    """What is not waiting already for the same kind in the same language."""
    key = (prisoner, command.report_kind, command.language)
    before = {
        each for one in open_ones if (one.prisoner, one.report_kind, one.language) == key for each in one.what
    }
    return tuple(each for each in dict.fromkeys(what) if each not in before)
