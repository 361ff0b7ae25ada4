"""How something stands with someone, and the words for it. Always mark, word and colour together."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from app.domain.rows import Light
from app.i18n import _


class State(StrEnum):
    """The looks there are; each has its own shape, so it reads in black and white."""

    YES = "yes"
    ENDS = "ends"
    NO = "no"
    UNASKED = "unasked"
    WAITS = "waits"  # for a second person
    COUNTING = "counting"  # not known yet, in a moment


_STATES: Final = {
    Light.YES: State.YES,
    Light.ENDS: State.ENDS,
    Light.NO: State.NO,
    Light.NOT_ASKED: State.UNASKED,
    Light.WAITS: State.WAITS,
    Light.COUNTING: State.COUNTING,
}


def state_of(light: Light) -> State:
    """The look of a consent's state."""
    return _STATES[light]


def state_word(state: State) -> str:
    """The word beside the mark where nothing says it better."""
    return {
        State.YES: _("yes"),
        State.ENDS: _("ends"),
        State.NO: _("no"),
        State.UNASKED: _("not asked"),
        State.WAITS: _("waits"),
        State.COUNTING: "…",
    }[state]
