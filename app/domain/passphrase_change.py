"""That somebody changed their own passphrase, as the case file remembers it: who and when, nothing else.

Open, because everybody relies on it: a passphrase that may be known to others has ended.
"""

from __future__ import annotations

from datetime import datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN


@noun("passphrase_change")
@attrs.frozen
class PassphraseChange:
    """One passphrase put in the place of another."""

    id: RecordId
    version: int = 0
    by: str | None = stored(N_("Changed by"), Kind.REFERENCE, _OPEN, refers_to="person")
    at: datetime | None = stored(N_("Changed"), Kind.MOMENT, _OPEN)
