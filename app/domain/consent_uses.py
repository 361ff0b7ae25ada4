"""What was agreed to for one use, and was used: a yes to it counts no more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from app.domain.consent_facts import AnswerFact, Facts


@attrs.frozen(slots=True)
class UseFact:
    """Something agreed to for one use was used, in a report that left; without a moment it always counts."""

    purpose: str
    at: datetime | None
    report: str = ""

    def spends(self, yes: AnswerFact, known_at: datetime) -> bool:
        """Whether a yes is used up by it, as far as was known before this moment."""
        if yes.purpose != self.purpose or (self.at is not None and self.at >= known_at):
            return False
        return self.at is None or yes.recorded_at is None or yes.recorded_at <= self.at


def apart_from(facts: Facts, report: str) -> Facts:
    """The facts as if this report had used nothing: for what it carried itself."""
    return attrs.evolve(facts, uses=tuple(one for one in facts.uses if one.report != report))
