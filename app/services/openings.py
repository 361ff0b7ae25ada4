"""What this session has opened: whom, and whose name still stands open for one talk.

A showing opens a name for 30 minutes of this session. It ends at once when something is recorded against
the person after it: a no, a withdrawal, a stop, *not safe to ask*, on whichever page it was recorded.
Numbers are read out of an open name only, and screens ask here which names they may leave open.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from app.domain.consent_contact import ContactRule, MayContact, stops_on
from app.domain.consent_facts import Facts, Says
from app.domain.relative import Relative

if TYPE_CHECKING:
    from app.services.context import Context

OPEN_FOR: Final = timedelta(minutes=30)
NOTHING_TO_ASK: Final = frozenset(
    {MayContact.STOPPED, MayContact.SAID_NO, MayContact.NOT_SAFE, MayContact.PAUSE}
)
"""Where these stand nobody is asked anything."""

Against = frozenset[Hashable]


@attrs.frozen
class Opening:
    """One name opened for a talk, and what stood against it already."""

    at: datetime
    against: Against = attrs.field(repr=False)


@attrs.define(eq=False)
class Openings:
    """What one session opened; nothing of it outlives a lock.

    Attributes:
        records: relatives whose record was opened, which is logged once.
        names: by relative, the newest showing of their name.
    """

    records: set[str] = attrs.field(factory=set, repr=False)
    names: dict[str, Opening] = attrs.field(factory=dict, repr=False)

    def forget(self) -> None:
        """Everything is closed."""
        self.records.clear()
        self.names.clear()


def stands_against(facts: Facts, relative: Relative, rule: ContactRule) -> Against:
    """Everything recorded against contact with somebody, so that what came later is told from what was there.

    Args:
        facts: of the family, as they are now.
        relative: who.
        rule: what stands above a call to them now.
    """
    found: set[Hashable] = {one.id for one in facts.answers if one.by == relative.id and one.says is Says.NO}
    found |= {(stop.target, stop.target_id, stop.placed_at) for stop in stops_on(facts, relative.id)}
    if relative.asking:
        found.add(("asking", relative.asking))
    if rule.may in NOTHING_TO_ASK:
        found.add(rule.may)
    return frozenset(found)


def is_open(ctx: Context, relative: str, against: Against) -> bool:
    """Whether a name this session opened may stay open: young enough, and nothing new against it."""
    opening = ctx.opened.names.get(relative)
    if opening is None:
        return False
    young = timedelta() <= ctx.now() - opening.at < OPEN_FOR
    if not young or against - opening.against:
        ctx.opened.names.pop(relative, None)  # what ended stays ended, also if the stop is lifted
        return False
    return True
