"""The register of hostile attention as rows: whom it touches, as far as one may see, what still pauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

import attrs

from app.domain.attention import TARGETS, AnyAttention, ClosedAttention
from app.domain.godparent import Godparent
from app.domain.ports import Reader, Record
from app.domain.prisoner import Prisoner, display_name
from app.domain.relative import Relative
from app.domain.report import Desk
from app.domain.review import Outcome, Review
from app.domain.review_pauses import settles
from app.domain.review_rows import AttentionRow
from app.domain.source import Facility
from app.services import review_waiting
from app.services.context import Context
from app.services.pauses import read_pauses
from app.services.same_person import every_id
from app.services.spoken import spoken

RECORDS: Final[Mapping[str, type[Record]]] = {
    "prisoners": Prisoner,
    "relatives": Relative,
    "godparents": Godparent,
    "facilities": Facility,
    "desks": Desk,
}


def rows_about(ctx: Context, reader: Reader, noun: str = "", record: str = "") -> tuple[AttentionRow, ...]:
    """See `attention.AttentionRegister.rows`."""
    found = read_pauses(reader)
    refused = {sign.review for sign in found.confirmations if not sign.granted}
    reviews = [review for review in found.reviews if review.id not in refused | found.not_theirs]
    ids = every_id(reader, record) if noun == "prisoner" else frozenset({record})
    wanted = [one for one in found.attention if not record or any(_touches(one, noun, each) for each in ids)]
    names = _names(reader, wanted)
    waiting = review_waiting.waiting(ctx, reader) if wanted and reader.has_desk_key else frozenset()
    own = {one.id: [review for review in reviews if review.because == one.id] for one in wanted}
    rows = [_row(ctx, reader, one, own[one.id], waiting, names) for one in wanted]
    rows.sort(key=lambda row: row.recorded_at.isoformat() if row.recorded_at else "", reverse=True)
    return tuple(rows)


def _row(
    ctx: Context,
    reader: Reader,
    one: AnyAttention,
    own: Sequence[Review],
    waiting: Set[str],
    names: Mapping[str, str],
) -> AttentionRow:
    in_error = any(review.prisoner is None and review.outcome == Outcome.IN_ERROR for review in own)
    paused = sum(not any(settles(review, one.id, family) for review in own) for family in one.families)
    key = reader.has_desk_key
    return AttentionRow(
        id=one.id,
        what=one.what,
        happened_on=one.happened_on,
        touched=tuple(names[record] for record in _targets(one) if record in names),
        families=len(one.families),
        paused=paused if key else None,
        closed=isinstance(one, ClosedAttention),
        in_error=in_error,
        waits=any(review.id in waiting for review in own),
        note=one.note if key else None,
        recorded_by=ctx.name_of(one.recorded_by),
        recorded_at=one.recorded_at,
    )


@attrs.frozen
class Touched:
    """Something hostile attention touched: the field that names it, its id and its words."""

    field: str
    id: str
    words: str


def touched_by(reader: Reader, one: AnyAttention) -> tuple[Touched, ...]:
    """Whom it touched, as far as the reader may know; whom it was done to first."""
    names = _names(reader, [one])
    return tuple(
        Touched(field, record, names[record])
        for field in TARGETS
        for record in getattr(one, field, ())
        if record in names
    )


def _targets(one: AnyAttention) -> tuple[str, ...]:
    return tuple(record for name in TARGETS for record in getattr(one, name, ()))


def _touches(one: AnyAttention, noun: str, record: str) -> bool:
    if noun == "prisoner":
        return record in one.families
    name = next((name for name in TARGETS if RECORDS[name].__name__.lower() == noun), "")
    return record in getattr(one, name, ())


def _names(reader: Reader, found: Iterable[AnyAttention]) -> Mapping[str, str]:
    """Words for whatever they touch, by id."""
    wanted = {record for one in found for record in _targets(one)}
    if not wanted:
        return {}
    names: dict[str, str] = {}
    prisoners = reader.get_many(Prisoner, wanted)
    names |= {key: display_name(one) for key, one in prisoners.items()}
    for key, godparent in reader.get_many(Godparent, wanted).items():
        names[key] = ", ".join(part for part in (godparent.family_name, godparent.given_name) if part)
    names |= {key: one.name for key, one in reader.get_many(Facility, wanted).items()}
    names |= {key: one.name for key, one in reader.get_many(Desk, wanted).items()}
    if reader.has_desk_key:
        relatives = reader.get_many(Relative, wanted)
        whose = reader.get_many(Prisoner, {one.prisoner for one in relatives.values() if one.prisoner})
        for key, relative in relatives.items():
            prisoner = whose.get(relative.prisoner or "")
            names[key] = spoken(relative, display_name(prisoner) if prisoner else "")
    return names
