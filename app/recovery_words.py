"""Words for a recovery kit: what there is, what three sheets opened. Read by the window and the command line.

Never a word of a sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.domain.recovery import RecoveryState, Standing
from app.i18n import _, ngettext, number_words
from app.services.recovery import Opened

When = Callable[[datetime], str]
"""How a moment is written."""


def state_words(state: RecoveryState, name_of: Callable[[str | None], str], when: When) -> tuple[str, ...]:
    """What there is, one sentence each; the first says whether anybody could get in.

    Args:
        state: of the kit.
        name_of: the name of somebody on the list of people.
        when: how a moment is written.
    """
    return (_standing(state, name_of), *_tried(state, when), *used_words(state, name_of, when))


def used_words(state: RecoveryState, name_of: Callable[[str | None], str], when: When) -> tuple[str, ...]:
    """That somebody came in with a kit, while it is new."""
    used = state.used
    if used is None or used.at is None or not state.loud:
        return ()
    words = _("On {day} somebody came in with kit {kit} as {name} and set a new passphrase.")
    return (_filled(words, day=when(used.at), kit=used.kit or 0, name=name_of(used.by)),)


def opened_words(opened: Opened) -> tuple[str, ...]:
    """What three sheets opened."""
    parts = [ngettext("{n} prisoner", "{n} prisoners", opened.prisoners)]
    if opened.relatives is not None:
        parts.append(ngettext("{n} relative", "{n} relatives", opened.relatives))
    what = ", ".join(parts)
    first = _("The sheets of kit {kit} open this case file as {name}: {what} can be read.")
    lines = [_filled(first, kit=opened.kit, name=opened.person, what=what)]
    if opened.desks < opened.of_desks:
        fewer = _("They open the families of {some} of {all} desks. A kit made by you opens all of yours.")
        lines.append(_filled(fewer, some=number_words(opened.desks), all=number_words(opened.of_desks)))
    return tuple(lines)


def _standing(state: RecoveryState, name_of: Callable[[str | None], str]) -> str:
    kit = state.kit
    if state.standing is Standing.UNKNOWN:
        return _(
            "Sheets nobody wrote down open this case file. Make a new kit: it ends every other one. Then ask "
            "who made them."
        )
    if state.standing is Standing.BEGUN:
        return _("A kit was made, and nobody said that its sheets are handed out.")
    if kit is None:
        return _("There is no recovery kit: a lost passphrase cannot be replaced by anybody.")
    if state.standing is Standing.LEFT:
        words = _("Kit {kit} opens nothing any more: {name} made it and left.")
    else:
        words = _("Three of the five sheets of kit {kit} (made by {name}) open this case file.")
    return _filled(words, kit=kit.number or 0, name=name_of(kit.by))


def _tried(state: RecoveryState, when: When) -> tuple[str, ...]:
    if state.kit is None or state.standing is not Standing.READY:
        return ()
    if state.tried is None or state.tried.at is None:
        return (_("It was never tried."),)
    return (_("Last tried: {day}.").replace("{day}", when(state.tried.at)),)


def _filled(words: str, **values: object) -> str:
    for key, value in values.items():
        words = words.replace("{" + key + "}", str(value))
    return words
