"""A programme of godparenthoods, invented from a fixed seed, that has the public figures of the real one.

Godparents so far: 107 by the end of 2020, 261 in 2021, 300 in 2022, 325 by February 2023, 399 in 2023, the
400th godparenthood in January 2024, 563 people from 24 countries by 30 September 2025. Two elections end many
mandates.
`python -m tests.programme FOLDER` makes the case file to look at by hand and prints its passphrases.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.dates import PartialDate
from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.domain.ids import RecordId, new_id
from app.domain.ports import Record
from app.domain.prisoner import Prisoner
from app.services.quoting import SaveQuoted
from app.services.session import Session

FIRST: Final = date(2020, 1, 1)
LAST: Final = date(2025, 9, 30)
WAVES: Final = (
    (107, date(2020, 7, 1), date(2020, 12, 31)),
    (154, date(2021, 1, 1), date(2021, 12, 31)),
    (39, date(2022, 1, 1), date(2022, 12, 31)),
    (25, date(2023, 1, 1), date(2023, 2, 28)),
    (74, date(2023, 3, 1), date(2023, 12, 31)),
    (1, date(2024, 1, 12), date(2024, 1, 12)),
    (98, date(2024, 1, 13), date(2024, 12, 31)),
    (65, date(2025, 1, 1), LAST),
)
"""How many people took on their first godparenthood, from when to when."""
CHAMBERS: Final = {
    "DE": ("Bundestag", "European Parliament", "Landtag of Saxony"),
    "AT": ("National Council", "Federal Council"),
    "CH": ("National Council", "Council of States"),
    "PL": ("Sejm", "Senate"),
    "LT": ("Seimas",),
    "LV": ("Saeima",),
    "EE": ("Riigikogu",),
    "SE": ("Riksdag",),
    "NO": ("Storting",),
    "FI": ("Eduskunta",),
    "DK": ("Folketing",),
    "NL": ("House of Representatives",),
    "BE": ("Chamber of Representatives",),
    "LU": ("Chamber of Deputies",),
    "FR": ("National Assembly", "Senate"),
    "IT": ("Chamber of Deputies", "Senate"),
    "ES": ("Congress of Deputies",),
    "PT": ("Assembly of the Republic",),
    "IE": ("Dáil",),
    "CZ": ("Chamber of Deputies", "Senate"),
    "SK": ("National Council",),
    "SI": ("National Assembly",),
    "UA": ("Verkhovna Rada",),
    "GB": ("House of Commons", "House of Lords"),
}
_ELECTIONS: Final = {"European Parliament": date(2024, 7, 15), "Bundestag": date(2025, 3, 24)}
_PRISONERS: Final = 420
_COUNTRY_EVERY: Final = 23
"""After so many people somebody from another country."""
_SECOND_SINCE: Final = date(2024, 2, 1)
_GIVEN: Final = ("Anna", "Birgit", "Carl", "Dorte", "Emil", "Fanny", "Georg", "Hanne", "Ivo", "Jana")
_DID: Final = ("post", "speech", "question", "letter", "call", "visit")
QUOTED: Final = (
    ("people", "over 100", PartialDate(2020, 12, 31)),
    ("people", "261", PartialDate(2021, 12, 31)),
    ("people", "300", PartialDate(2022, 12, 31)),
    ("people", "325", PartialDate(2023, 2)),
    ("people", "399", PartialDate(2023, 12, 31)),
    ("godparenthoods", "the 400th", PartialDate(2024, 1)),
    ("people", "over 560 politicians", PartialDate(2025, 9, 30)),
    ("countries", "24", PartialDate(2025, 9, 30)),
    ("prisoners", "about 1,500", PartialDate(2023, 3)),
)
SOURCE: Final = "Yearly review of an invented organisation"
LINK: Final = "https://review.example/godparents"


@attrs.frozen
class Programme:
    """Everything that is invented."""

    prisoners: tuple[Prisoner, ...]
    godparents: tuple[Godparent, ...]
    godparenthoods: tuple[Godparenthood, ...]
    actions: tuple[GodparentAction, ...]


def programme(seed: int = 5) -> Programme:
    """The same for the same seed, ids apart."""
    rng = random.Random(seed)
    prisoners = tuple(_prisoner(number) for number in range(_PRISONERS))
    people: list[Godparent] = []
    taken: list[Godparenthood] = []
    acts: list[GodparentAction] = []
    for count, first, last in WAVES:
        for _ in range(count):
            person = _godparent(len(people), rng)
            people.append(person)
            since = first + timedelta(days=rng.randrange((last - first).days + 1))
            taken += _of(person, since, prisoners, rng)
    for one in taken:
        acts += _acts(one, rng)
    return Programme(prisoners, tuple(people), tuple(taken), tuple(acts))


def _prisoner(number: int) -> Prisoner:
    return Prisoner(
        RecordId(new_id()),
        reference=f"BY-{number:04d}",
        family_name=f"Invented{number:04d}",
        given_name="Person",
        country="BY",
        status="penal_colony",
    )


def _godparent(number: int, rng: random.Random) -> Godparent:
    countries = list(CHAMBERS)
    reached = min(len(countries), number // _COUNTRY_EVERY + 1)
    country = "DE" if rng.random() < 0.45 else rng.choice(countries[: min(reached, 12)])
    if number % _COUNTRY_EVERY == 0:
        country = countries[reached - 1]
    return Godparent(
        RecordId(new_id()),
        family_name=f"Member{number:03d}",
        given_name=rng.choice(_GIVEN),
        what="minister" if rng.random() < 0.03 else "member_of_parliament",
        chamber=rng.choice(CHAMBERS[country]),
        country=country,
    )


def _of(
    person: Godparent, since: date, prisoners: tuple[Prisoner, ...], rng: random.Random
) -> Iterator[Godparenthood]:
    """One each until the 400th; of those who come later some take on a second."""
    for _ in range(2 if since >= _SECOND_SINCE and rng.random() < 0.3 else 1):
        voted_out = _ELECTIONS.get(person.chamber)
        over = voted_out is not None and since < voted_out and rng.random() < 0.5
        freed = since + timedelta(days=rng.randrange(300, 1800))
        ended = voted_out if over else freed if freed < LAST and rng.random() < 0.15 else None
        yield Godparenthood(
            RecordId(new_id()),
            prisoner=rng.choice(prisoners).id,
            godparent=person.id,
            state="ended" if ended else "active",
            since=PartialDate.of(since),
            ended_on=PartialDate.of(ended) if ended else None,
            reason="" if not ended else "mandate_lost" if over else "freed",
        )


def _acts(one: Godparenthood, rng: random.Random) -> Iterator[GodparentAction]:
    begun = one.since.last if one.since else FIRST
    until = one.ended_on.first if one.ended_on else LAST
    for _ in range(rng.randrange(5)):
        yield GodparentAction(
            RecordId(new_id()),
            godparent=one.godparent,
            prisoner=one.prisoner,
            what=rng.choice(_DID),
            on=begun + timedelta(days=rng.randrange(max(1, (until - begun).days))),
        )


def put_in(session: Session, made: Programme, *, quoted: bool = True) -> None:
    """Write it into an open case file: one entry for the people, one for each quoted figure."""
    ctx = session.context
    with ctx.writing() as work:
        records: list[Record] = [*made.prisoners, *made.godparents, *made.godparenthoods, *made.actions]
        for record in records:
            work.add(record)
        ctx.finish(work.commit(Act.LIST_BROUGHT_IN), made.godparents[0].id, Act.LIST_BROUGHT_IN, prisoners=())
    for measure, said, on in QUOTED if quoted else ():
        values = {"measure": measure, "said": said, "on": on, "source": SOURCE, "link": LINK}
        session.quoting.save(SaveQuoted(values))


def main(folder: Path) -> None:
    """Make the case file."""
    from tests.services.office import OFFICER, REPORTS, another_office

    office = another_office(folder)
    with office.as_person(OFFICER) as session:
        put_in(session, programme())
    sys.stdout.write(f"Vera O.: {OFFICER}\nIda S.: {REPORTS}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
