"""Words for what comparing a proof line with the log said: what it means, and what to do.

Read by the window and the command line. Says no name; whoever may know who signed is told beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.domain.proof_fit import Comparison, Fit
from app.i18n import N_, _, ngettext
from app.words import Message

_SAID = {
    Fit.FITS: (N_("The log fits this proof line."), N_("Entry {entry} stands where it stood.")),
    Fit.RESTORED: (
        N_("This proof line is from before a backup was restored."),
        N_("A security officer signed that. Save a new proof line."),
    ),
    Fit.DIFFERS: (
        N_("There are two different logs of this case file."),
        N_(
            "From entry {entry} on at the latest two copies were worked in: this one and the proof line's. "
            "Keep both copies; a security officer decides which one goes on."
        ),
    ),
    Fit.FOREIGN: (
        N_("This proof line belongs to another case file."),
        N_("Choose the one that was saved from this case file."),
    ),
    Fit.UNSIGNED: (
        N_("Nobody on the list of people signed this proof line."),
        N_(
            "It is made up, or this copy is older than the person who signed it. "
            "It proves nothing; show it to your security officer."
        ),
    ),
    Fit.FORGED: (
        N_("This proof line names somebody who did not sign it."),
        N_("It proves nothing. Keep it, and show it to your security officer."),
    ),
    Fit.ENDED: (
        N_("Only people whose access has ended signed this proof line."),
        N_("It proves nothing any more. Save a new one."),
    ),
    Fit.UNREADABLE: (
        N_("This is not a proof line."),
        N_("Choose the file that was saved as one, or copy all of its lines."),
    ),
    Fit.ABSENT: (
        N_("The proof line is not there."),
        N_(
            "Plug in the stick or connect the folder. "
            "Until then nobody can say whether an old copy was put back."
        ),
    ),
}
_OLDER = N_("This case file is older than the proof line: an old copy was put back.")


def fit_words(found: Comparison, when: Callable[[datetime], str]) -> Message:
    """What a comparison means and what to do.

    Args:
        found: the comparison.
        when: how a moment is written.
    """
    if found.fit is Fit.OLDER:
        return Message(_(_OLDER), _missing(found, when))
    happened, advice = _SAID[found.fit]
    return Message(_(happened), _(advice).replace("{entry}", str(found.sequence)))


def _missing(found: Comparison, when: Callable[[datetime], str]) -> str:
    entries = ngettext("{n} entry is missing here", "{n} entries are missing here", found.missing)
    newest, last = found.head_moment, found.moment
    since = when(newest) if newest is not None else ""
    until = when(last) if last is not None else ""
    words = _("{entries}, written between {since} and {until}. Look for the newer copy and work in that.")
    if newest is not None and last is not None and newest > last:
        # The old copy was worked in since: its newest entry says nothing about when the others began.
        words = _("At least {entries}, up to {until}. Look for the newer copy and work in that.")
    return words.format(entries=entries, since=since, until=until)
