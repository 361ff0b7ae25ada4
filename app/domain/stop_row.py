"""A stop that acts, as screens show it (see `rows`)."""

from __future__ import annotations

from datetime import datetime

import attrs


@attrs.frozen
class StopReach:
    """Whom a stop would reach.

    Attributes:
        people: how many prisoners.
        perhaps: of them, so many because nobody wrote down where they are.
        bonds: of a godparent: how many godparenthoods that have not ended.
    """

    people: int
    perhaps: int = 0
    bonds: int = 0


@attrs.frozen
class Freed:
    """Somebody a lifted stop lets out again.

    Attributes:
        name: of the prisoner; of a relative "mother of …".
        opened: each purpose that may leave the house again, with the widest audience of it.
    """

    prisoner: str
    name: str
    opened: tuple[tuple[str, str], ...]


@attrs.frozen
class LiftReach:
    """Whom lifting a stop would let out.

    Attributes:
        people: how many prisoners it is on.
        freed: who becomes open to what.
        closed: how many stay closed by another stop, a pause or an older copy.
        with_key: False where only the number may be known.
    """

    people: int
    freed: tuple[Freed, ...] = ()
    closed: int = 0
    with_key: bool = True


@attrs.frozen
class StopRow:
    """One stop.

    Attributes:
        noun: what it is on (vocabulary `hold_target`), or `relative`.
        prisoner: the prisoner it is about, empty where it is about more or somebody else.
        about: whom or what, in words; "mother of …" for a relative.
        reason: vocabulary `hold_reason`.
        placed_by: name.
        asked_by: who proposed to lift it; empty while nobody did.
        may_ask: whether I may propose to lift it.
        may_decide: whether I may be the second person.
    """

    id: str
    noun: str
    prisoner: str
    about: str
    reason: str
    placed_by: str
    placed_at: datetime | None
    asked_by: str = ""
    may_ask: bool = False
    may_decide: bool = False
