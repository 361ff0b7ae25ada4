"""Which entries on a page of the log are the second half of what the same person began: one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.acts import Act
from app.domain.conversation import Countersign
from app.domain.ports import Reader
from app.domain.proposal import ProposalStep
from app.domain.review import ReviewConfirmation
from app.domain.rows import LogRow
from app.services.context import Context
from app.services.facts import one_person_until
from app.services.finding_pairs import of_answers, of_changes, of_reviews, talks_of


def taken_alone(ctx: Context, reader: Reader, rows: Iterable[LogRow]) -> frozenset[str]:
    """Records of second halves by who took the first; only from when the case file had one person.

    Roles somebody gave alone, because nobody else held a desk's key, are among them.
    """
    rows = tuple(rows)
    given = _roles_given_alone(ctx, rows)
    return given | _second_halves_alone(ctx, reader, rows)


def _roles_given_alone(ctx: Context, rows: Sequence[LogRow]) -> frozenset[str]:
    changed = {record for row in rows if row.act == Act.PERSON_CHANGED for record in row.records}
    if not changed:
        return frozenset()
    return frozenset(str(one.id) for one in ctx.keys.roster.grants if one.one_person) & changed


def _second_halves_alone(ctx: Context, reader: Reader, rows: Sequence[LogRow]) -> frozenset[str]:
    until = one_person_until(ctx.keys.roster)
    if until is None or not reader.has_desk_key:
        return frozenset()
    wanted = {record for row in rows if row.moment < until for record in row.records}
    if not wanted:
        return frozenset()
    signs = reader.get_many(Countersign, wanted).values()
    halves = (
        *of_answers(signs, talks_of(reader, signs)),
        *of_changes(reader, reader.get_many(ProposalStep, wanted).values()),
        *of_reviews(reader, reader.get_many(ReviewConfirmation, wanted).values()),
    )
    return frozenset(second[0] for first, second, _noun, _about in halves if first[1] == second[1])
