"""That the words of a trustee's keys were compared: by whom, how and when. Written once, open like the grant.

Source: consent.md, "a trustee abroad with a signing key and no case file".
"""

from __future__ import annotations

from datetime import datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN


@noun("trustee_check", lasting=True)
@attrs.frozen
class TrusteeCheck:
    """One comparison, by who adds them or by the second person who agrees.

    Attributes:
        card_made_at: when the keys say they were made; only whoever read the card knows.
    """

    id: RecordId
    version: int = 0
    trustee: str | None = stored(N_("Trustee"), Kind.REFERENCE, _OPEN, refers_to="person", required=True)
    compared: str = stored(N_("Words compared"), Kind.TERM, _OPEN, vocabulary="verified_by", required=True)
    card_made_at: datetime | None = stored(N_("Key made"), Kind.MOMENT, _OPEN)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _OPEN, refers_to="person", required=True)
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _OPEN)
