"""Hostile attention and reviews in the words of the person at the screen. Pure."""

from __future__ import annotations

from app.domain.date_words import date_words
from app.domain.review import Cause
from app.domain.review_rows import AttentionEffect, AttentionRow, ReviewRow
from app.i18n import _, current_language, ngettext
from app.vocabulary import word
from ui.views.consent.words import day_words


def effect_words(effect: AttentionEffect) -> str:
    """What recording it would do: whom it pauses, how many reviews it raises."""
    families = ngettext(
        "From then on nothing about {n} family leaves the house until it is reviewed.",
        "From then on nothing about {n} families leaves the house until they are reviewed.",
        len(effect.families),
    )
    told = ngettext(
        "About {n} of them something may be told today.",
        "About {n} of them something may be told today.",
        effect.told,
    )
    reviews = ngettext("It raises {n} review.", "It raises {n} reviews.", effect.reviews)
    return " ".join((families, told, reviews)) if effect.told else f"{families} {reviews}"


def attention_words(row: AttentionRow) -> tuple[str, str]:
    """ "Smear campaign, November 2026", and whether it still pauses."""
    when = date_words(row.happened_on, current_language()) if row.happened_on is not None else ""
    lead = ", ".join(part for part in (word("attention_kind", row.what), when) if part)
    if row.waits and not row.paused:
        state = _("Wider audiences stay closed until a second person agrees.")
        state = f"{_('Recorded by mistake.') if row.in_error else _('Reviewed.')} {state}"
    elif row.in_error:
        state = _("Recorded by mistake.")
    elif row.paused is None:
        state = _("Wider audiences pause until it is reviewed.")
    elif row.paused:
        state = ngettext(
            "{n} family waits for a review; until then nothing about it leaves the house.",
            "{n} families wait for a review; until then nothing about them leaves the house.",
            row.paused,
        )
    else:
        state = _("Reviewed.")
    return f"{lead}.", " ".join(part for part in (state, row.note or "") if part)


def cause_words(row: ReviewRow) -> str:
    """Why something is up for review, with its day."""
    if row.cause is Cause.ATTENTION:
        when = date_words(row.happened_on, current_language()) if row.happened_on is not None else ""
        kind = word("attention_kind", row.what) if row.what else word("review_cause", row.cause)
        return ", ".join(part for part in (kind, when) if part)
    day = row.due_on or row.raised_on
    return f"{word('review_cause', row.cause)}, {day_words(day)}"
