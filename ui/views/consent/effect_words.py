"""What a talk changes, in sentences: from the service's effect, which decided before and after saving."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.consent_widening import Change, Turn
from app.i18n import N_, _, ngettext
from app.services.consent import Effect
from app.vocabulary import vocabulary, word
from ui.views.consent.draft import TalkDraft, purposes_of
from ui.views.consent.words import gentle, long_day_words, purpose_word
from ui.widgets.answers import Said

_WIDE = ("public", "all_godparents", "named_institution", "named_godparent", "internal")
_TURNS = (
    (Turn.STOPS, N_("No longer: {what}.")),
    (Turn.SHORTER, N_("For a shorter time: {what}.")),
    (Turn.STARTS, N_("From now on: {what}.")),
    (Turn.LONGER, N_("For longer: {what}.")),
)
_SHOWN = 6


def changes_words(effect: Effect) -> str:
    """What changes at once."""
    said = list(_pauses(effect))
    told: set[str] = set()
    for turn, sentence in _TURNS:
        turned = [one for one in effect.changes if one.turn is turn and one.purpose not in told]
        told |= {one.purpose for one in turned}
        what = listed(turned)
        if what:
            said.append(_(sentence).format(what=what))
    if effect.without_permission:
        said.insert(0, _("Nothing allowed us to begin this talk: it is saved, and marked for the officer."))
    if effect.counts_until is not None:
        words = _("Counts until {day}: a yes lasts 12 months at most, for direct contact 6.")
        said.append(words.format(day=long_day_words(effect.counts_until)))
    if effect.carried_by:
        said.append(
            ngettext(
                "One report that already left carries this case: tell those who received it.",
                "{n} reports that already left carry this case: tell those who received them.",
                len(effect.carried_by),
            )
        )
    if effect.clearances_go:
        said.append(
            ngettext(
                "One thing is no longer cleared for reports.",
                "{n} things are no longer cleared for reports.",
                effect.clearances_go,
            )
        )
    return " ".join(said) or _("Nothing changes today.")


def waits_words(effect: Effect, draft: TalkDraft) -> str:
    """What a second person has to agree to first."""
    if effect.waits:
        what = listed(effect.waiting)
        answers = ngettext("One answer waits.", "{n} answers wait.", len(effect.waits))
        until = _("Until somebody else agrees it stays as it is.")
        return f"{what[:1].upper()}{what[1:]}. {answers} {until}" if what else f"{answers} {until}"
    said = {draft.says(line, purpose) for line, purpose in _asked(draft)}
    words = [_("Nothing.")]
    if Said.YES in said:
        words.append(_("What was agreed stays inside the house or with people who are named."))
    if Said.NO in said:
        words.append(_("A no acts at once."))
    return " ".join(words)


def _pauses(effect: Effect) -> Iterable[str]:
    names = "; ".join(sorted(row.godparent_name for row in effect.pausing))
    if names:
        count = len(effect.pausing)
        words = ngettext("One godparenthood pauses at once", "{n} godparenthoods pause at once", count)
        yield f"{words} ({names})."


def listed(changes: Iterable[Change], *, every: bool = False) -> str:
    """ "name in public (everybody), photo": each purpose once, with the widest audience it is about.

    `every` leaves none away.
    """
    return listed_pairs(((one.purpose, one.audience) for one in changes), every=every)


def listed_pairs(pairs: Iterable[tuple[str, str]], *, every: bool = False) -> str:
    """The same of purposes with audiences."""
    widest: dict[str, str] = {}
    for purpose, audience in pairs:
        before = widest.get(purpose, "internal")
        if purpose not in widest or _WIDE.index(audience) < _WIDE.index(before):
            widest[purpose] = audience
    order = [term.code for term in vocabulary("purpose").terms]
    found = sorted(widest, key=order.index)
    shown = found if every else found[:_SHOWN]
    left = len(found) - len(shown)
    words = [_group([one for one in shown if widest[one] == audience], audience) for audience in _WIDE]
    words = [each for each in words if each]
    if left:
        words.append(ngettext("{n} more", "{n} more", left))
    return ", ".join(words)


def _group(purposes: Sequence[str], audience: str) -> str:
    """ "name, case detail (everybody)"."""
    what = ", ".join(purpose_word(each) for each in purposes)
    return what if not what or audience == "internal" else f"{what} ({gentle(word('audience', audience))})"


def _asked(draft: TalkDraft) -> Iterable[tuple[str, str]]:
    return ((line, purpose) for line in draft.lines for purpose in purposes_of(line))
