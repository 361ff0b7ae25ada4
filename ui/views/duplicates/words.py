"""How the Duplicates sheet says it: why two may be one person, and what moves along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.i18n import N_, _, ngettext, number_words
from app.names.kin import Kin
from app.names.same_person import Reason
from app.services.duplicates import Queue, Someone
from app.services.merging_look import Moving
from ui.views.prisoners.wording import day_words

_WHY: Final = {
    Reason.SAME_NAME: N_("same name"),
    Reason.OTHER_SPELLING: N_("names spelled apart"),
    Reason.SAME_BIRTH_DATE: N_("same birth date"),
    Reason.BIRTH_DATE_FITS: N_("birth dates that fit"),
    Reason.SAME_DAY_DETAINED: N_("detained on the same day"),
    Reason.OTHER_BIRTH_DATE: N_("another birth date"),
    Reason.SIBLING_FORM: N_("one family"),
}
PAIRS, KIN, APART, MERGED, RELATIVES = "pairs", "kin", "apart", "merged", "relatives"
"""Tabs of the sheet."""
RELATIVES_APART: Final = "relatives_apart"
"""Two relatives somebody said are two, on the tab of relatives."""
_APART: Final = {
    Kin.NAMESAKE: N_("same name, other birth date"),
    Kin.SIBLING: N_("one family, other given name"),
}


def why_words(reasons: Iterable[Reason], left: Someone, right: Someone) -> str:
    """ "same birth date, names spelled apart"."""
    found = list(reasons)
    if Reason.SAME_NAME in found and left.name != right.name:
        found[found.index(Reason.SAME_NAME)] = Reason.OTHER_SPELLING
    strongest_first = sorted(found, key=lambda one: one in (Reason.SAME_NAME, Reason.OTHER_SPELLING))
    return ", ".join(_(_WHY[one]) for one in strongest_first)


def apart_words(why: Kin | None, by: str) -> str:
    """Why two are not proposed."""
    if why is not None:
        return _(_APART[why])
    return _("{name} said: not the same person").format(name=by) if by else _("not the same person")


def someone_words(one: Someone) -> str:
    """Name, number and birth date."""
    born = day_words(one.born) if one.born is not None else ""
    return " · ".join(part for part in (one.name, one.reference, born) if part)


def moving_words(moving: Moving) -> str:
    """What moves along."""
    parts = []
    if moving.relatives:
        parts.append(ngettext("{n} relative", "{n} relatives", moving.relatives))
    if moving.godparenthoods:
        parts.append(ngettext("{n} godparenthood", "{n} godparenthoods", moving.godparenthoods))
    if moving.claims:
        parts.append(ngettext("{n} line of a list", "{n} lines of lists", moving.claims))
    return ", ".join(parts)


def tab_words(found: Queue, merged: int) -> list[tuple[str, str]]:
    """The tabs with how many stand in each; of relatives those nobody looked at."""
    words = (
        *(_("To look at"), _("Relatives"), _("Brothers, sisters, namesakes"), _("Not the same person")),
        _("Merged"),
    )
    relatives = sum(not pair.apart for pair in found.relatives or ())
    counts = (len(found.pairs), relatives, found.kin_count, len(found.apart), merged)
    counted = zip((PAIRS, RELATIVES, KIN, APART, MERGED), words, counts, strict=True)
    return [(key, f"{text} {number_words(count)}" if count else text) for key, text, count in counted]


def relatives_words() -> str:
    """What to do about two relatives who are one person."""
    return _(
        "These may be one person. Nothing is joined: what each of the two said stays with each. If they are "
        "one, write down on both what they say, a no first of all, and look at both before you call."
    )


def empty_words(key: str, *, closed: bool = False) -> str:
    """What belongs on a tab where nobody stands; `closed`: relatives are not for these keys."""
    if key == RELATIVES and closed:
        return _("Relatives are closed to you.")
    return {
        RELATIVES: _("Nobody's family seems to have one relative twice."),
        PAIRS: _("Nobody seems to be there twice."),
        KIN: _("Nobody looks like a brother, a sister or a namesake of another."),
        APART: _("Pairs you call different people stand here."),
        MERGED: _("Records that were merged stand here, and can be taken apart."),
    }[key]
