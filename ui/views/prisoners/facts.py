"""What the detail shows, read in one go on the worker, and the lines of the Case tab made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import attrs

from app.domain.fields import fields_of
from app.domain.prisoner import HELD, Prisoner
from app.domain.public_texts import text_fields
from app.domain.relative_row import RelativeRow
from app.domain.roles import Action
from app.domain.rows import GodparenthoodRow, Light
from app.i18n import _
from app.services.relatives import RelativeFilter
from app.services.session import Session
from app.services.views import ClaimView, PrisonerView
from app.vocabulary import word
from ui.states import State, state_of
from ui.theme import Role
from ui.views.prisoners import wording
from ui.views.prisoners.charges import charge_words
from ui.views.prisoners.columns import public_word
from ui.views.prisoners.groups import NOT_TYPED, groups
from ui.widgets.labels import Run

_TOUCH, _PUBLIC = 0, 3  # lines as people speak of consent: stay in touch, in public
_ABOVE: Final = frozenset(
    {
        *("family_name", "given_name", "patronymic", "other_names", "envelope_name"),
        *("status", "vulnerability", "labels"),
    }
)
"""Shown over the tabs."""
_APART: Final = frozenset({*text_fields(), "anonymous", "next_step_on", "working_notes", "incidents"})
"""Shown in a way of their own."""
_ALWAYS: Final = frozenset({"born", "detained_on", "charges", "sentences", "facility", "next_step"})
"""Shown as a dash where nothing is known."""
_ORDER: Final = ("born", "detained_on", "charges", "sentences", "facility")
_LAST: Final = "next_step"

Line = tuple[str, list[list[Run]]]


@attrs.frozen
class Facts:
    """One prisoner as the detail shows them.

    Attributes:
        view: what the service gives.
        family: None where relatives may not be read here.
        people: names of people by id.
        photo: JPEG, or None.
        in_a_copy: what is closed at home is not there at all.
    """

    view: PrisonerView
    family: tuple[RelativeRow, ...] | None
    people: Mapping[str, str]
    photo: bytes | None
    today: date
    me: str
    in_a_copy: bool = False

    @property
    def prisoner(self) -> Prisoner:
        """The record."""
        return self.view.prisoner


def read_facts(session: Session, prisoner: str) -> Facts:
    """On the worker: everything the detail needs."""
    view = session.prisoners.get(prisoner)
    family = None
    if session.has_desk_key and session.may(Action.READ_RELATIVES).allowed:
        family = session.relatives.rows(RelativeFilter(prisoner=prisoner))
    people = {one.id: one.name for one in session.prisoners.owners()}
    photo = session.pictures.photo(prisoner) if view.prisoner.photo else None
    copy = session.context.copy is not None
    return Facts(view, family, people, photo, session.today(), session.person.id, in_a_copy=copy)


def case_lines(facts: Facts) -> Iterator[Line]:
    """Every line of the Case tab: known fields of the catalogue, claims, what may be said."""
    declared = fields_of(Prisoner)
    typed = [field.name for group in groups() for field in group.fields]
    rest = [name for name in typed if name not in {*_ORDER, _LAST, *_ABOVE, *_APART, *NOT_TYPED}]
    for place, name in enumerate((*_ORDER, _LAST, *rest)):
        if place == 1:
            yield from _claim_lines(facts)
        if place == len(_ORDER):
            yield from _standing_lines(facts)
        runs = _field_runs(facts, name)
        if runs or name in _ALWAYS:
            yield _(declared[name].label), runs or [[Run(wording.EMPTY, Role.MUTED)]]


def _field_runs(facts: Facts, name: str) -> list[list[Run]]:
    prisoner, today = facts.prisoner, facts.today
    match name:
        case "born" if prisoner.born is not None:
            until = prisoner.died_on.first if prisoner.died_on is not None else today
            return [[Run(f"{wording.day_words(prisoner.born)} ({wording.age(prisoner.born, until)})")]]
        case "detained_on" if prisoner.detained_on is not None:
            return [[Run(wording.day_words(prisoner.detained_on)), *_so_long(facts)]]
        case "charges" if prisoner.charges:
            said = [charge_words(charge) for charge in prisoner.charges]
            return [[Run(" · ".join(dict.fromkeys(said)))]]
        case "sentences":
            return [[Run(wording.sentence_words(each))] for each in prisoner.sentences]
        case "facility" if facts.view.facility is not None:
            return [_facility_runs(facts)]
        case "next_step":
            return _next_step(facts)
    field = fields_of(Prisoner)[name]
    words = wording.value_words(field, getattr(prisoner, name), facts.people)
    return [[Run(words)]] if words else []


def _so_long(facts: Facts) -> list[Run]:
    prisoner = facts.prisoner
    ended = prisoner.released_on or prisoner.died_on
    if prisoner.detained_on is None or (ended is None and prisoner.status not in HELD):
        return []
    words = wording.lasted(prisoner.detained_on, ended.first if ended is not None else facts.today)
    return [Run(f" · {words}")] if words else []


def _facility_runs(facts: Facts) -> list[Run]:
    place = facts.view.facility
    if place is None:
        return []
    runs = [Run(wording.facility_words(place))]
    if place.checked_on is not None:
        checked = _("address checked {when}").format(when=wording.month_words(place.checked_on))
        runs.append(Run(f" · {checked}", Role.MUTED))
    elif place.address_latin or place.address_cyrillic:
        runs.append(Run(f" · {_('address never checked')}", Role.MUTED))
    return runs


def _closed_word(facts: Facts) -> str:
    """In a copy nothing is closed: it is not there."""
    return _("not in this copy") if facts.in_a_copy else _("closed: needs the key of the desk")


def _next_step(facts: Facts) -> list[list[Run]]:
    prisoner = facts.prisoner
    if "next_step" in facts.view.closed:
        return [[Run(_closed_word(facts), Role.MUTED)]]
    parts = [prisoner.next_step] if prisoner.next_step else []
    if prisoner.next_step_on is not None:
        parts.append(_("by {day}").format(day=wording.day_words(prisoner.next_step_on)))
    words = ", ".join(parts)
    if not words:
        return []
    return [[Run(f"{words} · {_('mine')}" if prisoner.owner == facts.me else words)]]


def _claim_lines(facts: Facts) -> Iterator[Line]:
    shown = [_claim_runs(claim) for claim in facts.view.claims]
    if any(one.claim.recognised for one in facts.view.claims):
        yield (
            _("Recognised"),
            [runs for one, runs in zip(facts.view.claims, shown, strict=True) if one.claim.recognised],
        )
    others = [runs for one, runs in zip(facts.view.claims, shown, strict=True) if not one.claim.recognised]
    if others:
        yield _("Stated by"), others


def _claim_runs(view: ClaimView) -> list[Run]:
    claim = view.claim
    when = claim.recognised_on if claim.recognised and claim.recognised_on else claim.stated_on
    runs = []
    if when is not None:
        runs.append(Run(_("{day} by {source}").format(day=wording.day_words(when), source=view.source_name)))
    else:
        runs.append(Run(view.source_name or _("a source without a name")))
    quiet = [] if view.trusted else [_("not trusted as a source")]
    quiet += [_("No. {number}").format(number=claim.key)] if claim.key else []
    quiet += [claim.link.removeprefix("https://").removeprefix("http://")] if claim.link else []
    if quiet:
        runs.append(Run(f" · {' · '.join(quiet)}", Role.MUTED))
    return runs


def _standing_lines(facts: Facts) -> Iterator[Line]:
    now = [one for one in facts.view.godparenthoods if one.state not in ("ended", "declined")]
    if now:
        yield _("Godparent"), [[Run(" · ".join(_godparent_words(one)))] for one in now]
    light, until = facts.view.public_lights.get("name", (Light.NOT_ASKED, None))
    runs = [Run(public_word(light, has_key=not facts.view.closed), state=state_of(light))]
    why = _who_said(facts, light)
    if light is Light.ENDS and until is not None:
        why = ", ".join(part for part in (_("until {day}").format(day=wording.day_words(until)), why) if part)
    if why:
        runs.append(Run(f" {why}", Role.MUTED))
    yield _("Name in public"), [runs]
    yield _("Talking to family"), _family_runs(facts)


def _godparent_words(one: GodparenthoodRow) -> Iterator[str]:
    yield f"{one.godparent_name} ({one.godparent_country})" if one.godparent_country else one.godparent_name
    if one.state not in ("active", "accepted"):
        yield word("godparenthood_state", one.state)
    if one.since is not None:
        yield _("since {day}").format(day=wording.day_words(one.since))


def _who_said(facts: Facts, light: Light) -> str:
    """Whose answers stand behind the light, the age of each; or the source that published it."""
    said = {Light.YES: (Light.YES, Light.ENDS), Light.ENDS: (Light.YES, Light.ENDS), Light.NO: (Light.NO,)}
    wanted = said.get(light, ())
    words = [_with_age(one, facts.today) for one in facts.family or () if one.lines[_PUBLIC] in wanted]
    if words:
        return "; ".join(words)
    if light is Light.YES:
        trusted = next((one for one in facts.view.claims if one.trusted and one.claim.recognised), None)
        if trusted is not None:
            return _("published by {source}").format(source=trusted.source_name)
    return ""


def _with_age(one: RelativeRow, today: date) -> str:
    who = wording.relation_words(one.relation)
    return f"{who}, {wording.ago(one.last_answer_on, today)}" if one.last_answer_on is not None else who


def _family_runs(facts: Facts) -> list[list[Run]]:
    if facts.family is None:
        return [[Run(_closed_word(facts), Role.MUTED)]]
    if not facts.family:
        return [[Run(_("no relative recorded"), Role.MUTED)]]
    lines: dict[State, list[str]] = {}
    stopped = [wording.relation_words(one.relation) for one in facts.family if one.stopped]
    for one in facts.family:
        if not one.stopped:
            state = state_of(one.lines[_TOUCH])
            lines.setdefault(state, []).append(wording.relation_words(one.relation))
    after = {
        State.NO: _("no contact"),
        State.UNASKED: _("not asked"),
        State.WAITS: _("waits"),
        State.ENDS: _("ends soon"),
    }
    said = [
        [Run(", ".join(who) + (f": {after[state]}" if state in after else ""), state=state)]
        for state, who in sorted(lines.items(), key=lambda item: _SHOWN.index(item[0]))
    ]
    # Whatever they said, a stop stands above it.
    return said + ([[Run(f"{', '.join(stopped)}: {_('stopped')}", state=State.NO)]] if stopped else [])


_SHOWN: Final = (State.YES, State.ENDS, State.WAITS, State.UNASKED, State.NO)


def tag_words(facts: Facts) -> list[str]:
    """The chips under the name: status, what makes somebody need care, own labels."""
    prisoner = facts.prisoner
    tags = [word("status", prisoner.status)] if prisoner.status else []
    tags += [word("vulnerability", one) for one in prisoner.vulnerability]
    return [*tags, *prisoner.labels]


def also_words(prisoner: Prisoner) -> str:
    """Other spellings on one line, as the first of each script and the rest after "also"."""
    own = f"{prisoner.family_name} {prisoner.given_name}".casefold()
    said = [prisoner.envelope_name] if prisoner.envelope_name else []
    said += [wording.name_words(one) for one in prisoner.other_names]
    different: list[str] = []
    for one in dict.fromkeys(said):
        words = set(one.casefold().split())
        if (
            one
            and one.casefold() != own
            and not any(words <= set(each.casefold().split()) for each in different)
        ):
            different.append(one)
    if not different:
        return prisoner.reference
    first, *others = different
    return f"{first} · {_('also {names}').format(names=', '.join(others))}" if others else first


def closed_words(facts: Facts) -> str:
    """Which fields are closed here, by their labels."""
    declared = fields_of(Prisoner)
    return ", ".join(_(declared[name].label) for name in declared if name in facts.view.closed)
