"""Which entries on a page of the log are the second half of what the same person began: one person."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.conversation import Conversation, Countersign
from app.domain.ports import Reader
from app.domain.proposal import Proposal, ProposalStep
from app.domain.review import Review, ReviewConfirmation
from app.domain.rows import LogRow
from app.services.context import Context
from app.services.facts import one_person_until


def taken_alone(ctx: Context, reader: Reader, rows: Iterable[LogRow]) -> frozenset[str]:
    """Records of second halves by who took the first; only from when the case file had one person."""
    until = one_person_until(ctx.keys.roster)
    if until is None or not reader.has_desk_key:
        return frozenset()
    wanted = {record for row in rows if row.moment < until for record in row.records}
    if not wanted:
        return frozenset()
    found: set[str] = set()
    signs = reader.get_many(Countersign, wanted).values()
    talks = reader.get_many(Conversation, {one.conversation or "" for one in signs})
    for sign in signs:
        talk = talks.get(sign.conversation or "")
        if talk is not None and talk.recorded_by == sign.by:
            found.add(sign.id)
    steps = reader.get_many(ProposalStep, wanted).values()
    proposals = reader.get_many(Proposal, {one.proposal or "" for one in steps})
    for step in steps:
        proposal = proposals.get(step.proposal or "")
        if proposal is not None and proposal.proposed_by == step.by:
            found.add(step.id)
    confirmations = reader.get_many(ReviewConfirmation, wanted).values()
    reviews = reader.get_many(Review, {one.review or "" for one in confirmations})
    for one in confirmations:
        review = reviews.get(one.review or "")
        if review is not None and review.by == one.by:
            found.add(one.id)
    return frozenset(found)
