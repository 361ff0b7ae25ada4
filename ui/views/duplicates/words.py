"""How the Duplicates sheet says it: why two may be one person, and what moves along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.i18n import N_, _, ngettext, number_words
from app.names.kin import Kin
from app.names.same_person import Reason
from app.services.duplicates import Someone
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
PAIRS, KIN, APART, MERGED = "pairs", "kin", "apart", "merged"
"""Tabs of the sheet."""
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


def tab_words(pairs: int, kin: int, apart: int, merged: int) -> list[tuple[str, str]]:
    """The tabs with how many stand in each."""
    words = (_("To look at"), _("Brothers, sisters, namesakes"), _("Not the same person"), _("Merged"))
    counted = zip((PAIRS, KIN, APART, MERGED), words, (pairs, kin, apart, merged), strict=True)
    return [(key, f"{text} {number_words(count)}" if count else text) for key, text, count in counted]


def empty_words(key: str) -> str:
    """What belongs on a tab where nobody stands."""
    return {
        PAIRS: _("Nobody seems to be there twice."),
        KIN: _("Nobody looks like a brother, a sister or a namesake of another."),
        APART: _("Pairs you call different people stand here."),
        MERGED: _("Records that were merged stand here, and can be taken apart."),
    }[key]
