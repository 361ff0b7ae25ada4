"""A change of somebody's record that would allow more than today and therefore waits for a second person.

Sealed as a whole: which fields wait says something about a family. Answers wait in their conversation, lifted
stops in the stop, trust in a source in `Trust`; only changed fields need a place of their own.
"""

from __future__ import annotations

from datetime import datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_SENSITIVE = FieldClass.SENSITIVE


@noun("proposal", lasting=True)
@attrs.frozen
class Proposal:
    """Values somebody wants a record to have; they count once a second person agrees. Written once.

    `changed_values` is the canonical text of {field: plain value}.
    """

    id: RecordId
    version: int = 0
    on_noun: str = stored(N_("What"), Kind.TEXT, _SENSITIVE, required=True)
    on_id: str = stored(N_("Which"), Kind.TEXT, _SENSITIVE, required=True)
    base_version: int | None = stored(N_("Seen at version"), Kind.NUMBER, _SENSITIVE)
    changed_values: str = stored(N_("New values"), Kind.TEXT, _SENSITIVE, required=True)
    proposed_by: str | None = stored(N_("Proposed by"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    proposed_at: datetime | None = stored(N_("Proposed"), Kind.MOMENT, _SENSITIVE)


@noun("proposal_step", lasting=True)
@attrs.frozen
class ProposalStep:
    """The second person's yes or no to a proposal; the first is the last. Written once."""

    id: RecordId
    version: int = 0
    proposal: str | None = stored(
        N_("Proposal"), Kind.REFERENCE, _SENSITIVE, refers_to="proposal", required=True
    )
    granted: bool = stored(N_("Agreed"), Kind.FLAG, _SENSITIVE)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _SENSITIVE, refers_to="person", required=True)
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _SENSITIVE)
    slip: str = stored(N_("Signed in a slip"), Kind.TEXT, _SENSITIVE)
