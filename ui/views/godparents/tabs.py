"""Godparenthoods, actions and the card of one godparent, as widgets. Asks to do things, does none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs
from PySide6.QtWidgets import QWidget

from app.domain.fields import fields_of
from app.domain.godparent import Godparent, GodparentAction, Term, term_on
from app.i18n import _
from app.vocabulary import word
from ui.states import State
from ui.theme import Role
from ui.views.attention.notices import attention_notices
from ui.views.godparents.reading import Facts, Held
from ui.views.prisoners import wording
from ui.views.prisoners.other_tabs import STATES
from ui.views.shared.stop_words import stop_notice
from ui.widgets.buttons import Button, InlineDrop, Look
from ui.widgets.details import DetailGrid
from ui.widgets.frames import EmptyPage, line
from ui.widgets.labels import Run, RunText, SectionHead, beside, paragraph, stacked

_LABEL_WIDTH: Final = 84
OVER: Final = ("ended", "declined")


@attrs.frozen
class TabDoings:
    """What can be done in the tabs; None for what this person may not.

    Attributes:
        open_prisoner: given a prisoner.
        change: given a godparenthood.
        set_state: given a godparenthood and a state.
        propose: a new godparenthood.
        act: record an action.
    """

    open_prisoner: Callable[[str], None]
    change: Callable[[str], None] | None = None
    set_state: Callable[[str, str], None] | None = None
    propose: Callable[[], None] | None = None
    act: Callable[[], None] | None = None


def card_lines(facts: Facts) -> QWidget:
    """Mandate, assistant, e-mail, language, protocol, note."""
    one, declared = facts.godparent, fields_of(Godparent)
    grid = DetailGrid(_LABEL_WIDTH, gap=8)
    grid.add(_("Mandate"), *_mandate(facts))
    for name in ("assistant", "email", "language"):
        words = wording.value_words(declared[name], getattr(one, name))
        grid.add(_(declared[name].label), words or wording.EMPTY)
    grid.add(_("Protocol"), _protocol(one))
    if one.note:
        grid.add(_(declared["note"].label), one.note)
    elif "note" in facts.view.closed:
        grid.add(_(declared["note"].label), [Run(_("closed: needs the key of the desk"), Role.MUTED)])
    return grid


def _mandate(facts: Facts) -> list[list[Run]]:
    one = facts.godparent
    where = " · ".join(part for part in (one.chamber, one.party) if part)
    said = [[Run(where)]] if where else []
    if one.term_until is not None:
        state = term_on(one.term_until, facts.today)
        marks = {Term.ENDS: State.ENDS, Term.OVER: State.NO}
        day = wording.day_words(one.term_until)
        words = {
            Term.ENDS: _("ends soon: {day}"),
            Term.OVER: _("ended {day}"),
        }.get(state or Term.RUNS, _("until {day}"))
        said.append([Run(words.format(day=day), state=marks.get(state or Term.RUNS))])
        if one.term_from is not None:
            said[-1].append(
                Run(f" · {_('since {day}').format(day=wording.day_words(one.term_from))}", Role.MUTED)
            )
    return said or [[Run(wording.EMPTY)]]


def _protocol(one: Godparent) -> list[Run]:
    if not one.protocol_version:
        return [Run(_("not accepted yet"), state=State.ENDS)]
    runs = [Run(_("version {version}").format(version=one.protocol_version), state=State.YES)]
    if one.protocol_on is not None:
        runs.append(Run(f" · {wording.day_words(one.protocol_on)}", Role.MUTED))
    return runs


def stops(facts: Facts, lift: Callable[[str], None] | None) -> list[QWidget]:
    """Stops that act on this godparent; `lift` proposes to lift one, None where this person may not."""
    shown: list[QWidget] = [
        stop_notice(stop, facts.people.get(stop.hold.placed_by or "", ""), here="godparent", lift=lift)
        for stop in facts.view.stopped
    ]
    return shown + attention_notices(facts.view.attention)


def godparenthoods_tab(facts: Facts, doings: TabDoings) -> list[QWidget]:
    """Whom they stand up for, those that go on first."""
    if not facts.held:
        page = EmptyPage(
            _("They stand up for nobody yet."), _("Propose a prisoner…") if doings.propose else ""
        )
        if doings.propose is not None:
            page.pressed.connect(doings.propose)
        return [page]
    shown: list[QWidget] = []
    for held in facts.held:
        if shown:
            shown.append(line())
        shown.append(_godparenthood(held, doings))
    if doings.propose is not None:
        add = Button(_("Propose a prisoner…"))
        add.clicked.connect(doings.propose)
        shown += [line(), beside(add)]
    return shown


def _godparenthood(held: Held, doings: TabDoings) -> QWidget:
    row, record = held.row, held.record
    head = SectionHead(row.prisoner_name)
    open_one = Button(_("Open"), Look.SMALL)
    open_one.setAccessibleName(_("Open {name}").format(name=row.prisoner_name))
    open_one.clicked.connect(lambda: doings.open_prisoner(row.prisoner))
    change = doings.change
    if change is not None:
        edit = Button(_("Edit…"), Look.SMALL)
        edit.setAccessibleName(_("Edit the godparenthood with {name}").format(name=row.prisoner_name))
        edit.clicked.connect(lambda: change(row.id))
        head.add(edit)
    head.add(open_one)
    quiet = [_("since {day}").format(day=wording.day_words(row.since))] if row.since is not None else []
    if row.ended_on is not None:
        quiet.append(_("ended {day}").format(day=wording.day_words(row.ended_on)))
    if record.reason:
        quiet.append(word("end_reason", record.reason))
    if record.continues_after_release:
        quiet.append(_("continues after release"))
    runs = [Run(word("godparenthood_state", row.state), state=STATES.get(row.state))]
    if quiet:
        runs.append(Run(f"   {' · '.join(quiet)}", Role.MUTED))
    said: QWidget = RunText(runs)
    if held.stopped:
        words = _("stopped: nothing about them leaves the house")
        said = stacked(said, RunText([Run(words, state=State.NO)]), gap=4)
    following = [each for each in held.states if each != row.state]
    set_state = doings.set_state
    if set_state is None or not following:
        return stacked(head, said, gap=4)
    drop = InlineDrop(
        _("Change the state of {name}").format(name=row.prisoner_name),
        [("", _("Change state")), *((each, word("godparenthood_state", each)) for each in following)],
        small=True,
    )
    drop.chosen.connect(lambda state: set_state(row.id, state) if state else None)
    return stacked(head, said, beside(drop), gap=4)


def actions_tab(facts: Facts, doings: TabDoings) -> list[QWidget]:
    """What they did, newest first."""
    if not facts.actions:
        page = EmptyPage(
            _("Nothing they did is recorded yet: posts, speeches, questions, visits."),
            _("Record an action…") if doings.act else "",
        )
        if doings.act is not None:
            page.pressed.connect(doings.act)
        return [page]
    shown: list[QWidget] = []
    if doings.act is not None:
        add = Button(_("Record an action…"))
        add.clicked.connect(doings.act)
        shown.append(beside(add))
    for action in facts.actions:
        if shown:
            shown.append(line())
        shown.append(_action(action, facts))
    return shown


def _action(action: GodparentAction, facts: Facts) -> QWidget:
    when = wording.medium_day(action.on) if action.on is not None else ""
    head = SectionHead(word("godparent_action", action.what) if action.what else _("Something else"), when)
    who = facts.prisoners.get(action.prisoner or "", "")
    parts: list[QWidget] = [head]
    if who:
        parts.append(paragraph(_("for {name}").format(name=who)))
    if action.link:
        parts.append(paragraph(action.link.removeprefix("https://").removeprefix("http://"), Role.MUTED))
    return stacked(*parts, gap=2)
