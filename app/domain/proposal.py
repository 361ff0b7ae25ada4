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


@noun("proposal")
@attrs.frozen
class Proposal:
    """Values somebody wants a record to have; they count once a second person agrees.

    `changed_values` is the canonical text of {field: plain value}; `decided_at` is empty while it waits.
    """

    id: RecordId
    version: int = 0
    on_noun: str = stored(N_("What"), Kind.TEXT, _SENSITIVE, required=True)
    on_id: str = stored(N_("Which"), Kind.TEXT, _SENSITIVE, required=True)
    base_version: int | None = stored(N_("Seen at version"), Kind.NUMBER, _SENSITIVE)
    changed_values: str = stored(N_("New values"), Kind.TEXT, _SENSITIVE, required=True)
    proposed_by: str | None = stored(N_("Proposed by"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    proposed_at: datetime | None = stored(N_("Proposed"), Kind.MOMENT, _SENSITIVE)
    decided_by: str | None = stored(N_("Decided by"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    decided_at: datetime | None = stored(N_("Decided"), Kind.MOMENT, _SENSITIVE)
    granted: bool = stored(N_("Agreed"), Kind.FLAG, _SENSITIVE)
