"""Whom closed records are about, for the entries on one page of the log: looked up by id, never read whole.

Only for people with the key; without it nothing here finds anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import attrs

from app.domain.attention import ClosedAttention
from app.domain.conversation import Conversation, Countersign
from app.domain.exposure_asked import ExposureAsked
from app.domain.finding_review import FindingReview
from app.domain.first_words import FirstWords
from app.domain.hold import RelativeHold, RelativeHoldStep
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.proposal import Proposal, ProposalStep
from app.domain.quarter import QuarterMark
from app.domain.relative import Relative
from app.domain.review import Occasion, Review, ReviewConfirmation
from app.domain.showing import Showing
from app.i18n import N_
from app.services.context import Context
from app.services.granting import PROPOSED, read_grants
from app.services.log_people import granted_words
from app.services.spoken import spoken

CLOSED_ORDER: Final = (
    *("conversation", "countersign", "relative_hold", "relative_hold_step", "showing", "first_words"),
    *("proposal", "proposal_step", "relative", "identity"),
    *("review", "review_confirmation", "closed_attention", "quarter_mark", "occasion", "finding_review"),
    "exposure_asked",
)
"""Kinds an entry can be about; the first of them that it names is what it is about."""
CLOSED_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "conversation": (N_("Recorded a conversation"), N_("Changed a conversation")),
    "first_words": (N_("Allowed one contact"), N_("Allowed one contact")),
    "countersign": (N_("Decided on an answer"), N_("Decided on an answer")),
    "relative_hold": (N_("Stopped all contact"), N_("Changed a stop of contact")),
    "relative_hold_step": (N_("Changed a stop of contact"), N_("Changed a stop of contact")),
    "showing": (N_("Showed a name"), N_("Showed a name")),
    "proposal": (N_("Proposed a change"), N_("Decided on a change")),
    "proposal_step": (N_("Decided on a change"), N_("Decided on a change")),
    "relative": (N_("Added a relative"), N_("Changed a relative")),
    "review": (N_("Reviewed an agreement"), N_("Reviewed an agreement")),
    "review_confirmation": (N_("Decided on a review"), N_("Decided on a review")),
    "closed_attention": (N_("Recorded hostile attention"), N_("Recorded hostile attention")),
    "finding_review": (N_("Reviewed findings"), N_("Reviewed findings")),
    "exposure_asked": (N_("Asked who could have opened this"), N_("Asked who could have opened this")),
    "quarter_mark": (N_("Decided in the quarter review"), N_("Decided in the quarter review")),
    "occasion": (N_("Asked for a review"), N_("Asked for a review")),
    "identity": (N_("Added who a relative is"), N_("Changed who a relative is")),
}
"""What a closed entry was, for people with the key: made, and later."""


@attrs.frozen
class Closed:
    """What a closed record is about, for people with the key.

    Attributes:
        noun: what it is.
        who: "mother of …".
        relative: to be opened.
        answers: of a conversation.
        reason: why a name was shown.
        words: the same, as somebody wrote it.
    """

    noun: str
    who: str
    relative: str
    answers: int = 0
    reason: str = ""
    words: str = attrs.field(default="", repr=False)


@attrs.frozen
class _Found:
    """What a record is, and whose: a relative, else a prisoner's family, else words of its own."""

    noun: str
    relative: str | None
    prisoner: str | None = None
    answers: int = 0
    reason: str = ""
    words: str = attrs.field(default="", repr=False)
    who: str = ""


