"""What a list says of somebody's case: recognised and held, once so, kept without recognition, freed, dead.

How the public list reads (found in its data, decided strictly):
* `active`: recognised by the keeper and listed as held. Every such row carries a *declaration*, the address
  of the statement of recognition; rows of the other kinds carry none.
* `former`: was recognised once, no place, no declaration. Not held; not counted as recognised today.
* `np`: the keeper follows the case without recognising it (not a political prisoner by its criteria, or not
  yet). No place, no declaration. Whether they are held is not said: status *not known*, never recognised.
* `release_date` is the planned end of the sentence (it lies ahead for `former` people too), never a release.
Recognised therefore needs all three: the word `active`; a declaration (a list without that column must say it
in the word itself, `political prisoner`, or by a date of recognition); and a place or penalty that does not
say free or dead. Anything else, or anything unknown, is not recognised.
"""

from __future__ import annotations

from typing import Final

import attrs

from app.domain.prisoner import HELD
from app.intake.cells.found import Doubt, left_out, marked, text_of
from app.intake.cells.places import PlaceRead
from app.intake.cells.words import exact_term
from app.intake.problems import ProblemCode

_FREE: Final = frozenset({"awaiting_term", "free_before_trial", "released", "abroad"})
_NOT_CONFINED: Final = frozenset({"fine", "community_work", "suspended", "none"})


@attrs.frozen
class CaseFacts:
    """What else the row says.

    Attributes:
        place: where they are held.
        penalty: term of the vocabulary `penalty`.
        sentenced: whether the row has a verdict.
        died: whether it has a date of death.
        released: whether it has a date of release.
        declaration: whether it has a statement of recognition; None when the list has no such column.
        dated: whether it has a date of recognition.
    """

    place: PlaceRead
    penalty: str = ""
    sentenced: bool = False
    died: bool = False
    released: bool = False
    declaration: bool | None = None
    dated: bool = False

    @property
    def beside_place(self) -> tuple[str | bool | None, ...]:
        """All of it but the place: rows alike in this, their place and their status are listed alike."""
        return (self.penalty, self.sentenced, self.died, self.released, self.declaration, self.dated)


@attrs.frozen
class Listing:
    """Status and recognition.

    Attributes:
        status: term of the vocabulary `status`; empty when the list says nothing.
        recognised: whether the source itself recognises them and lists them as held.
        doubts: on the status cell.
    """

    status: str
    recognised: bool
    doubts: tuple[Doubt, ...] = ()


def status_from_place(place: PlaceRead) -> Listing:
    """What a list without a status says by where it has somebody; nothing of it is recognised."""
    if place.whereabouts == "home":
        return Listing("", recognised=False, doubts=(marked(ProblemCode.AT_HOME),))
    return Listing(place.whereabouts if place.whereabouts in _FREE else place.status, recognised=False)


def read_listing(untrusted_cell: str, facts: CaseFacts) -> Listing:
    """Read the status of a row together with what the rest of the row says."""
    text = text_of(untrusted_cell)
    word = exact_term("listing", text) if text else ""
    if text and not word:
        return Listing("unknown", recognised=False, doubts=(left_out(ProblemCode.STATUS_UNREAD),))
    if word in ("active", "recognised"):
        return _active(facts, by_word=word == "recognised")
    if word == "dead":
        return Listing("dead", recognised=False)
    if facts.died:
        # Whether they died in custody is not said.
        return Listing("dead", recognised=False)
    status = {"former": "former", "freed": "released", "unrecognised": "unknown"}.get(word, "")
    if facts.released and status in ("", "unknown"):
        status = "released"
    if not status and facts.place.whereabouts in _FREE:
        status = facts.place.whereabouts
    return Listing(status, recognised=False)


def _active(facts: CaseFacts, *, by_word: bool) -> Listing:
    if facts.died:
        return Listing(
            "died_in_custody", recognised=False, doubts=(marked(ProblemCode.DIED_BUT_LISTED_HELD),)
        )
    free = facts.place.whereabouts if facts.place.whereabouts != "home" else ""
    if not facts.place.key and not free and facts.penalty in _NOT_CONFINED:
        # Listed as active, no place, and a penalty that holds nobody: nothing says they are held.
        free = "fined" if facts.penalty == "fine" else "unknown"
    if free or facts.released:
        status = free or "released"
        return Listing(status, recognised=False, doubts=(marked(ProblemCode.FREE_BUT_LISTED_HELD),))
    declared = facts.declaration if facts.declaration is not None else by_word or facts.dated
    status = _held(facts)
    doubts = () if declared else (marked(ProblemCode.NO_DECLARATION),)
    return Listing(status, recognised=declared and status in HELD, doubts=doubts)


def _held(facts: CaseFacts) -> str:
    """Where exactly; a remand prison after a verdict is only *held*, not before the trial."""
    status = facts.place.status
    if status == "pre_trial" and facts.sentenced:
        return "held"
    if status:
        return status
    if facts.place.whereabouts == "home" or facts.penalty == "home":
        return "home"
    return "held"
