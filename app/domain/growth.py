"""What a growth report counts, and how: every definition in one place. Pure.

* A **godparenthood** counts once it was accepted and its beginning is written down; what was only proposed or
  declined, and what was entered by mistake, never does.
* **So far**: taken on by that day, also if it has ended since. **On the day**: not ended by it; a pause is
  no end.
* **Active**: on the day, and the godparent did something for this prisoner, or for none in particular, in the
  twelve months up to it.
* **Countries and chambers** are those of the godparents so far; nothing written down counts for none.
* A beginning without a day counts from the last day it can mean on, an end from the first: nobody counts
  before it is sure that they had begun, or after they may have ended.
* What counts is what was recorded by one entry of the log; on which day it counts, its own dates say. A case
  file that is younger than the programme could otherwise tell nothing of the years before it.

Source: product.md, *What the programme is really like*; reports.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import attrs

from app.domain.dates import PartialDate, add_months
from app.domain.godparent import Godparent, GodparentAction, Godparenthood

MEASURES: Final = (
    "people",
    "godparenthoods",
    "people_on_day",
    "godparenthoods_on_day",
    "active",
    "countries",
    "chambers",
)
"""What is counted for every day, in the order of the columns."""
_TAKEN_ON: Final = frozenset({"accepted", "active", "dormant", "paused", "ended"})
_NEVER_TAKEN_ON: Final = frozenset({"declined", "mistake"})
_DAY: Final = timedelta(days=1)


@attrs.frozen
class Taken:
    """A godparenthood that counts.

    Attributes:
        begun: the first day it counts on.
        ended: the first day it does not stand on any more.
        acted: days something was done in it.
    """

    id: str
    godparent: str
    begun: date
    ended: date | None = None
    reason: str = ""
    acted: frozenset[date] = frozenset()

    def stands_on(self, day: date) -> bool:
        """Whether it stood on a day."""
        return self.begun <= day and (self.ended is None or self.ended > day)

    def active_on(self, day: date) -> bool:
        """Whether it stood on a day and something was done in the twelve months up to it."""
        return self.stands_on(day) and any(add_months(day, -12) < one <= day for one in self.acted)


@attrs.frozen
class Programme:
    """All godparenthoods that count, and who the godparents are.

    Attributes:
        undated: godparenthoods that were taken on, nobody wrote down when.
    """

    taken: tuple[Taken, ...]
    people: Mapping[str, Godparent] = attrs.field(repr=False)
    undated: int = 0

    def so_far(self, day: date) -> list[Taken]:
        """Taken on by a day."""
        return [one for one in self.taken if one.begun <= day]

    def on(self, day: date) -> list[Taken]:
        """Standing on a day."""
        return [one for one in self.taken if one.stands_on(day)]

    def count(self, day: date) -> dict[str, int]:
        """Every measure on a day."""
        so_far, standing = self.so_far(day), self.on(day)
        people = [self.people[one] for one in {one.godparent for one in so_far}]
        return {
            "people": len(people),
            "godparenthoods": len(so_far),
            "people_on_day": len({one.godparent for one in standing}),
            "godparenthoods_on_day": len(standing),
            "active": sum(one.active_on(day) for one in standing),
            "countries": len({one.country for one in people if one.country}),
            "chambers": len({chamber_of(one) for one in people if one.chamber}),
        }

    def by(self, of: str, day: date) -> list[tuple[str, tuple[int, int, int]]]:
        """People so far, people and godparenthoods on a day; by country, chamber or kind, largest first."""
        found: dict[str, tuple[set[str], set[str], set[str]]] = {}
        for one in self.so_far(day):
            so_far, on_day, standing = found.setdefault(
                _group(self.people[one.godparent], of), (set(), set(), set())
            )
            so_far.add(one.godparent)
            if one.stands_on(day):
                on_day.add(one.godparent)
                standing.add(one.id)
        counted = [
            (key, (len(so_far), len(on_day), len(standing)))
            for key, (so_far, on_day, standing) in found.items()
        ]
        return sorted(counted, key=lambda row: (not row[0], -row[1][0], row[0].casefold()))

    def moved(self, first: date, last: date) -> tuple[int, int, int]:
        """Taken on, ended, and ended with a mandate, from a first to a last day."""
        begun = sum(first <= one.begun <= last for one in self.taken)
        over = [one for one in self.taken if one.ended is not None and first <= one.ended <= last]
        return begun, len(over), sum(one.reason == "mandate_lost" for one in over)

    def known(self, was: frozenset[str]) -> Programme:
        """The same without what was recorded later.

        Args:
            was: ids of godparenthoods and godparents there were.
        """
        kept = (one for one in self.taken if one.id in was and one.godparent in was)
        return attrs.evolve(self, taken=tuple(kept))


def programme_of(
    people: Iterable[Godparent],
    godparenthoods: Iterable[Godparenthood],
    actions: Iterable[GodparentAction],
) -> Programme:
    """What counts, of everything there is."""
    acted: dict[tuple[str, str], set[date]] = {}
    for act in actions:
        if act.on is not None and act.godparent:
            acted.setdefault((act.godparent, act.prisoner or ""), set()).add(act.on)
    known = {str(one.id): one for one in people}
    taken: list[Taken] = []
    undated = 0
    for one in godparenthoods:
        counts = one.state in _TAKEN_ON and one.reason not in _NEVER_TAKEN_ON and one.godparent in known
        over = one.state == "ended"
        if not counts:
            continue
        if one.since is None or (over and one.ended_on is None):
            undated += 1
            continue
        person = one.godparent or ""
        did = acted.get((person, one.prisoner or ""), set()) | acted.get((person, ""), set())
        ended = one.ended_on.first if one.ended_on is not None and over else None
        taken.append(Taken(one.id, person, one.since.last, ended, one.reason, frozenset(did)))
    return Programme(tuple(sorted(taken, key=lambda each: (each.begun, each.id))), known, undated)


def year_ends(first: date, last: date, begun: date) -> list[date]:
    """The days a report counts on: every last day of a year of the period, and the period's last day."""
    years = range(max(first, begun).year, last.year)
    return [*(date(year, 12, 31) for year in years), last]


