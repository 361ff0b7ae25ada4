"""Names that may not stand in a report, besides those of relatives."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.godparent import Godparent
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, full_names
from app.domain.report import Desk
from app.domain.roles import Action
from app.reports.compose import Composition
from app.reports.verify.names import ProtectedName
from app.services.context import Context
from app.services.same_person import every_id
from app.services.stamps import protected, spellings_of


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


def others_than(reader: Reader, prisoners: Iterable[str]) -> list[ProtectedName]:
    """Every prisoner but these, under every id they ever had: a message is about one."""
    own = {one for prisoner in prisoners for one in every_id(reader, prisoner)}
    return [
        ProtectedName(prisoner.id, name)
        for prisoner in reader.find(Prisoner)
        if prisoner.id not in own and not prisoner.anonymous
        for name in full_names(prisoner)
    ]


def relatives(reader: Reader) -> list[ProtectedName]:
    """Every name, number and address of relatives this person can open."""
    return [ProtectedName(one.id, text) for one in protected(reader) for text in spellings_of([one])]


def searches_all(ctx: Context, reader: Reader) -> bool:
    """Whether this person holds what it takes to search for the names of all relatives."""
    if not (ctx.keys.desks and ctx.may(Action.SEARCH_NAMES).allowed):
        return False
    return {one.id for one in reader.find(Desk)} <= {str(key.desk) for key in ctx.keys.desks}


def not_cleared(reader: Reader, composition: Composition) -> list[ProtectedName]:
    """Prisoners who are not named here: their names may not stand anywhere in the files either."""
    others = reader.get_many(Prisoner, [*composition.figures_only, *composition.left_out])
    names: list[ProtectedName] = []
    for prisoner in others.values():
        if prisoner.anonymous:
            continue
        names += [ProtectedName(prisoner.id, name) for name in full_names(prisoner)]
    return names
