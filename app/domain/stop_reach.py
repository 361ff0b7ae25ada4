"""Whether a stop reaches a case, through where it is. Where nobody wrote that down, it may be there."""

from __future__ import annotations

from typing import Final

from app.domain.consent_facts import Facts
from app.domain.hold import Hold
from app.domain.prisoner import Prisoner
from app.vocabulary import vocabulary

SOMEWHERE: Final = "?"
"""Where somebody is held of whom nobody wrote down where."""
_AT_HOME: Final = "home"
_NOT_KNOWN: Final = ("", "unknown")


def case_is_in(stopped: str, country: str | None) -> bool:
    """Whether a case of this country ("" where nobody knows) is stopped with `stopped`.

    Most lists name no country: a stop that passed over those would stop nobody, and say nothing.
    """
    return not country or country == stopped


def place_of(prisoner: Prisoner) -> str:
    """The facility somebody is at, `SOMEWHERE` where they may be held and nobody wrote down at which."""
    if prisoner.facility or not _may_be_held(prisoner.status):
        return prisoner.facility or ""
    return SOMEWHERE


def is_held_at(stopped: str, place: str) -> bool:
    """Whether somebody at this place (see `place_of`) is stopped with the facility `stopped`."""
    return place in (stopped, SOMEWHERE)


def _may_be_held(status: str) -> bool:
    """Also where nobody knows how they are; who is held at home is in no facility."""
    if status in _NOT_KNOWN or status not in vocabulary("status").by_code:
        return True
    return status != _AT_HOME and vocabulary("status").by_code[status].text("state") == "held"


def touches(hold: Hold, prisoner: Prisoner) -> bool:
    """Whether a stop is about this prisoner, directly or through where they are."""
    match hold.on_noun:
        case "prisoner":
            return hold.on_id == prisoner.id
        case "facility":
            return is_held_at(hold.on_id, place_of(prisoner))
        case "country":
            return case_is_in(hold.on_id, prisoner.country)
        case "desk":
            return hold.on_id == prisoner.desk
        case "godparent" | "institution":
            return False
    return True  # the case file, or a word from a newer version


def reaches(target: str, target_id: str, facts: Facts) -> bool:
    """Whether a stop reaches this prisoner's family; one on who receives something is another matter."""
    match target:
        case "prisoner":
            return target_id == facts.prisoner
        case "facility":
            return is_held_at(target_id, facts.facility)
        case "country":
            return case_is_in(target_id, facts.country)
        case "desk":
            return target_id == facts.desk
    return True  # the case file, a relative of this family, or a word from a newer version
