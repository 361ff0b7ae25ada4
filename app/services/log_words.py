"""What words typed over the log may mean: people here, what was done, what it was about, a number.

Every word has to fit. An auditor finds by people, acts and reports, never by a name that stands in a record:
otherwise the search would tell what the list does not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from app.domain.acts import WORDS, Act
from app.domain.attention import Attention, ClosedAttention
from app.domain.conversation import Countersign
from app.domain.exposure_asked import ExposureAsked
from app.domain.fields import noun_of
from app.domain.finding_review import FindingReview
from app.domain.first_words import FirstWords
from app.domain.godparent import GodparentAction, Godparenthood
from app.domain.hold import Hold, HoldStep, RelativeHold, RelativeHoldStep
from app.domain.port_values import LogWord
from app.domain.ports import Reader, Record
from app.domain.proposal import Proposal, ProposalStep
from app.domain.public_texts import texts_id
from app.domain.quarter import QuarterMark
from app.domain.relative import Relative
from app.domain.review import Occasion, Review, ReviewConfirmation
from app.domain.showing import Showing
from app.domain.source import Source, Trust, TrustStep
from app.i18n import _
from app.services.context import Context
from app.services.log_closed import CLOSED_WORDS
from app.vocabulary import vocabulary, word

_NOUNS: Final[Mapping[str, type[Record]]] = {
    noun_of(cls): cls
    for cls in (
        *(Countersign, RelativeHold, RelativeHoldStep, Showing, FirstWords, Proposal, ProposalStep),
        *(Review, ReviewConfirmation, Occasion, ClosedAttention, FindingReview, ExposureAsked),
        QuarterMark,
    )
}
"""Closed things by their kind; talks and relatives are read in a quicker way."""
_MOST: Final = 5_000
_DIGITS: Final = 9
_LONGEST: Final = 8
"""So many words are looked at; who types more has pasted something."""


def log_words(ctx: Context, reader: Reader, typed: str, *, names: bool) -> tuple[LogWord, ...]:
    """The meanings of every word.

    Args:
        ctx: the session.
        reader: of the transaction that reads the entries.
        typed: as somebody types it.
        names: whether what entries are about may be searched by this person.
    """
    return tuple(_meanings(ctx, reader, one, names=names) for one in typed.split()[:_LONGEST])


def _meanings(ctx: Context, reader: Reader, typed: str, *, names: bool) -> LogWord:
    needle = typed.casefold().strip(",.;:")
    if needle.startswith("#") and needle[1:].isdecimal():
        return LogWord(entry=int(needle[1:][:_DIGITS]))
    if not needle.strip("#"):
        return LogWord(acts=frozenset(act.value for act in Act))
    people = frozenset(one.id for one in ctx.keys.roster.people.values() if needle in one.name.casefold())
    acts = frozenset(act.value for act, words in WORDS.items() if needle in _(words).casefold())
    records = _open_work(reader, needle, titles=names) | _let_in(ctx, people)
    if names:
        records |= _about(reader, typed, needle) | _closed_called(reader, needle)
    entry = int(needle) if needle.isdecimal() and len(needle) <= _DIGITS else 0
    return LogWord(people, acts, records, entry)


def _let_in(ctx: Context, people: Collection[str]) -> frozenset[str]:
    """What let these people into the case file: who works here is nobody's secret."""
    return frozenset(str(one.id) for one in ctx.keys.roster.grants if one.recipient in people)


def _open_work(reader: Reader, needle: str, *, titles: bool) -> frozenset[str]:
    """Reports by number or title, sources by name, with what was decided about them."""
    reports = {
        one.id
        for one in reader.report_rows()
        if needle in one.number.casefold() or (titles and needle in one.title.casefold())
    }
    sources = {one.id for one in reader.find(Source) if needle in one.name.casefold()}
    trusts = {one.id for one in reader.find(Trust) if one.source in sources} if sources else set()
    steps = {one.id for one in reader.find(TrustStep) if one.trust in trusts} if trusts else set()
    return frozenset(reports | sources | trusts | steps)


