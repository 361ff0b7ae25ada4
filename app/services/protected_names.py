"""Names that may not stand in a report, besides those of relatives."""

from __future__ import annotations

from app.domain.godparent import Godparent
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, full_names
from app.reports.compose import Composition
from app.reports.verify.names import ProtectedName
from app.services.context import Context


def everybody(ctx: Context, reader: Reader) -> list[ProtectedName]:
    """Whom a report that names nobody must not name: prisoners, godparents, the people here."""
    names = [
        ProtectedName(prisoner.id, name)
        for prisoner in reader.find(Prisoner)
        for name in full_names(prisoner)
    ]
    names += [
        ProtectedName(one.id, f"{one.given_name} {one.family_name}".strip()) for one in reader.find(Godparent)
    ]
    people = ctx.keys.roster.people.values()
    return names + [ProtectedName(one.id, one.name) for one in people]


def not_cleared(reader: Reader, composition: Composition) -> list[ProtectedName]:
    """Prisoners who are not named here: their names may not stand anywhere in the files either."""
    others = reader.get_many(Prisoner, [*composition.figures_only, *composition.left_out])
    names: list[ProtectedName] = []
    for prisoner in others.values():
        if prisoner.anonymous:
            continue
        names += [ProtectedName(prisoner.id, name) for name in full_names(prisoner)]
    return names
