"""The grants that bring somebody in, for tests; the program makes them in `app.services.people`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import attrs

from app.casefile.grants import Granter, SignedGrant, countersign
from app.casefile.roster import DESK_ROLES, Roster
from app.crypto.keys import DeskKey, MainKey, PersonKeys
from app.domain.errors import Code, KnownError
from app.domain.ids import OriginId, PersonId
from app.domain.roles import Role


@attrs.frozen
class Joining:
    """Somebody who joins.

    Attributes:
        newcomer: their fresh keys (`access.new_person`).
        name: as shown.
        roles: what they will do.
        desk_keys: of the desks they will work for; officers get all there are.
    """

    newcomer: PersonKeys
    name: str
    roles: frozenset[Role]
    desk_keys: tuple[DeskKey, ...] = ()


def needs_second(roster: Roster, granter: PersonId, joining: Joining) -> bool:
    """Whether any grant of this joining takes a second person."""
    officer = Role.OFFICER in joining.roles
    return (officer and not _alone(roster, granter, joining, desk_key=False)) or (
        bool(joining.desk_keys) and not _alone(roster, granter, joining, desk_key=True)
    )


def grants_to_join(
    roster: Roster,
    granter: PersonKeys,
    joining: Joining,
    main: MainKey,
    origin: OriginId,
    moment: datetime,
    second: PersonKeys | None = None,
) -> tuple[SignedGrant, ...]:
    """The grants in their order: place in the list, MAIN, desks.

    Args:
        roster: as it is before.
        granter: an officer.
        joining: who, and as what.
        main: of the case file.
        origin: this copy's.
        moment: now.
        second: keys of the second person, where they are here; otherwise the grants that take two come
            without a second signature and count only once `countersign` has added it.

    Raises:
        KnownError: ROSTER_REPLACED; NOT_ALLOWED, a desk's key for somebody who may not have one.
    """
    roster.check()
    if joining.desk_keys and not joining.roles & DESK_ROLES:
        raise KnownError(Code.NOT_ALLOWED)
    officer = Role.OFFICER in joining.roles
    alone = Granter(granter, roster.case_file, origin, moment, one_person=True)
    plain = attrs.evolve(alone, one_person=False)
    who, public = joining.newcomer.person, joining.newcomer.public
    joins = alone if officer and _alone(roster, granter.person, joining, desk_key=False) else plain
    gives = alone if _alone(roster, granter.person, joining, desk_key=True) else plain
    place = joins.person(who, public, joining.name, joining.roles)
    desks = [gives.desk(who, public, desk_key) for desk_key in joining.desk_keys]
    if second is not None:
        place = countersign(place, second) if officer and not joins.one_person else place
        desks = [countersign(grant, second) for grant in desks] if not gives.one_person else desks
    return (place, plain.main(who, public, main), *desks)


def waiting(grants: Sequence[SignedGrant], joining: Joining) -> Collection[SignedGrant]:
    """Those of these grants that still want a second signature."""
    officer = Role.OFFICER in joining.roles
    return [
        signed
        for signed in grants
        if signed.second is None
        and not (grant := signed.grant()).one_person
        and (bool(grant.desk) or (officer and bool(grant.name)))
    ]


def _alone(roster: Roster, granter: PersonId, joining: Joining, *, desk_key: bool) -> bool:
    suffices = roster.one_person_suffices(joining.newcomer.person, desk_key=desk_key)
    return granter == roster.founder and suffices
