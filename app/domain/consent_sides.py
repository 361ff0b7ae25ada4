"""Merged records: what may be told of each of them by itself, so that merging never allows more. Pure.

Whoever merges two records says that they are one person; nobody in either family did. A yes said about one
therefore does not count for the other, nor does a birth date or a source, until somebody says it again or two
people confirm it (`Prisoner.one_person_with`). A no and a stop act for both at once.

Source: consent.md, *Widening is known by its effect*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

import attrs

from app.domain.consent_build import facts_of_prisoner, person_fact, stored_values, trusted_values
from app.domain.consent_facts import Facts, HoldFact, Side
from app.domain.conversation import Conversation
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.signposts import Signposts
from app.domain.source import Claim
from app.domain.two_people import SourceTrust


@attrs.frozen
class Merged:
    """What the records of one person hold, for telling their sides apart.

    Attributes:
        kept: the record that holds the person now.
        signposts: where the others lead.
        relatives, talks, claims: of all of them.
    """

    kept: Prisoner
    signposts: Signposts
    relatives: Sequence[Relative]
    talks: Sequence[Conversation]
    claims: Sequence[Claim]
    trusts: Sequence[SourceTrust]
    time_zone: str


def with_sides(whole: Facts, merged: Merged) -> Facts:
    """The facts about somebody whose records were merged: everything together, and each side by itself.

    Args:
        whole: of the record that holds them, with everything that was said of any of them.
        merged: the records.
    """
    records = {str(one.id): one for one in (merged.kept, *merged.signposts.leading_to(merged.kept.id))}
    groups = _groups(merged.kept, records)
    if len(groups) == 1:
        return attrs.evolve(whole, holds=_all_on(whole, records))
    owners = _owners(merged, records)
    sides = tuple(_side(merged, records[head], members, owners) for head, members in groups.items())
    return attrs.evolve(whole, holds=_all_on(whole, records), sides=sides)


def _groups(kept: Prisoner, records: Mapping[str, Prisoner]) -> Mapping[str, Collection[str]]:
    """Ids of the records that two people confirmed are one, by the one that leads them."""

    def head(one: str) -> str:
        seen = {one}
        while one != kept.id:
            into = records.get(records[one].merged_into or "")
            if into is None or into.id in seen or records[one].reference not in into.one_person_with:
                break
            one = into.id
            seen.add(one)
        return one

    found: dict[str, set[str]] = {}
    for one in records:
        found.setdefault(head(one), set()).add(one)
    return found


def _owners(merged: Merged, records: Mapping[str, Prisoner]) -> Mapping[str, str]:
    """Whose each claim was before anything was merged; of one made since, it is the record that is kept."""
    owners: dict[str, str] = {}
    for one in merged.signposts.leading_to(merged.kept.id):
        for claim in one.merged_claims:
            owners.setdefault(claim, one.id)
    return {str(claim.id): owners.get(claim.id, merged.kept.id) for claim in merged.claims}


def _side(merged: Merged, head: Prisoner, members: Collection[str], owners: Mapping[str, str]) -> Side:
    facts = facts_of_prisoner(head)
    claims = [claim for claim in merged.claims if owners[claim.id] in members]
    return Side(
        adult_since=facts.adult_since,
        status=facts.status,
        people=MappingProxyType({one.id: person_fact(one, head) for one in merged.relatives}),
        trusted=trusted_values(claims, merged.trusts, merged.time_zone),
        stored=stored_values(head),
        facility=facts.facility,
        country=facts.country,
        desk=facts.desk,
        elsewhere=frozenset(
            answer.answer
            for talk in merged.talks
            if not _is_about(merged.signposts, talk, members)
            for answer in talk.answers
        ),
    )


def _is_about(signposts: Signposts, talk: Conversation, members: Collection[str]) -> bool:
    """Whether a talk was about one of these, as whoever recorded it knew them."""
    return talk.prisoner is not None and any(
        signposts.held_by(one, talk.recorded_at) == talk.prisoner for one in members
    )


def _all_on(whole: Facts, records: Iterable[str]) -> tuple[HoldFact, ...]:
    """Stops on any of the records are stops on the person."""
    ids = frozenset(records)
    return tuple(
        attrs.evolve(hold, target_id=whole.prisoner)
        if hold.target == "prisoner" and hold.target_id in ids
        else hold
        for hold in whole.holds
    )
