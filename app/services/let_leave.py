"""What holds for every report that is to leave: how long a yes stands, and who can search for names."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app.domain.ports import Reader
from app.domain.report import Desk
from app.services.context import Context

APPROVAL_ENDS_AFTER: Final = timedelta(days=3)


def has_every_key(ctx: Context, reader: Reader) -> bool:
    """Whether I could find every protected name: the search is asked of who holds the keys of all desks."""
    return {str(one.id) for one in reader.find(Desk)} <= {str(key.desk) for key in ctx.keys.desks}
