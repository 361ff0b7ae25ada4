"""What checks of public figures compare with: the ledger's word, not the composer's."""

from __future__ import annotations

from datetime import date

import attrs

from app.reports.sizes.told import TableTold


@attrs.frozen
class Published:
    """What the ledger says: for which quarter's end this report is, and what left the house before.

    Attributes:
        told: every table of every quarter, this one among them where it was published already.
    """

    on: date
    told: tuple[TableTold, ...]
