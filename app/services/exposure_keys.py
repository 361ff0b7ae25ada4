"""Who held which desk's key from when to when, read off the signed grants and the entries that name them."""

from __future__ import annotations

from datetime import datetime

import attrs

from app.casefile.grants import Grant, GrantKind
from app.casefile.roster import DESK_ROLES
from app.domain.exposure import Tenure
from app.domain.ports import Reader
from app.services.context import Context


def tenures_of(ctx: Context, reader: Reader) -> tuple[Tenure, ...]:
    """Every time somebody held a desk's key, in the order it was given.

    A clock may be wrong, a signature is not: of grant and entry the earlier moment begins a time, the later
    one ends it. A grant no entry names counts from the beginning. New keys of the same person end nothing.
    """
    found: list[Tenure] = []
    for grant in ctx.keys.roster.grants:
        entry, moment = _entry_of(reader, grant)
        if grant.kind is GrantKind.DESK:
            since = None if moment is None else min(grant.moment, moment)
            found.append(Tenure(grant.recipient, grant.desk, grant.epoch, since, None, granted=entry))
        elif grant.kind is GrantKind.PERSON and not grant.roles & DESK_ROLES:
            until = grant.moment if moment is None else max(grant.moment, moment)
            found = [_ended(one, grant.recipient, until, entry) for one in found]
    return tuple(found)


def _ended(tenure: Tenure, person: str, until: datetime, entry: int) -> Tenure:
    if tenure.person != person or tenure.until is not None:
        return tenure
    return attrs.evolve(tenure, until=until, ended=entry)


def _entry_of(reader: Reader, grant: Grant) -> tuple[int, datetime | None]:
    entries = reader.entries_of(grant.id)
    return (entries[0], reader.entry(entries[0]).moment) if entries else (0, None)
