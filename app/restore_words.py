"""Words for a backup that was put back: of which day it is, what the journal says was lost, who waits.

Read by the window and the command line. Names nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.domain.proof_fit import Comparison
from app.domain.restore import JournalState
from app.i18n import N_, _, ngettext
from app.services.replaying import Outlook
from app.words import Message

_STATES = {
    JournalState.WHOLE: N_("The journal of noes tells everything said since."),
    JournalState.ABSENT: N_("There is no journal of noes here, so nobody can say what was said since."),
    JournalState.SHORT: N_("The journal of noes ends too early, so nobody can say everything said since."),
    JournalState.DAMAGED: N_(
        "The journal of noes was changed or damaged. What can be read of it counts; the rest nobody knows."
    ),
    JournalState.CLOSED: N_(
        "Part of the journal of noes does not open here: it belongs to another desk, or is damaged."
    ),
}


def put_back_words(found: Comparison, when: Callable[[datetime], str]) -> Message:
    """What stands while nobody has signed that a backup was put back.

    Args:
        found: the doubt; `moment` is when the backup was made, where it says so.
        when: how a moment is written.
    """
    day = found.moment or found.head_moment
    happened = _("This is a backup of {day} that was put back.").replace("{day}", when(day) if day else "?")
    advice = _(
        "It can be read; nothing is saved and everything is denied until a security officer signs that."
    )
    return Message(happened, advice)


def outlook_words(found: Outlook, when: Callable[[datetime], str]) -> tuple[str, ...]:
    """What signing will write again, and who waits then, one sentence each."""
    lines = [_(_STATES[found.state])]
    reaches = found.look.reaches_at
    if reaches is not None:
        lines.append(_("It was last written on {moment}.").replace("{moment}", when(reaches)))
    if found.noes or found.stops or found.others:
        lines.append(_lost(found))
    if found.prisoners:
        lines.append(
            ngettext(
                "{n} prisoner waits: nothing wider than our own work is allowed about them until everybody "
                "is asked again or two of you confirm that nothing is missing.",
                "{n} prisoners wait: nothing wider than our own work is allowed about them until everybody "
                "is asked again or two of you confirm that nothing is missing.",
                found.prisoners,
            ).replace("{n}", str(found.prisoners))
        )
    return tuple(lines)


def _lost(found: Outlook) -> str:
    parts: list[str] = []
    if found.noes:
        parts.append(ngettext("{n} no", "{n} noes", found.noes).replace("{n}", str(found.noes)))
    if found.stops:
        parts.append(ngettext("{n} stop", "{n} stops", found.stops).replace("{n}", str(found.stops)))
    if found.others:
        parts.append(
            ngettext("{n} other change that narrows", "{n} other changes that narrow", found.others).replace(
                "{n}", str(found.others)
            )
        )
    return _("Since the backup: {what}. They act again once it is signed.").replace(
        "{what}", ", ".join(parts)
    )