class ClosedThings:
    """Looks them up; one for a session.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx
        self._identities: Mapping[str, str] = {}
        self._identities_at = 0

    def of(self, reader: Reader, pages: Iterable[Collection[str]]) -> Mapping[str, Closed]:
        """Whom these records are about, by id.

        Args:
            reader: of the same transaction the entries were read in.
            pages: the records of each entry.
        """
        if not reader.has_desk_key:
            return {}
        groups = [frozenset(each) for each in pages]
        wanted = frozenset[str]().union(*groups)
        found = _found(self._ctx, reader, wanted)
        if any(group and not group & found.keys() for group in groups):
            found |= self._of_identities(reader, wanted - found.keys())
        return _worded(reader, found)

    def _of_identities(self, reader: Reader, unknown: Collection[str]) -> dict[str, _Found]:
        """Who a relative is lies in a record of its own that does not say whose it is."""
        head = reader.head()[0]
        if self._identities_at != head and any(key not in self._identities for key in unknown):
            self._identities = {one.identity: one.id for one in reader.find(Relative) if one.identity}
            self._identities_at = head
        return {key: _Found("identity", self._identities[key]) for key in unknown if key in self._identities}


def _found(ctx: Context, reader: Reader, wanted: Collection[str]) -> dict[str, _Found]:
    found = {key: _Found("relative", key) for key in reader.get_many(Relative, wanted)}
    for key, talk in reader.get_many(Conversation, wanted).items():
        found[key] = _Found("conversation", talk.relative, answers=len(talk.answers))
    for key, hold in reader.get_many(RelativeHold, wanted).items():
        found[key] = _Found("relative_hold", hold.relative)
    for key, showing in reader.get_many(Showing, wanted).items():
        found[key] = _Found("showing", showing.relative, reason=showing.reason, words=showing.words)
    for key, permit in reader.get_many(FirstWords, wanted).items():
        found[key] = _Found("first_words", permit.relative)
    found |= {key: _Found("finding_review", None) for key in reader.get_many(FindingReview, wanted)}
    found |= {key: _Found("quarter_mark", None) for key in reader.get_many(QuarterMark, wanted)}
    for key, asked in reader.get_many(ExposureAsked, wanted).items():
        found[key] = _Found("exposure_asked", asked.relative, who=ctx.name_of(asked.person))
    return found | _second_halves(ctx, reader, wanted) | _reviewed(reader, wanted)


def _second_halves(ctx: Context, reader: Reader, wanted: Collection[str]) -> dict[str, _Found]:
    """Second people's words, about what the first one wrote."""
    found: dict[str, _Found] = {}
    signs = reader.get_many(Countersign, wanted)
    talks = reader.get_many(Conversation, {one.conversation or "" for one in signs.values()})
    for key, sign in signs.items():
        talk = talks.get(sign.conversation or "")
        found[key] = _Found("countersign", talk.relative if talk else None)
    steps = reader.get_many(RelativeHoldStep, wanted)
    holds = reader.get_many(RelativeHold, {one.relative_hold or "" for one in steps.values()})
    for key, step in steps.items():
        hold = holds.get(step.relative_hold or "")
        found[key] = _Found("relative_hold_step", hold.relative if hold else None)
    decided = reader.get_many(ProposalStep, wanted)
    proposals = reader.get_many(Proposal, {*wanted, *(one.proposal or "" for one in decided.values())})
    for key, proposal in proposals.items():
        if key in wanted:
            found[key] = _proposed(ctx, "proposal", proposal)
    for key, one in decided.items():
        about = proposals.get(one.proposal or "")
        found[key] = _proposed(ctx, "proposal_step", about) if about else _Found("proposal_step", None)
    return found


def _proposed(ctx: Context, noun: str, proposal: Proposal) -> _Found:
    """A change that waits: of a relative, of a prisoner, or somebody who is to join."""
    if proposal.on_noun == PROPOSED:
        grants = [signed.grant() for signed in read_grants(proposal)]
        return _Found(noun, None, who=granted_words(ctx, grants))
    return _Found(noun, proposal.on_id, proposal.on_id if proposal.on_noun == "prisoner" else None)


def _reviewed(reader: Reader, wanted: Collection[str]) -> dict[str, _Found]:
    """Reviews and what raised them: about one of the family, or about the prisoner whose family it is."""
    found: dict[str, _Found] = {}
    signs = reader.get_many(ReviewConfirmation, wanted)
    reviews = reader.get_many(Review, {*wanted, *(one.review or "" for one in signs.values())})
    for key, review in reviews.items():
        if key in wanted:
            found[key] = _Found("review", review.relative, review.prisoner)
    for key, sign in signs.items():
        about = reviews.get(sign.review or "")
        found[key] = _Found(
            "review_confirmation", about.relative if about else None, about.prisoner if about else None
        )
    for key, occasion in reader.get_many(Occasion, wanted).items():
        found[key] = _Found("occasion", occasion.relative, occasion.prisoner)
    for key, one in reader.get_many(ClosedAttention, wanted).items():
        found[key] = _Found(
            "closed_attention", next(iter(one.relatives), None), next(iter(one.families), None)
        )
    return found


def _worded(reader: Reader, found: Mapping[str, _Found]) -> Mapping[str, Closed]:
    relatives = reader.get_many(Relative, {one.relative for one in found.values() if one.relative})
    whose = {one.prisoner for one in relatives.values() if one.prisoner}
    names = reader.get_many(Prisoner, whose | {one.prisoner for one in found.values() if one.prisoner})
    told: dict[str, Closed] = {}
    for key, one in found.items():
        relative, who = relatives.get(one.relative or ""), one.who
        if relative is not None:
            prisoner = names.get(relative.prisoner or "")
            who = spoken(relative, display_name(prisoner) if prisoner is not None else "")
        elif one.prisoner in names:
            who = display_name(names[one.prisoner])
        elif one.noun in _ABOUT_A_RELATIVE and not who:
            continue
        told[key] = Closed(one.noun, who, relative.id if relative else "", one.answers, one.reason, one.words)
    return told


_ABOUT_A_RELATIVE: Final = frozenset(CLOSED_ORDER[: CLOSED_ORDER.index("review")])
