"""A crowd that is named like people are: a few family names many have, a long tail that one family has.

Half of it has the family names of `casework`, which all begin alike: nobody is named so, and no key pressed
is harder to answer. The other half is put together by `names.people`, in two scripts, so that the commonest
family name is one in forty's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from app.domain.acts import Act
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.services.session import Session
from tests.benchmarks.casework import somebody
from tests.benchmarks.names.people import MEN, WOMEN, surnames

_SEED: Final = 16
_SURNAMES: Final = 1_000
_AT_ONCE: Final = 50_000
_STATUSES: Final = ("penal_colony", "pre_trial", "released", "home", "prison")
_TOWNS: Final = ("Homiel", "Viciebsk", "Mahilioŭ", "Hrodna", "Brest")


def gathered(session: Session, number: int) -> tuple[str, ...]:
    """So many people, in transactions of a size a list has; gives the commonest family names."""
    chance = random.Random(_SEED)
    families = surnames(chance, _SURNAMES)
    crowd = _crowd(chance, families, number)
    for start in range(0, number, _AT_ONCE):
        with session.context.writing() as work:
            work.add_many(next(crowd) for _ in range(min(_AT_ONCE, number - start)))
            work.commit(Act.PRISONER_ADDED)
    return tuple(his[0].capitalize() for his, _hers in families[:3])


def _crowd(
    chance: random.Random, families: list[tuple[tuple[str, str], tuple[str, str]]], number: int
) -> Iterator[Prisoner]:
    weights = list(accumulate(1 / (place + 5) for place in range(len(families))))
    for place in range(number):
        if place % 2:
            yield somebody(place)
            continue
        (his, hers) = chance.choices(families, cum_weights=weights)[0]
        man, script = chance.random() < 0.8, chance.randrange(2)
        yield Prisoner(
            RecordId(new_id()),
            reference=f"BY-{place:07d}",
            family_name=(his if man else hers)[script].capitalize(),
            given_name=chance.choice(MEN if man else WOMEN).split()[script],
            status=chance.choice(_STATUSES),
            occupation=chance.choice(
                ("", "turner", "nurse", "journalist", "teacher in " + chance.choice(_TOWNS))
            ),
        )