def _about(reader: Reader, typed: str, needle: str) -> frozenset[str]:
    """Everything about prisoners, godparents and places this word finds, and about their families."""
    found = {noun: reader.search_ids(typed, noun, _MOST) for noun in ("prisoner", "godparent", "facility")}
    prisoners, godparents = found["prisoner"], found["godparent"]
    bonds = {
        one.id
        for one in reader.find(Godparenthood)
        if one.prisoner in prisoners or one.godparent in godparents
    }
    acted = {one.id for one in reader.find(GodparentAction) if one.godparent in godparents}
    targets = frozenset().union(*found.values())
    holds = {one.id for one in reader.find(Hold) if one.on_id in targets}
    lifts = {one.id for one in reader.find(HoldStep) if one.hold in holds}
    texts = {texts_id(prisoner) for prisoner in prisoners}
    hostile = {
        one.id
        for one in reader.find(Attention)
        if not targets.isdisjoint((*one.prisoners, *one.godparents, *one.facilities))
    }
    return targets | bonds | acted | holds | lifts | texts | hostile | _families(reader, prisoners, needle)


def _closed_called(reader: Reader, needle: str) -> frozenset[str]:
    """Closed things whose entries are called so ("conversation"); none without the key."""
    if not reader.has_desk_key:
        return frozenset()
    found: set[str] = set()
    for noun, (made, later) in CLOSED_WORDS.items():
        if needle not in _(made).casefold() and needle not in _(later).casefold():
            continue
        if noun == "conversation":
            found |= {str(talk.get("id") or "") for one in reader.spoken_facts() for talk in one.talks}
        elif noun == "relative":
            found |= {one.id for one in reader.relative_heads()}
        elif noun in _NOUNS:
            found |= {one.id for one in reader.find(_NOUNS[noun])}
    return frozenset(found)


def _families(reader: Reader, prisoners: Collection[str], needle: str) -> frozenset[str]:
    """Closed records of these prisoners' families, and of relatives called so; none without the key."""
    if not reader.has_desk_key:
        return frozenset()
    relations = {
        term.code for term in vocabulary("relation").terms if needle in word("relation", term.code).casefold()
    }
    relatives = {
        one.id for one in reader.relative_heads() if one.prisoner in prisoners or one.relation in relations
    }
    if not relatives:
        return frozenset()
    talks = {
        str(talk.get("id") or "")
        for one in reader.spoken_facts()
        if one.relative in relatives
        for talk in one.talks
    }
    identities = {one.identity for one in reader.get_many(Relative, relatives).values() if one.identity}
    return frozenset(relatives | talks | identities | _more(reader, relatives, talks, prisoners))


def _more(
    reader: Reader, relatives: Collection[str], talks: Collection[str], prisoners: Collection[str]
) -> set[str]:
    """Second yeses, stops, showing, what waits and reviews of these families."""
    found = {one.id for one in reader.find(Countersign) if one.conversation in talks}
    holds = {one.id for one in reader.find(RelativeHold) if one.relative in relatives}
    found |= {one.id for one in reader.find(RelativeHoldStep) if one.relative_hold in holds}
    proposals = {one.id for one in reader.find(Proposal) if one.on_id in relatives}
    found |= {one.id for one in reader.find(ProposalStep) if one.proposal in proposals}
    reviews = {
        one.id for one in reader.find(Review) if one.relative in relatives or one.prisoner in prisoners
    }
    found |= {one.id for one in reader.find(ReviewConfirmation) if one.review in reviews}
    found |= {
        one.id for one in reader.find(Occasion) if one.relative in relatives or one.prisoner in prisoners
    }
    found |= {
        one.id
        for one in reader.find(ClosedAttention)
        if any(each in relatives for each in one.relatives) or any(each in prisoners for each in one.families)
    }
    for records in (reader.find(Showing), reader.find(FirstWords), reader.find(ExposureAsked)):
        found |= {one.id for one in records if one.relative in relatives}
    return found | holds | proposals | reviews
