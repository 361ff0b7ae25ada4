"""Whose the second half of a decision is: the person at the keyboard, or somebody elsewhere through a slip.

Every step two people take asks this, and not the session, who its second person is.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from app.domain.errors import Code, KnownError
from app.domain.ids import PersonId
from app.domain.ports import UnitOfWork
from app.domain.roles import Action, Need, Permission, Role, permission
from app.services.context import Context


def _nothing(_work: UnitOfWork) -> None:
    """Whoever sits here has signed in already."""


@attrs.frozen
class Second:
    """Who says yes or no.

    Attributes:
        person, roles: who, and what they are today.
        slip: their signed answer as the step keeps it; empty for the person at the keyboard.
        enter: called first in the transaction: what a slip must still be, and that it is used now.
    """

    person: PersonId
    roles: frozenset[Role]
    slip: str = ""
    enter: Callable[[UnitOfWork], None] = _nothing

    def may(self, action: Action) -> Permission:
        """What the table of roles says for them."""
        return permission(self.roles, action)

    def require(self, action: Action) -> None:
        """Raise NOT_ALLOWED where their roles never do this."""
        if self.may(action).need is Need.NEVER:
            raise KnownError(Code.NOT_ALLOWED)


def at_the_keyboard(ctx: Context) -> Second:
    """The unlocked person."""
    return Second(ctx.me, ctx.roles)