def spans(days: Sequence[date], first: date) -> Iterator[tuple[date, date]]:
    """From the day after one of these days to the next; the first from the beginning of its year."""
    before = max(first, date(days[0].year, 1, 1)) if days else first
    for day in days:
        yield before, day
        before = day + _DAY


@attrs.frozen
class ToldBefore:
    """A figure an earlier report told: which, of which day, how much, and in which report.

    Attributes:
        was: ids of the godparents and godparenthoods recorded by then.
        same_rules: whether that report counted by the definitions of today.
    """

    measure: str
    on: date
    value: int
    report: str
    was: frozenset[str] = attrs.field(default=frozenset(), repr=False)
    same_rules: bool = True


@attrs.frozen
class Restated:
    """A figure that is told differently now.

    Attributes:
        later: by how much because of what was recorded since.
        corrected: by how much because of what was corrected or taken out since.
    """

    measure: str
    on: date
    before: int
    now: int
    report: str
    later: int
    corrected: int
    same_rules: bool = True


def restated(programme: Programme, told: Iterable[ToldBefore]) -> list[Restated]:
    """What is told differently from earlier reports, by day and in the order of the measures."""
    found = []
    counts: dict[date, dict[str, int]] = {}
    for one in told:
        now = counts.setdefault(one.on, programme.count(one.on))[one.measure]
        if now != one.value:
            known = programme.known(one.was).count(one.on)[one.measure]
            found.append(
                Restated(
                    *(one.measure, one.on, one.value, now, one.report, now - known, known - one.value),
                    same_rules=one.same_rules,
                )
            )
    return sorted(found, key=lambda each: (each.on, MEASURES.index(each.measure)))


def day_of(on: PartialDate | None) -> date | None:
    """The day a quoted figure is compared on: the last it can mean."""
    return None if on is None else on.last


def chamber_of(one: Godparent) -> str:
    """A chamber with its country, `PL/Senate`: two parliaments may call theirs the same."""
    return f"{one.country}/{' '.join(one.chamber.split())}" if one.chamber else ""


def _group(one: Godparent, of: str) -> str:
    if of == "country":
        return one.country
    return chamber_of(one) if of == "chamber" else one.what
