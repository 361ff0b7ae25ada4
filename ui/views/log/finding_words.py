"""Findings in words: what each rule is called, how many, why it matters and what to do. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.case_findings import Rule, Weight
from app.i18n import N_, _, ngettext
from app.services.finding_telling import FindingItem
from app.services.findings import FindingGroup
from app.vocabulary import word
from ui.states import State
from ui.views.consent.words import gentle
from ui.views.prisoners.wording import day_words

STATES: Final[Mapping[Weight, State]] = {
    Weight.HIGH: State.NO,
    Weight.MEDIUM: State.ENDS,
    Weight.LOW: State.UNASKED,
}
WHY: Final[Mapping[Rule, str]] = {
    Rule.FORGED: N_(
        "One half of a decision names somebody who did not sign it, or was written past the program. No "
        "report counts it and none is made while it is there; screens may still show a yes. Ask both, and "
        "restore the backup from before it."
    ),
    Rule.MISSING: N_(
        "The log knows of something closed that is not in the file any more, or does not open: a no may be "
        "among it. "
        "Press Verify now, keep this copy as evidence and restore the newest backup that fits a proof line."
    ),
    Rule.AFTER_A_NO: N_(
        "We came to them, or opened their name, after they had said no. Ask who did it for the reason; "
        "if there was none, apologise through whoever they trust and place a stop."
    ),
    Rule.WITHOUT_CONSENT: N_(
        "A godparent stands up for somebody for whom nobody may be sought today. Ask the family, or let the "
        "godparenthood rest until they have answered."
    ),
    Rule.REPORT_DENIED: N_(
        "A report names somebody whom it might not name today. If it has not left, make it again; if it has, "
        "tell its recipients to take the name out."
    ),
    Rule.QUICK_PAIR: N_(
        "The second person agreed within ten minutes in this copy of the case file. Ask both whether each of "
        "them read it: one person who knows two passphrases could have done it."
    ),
    Rule.WARNED: N_(
        "A name, or what was kept of a talk, was opened although a stop, a no or silence forbade contact; "
        "somebody wrote why. Read the reason, and ask whether a talk was recorded that asked for nothing."
    ),
    Rule.UNUSUAL_SHOWING: N_(
        "One person opened many names within an hour, or several at night. Ask what for; if nobody can say, "
        "look at who could open what and change passphrases."
    ),
    Rule.ENDS: N_("What they agreed to ends within 30 days. Ask again in time, all of it in one talk."),
    Rule.NOT_BRIEFED: N_(
        "Active godparents have not accepted the newest protocol. Send it to them before the next message."
    ),
    Rule.UNVERIFIED: N_(
        "Nobody checked who was at the other end, so this yes does not count for more than us. Call back on "
        "a number you know, or ask again in person."
    ),
    Rule.ONE_PERSON: N_(
        "One person said both yeses, because nobody else held a key. Let a second person look at it now."
    ),
    Rule.NEW_ROLE: N_(
        "One of the two was given what they do here less than a week before. That can be done for one "
        "decision and taken back. Ask both what it was for."
    ),
    Rule.TRUSTEE_ALONE: N_(
        "One person alone said that this trustee is somebody else, and nothing here can prove it. "
        "Let somebody who knows the trustee compare the eight words; look at what was decided with them."
    ),
    Rule.NO_TALK: N_(
        "A name was opened and no talk was recorded after it. Record the talk, or ask what the name was for."
    ),
    Rule.QUARTER_DOUBT: N_(
        "A quarter review does not fit the log: its list, its draw, its decisions or who signed it. Press "
        "Verify now, and let another officer go through what it was about."
    ),
    Rule.OWN_WORK: N_(
        "In the quarter review only the person who had recorded or seconded this looked at it. Let another "
        "officer look at it now."
    ),
}


def weight_words(weight: Weight) -> str:
    """The weight as a word."""
    return {Weight.HIGH: _("high"), Weight.MEDIUM: _("medium"), Weight.LOW: _("low")}[weight]


def count_words(rule: Rule, count: int) -> str:
    """How many, as a sentence."""
    return {
        Rule.FORGED: ngettext(
            "{n} signature in somebody else's name", "{n} signatures in somebody else's name", count
        ),
        Rule.MISSING: ngettext(
            "{n} closed record is gone or damaged", "{n} closed records are gone or damaged", count
        ),
        Rule.AFTER_A_NO: ngettext(
            "{n} call or showing after a no", "{n} calls or showings after a no", count
        ),
        Rule.WITHOUT_CONSENT: ngettext(
            "{n} active godparenthood nobody agreed to", "{n} active godparenthoods nobody agreed to", count
        ),
        Rule.REPORT_DENIED: ngettext(
            "{n} name in a report that may not stand there now",
            "{n} names in reports that may not stand there now",
            count,
        ),
        Rule.QUICK_PAIR: ngettext(
            "{n} decision signed twice within ten minutes",
            "{n} decisions signed twice within ten minutes",
            count,
        ),
        Rule.WARNED: ngettext(
            "{n} time opened although contact was forbidden",
            "{n} times opened although contact was forbidden",
            count,
        ),
        Rule.UNUSUAL_SHOWING: ngettext(
            "{n} day with unusually many or late showings",
            "{n} days with unusually many or late showings",
            count,
        ),
        Rule.ENDS: ngettext("{n} answer ends within 30 days", "{n} answers end within 30 days", count),
        Rule.NOT_BRIEFED: ngettext(
            "{n} active godparent has not accepted the newest protocol",
            "{n} active godparents have not accepted the newest protocol",
            count,
        ),
        Rule.UNVERIFIED: ngettext(
            "{n} yes over a channel nobody checked", "{n} yeses over a channel nobody checked", count
        ),
        Rule.ONE_PERSON: ngettext(
            "{n} decision signed by one person alone", "{n} decisions signed by one person alone", count
        ),
        Rule.NEW_ROLE: ngettext(
            "{n} decision with somebody in a new role", "{n} decisions with somebody in a new role", count
        ),
        Rule.TRUSTEE_ALONE: ngettext(
            "{n} trustee whom one person added alone", "{n} trustees whom one person added alone", count
        ),
        Rule.NO_TALK: ngettext(
            "{n} relative shown, no talk recorded", "{n} relatives shown, no talk recorded", count
        ),
        Rule.QUARTER_DOUBT: ngettext(
            "{n} quarter review does not fit the log", "{n} quarter reviews do not fit the log", count
        ),
        Rule.OWN_WORK: ngettext(
            "{n} item only its own author reviewed", "{n} items only their own author reviewed", count
        ),
    }[rule]


def group_words(group: FindingGroup) -> str:
    """One line: the one it is about, or how many."""
    if len(group.items) == 1 and group.items[0].about:
        return item_words(group.rule, group.items[0])
    return count_words(group.rule, len(group.items))


def item_words(rule: Rule, item: FindingItem) -> str:
    """ "Sister of Dubnianskaya, Alena · 14 Nov 2026 · Maks R."."""
    parts = [item.about or _("something that is no longer here")]
    if rule in (Rule.NO_TALK, Rule.UNUSUAL_SHOWING):
        parts.append(ngettext("shown {n} time", "shown {n} times", item.times))
    if item.on is not None:
        day = day_words(item.on)
        parts.append(_("until {day}").format(day=day) if rule is Rule.ENDS else day)
    if item.by and item.by != item.about:
        parts.append(item.by)
    if item.what:
        parts.append(gentle(word("shown", item.what)))
    if item.words:
        parts.append(f"“{item.words}”")
    return " · ".join(parts)
