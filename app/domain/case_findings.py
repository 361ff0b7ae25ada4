"""What an officer should look at, as it is found in the file: the names of the rules, and their weight.

A finding is computed, never stored. What is stored is that somebody looked at it (`finding_review`); it comes
back when one of the facts it stands on changes, because they are part of what names it.

Source: consent.md, *What the security officer gets*.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

import attrs

from app.i18n import N_


class Rule(StrEnum):
    """What was found; one function of `finding_rules` each."""

    FORGED = "forged"
    MISSING = "missing"
    AFTER_A_NO = "after_a_no"
    WITHOUT_CONSENT = "without_consent"
    REPORT_DENIED = "report_denied"
    QUICK_PAIR = "quick_pair"
    NEW_ROLE = "new_role"
    WARNED = "warned"
    UNUSUAL_SHOWING = "unusual_showing"
    ENDS = "ends"
    NOT_BRIEFED = "not_briefed"
    UNVERIFIED = "unverified"
    TRUSTEE_ALONE = "trustee_alone"
    ONE_PERSON = "one_person"
    NO_TALK = "no_talk"
    QUARTER_DOUBT = "quarter_doubt"
    OWN_WORK = "own_work"


class Weight(StrEnum):
    """How soon it wants somebody."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


WEIGHTS: Final[Mapping[Rule, Weight]] = {
    Rule.FORGED: Weight.HIGH,
    Rule.MISSING: Weight.HIGH,
    Rule.AFTER_A_NO: Weight.HIGH,
    Rule.WITHOUT_CONSENT: Weight.HIGH,
    Rule.REPORT_DENIED: Weight.HIGH,
    Rule.QUICK_PAIR: Weight.HIGH,
    Rule.QUARTER_DOUBT: Weight.HIGH,
    Rule.NEW_ROLE: Weight.HIGH,
    Rule.WARNED: Weight.MEDIUM,
    Rule.UNUSUAL_SHOWING: Weight.MEDIUM,
    Rule.ENDS: Weight.MEDIUM,
    Rule.NOT_BRIEFED: Weight.MEDIUM,
    Rule.UNVERIFIED: Weight.MEDIUM,
    Rule.TRUSTEE_ALONE: Weight.MEDIUM,
    Rule.ONE_PERSON: Weight.LOW,
    Rule.OWN_WORK: Weight.LOW,
    Rule.NO_TALK: Weight.LOW,
}
"""In the order in which they are shown."""


TITLES: Final[Mapping[Rule, str]] = {
    Rule.FORGED: N_("Signed in another's name"),
    Rule.MISSING: N_("Gone or damaged"),
    Rule.AFTER_A_NO: N_("Contact after a no"),
    Rule.WITHOUT_CONSENT: N_("Godparent without a yes"),
    Rule.REPORT_DENIED: N_("Told, not allowed now"),
    Rule.QUICK_PAIR: N_("Two within minutes"),
    Rule.NEW_ROLE: N_("Decided in a new role"),
    Rule.WARNED: N_("Opened all the same"),
    Rule.UNUSUAL_SHOWING: N_("Unusual showing"),
    Rule.ENDS: N_("Consent ends"),
    Rule.NOT_BRIEFED: N_("Protocol not accepted"),
    Rule.UNVERIFIED: N_("Channel not checked"),
    Rule.TRUSTEE_ALONE: N_("Trustee added by one person"),
    Rule.ONE_PERSON: N_("Decided by one person"),
    Rule.NO_TALK: N_("Shown, nothing followed"),
    Rule.QUARTER_DOUBT: N_("Quarter review in doubt"),
    Rule.OWN_WORK: N_("Own work, not reviewed"),
}
"""What each is called on screen and in reports."""


@attrs.frozen(slots=True)
class Found:
    """One thing a rule found.

    Attributes:
        noun, about: the record it is about: a relative, prisoner, godparent, report or person.
        facts: ids and days it stands on; another fact makes it another finding.
        records: whose log entries show it.
        on: the day it happened or will happen.
        by: whose act it is, where it is somebody's.
        times: how often.
    """

    rule: Rule
    noun: str
    about: str
    facts: tuple[str, ...]
    records: tuple[str, ...] = ()
    on: date | None = None
    by: str | None = None
    times: int = 1

    @property
    def key(self) -> str:
        """What names it; the digest of this is what a review remembers."""
        return "\0".join((self.rule.value, self.about, *self.facts))
