"""Which relatives each filter of the list shows, and why a row takes care. Reads rows, knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Final

from app.domain.consent_care import AT_RISK, Care
from app.domain.relative_row import RelativeRow
from app.domain.rows import Light
from app.i18n import _
from app.vocabulary import word
from ui.views.consent.words import gentle, purpose_word

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


CARE: Final[dict[str, Test]] = {
    "conflicting": conflicting,
    "at_risk": at_risk,
    "unverified": unverified,
}
"""The filters for those who take care, by what a remembered one is called."""


def care_of(row: RelativeRow) -> str:
    """Why a row takes care, in few words, besides a stop, which the last column begins with."""
    asked_nothing = row.last_answer_on is None  # the last column says itself then whether asking is safe
    said = {Care.STOPPED, Care.NOT_SAFE} if asked_nothing else {Care.STOPPED}
    return ", ".join(_short(care, row.asking) for care in row.care if care not in said)


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


def _short(care: Care, asking: str) -> str:
    return {
        Care.RESTORED: _("older copy"),
        Care.STOPPED: _("stopped"),
        Care.PAUSED: _("paused"),
        Care.NOT_SAFE: gentle(word("asking", asking)),
        Care.PRESSURE: _("signs of pressure"),
        Care.CONFLICTING: _("conflicting"),
        Care.UNVERIFIED: _("unverified channel"),
    }[care]
