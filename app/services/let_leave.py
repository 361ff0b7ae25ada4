"""What holds for every report that is to leave: how long a yes stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

APPROVAL_ENDS_AFTER: Final = timedelta(days=3)
