"""Which relatives each filter of the list shows, and why a row takes care. Reads rows, knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Set
from typing import Final

from app.domain.consent_care import AT_RISK, Care
from app.domain.relative_row import RelativeRow
from app.domain.rows import Light
from app.i18n import _
from ui.views.consent.words import purpose_word

Test = Callable[[RelativeRow], bool]


def to_review(row: RelativeRow) -> bool:
    """Something happened, or a yes ends: look at it again."""
    return row.to_review


def ends(row: RelativeRow) -> bool:
    """A yes ends soon."""
    return Light.ENDS in row.lines


def said_no(row: RelativeRow) -> bool:
    """A no to at least one of the five."""
    return Light.NO in row.lines


def never_asked(row: RelativeRow) -> bool:
    """Nobody ever asked them anything."""
    return row.last_answer_on is None and all(light is Light.NOT_ASKED for light in row.lines)


def conflicting(row: RelativeRow) -> bool:
    """They say yes where another of the family says no, or the other way round."""
    return Care.CONFLICTING in row.care


def at_risk(row: RelativeRow) -> bool:
    """A stop or a pause acts on them, asking is not safe, or there were signs of pressure."""
    return not AT_RISK.isdisjoint(row.care)


def unverified(row: RelativeRow) -> bool:
    """A yes for more than us, and nobody checked who spoke."""
    return Care.UNVERIFIED in row.care


SIMPLE: Final[dict[str, Test]] = {"reviews": to_review, "ends": ends, "noes": said_no, "never": never_asked}
CARE: Final[dict[str, Test]] = {"conflicting": conflicting, "at_risk": at_risk, "unverified": unverified}
"""The filters, by what a remembered one is called; the second those for whoever takes care."""


class Sifted:
    """Who passes which filter, found when rows come and not with every chip that is pressed.

    Attributes:
        everybody: ids of all.
        mine: ids of my own.
    """

    def __init__(self) -> None:
        self.everybody: set[str] = set()
        self.mine: set[str] = set()
        self._passing: dict[str, set[str]] = {key: set() for key in (*SIMPLE, *CARE)}

    def set_rows(self, rows: Collection[RelativeRow]) -> None:
        """These are all."""
        for ids in self._sets():
            ids.clear()
        self._add(rows)

    def replace(self, rows: Collection[RelativeRow], removed: Collection[str]) -> None:
        """These changed or came, those went."""
        touched = {row.id for row in rows}.union(removed)
        for ids in self._sets():
            ids.difference_update(touched)
        self._add(rows)

    def passing(self, keys: Iterable[str]) -> Set[str]:
        """Ids of whoever passes one of these filters."""
        return set().union(*(self._passing[key] for key in keys))

    def _sets(self) -> tuple[set[str], ...]:
        return self.everybody, self.mine, *self._passing.values()

    def _add(self, rows: Collection[RelativeRow]) -> None:
        self.everybody |= {row.id for row in rows}
        self.mine |= {row.id for row in rows if row.mine}
        for key, test in SIMPLE.items():
            self._passing[key] |= {row.id for row in rows if test(row)}
        careful = [row for row in rows if row.care]  # few
        for key, test in CARE.items():
            self._passing[key] |= {row.id for row in careful if test(row)}


def care_sentences(care: Iterable[Care], disagreed: Collection[str]) -> str:
    """Why somebody takes care, as far as nothing else on their card says it.

    Args:
        care: every reason there is.
        disagreed: purposes the family does not agree on.
    """
    what = ", ".join(sorted(purpose_word(code) for code in disagreed))
    said = {
        Care.RESTORED: _(
            "This is an older copy, or one that was put back: a no may be missing, and no yes counts until"
            " that is settled."
        ),
        Care.PAUSED: _("Paused until somebody has reviewed what happened."),
        Care.PRESSURE: _("There were signs of pressure in the newest talk."),
        Care.CONFLICTING: _("In the family one says yes, another no: {what}.").format(what=what),
        Care.UNVERIFIED: _("A yes for more than us came, and nobody checked who was speaking."),
    }
    return " ".join(said[one] for one in care if one in said)
