"""Somebody leaves: the signed grant that ends their part, as an officer makes it; no page does that yet."""

from __future__ import annotations

from app.casefile.grants import Granter
from app.domain.acts import Act
from app.domain.case_file import CaseFileFacts
from app.domain.ids import OriginId
from app.services.granting import stored_grant
from app.services.session import Session


def leaves_the_office(session: Session, name: str) -> str:
    """End somebody's part in the case file; gives their id. Unlock again to see it."""
    ctx = session.context
    one = next(each for each in ctx.keys.roster.people.values() if each.name == name)
    with ctx.reading() as reader:
        origin = OriginId(reader.find(CaseFileFacts)[0].origin)
    granter = Granter(ctx.keys.opened().keys, ctx.case_file, origin, ctx.now())
    with ctx.writing() as work:
        work.add(stored_grant(granter.person(one.id, one.public, one.name, ())))
        work.commit(Act.PERSON_ADDED)
    return one.id
