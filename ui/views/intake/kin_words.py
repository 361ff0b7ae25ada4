"""Words for the families and godparents a list names: what would happen and what is known, never who."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.i18n import N_, _, ngettext, number_words
from app.intake.cells.godparents import Sponsor
from app.intake.sponsors import StagedGodparent
from app.intake.staged import Reading
from app.services.intake import Looked
from app.services.intake_families import Kin, KinState
from app.vocabulary import word
from ui.theme import Role
from ui.views.prisoners.wording import day_words
from ui.widgets.labels import Run

_STATES: Final[Mapping[KinState, str]] = {
    KinState.NEW: N_("new"),
    KinState.JOINED: N_("known already"),
    KinState.DOUBTFUL: N_("left out until you say who this is"),
    KinState.LEFT_OUT: N_("left out: you do not hold the key of this desk"),
}
_GODPARENTS: Final[Mapping[Reading, str]] = {
    Reading.NEW: N_("new"),
    Reading.UNCHANGED: N_("known already"),
    Reading.DOUBTFUL: N_("needs a choice"),
    Reading.LEFT_OUT: N_("left out"),
}


def lines(kin: Kin) -> list[list[Run]]:
    """What would happen with somebody of a family, and what the list has of them."""
    read = kin.read
    parts = [
        _("a name") if read.name else "",
        ngettext("{n} number", "{n} numbers", len(read.phones)) if read.phones else "",
        ngettext("{n} address to write to", "{n} addresses to write to", len(read.handles + read.emails))
        if read.handles or read.emails
        else "",
        _("where they live") if read.place else "",
        _("a note") if read.note else "",
    ]
    found = [[Run(_(_STATES[kin.state]), Role.STRONG)]]
    told = ", ".join(part for part in parts if part)
    if told:
        found.append([Run(told, Role.SMALL)])
    if kin.state in (KinState.NEW, KinState.JOINED):
        found += [[Run(text, Role.SMALL)] for text in _warnings(kin)]
    return found


def doubt_words(kin: Kin) -> str:
    """Why nobody but a person can say who this is."""
    if len(kin.asked) == 1:
        return _("The family has somebody of this relation, and no number and no name tells them apart.")
    return _(
        "The family has several of this relation. Which one it is can only be seen with their names shown."
    )


def _warnings(kin: Kin) -> list[str]:
    warned = [_("Marked as not safe to ask.")] if kin.read.unsafe else []
    if kin.read.said:
        warned.append(_("What the list says of consent is kept as asked; it waits in Earlier answers."))
    if kin.read.refuses and not kin.read.unsafe:
        warned.append(_("It reads like a no: nobody asks until somebody has looked."))
    return warned


def sponsor_lines(sponsor: Sponsor, one: StagedGodparent) -> list[list[Run]]:
    """What would happen with a godparent, and where the godparenthood stands."""
    dates = [
        _("since {day}").format(day=day_words(sponsor.since)) if sponsor.since is not None else "",
        _("until {day}").format(day=day_words(sponsor.until)) if sponsor.until is not None else "",
    ]
    parts = [word("godparenthood_state", sponsor.state), *(part for part in dates if part)]
    return [[Run(_(_GODPARENTS[one.reading]), Role.STRONG)], [Run(" · ".join(parts), Role.SMALL)]]


def totals(looked: Looked) -> list[str]:
    """How many of whom a list would add, for the line above the table."""
    kins = [kin for row in looked.kins.values() for kin in row]
    new = sum(kin.state is KinState.NEW for kin in kins)
    out = sum(kin.state in (KinState.LEFT_OUT, KinState.DOUBTFUL) for kin in kins)
    godparents = sum(one.reading is Reading.NEW for one in looked.godparents)
    open_ones = sum(one.reading is Reading.DOUBTFUL for one in looked.godparents)
    return [
        *([ngettext("{n} new relative", "{n} new relatives", new)] if new else []),
        *([_("{number} of families left out").format(number=number_words(out))] if out else []),
        *([ngettext("{n} new godparent", "{n} new godparents", godparents)] if godparents else []),
        *(
            [ngettext("{n} godparent needs a choice", "{n} godparents need a choice", open_ones)]
            if open_ones
            else []
        ),
    ]
