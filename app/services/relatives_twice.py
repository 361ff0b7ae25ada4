"""Relatives of one prisoner who look like one person: shown, never joined.

Two records merged into one bring two families along, and a workbook with families on two sheets makes two
relatives of one mother. What each said stays with each: to join them would have to unite their answers, and a
yes of the one must not become a yes of the other. So a person is told, and says what is true.
Only the register is read; a name is opened by nobody for this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.apart import Apart, apart_id
from app.domain.errors import Code, KnownError
from app.domain.port_values import RelativeHead
from app.domain.ports import Reader
from app.domain.roles import Action
from app.services import kept_lights
from app.services.context import Context, Saved

_ONE_ONLY: Final = frozenset({"self", "mother", "father", "wife", "husband", "spouse", "partner"})
"""Relations nobody has two of at one time; who married again says so once."""
_MOST_OF_A_FAMILY: Final = 12
"""More of one relation is a list read wrongly, and every pair of it is no help."""


@attrs.frozen
class RelativesPair:
    """Two of one family who may be one person.

    Attributes:
        prisoner: whose family.
        relation: of both.
        nicknames: as the register has them, perhaps empty.
        apart: somebody said that they are two.
        by: who.
    """

    one: str
    other: str
    prisoner: str
    prisoner_name: str
    relation: str
    nicknames: tuple[str, str]
    apart: bool = False
    by: str = ""


def relatives_twice(ctx: Context, reader: Reader) -> tuple[RelativesPair, ...]:
    """Pairs in the order of the list, those nobody looked at first; none for who may not read relatives."""
    if not reader.has_desk_key or not ctx.may(Action.READ_RELATIVES).allowed:
        return ()
    families: dict[tuple[str, str], list[RelativeHead]] = defaultdict(list)
    for head in kept_lights.heads(ctx, reader):
        families[head.prisoner, head.relation].append(head)
    alike = [pair for (_of, relation), heads in families.items() for pair in _alike(relation, heads)]
    told = reader.get_many(Apart, [apart_id(one.id, other.id) for one, other in alike]) if alike else {}
    found = []
    for one, other in alike:
        said = told.get(apart_id(one.id, other.id))
        apart = said is not None and said.apart
        by = ctx.name_of(said.by) if said is not None and apart else ""
        nicknames = (one.nickname, other.nickname)
        found.append(
            RelativesPair(
                *(one.id, other.id, one.prisoner, one.prisoner_name, one.relation, nicknames, apart, by)
            )
        )
    return tuple(sorted(found, key=lambda pair: pair.apart))


def say_of_relatives(ctx: Context, one: str, other: str, *, apart: bool) -> Saved:
    """Remember that two relatives are not one person, or forget it again.

    The log and the table say that somebody looked at two relatives, and neither says which.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND where they are not two of one family, ALREADY_DONE.
    """
    ctx.require(Action.BRING_IN_LIST)
    ctx.require(Action.READ_RELATIVES)
    act = Act.RELATIVES_KEPT_APART if apart else Act.RELATIVES_APART_TAKEN_BACK
    pair = apart_id(one, other)
    with ctx.writing() as work:
        heads = work.relative_heads(ids=sorted({one, other}))
        if len(heads) != 2 or heads[0].prisoner != heads[1].prisoner:
            raise KnownError(Code.NOT_FOUND, one)
        found = work.get_many(Apart, [pair]).get(pair)
        if (found is not None and found.apart) == apart:
            raise KnownError(Code.ALREADY_DONE, one)
        said = Apart(pair, 0, str(pair), str(pair), apart, ctx.me, ctx.moment(work))
        if found is None:
            work.add(said)
        else:
            work.save(attrs.evolve(said, version=found.version), found.version)
        committed = work.commit(act)
    return ctx.finish(committed, pair, act, undo=True, prisoners=())


def _alike(relation: str, heads: list[RelativeHead]) -> Iterator[tuple[RelativeHead, RelativeHead]]:
    if not 1 < len(heads) <= _MOST_OF_A_FAMILY:
        return
    for one, other in combinations(sorted(heads, key=lambda head: head.id), 2):
        nickname = one.nickname.strip().casefold()
        if relation in _ONE_ONLY or (nickname and nickname == other.nickname.strip().casefold()):
            yield one, other
