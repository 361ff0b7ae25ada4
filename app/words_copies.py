"""Words for what stands against making, using or taking in a derived copy; part of `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

COPIES: Final[Mapping[Code, tuple[str, str]]] = {
    Code.COPY_ONLY_AT_HOME: (
        N_("This is a copy to be carried; that can be done at home only."),
        N_("Write a note about the prisoner: it is read when the copy comes home."),
    ),
    Code.COPY_CANNOT_FINISH: (
        N_("A report is never finished in a copy: nobody here can search it for every protected name."),
        N_("Leave it as a draft. It is made again at home from what may be told that day."),
    ),
    Code.JOURNEY_NOBODY_LEFT: (
        N_("Afterwards no security officer could open this case file."),
        N_("Add another security officer first, or leave the case file where it is safe."),
    ),
    Code.JOURNEY_AWAY: (
        N_("Their way in is taken off already."),
        N_("Give it back when they are home again."),
    ),
    Code.COPY_NOBODY: (
        N_("Nobody is chosen, so there would be nothing in this copy."),
        N_("Choose whom it is about."),
    ),
    Code.COPY_NOT_CLEARED: (
        N_("Nothing may be told about somebody who is chosen, so a copy for reports cannot hold them."),
        N_("Take them out, or make a copy for a journey."),
    ),
    Code.COPY_UNTIL: (
        N_("A copy for a journey ends on a day within the next 60 days."),
        N_("Choose such a day."),
    ),
    Code.COPY_INSIDE: (
        N_("A copy does not lie inside the case file it is made from."),
        N_("Choose another folder, best of all on a stick."),
    ),
    Code.COPY_NOT_FROM_HERE: (
        N_("This copy was not made from this case file."),
        N_("Open the case file it was made from, and take it in there. Nothing was changed."),
    ),
    Code.COPY_ALTERED: (
        N_("This copy is not as it was made: another program put something into it or took something out."),
        N_("Nothing of it is taken in. Keep the folder, and ask who had it in hand."),
    ),
    Code.COPY_IS_LOST: (
        N_("This copy was recorded as lost. Somebody else may have had it, so nothing of it is taken in."),
        N_("Read what is in it by eye, and type at home what you trust."),
    ),
    Code.COPY_UNFINISHED: (
        N_("This copy was never finished here, so nobody was told its passphrase."),
        N_("Nothing of it is taken in. Delete the folder."),
    ),
}
