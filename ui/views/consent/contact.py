"""Whether and how somebody may be contacted, in sentences; what their no keeps out of reports."""

from __future__ import annotations

from app.domain.consent_contact import ContactRule, MayContact
from app.domain.conversation import Answer, Conversation
from app.domain.relative import SafeContactPlan
from app.domain.rows import Light
from app.domain.stop_row import StopRow
from app.i18n import _
from app.services.views import RelativeView
from app.vocabulary import word
from ui.views.consent.words import (
    SHORT_LINES,
    channel_word,
    gentle,
    language_word,
    long_day_words,
    purpose_word,
    spoken_for,
)
from ui.views.shared.stop_words import stop_words as stopped_words

_NOES = frozenset({"withdrawn", "refused"})


def plan_lead(plan: SafeContactPlan) -> str:
    """ "Signal only." """
    return _("{channel} only.").format(channel=word("channel", plan.channel)) if plan.channel else ""


def plan_words(plan: SafeContactPlan) -> str:
    """The plan in sentences: hours, language, who one says one is, through whom."""
    parts = [plan.hours, language_word(plan.language) if plan.language else ""]
    if plan.you_are:
        parts.append(_("You are “{who}”").format(who=plan.you_are))
    if plan.through:
        parts.append(_("Through {who}").format(who=plan.through))
    return " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parts if part)


def stop_lines(view: RelativeView) -> str:
    """Every stop that acts on them: since when, why, by whom, and what it is on; "" where there is none."""
    return " ".join(
        _("{stopped}. What it stops: {what}.").format(
            stopped=stopped_words(one.placed_at, one.reason, one.placed_by).removesuffix("."),
            what=_("everything about them") if one.noun == "relative" else _stopped_thing(one),
        )
        for one in view.stops
    )


def _stopped_thing(stop: StopRow) -> str:
    if stop.noun == "case_file" and stop.about:
        return gentle(stop.about)
    on = gentle(word("hold_target", stop.noun))
    return f"{on} ({stop.about})" if stop.about else on


def warning_words(view: RelativeView) -> str:
    """That somebody wrote why they have to be warned all the same, "" where nobody did."""
    rule = view.contact
    if rule.may is not MayContact.WARNING or rule.until is None:
        return ""
    words = _("Somebody wrote why they have to be warned: one talk, until {until}. Ask them for nothing.")
    return words.format(until=long_day_words(rule.until))


def stay_away_words(view: RelativeView) -> str:
    """Why nobody may contact them, "" where that is not so. A stop stands before what they said."""
    stopped = stop_lines(view)
    if stopped:
        return stopped
    if view.may_contact is not Light.NO:
        return ""
    found = _newest_no(view)
    if found is None:
        return _("Somebody said no.")
    talk, answer = found
    relation = view.relative.relation
    withdrew = answer.kind == "withdrawn"
    sentence = (
        spoken_for(
            relation,
            _("She withdrew on {day}{how}."),
            _("He withdrew on {day}{how}."),
            _("They withdrew on {day}{how}."),
        )
        if withdrew
        else spoken_for(
            relation,
            _("She said no on {day}{how}."),
            _("He said no on {day}{how}."),
            _("They said no on {day}{how}."),
        )
    )
    day = long_day_words(talk.held_on.first) if talk.held_on else ""
    how = f" ({channel_word(talk.channel)})" if talk.channel else ""
    return sentence.format(day=day, how=how)


def kept_out_words(view: RelativeView) -> str:
    """What their no keeps out of reports, "" where there is none."""
    noes = [
        purpose_word(state.purpose)
        for one in view.line_states
        if one.line in ("in_public", "personal")
        for state in one.purposes
        if state.light is Light.NO
    ]
    if not noes:
        return ""
    if len(noes) > len(SHORT_LINES):
        return _("Name, case and everything personal stay out of every report that needs a yes.")
    return _("Kept out of every report: {what}.").format(what=", ".join(noes))


def care_words(view: RelativeView) -> str:
    """What to think of before contacting them, "" where there is nothing."""
    if view.relative.asking not in ("", "free"):
        return f"{word('asking', view.relative.asking)}."
    if view.may_contact is Light.ENDS and view.contact_until is not None:
        day = long_day_words(view.contact_until)
        return _("The yes to being contacted ends on {day}. Ask again before.").format(day=day)
    return rule_words(view.contact) if view.may_contact is Light.NOT_ASKED else ""


def rule_words(rule: ContactRule) -> str:
    """What may be done where no yes bears, before a call."""
    until = long_day_words(rule.until) if rule.until is not None else ""
    since = long_day_words(rule.since) if rule.since is not None else ""
    match rule.may:
        case MayContact.CAME_TO_US:
            return _("They came to us: answer them, and ask whether we may stay in touch.")
        case MayContact.ASK_AGAIN:
            return _("Their yes ended on {since}. They may be asked again once, until {until}.").format(
                since=since, until=until
            )
        case MayContact.FIRST_WORDS:
            return _("An officer allowed one contact, until {until}.").format(until=until)
        case MayContact.THROUGH:
            return _("No valid yes: go through the person named in the plan.")
        case MayContact.ASKED_ALREADY:
            return _("We asked on {since}. Do not ask again: wait until they come to us.").format(since=since)
        case MayContact.PLACE:
            return _(
                "They agreed abroad and are inside the country now: an officer has to allow asking again."
            )
        case _:
            return _("Nobody asked yet: first words wait for an officer, a person in between, or for them.")


def _newest_no(view: RelativeView) -> tuple[Conversation, Answer] | None:
    for talk in view.conversations:
        for answer in talk.answers:
            if answer.purpose == "contact" and answer.kind in _NOES:
                return talk, answer
    return None
