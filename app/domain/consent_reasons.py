"""Why a decision fell as it did, with words. Shown only to people who hold the desk's key."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.i18n import N_


class Ground(StrEnum):
    """Why a value may leave."""

    PUBLISHED = "published"
    AGREED = "agreed"
    BYPASSED = "bypassed"


class Reason(StrEnum):
    """One reason per line of the rule book, in its order."""

    AGREED = "agreed"
    PUBLISHED = "published"
    COUNTED = "counted"
    BYPASSED = "bypassed"
    UNCLEAR = "unclear"
    UNPROVED = "unproved"
    STOPPED = "stopped"
    PAUSED = "paused"
    UNSURE = "unsure"
    MERGED = "merged"
    NO_LEGAL_GROUND = "no_legal_ground"
    OWN_NO = "own_no"
    PRISONERS_NO = "prisoners_no"
    RELATIVE_NOT_ASKED = "relative_not_asked"
    GUARDIAN_NOT_ASKED = "guardian_not_asked"
    TWO_MUST_SETTLE = "two_must_settle"
    ASK_THEM = "ask_them"
    SOMEBODY_SAID_NO = "somebody_said_no"
    NOT_PUBLISHED = "not_published"
    WAITS_FOR_SECOND = "waits_for_second"
    USED = "used"
    NOBODY_ASKED = "nobody_asked"
    MANDATE_UNKNOWN = "mandate_unknown"
    KEY_ANSWER_MISSING = "key_answer_missing"
    CLOSE_RELATIVE_SILENT = "close_relative_silent"


UNHEARD: Final = frozenset(
    {
        Reason.RELATIVE_NOT_ASKED,
        Reason.GUARDIAN_NOT_ASKED,
        Reason.ASK_THEM,
        Reason.NOBODY_ASKED,
        Reason.KEY_ANSWER_MISSING,
        Reason.CLOSE_RELATIVE_SILENT,
    }
)
"""A yes is missing, and nobody said no."""
ALLOWS: Final = frozenset({Reason.AGREED, Reason.PUBLISHED, Reason.COUNTED, Reason.BYPASSED})
RANK: Final[Mapping[Reason, int]] = {reason: place for place, reason in enumerate(Reason)}

_WORDS: Final[Mapping[Reason, str]] = {
    Reason.AGREED: N_("They agreed."),
    Reason.PUBLISHED: N_("It stands in a source we trust."),
    Reason.COUNTED: N_("Nobody refused to be counted."),
    Reason.BYPASSED: N_("A threat to life: two of us allowed it for who is named, until it is reviewed."),
    Reason.UNCLEAR: N_("It is not clear what is asked, or for whom."),
    Reason.UNPROVED: N_(
        "An older copy was put back: everything is denied until a security officer signs that."
    ),
    Reason.STOPPED: N_("There is a stop."),
    Reason.PAUSED: N_("It is paused until somebody has reviewed it."),
    Reason.UNSURE: N_(
        "A backup was put back, and a no said since may be lost: ask everybody again, or two of us confirm."
    ),
    Reason.MERGED: N_(
        "Two records were merged, and it may not be told of one of them: ask again, or two of us confirm."
    ),
    Reason.NO_LEGAL_GROUND: N_("The register of legal grounds does not cover this."),
    Reason.OWN_NO: N_("They said no."),
    Reason.PRISONERS_NO: N_("The prisoner said no."),
    Reason.RELATIVE_NOT_ASKED: N_("It is their own data, and there is no valid yes from them."),
    Reason.GUARDIAN_NOT_ASKED: N_("They may be under 18, and there is no valid yes from a guardian."),
    Reason.TWO_MUST_SETTLE: N_(
        "The prisoner said yes and somebody in the family said no: two of us settle it."
    ),
    Reason.ASK_THEM: N_("They are free: ask them."),
    Reason.SOMEBODY_SAID_NO: N_("Somebody in the family said no."),
    Reason.NOT_PUBLISHED: N_("No source we trust says the same."),
    Reason.WAITS_FOR_SECOND: N_("A yes waits for a second person."),
    Reason.USED: N_("It was agreed to for one use, and a report has used it: ask again."),
    Reason.NOBODY_ASKED: N_("Nobody who may decide has said yes."),
    Reason.MANDATE_UNKNOWN: N_(
        "Who represents the prisoner said yes, and nobody wrote down what they may decide."
    ),
    Reason.KEY_ANSWER_MISSING: N_("The answer of a representative or an authorised person is missing."),
    Reason.CLOSE_RELATIVE_SILENT: N_("A close relative inside the country has not been asked."),
}


def reason_words(reason: Reason) -> str:
    """The sentence for a reason: an English text, translated where it is shown."""
    return _WORDS[reason]
