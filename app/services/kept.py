"""What was decided for screens, as it is kept: values only. How it is computed is `kept_lights`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import attrs

from app.domain.changes import Changes
from app.domain.consent_care import Care
from app.domain.port_values import RelativeHead
from app.domain.relative_row import RelativeRow
from app.domain.rows import Light

LIGHTS: Final = "lights"
"""The kind under which screens are told that lights which were not decided are there now."""

ABOUT_EVERYBODY: Final = (
    *("log_doubt", "log_doubt_step", "restore", "restore_step", "replayed"),
    *("clock_repair", "clock_repair_step"),
)
"""Kinds that change what is decided about everybody at once: an older copy is found, or that is settled."""


@attrs.frozen
class KeptLines:
    """The five lights of one relative and their newest answer."""

    lights: tuple[Light, Light, Light, Light, Light]
    ends_on: date | None
    last_on: date | None
    last_kind: str
    stopped: bool = False
    to_review: bool = False
    care: tuple[Care, ...] = ()


_ALL_COUNTING = (Light.COUNTING, Light.COUNTING, Light.COUNTING, Light.COUNTING, Light.COUNTING)
NOT_COUNTED: Final = KeptLines(_ALL_COUNTING, None, None, "")
"""Of somebody whose family is not decided yet."""


@attrs.frozen
class KeptFamily:
    """What the answers about one prisoner came to on one day.

    Attributes:
        on: that day.
        through: the last day it holds, if nothing is recorded until then.
        name, name_until: whether the name may be told in public.
        stopped: whether a stop acts on the prisoner.
        lines: by relative.
    """

    on: date
    through: date
    name: Light
    name_until: date | None
    stopped: bool
    lines: Mapping[str, KeptLines]

    def holds(self, today: date) -> bool:
        """Whether it is true on this day; a clock that went back makes it untrue."""
        return self.on <= today <= self.through


@attrs.define
class Kept:
    """What was decided for screens, by prisoner, and the list of relatives; see `kept_lights`.

    Attributes:
        taken_up: whether what was kept at the last lock has been looked at.
        shown_early: whether a screen shows rows whose closed part was not open yet and waits for it.
        rows: by relative, the line made of a head and a family, used again while both are the same.
        heads: every relative in the order of the list, as of the entry `heads_at`.
    """

    families: dict[str, KeptFamily] = attrs.field(factory=dict, repr=False)
    taken_up: bool = False
    shown_early: bool = False
    heads: tuple[RelativeHead, ...] = attrs.field(default=(), repr=False)
    heads_at: int = 0
    rows: dict[str, tuple[RelativeHead, KeptFamily | None, RelativeRow]] = attrs.field(
        factory=dict, repr=False
    )

    def family(self, prisoner: str, today: date) -> KeptFamily | None:
        """What is kept of a family and holds on this day."""
        found = self.families.get(prisoner)
        return found if found is not None and found.holds(today) else None

    def forget(self, prisoners: Iterable[str] | None = None) -> None:
        """Let go of these families, of all with None."""
        if prisoners is None:
            self.families.clear()
            self.rows.clear()
            return
        for prisoner in prisoners:
            self.families.pop(prisoner, None)

    def follow(self, sequence: int, changes: Changes) -> None:
        """An entry of our own: the list of relatives stays, unless it changed one of them or a prisoner."""
        if self.heads_at == sequence - 1 and not changes.touches("relative", "prisoner"):
            self.heads_at = sequence
