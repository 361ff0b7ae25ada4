"""What a review opens again for more than a named godparent waits for a second person, like any widening."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from app.domain.acts import Act
from app.domain.consent_answers import ALONE_WAITS
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId
from app.domain.ports import Reader
from app.domain.review import Cause, Outcome, Review, ReviewConfirmation
from app.domain.roles import Action
from app.domain.rows import WaitingRow
from app.i18n import _
from app.services import widening
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.facts import CaseLedger, read_ledger
from app.services.second import Second, at_the_keyboard
from app.vocabulary import word

_SECOND = "\0second person"  # somebody else, whoever: no person has this id


def rows(ctx: Context, reader: Reader) -> Iterator[WaitingRow]:
    """Reviews whose second half would allow more than today."""
    reviews = [one for one in reader.find(Review, cause=Cause.ATTENTION.value) if _settles(one)]
    if not reviews:
        return
    answered: dict[str, list[ReviewConfirmation]] = {}
    for sign in reader.find(ReviewConfirmation):
        answered.setdefault(sign.review or "", []).append(sign)
    for review in reviews:
        signs = answered.get(review.id, [])
        if any(not sign.granted or sign.by != review.by for sign in signs):
            continue  # refused, or confirmed by somebody else
        prisoners = _families(reader, review)
        if _would_widen(ctx, read_ledger(ctx, reader, prisoners), review, prisoners):
            yield _row(ctx, reader, review, alone_done=bool(signs))


def waiting(ctx: Context, reader: Reader) -> frozenset[str]:
    """Ids of the reviews in `rows`: the pause they settled still keeps wider audiences closed."""
    return frozenset(row.id for row in rows(ctx, reader))


def confirm(ctx: Context, record: str, *, granted: bool, second: Second | None = None) -> Saved:
    """Agree to what somebody reviewed, or refuse; a refused review is open again.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE, SAME_PERSON_TWICE.
    """
    ctx.require(Action.WIDER_YES)
    second = second or at_the_keyboard(ctx)
    second.require(Action.WIDER_YES)
    with ctx.writing() as work:
        second.enter(work)
        review = work.get(Review, record)
        signs = work.find(ReviewConfirmation, review=record)
        if not _settles(review) or any(one.by == second.person or not one.granted for one in signs):
            raise KnownError(Code.ALREADY_DONE, record)
        if granted and not _may_decide(ctx, second, review):
            raise KnownError(Code.SAME_PERSON_TWICE)
        prisoners = _families(work, review)
        moment = ctx.moment(work)
        work.add(
            ReviewConfirmation(
                ctx.lasting_id(),
                review=review.id,
                granted=granted,
                by=second.person,
                at=moment,
                slip=second.slip,
            )
        )
        renew_clearances(ctx, work, prisoners)
        committed = work.commit(Act.SEALED_CHANGED)
    return ctx.finish(committed, record, Act.SEALED_CHANGED, prisoners=prisoners)


def _settles(review: Review) -> bool:
    known = review.outcome in set(Outcome) and Outcome(review.outcome).settles
    return known and review.cause == Cause.ATTENTION and review.at is not None


def _families(reader: Reader, review: Review) -> list[str]:
    """Whom it opens again: one family, or everybody the attention touched."""
    if review.prisoner is not None:
        return [review.prisoner]
    from app.services.reviews import attention_of

    return list(attention_of(reader, review.because).families)


def _would_widen(ctx: Context, ledger: CaseLedger, review: Review, prisoners: Iterable[str]) -> bool:
    sign = ReviewConfirmation(RecordId(_SECOND), review=review.id, granted=True, by=_SECOND, at=review.at)
    pauses = attrs.evolve(ledger.pauses, confirmations=(*ledger.pauses.confirmations, sign))
    signed = attrs.evolve(ledger, pauses=pauses)
    return any(
        widening.widens(ctx, ledger.facts(one), signed.facts(one))
        for one in prisoners
        if one in ledger.prisoners
    )


def _row(ctx: Context, reader: Reader, review: Review, *, alone_done: bool) -> WaitingRow:
    prisoner = (
        next(iter(reader.prisoner_rows(ctx.today(), [review.prisoner])), None) if review.prisoner else None
    )
    alone = review.by == ctx.me and ctx.one_person() and not alone_done
    return WaitingRow(
        what="review",
        id=review.id,
        part="",
        prisoner=review.prisoner,
        about=prisoner.name if prisoner else word("review_cause", review.cause),
        detail=_("Review: {outcome}").format(outcome=word("review_outcome", review.outcome)),
        proposed_by=ctx.name_of(review.by),
        proposed_at=review.at,
        may_decide=_may_decide(ctx, at_the_keyboard(ctx), review)
        and not (alone_done and review.by == ctx.me),
        ready_at=review.at + ALONE_WAITS if alone and review.at else None,
        mine=review.by == ctx.me,
    )


def _may_decide(ctx: Context, second: Second, review: Review) -> bool:
    if not second.may(Action.WIDER_YES).allowed:
        return False
    if review.by != second.person:
        return True
    return ctx.one_person() and review.at is not None and ctx.now() - review.at >= ALONE_WAITS
