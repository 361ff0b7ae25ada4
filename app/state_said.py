"""Words about the four words: where the log stands, and what those from before say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from app.domain.state_fit import Compared, Standing, StateFit, Wrote
from app.i18n import _, ngettext
from app.words import Message

When = Callable[[datetime], str]


def standing_words(found: Standing, when: When) -> str:
    """ "The newest entry is #140, by Hanna K., 3 May, 14:02."."""
    words = _("The newest entry is #{number}, a colleague's, {when}.")
    if found.by.mine:
        words = _("The newest entry is #{number}, your own, {when}.")
    elif found.by.name:
        words = _("The newest entry is #{number}, by {name}, {when}.")
    return words.format(number=found.sequence, name=found.by.name, when=when(found.moment))


def compared_words(found: Compared, when: When) -> Message:
    """What they say, and what to do."""
    if found.fit is StateFit.MISTYPED:
        if found.wrong:
            happened = _("Not a word of the list: {words}.").format(words=", ".join(found.wrong))
            return Message(happened, _("Look at the paper again. The words are English in every language."))
        return Message(_("Four words are needed."), _("Look at the paper again."))
    if found.fit is StateFit.UNKNOWN:
        return Message(_("No entry of this log has these words."), unknown_advice())
    moment = when(found.moment) if found.moment is not None else ""
    if found.fit is StateFit.SAME:
        words = _("They are the words of the newest entry, #{number}, {when}. Nothing was written since.")
        return Message(words.format(number=found.sequence, when=moment), "")
    words = _("They are the words of entry #{number}, {when}. Since then: {who}.")
    said = words.format(number=found.sequence, when=moment, who=who_words(found.since))
    return Message(said, _("Every entry up to then is still there, and none was put between."))


def unknown_advice() -> str:
    """What to do where words stand for nothing here."""
    return _(
        "An older copy was put back, two copies are worked in, or the words are of another case file. Decide "
        "nothing now: look for the newer copy, compare a proof line on the Log page, and ask your security "
        "officer."
    )


def who_words(since: Iterable[Wrote]) -> str:
    """ "Hanna K. 3 entries, you 1 entry"."""
    parts = []
    for one in since:
        entries = ngettext("{n} entry", "{n} entries", one.entries)
        name = _("you") if one.mine else one.name or _("colleagues")
        parts.append(_("{name} {entries}").format(name=name, entries=entries))
    return ", ".join(parts)
