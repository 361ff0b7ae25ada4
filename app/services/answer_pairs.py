"""Second yeses to answers: whether the two might say them together, by what each was when they signed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from app.domain.conversation import Conversation, Countersign
from app.domain.port_values import RelativeFacts
from app.domain.ports import Reader
from app.domain.roles import Role, pair_allowed
from app.domain.two_people import BYPASSED, action_of
from app.services.written_once import roles_when_writing

RolesOf = Callable[[str, str | None], frozenset[Role]]
"""Of the record somebody signed, and whom it names: what they were then."""


def pairs_not_allowed(
    conversations: Iterable[Conversation], countersigns: Iterable[Countersign], roles_of: RolesOf
) -> Iterator[str]:
    """Ids of yeses by a second person who may not give them together with who recorded the answer.

    One person alone is no pair: whether that counts is asked by the ledger.
    """
    said = {(str(talk.id), one.answer): (talk, one) for talk in conversations for one in talk.answers}
    for sign in countersigns:
        found = said.get((sign.conversation or "", sign.answer))
        if found is None or not sign.granted or not sign.by or sign.by == found[0].recorded_by:
            continue
        talk, answer = found
        pair = roles_of(talk.id, talk.recorded_by), roles_of(sign.id, sign.by)
        if not pair_allowed(*pair, action_of(answer)):
            yield sign.id


def not_theirs(reader: Reader, families: Iterable[list[RelativeFacts]]) -> frozenset[str]:
    """Second yeses that name somebody who did not sign them, and those to a bypass by two who might not.

    What leaves the house is refused for one of these (`vouched`); no screen says yes for one either.
    """
    everybody = [one for family in families for one in family]
    wrong = set(reader.not_theirs([sign for one in everybody for sign in one.countersigns]))
    roles_of = partial(roles_when_writing, reader)
    for one in everybody:
        bypasses = [talk for talk in one.conversations if any(said.kind == BYPASSED for said in talk.answers)]
        wrong.update(pairs_not_allowed(bypasses, one.countersigns, roles_of) if bypasses else ())
    return frozenset(wrong)
