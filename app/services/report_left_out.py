"""Who is not named in a report, and who is named without something the kind would carry."""

from __future__ import annotations

from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.reports.compose import Composition
from app.services.report_views import LeftOut, Missing, Names
from app.services.same_person import every_id
from app.services.single_uses import Uses, read_uses

NotNamed = tuple[tuple[LeftOut, ...], tuple[Missing, ...]]
"""Who is left out, and who is named without something."""


def not_named_of(reader: Reader, composition: Composition, names: Names) -> NotNamed:
    """Both."""
    return left_out_of(reader, composition, names), missing_of(reader, composition, names)


def left_out_of(reader: Reader, composition: Composition, names: Names) -> tuple[LeftOut, ...]:
    """Who is not named, by name."""
    counted = set(composition.figures_only)
    everyone = [*composition.figures_only, *composition.left_out]
    people = reader.get_many(Prisoner, everyone)
    because = composition.because
    found = [
        LeftOut(key, display_name(people[key]), key in counted, because.get(key), names(people[key].owner))
        for key in everyone
    ]
    return tuple(sorted(found, key=lambda row: row.name))


def missing_of(reader: Reader, composition: Composition, names: Names) -> tuple[Missing, ...]:
    """Who is named without something."""
    people = reader.get_many(Prisoner, {row.prisoner for row in composition.missing})
    once = [row.prisoner for row in composition.missing if row.once]
    uses = read_uses(reader, {each for one in once for each in every_id(reader, one)}) if once else Uses()
    found = []
    for row in composition.missing:
        person = people[row.prisoner]
        used = uses.last(every_id(reader, row.prisoner)) if row.once and row.there else ""
        whose = (row.prisoner, display_name(person), row.column, row.old, names(person.owner))
        found.append(Missing(*whose, row.there, used))
    return tuple(found)
