"""Timeline, Family and Godparents of one prisoner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

import attrs
from PySide6.QtWidgets import QWidget

from app.domain.dates import PartialDate
from app.domain.prisoner import Sentence
from app.domain.relative_row import RelativeRow
from app.domain.rows import GodparenthoodRow
from app.i18n import N_, _
from app.vocabulary import word
from ui.states import State, state_of
from ui.theme import Role
from ui.views.prisoners import wording
from ui.views.prisoners.facts import Facts
from ui.widgets.buttons import Button
from ui.widgets.details import DetailGrid
from ui.widgets.frames import EmptyPage, Notice, Tone, line
from ui.widgets.labels import Run, RunText, SectionHead, Text, beside, paragraph, stacked
from ui.widgets.masked import MaskedText

LINES: Final = (
    N_("Stay in touch"),
    N_("Letters, parcels"),
    N_("Godparent"),
    N_("In public"),
    N_("Health, quotes"),
)
STATES: Final = {
    "active": State.YES,
    "accepted": State.YES,
    "dormant": State.ENDS,
    "paused": State.ENDS,
    "proposed": State.WAITS,
    "invited": State.WAITS,
    "declined": State.NO,
    "ended": State.NO,
}


@attrs.frozen
class Event:
    """Something that happened, on a day as far as it is known."""

    on: PartialDate
    words: str
    detail: str = ""


def events(facts: Facts) -> list[Event]:
    """Everything with a date, newest first."""
    prisoner = facts.prisoner
    found = list(_incidents(facts))
    days = {(event.on, event.words) for event in found}
    for on, words in (
        (prisoner.detained_on, word("incident", "detention")),
        (prisoner.released_on, word("incident", "release")),
        (prisoner.died_on, word("incident", "death")),
        (prisoner.born, _("Born")),
    ):
        if on is not None and (on, words) not in days:
            found.append(Event(on, words))
    for sentence in prisoner.sentences:
        found += _of_sentence(sentence)
    found += _of_claims(facts)
    found += _of_godparents(facts)
    return sorted(found, key=lambda event: (event.on.first, event.words), reverse=True)


def _incidents(facts: Facts) -> Iterator[Event]:
    for one in facts.prisoner.incidents:
        if one.on is not None:
            yield Event(one.on, word("incident", one.what) if one.what else _("Something else"), one.place)


def _of_sentence(sentence: Sentence) -> Iterator[Event]:
    said = wording.sentence_words(sentence)
    for on, words, detail in (
        (sentence.verdict_on, _("Sentenced"), said),
        (sentence.appeal_on, _("Appeal heard"), said),
        (sentence.starts_on, _("The term starts"), ""),
        (sentence.ends_on, _("The term ends"), ""),
    ):
        if on is not None:
            yield Event(on, words, detail)


def _of_claims(facts: Facts) -> Iterator[Event]:
    for view in facts.view.claims:
        if view.claim.recognised and view.claim.recognised_on is not None:
            yield Event(view.claim.recognised_on, _("Recognised as a political prisoner"), view.source_name)


def _of_godparents(facts: Facts) -> Iterator[Event]:
    for one in facts.view.godparenthoods:
        if one.since is not None:
            yield Event(one.since, _("Godparenthood"), one.godparent_name)
        if one.ended_on is not None:
            yield Event(one.ended_on, _("Godparenthood ended"), one.godparent_name)


def timeline_tab(facts: Facts) -> list[QWidget]:
    """Newest first; what is still to come stands apart on top."""
    found = events(facts)
    if not found:
        return [EmptyPage(_("Nothing with a date is known yet."))]
    to_come = [event for event in found if event.on.first > facts.today]
    past = [event for event in found if event.on.first <= facts.today]
    shown: list[QWidget] = []
    for title, some in ((_("To come"), to_come), (_("What happened"), past)):
        if some:
            grid = DetailGrid(134)
            for event in some:
                grid.add(wording.day_words(event.on), [Run(event.words), *_quiet(event.detail)])
            shown += [SectionHead(title), grid] if to_come else [grid]
    return shown


def _quiet(words: str) -> list[Run]:
    return [Run(f" · {words}", Role.MUTED)] if words else []


@attrs.frozen
class FamilyDoings:
    """What can be done on the Family tab; None for what this person may not."""

    add: Callable[[], None] | None
    talk: Callable[[str], None]


def family_tab(facts: Facts, doings: FamilyDoings) -> list[QWidget]:
    """Relatives by relation and nickname; names stay closed."""
    if facts.in_a_copy:
        return [Notice(_("Families stayed at home; nothing about them is in this copy."))]
    if facts.family is None:
        words = _("Relatives need the key of the desk. Nobody here can be looked up with your key.")
        return [Notice(words, lead=_("Closed here"))]
    if not facts.family:
        page = EmptyPage(
            _("Nobody of the family is recorded."), _("Add relative…") if doings.add is not None else ""
        )
        if doings.add is not None:
            page.pressed.connect(doings.add)
        return [page]
    shown: list[QWidget] = []
    for place, one in enumerate(facts.family):
        if place:
            shown.append(line())
        shown.append(_relative(one, facts.today, doings))
    if doings.add is not None:
        add = Button(_("Add relative…"))
        add.clicked.connect(doings.add)
        shown += [line(), beside(add)]
    return shown


def _relative(one: RelativeRow, today: date, doings: FamilyDoings) -> QWidget:
    head = SectionHead(word("relation", one.relation), one.nickname)
    talk = Button(_("Conversation…"))
    talk.setAccessibleName(
        _("Conversation with the {relation}").format(relation=wording.relation_words(one.relation))
    )
    talk.clicked.connect(lambda: doings.talk(one.id))
    head.add(talk)
    parts: list[QWidget] = [head]
    if one.relation != "self":
        parts.append(beside(Text(_("Name"), Role.MUTED), MaskedText(_("Name"))))
    if one.stopped:
        parts.append(
            Notice(
                _("Nothing about this person leaves, and nobody contacts them."), Tone.RED, lead=_("Stopped.")
            )
        )
    runs: list[Run] = []
    for title, light in zip(LINES, one.lines, strict=True):
        runs.append(Run(_(title).replace(" ", "\u00a0"), state=state_of(light)))
        runs.append(Run("   "))
    parts.append(RunText(runs))
    parts.append(paragraph(_last(one, today), Role.MUTED))
    return stacked(*parts, gap=6)


def _last(one: RelativeRow, today: date) -> str:
    if one.last_answer_on is None:
        words = _("never asked")
    else:
        words = _("last answer {when}").format(when=wording.ago(one.last_answer_on, today))
    ends = _("ends {day}").format(day=wording.day_words(one.ends_on)) if one.ends_on is not None else ""
    asking = word("asking", one.asking) if one.asking else ""
    return " · ".join(part for part in (words, ends, asking) if part)


def godparents_tab(facts: Facts, add: Callable[[], None] | None, go: Callable[[str], None]) -> list[QWidget]:
    """Who stands up for this prisoner, now and before."""
    if not facts.view.godparenthoods:
        page = EmptyPage(
            _("Nobody stands up for this prisoner yet."), _("Add a godparent…") if add is not None else ""
        )
        if add is not None:
            page.pressed.connect(add)
        return [page]
    shown: list[QWidget] = []
    for place, one in enumerate(facts.view.godparenthoods):
        if place:
            shown.append(line())
        shown.append(_godparenthood(one, go))
    if add is not None:
        button = Button(_("Add a godparent…"))
        button.clicked.connect(add)
        shown += [line(), beside(button)]
    return shown


def _godparenthood(one: GodparenthoodRow, go: Callable[[str], None]) -> QWidget:
    country = wording.country_name(one.godparent_country)
    head = SectionHead(one.godparent_name, country)
    button = Button(_("Open"))
    button.setAccessibleName(_("Open {name}").format(name=one.godparent_name))
    button.clicked.connect(lambda: go(one.godparent))
    head.add(button)
    runs = [Run(word("godparenthood_state", one.state), state=STATES.get(one.state))]
    days = [_("since {day}").format(day=wording.day_words(one.since))] if one.since is not None else []
    days += [_("ended {day}").format(day=wording.day_words(one.ended_on))] if one.ended_on is not None else []
    return stacked(head, RunText([*runs, *_quiet(" · ".join(days))]), gap=6)
