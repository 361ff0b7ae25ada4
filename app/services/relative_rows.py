"""Lines of Relatives & consent: five lights, what ends, and whether something is up for review."""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs

from app.domain.consent_care import Care, with_asking
from app.domain.port_values import RelativeHead
from app.domain.ports import Reader
from app.domain.relative_row import RelativeRow
from app.domain.rows import Light
from app.services import kept_lights
from app.services.context import Context
from app.services.kept import NOT_COUNTED, KeptFamily
from app.vocabulary import word

_YESES: Final = (Light.YES, Light.ENDS)


@attrs.frozen
class RelativeFilter:
    """Which relatives to show; empty values filter nothing.

    Attributes:
        mine: only those of prisoners I own.
        light: with this light on any line.
        text: part of nickname, relation or the prisoner's name; never a name of theirs.
        prisoner: only this one's family.
    """

    mine: bool = False
    light: Light | None = None
    text: str = ""
    prisoner: str | None = None

    def keeps(self, row: RelativeRow) -> bool:
        """Whether a row of the family asked for passes."""
        if self.mine and not row.mine:
            return False
        if self.light is not None and self.light not in row.lines:
            return False
        if not self.text:
            return True
        line = f"{row.prisoner_name} {row.nickname} {word('relation', row.relation)}".casefold()
        return all(part in line for part in self.text.casefold().split())


def rows(ctx: Context, reader: Reader, prisoner: str | None, *, quickly: bool = False) -> list[RelativeRow]:
    """The lines of one family, or of all, by the prisoner's name.

    Args:
        ctx: the session.
        reader: of the transaction that asks.
        prisoner: only this family.
        quickly: leave lights that are not decided yet as COUNTING where it would take long.
    """
    kept_lights.ready(ctx, reader)
    heads = kept_lights.heads(ctx, reader, prisoner)
    missing = kept_lights.missing(ctx, {head.prisoner for head in heads})
    if not quickly or len(missing) <= kept_lights.FEW:
        kept_lights.decide_families(ctx, reader, missing)
    today = ctx.today()
    found = [_row(ctx, head, today) for head in heads]
    return [_in_doubt(row) for row in found] if ctx.righting.doubts(reader) else found


def _row(ctx: Context, head: RelativeHead, today: date) -> RelativeRow:
    family = ctx.cache.family(head.prisoner, today)
    made = ctx.cache.rows.get(head.id)
    if made is not None and made[0] is head and made[1] is family:
        return made[2]
    row = _made(ctx, head, family)
    ctx.cache.rows[head.id] = (head, family, row)
    return row


def _in_doubt(row: RelativeRow) -> RelativeRow:
    """No yes of an older copy counts before an officer has signed what became of it."""
    first, second, third, fourth, fifth = [Light.WAITS if one in _YESES else one for one in row.lines]
    care = (Care.RESTORED, *(one for one in row.care if one is not Care.RESTORED))
    return attrs.evolve(row, lines=(first, second, third, fourth, fifth), ends_on=None, care=care)


def _made(ctx: Context, head: RelativeHead, family: KeptFamily | None) -> RelativeRow:
    lines = family.lines.get(head.id, NOT_COUNTED) if family is not None else NOT_COUNTED
    return RelativeRow(
        id=head.id,
        version=head.version,
        prisoner=head.prisoner,
        prisoner_name=head.prisoner_name,
        relation=head.relation,
        nickname=head.nickname,
        lines=lines.lights,
        ends_on=lines.ends_on,
        last_answer_on=lines.last_on,
        last_answer_kind=lines.last_kind,
        asking=head.asking,
        stopped=lines.stopped or (family is not None and family.stopped),
        mine=head.owner == ctx.me,
        to_review=lines.to_review,
        care=with_asking(lines.care, head.asking),
    )
