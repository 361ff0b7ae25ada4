"""Words for a drill: whether the backup could be put back, how long it took, what would be lost.

Read by the window and the command line. Names nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.i18n import _, ngettext, number_words
from app.restore_words import outlook_words
from app.services.drills import Drilled, Seen
from app.words import words_for


def drilled_words(found: Drilled, when: Callable[[datetime], str]) -> tuple[str, ...]:
    """What came of it, one sentence each; the first says whether it worked.

    Args:
        found: the drill.
        when: how a moment is written.
    """
    day = when(found.made_at) if found.made_at is not None else "?"
    gone = _("Everything of the trial was taken away again.")
    if found.seen is None:
        no = _("The backup of {day} could not be put back.").replace("{day}", day)
        why = (words_for(found.fault).line(),) if found.fault is not None else ()
        return (no, *why, gone)
    yes = ngettext(
        "The backup of {day} can be put back. It took {n} second.",
        "The backup of {day} can be put back. It took {n} seconds.",
        found.seconds,
    )
    yes = yes.replace("{day}", day).replace("{n}", number_words(found.seconds))
    return (yes, _held(found.seen), *_lost(found, found.seen, when), gone)


def _held(seen: Seen) -> str:
    parts = [_count(ngettext("{n} prisoner", "{n} prisoners", seen.prisoners), seen.prisoners)]
    if seen.relatives is not None:
        parts.append(_count(ngettext("{n} relative", "{n} relatives", seen.relatives), seen.relatives))
    parts.append(_count(ngettext("{n} entry", "{n} entries", seen.entries), seen.entries))
    return _("Opened and compared with the log: {what}.").replace("{what}", ", ".join(parts))


def _lost(found: Drilled, seen: Seen, when: Callable[[datetime], str]) -> tuple[str, ...]:
    if not found.since:
        return (_("Nothing was recorded since: nothing would be lost."),)
    lost = ngettext(
        "{n} entry was written since; what it changed would be lost.",
        "{n} entries were written since; what they changed would be lost.",
        found.since,
    )
    return (_count(lost, found.since), *outlook_words(seen.outlook, when))


def _count(words: str, number: int) -> str:
    return words.replace("{n}", number_words(number))
