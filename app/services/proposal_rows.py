"""What waits as a proposal: a change of a record, somebody who is to be on the list of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from app.casefile.grants import Grant, GrantKind
from app.crypto.check_words import check_words
from app.domain.consent_answers import ALONE_WAITS
from app.domain.ports import Reader
from app.domain.proposal import Proposal
from app.domain.relative import Relative
from app.domain.roles import Action, Role
from app.domain.rows import WaitingRow
from app.i18n import _
from app.role_words import roles_words
from app.services import widening
from app.services.context import Context
from app.services.folding import waiting_proposals
from app.services.granting import PROPOSED, read_grants
from app.services.spoken import spoken
from app.services.stop_rows import prisoner_name


def proposal_rows(ctx: Context, reader: Reader) -> Iterator[WaitingRow]:
    """Every proposal that waits and that I may see."""
    for proposal in waiting_proposals(reader):
        if proposal.on_noun == PROPOSED:
            yield _person_row(ctx, proposal)
        elif widening.is_change(proposal):
            prisoner, about = _about_change(reader, proposal)
            fields = ", ".join(_labels(proposal))
            yield _proposal_row(ctx, proposal, prisoner, about, _("Change: {fields}").format(fields=fields))


def _person_row(ctx: Context, proposal: Proposal) -> WaitingRow:
    """Somebody who waits to be on the list of people; of a trustee `part` says the words to compare."""
    grants = [signed.grant() for signed in read_grants(proposal)]
    place = next((one for one in grants if one.kind is GrantKind.PERSON), grants[0])
    name = place.name or ctx.name_of(place.recipient)
    if Role.TRUSTEE not in place.roles:
        row = _proposal_row(ctx, proposal, None, name, _join_words(ctx, place))
        return attrs.evolve(row, may_decide=row.may_decide and place.recipient != ctx.me)
    detail = _("Add a trustee: may be the second person, from elsewhere")
    row = _proposal_row(ctx, proposal, None, name, detail)
    return attrs.evolve(row, what="trustee", part=check_words(place.recipient, place.public))


def _join_words(ctx: Context, place: Grant) -> str:
    """What somebody is to become: agreeing to a coordinator is not agreeing to an officer."""
    if place.kind is GrantKind.PERSON:
        roles = roles_words(sorted(place.roles))
        before = ctx.roles_of(place.recipient)
        if before:
            told = _("What they do here, from now on: {roles} (until now: {before})")
            return told.format(roles=roles, before=roles_words(sorted(before)))
        return _("Join and hold the key of the desk, as: {roles}").format(roles=roles)
    roles = roles_words(sorted(ctx.roles_of(place.recipient)))
    return _("Hold the key of the desk, as: {roles}").format(roles=roles)


def _proposal_row(
    ctx: Context, proposal: Proposal, prisoner: str | None, about: str, detail: str
) -> WaitingRow:
    mine = proposal.proposed_by == ctx.me
    change = widening.is_change(proposal)
    alone = mine and change and ctx.one_person() and proposal.proposed_at is not None
    ready = proposal.proposed_at + ALONE_WAITS if alone and proposal.proposed_at else None
    waited = ready is not None and ctx.now() >= ready
    return WaitingRow(
        what="change" if change else "person",
        id=proposal.id,
        part="",
        prisoner=prisoner,
        about=about,
        detail=detail,
        proposed_by=ctx.name_of(proposal.proposed_by),
        proposed_at=proposal.proposed_at,
        may_decide=(not mine or waited) and ctx.may(Action.WIDER_YES).allowed,
        ready_at=ready,
        mine=mine and change,
    )


def _about_change(reader: Reader, proposal: Proposal) -> tuple[str | None, str]:
    if proposal.on_noun == "prisoner":
        return proposal.on_id, prisoner_name(reader, proposal.on_id)
    found = reader.get_many(Relative, [proposal.on_id]).get(proposal.on_id)
    prisoner = found.prisoner if found else None
    return prisoner, spoken(found, prisoner_name(reader, prisoner)) if found else ""


def _labels(proposal: Proposal) -> Iterable[str]:
    labels = widening.labels_of(proposal)
    return (_(label) for label in labels)
