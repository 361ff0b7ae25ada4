"""Audiences as sets: internal < godparent X < all godparents < public, and internal < institution Y < public.

A yes for a wider audience covers the narrower; a no for a narrower covers every wider.
"""

from __future__ import annotations

import attrs

from app.domain.consent_purposes import (
    ALL_GODPARENTS,
    AUDIENCES,
    INTERNAL,
    NAMED,
    NAMED_GODPARENT,
    NAMED_INSTITUTION,
    PUBLIC,
)


@attrs.frozen(slots=True)
class Asked:
    """The audience a request asks for.

    Attributes:
        recipients: ids or names of those who will see it, where they are known.
        event: the one event it is for.
        as_public: counts as public: public itself, or "all godparents" for photo, health, family, quote.
    """

    audience: str
    recipients: frozenset[str] = frozenset()
    event: str = ""
    as_public: bool = False

    @property
    def outside(self) -> bool:
        """Whether anything leaves the house."""
        return self.audience != INTERNAL

    @property
    def clear(self) -> bool:
        """A known audience that names its recipients where it has to."""
        return self.audience in AUDIENCES and (self.audience not in NAMED or bool(self.recipients))


def yes_covers(audience: str, recipients: frozenset[str], asked: Asked) -> bool:
    """Whether a yes for this audience contains the asked one and, if named, names every asked recipient."""
    if audience not in AUDIENCES or (audience in NAMED and not recipients) or not asked.clear:
        return False
    if asked.audience == INTERNAL:
        return True
    if recipients and not (asked.audience in NAMED and asked.recipients <= recipients):
        return False
    if audience == asked.audience or audience == PUBLIC:
        return True
    return audience == ALL_GODPARENTS and asked.audience == NAMED_GODPARENT


def no_touches(audience: str, recipients: frozenset[str], asked: Asked) -> bool:
    """Whether a no for this audience lies inside the asked one or shares a recipient with it.

    A no whose audience is empty or unknown is a no to everything; a named one that names nobody means any.
    """
    if audience not in AUDIENCES or audience == INTERNAL:
        return True
    if asked.audience == INTERNAL:
        return False
    if recipients & asked.recipients or asked.audience == PUBLIC:
        return True
    if asked.audience == ALL_GODPARENTS:
        return _reaches_all_godparents(audience, recipients, asked)
    if recipients and asked.recipients:
        return False  # both name whom they mean, and it is nobody in common
    return audience == asked.audience


def _reaches_all_godparents(audience: str, recipients: frozenset[str], asked: Asked) -> bool:
    if audience == NAMED_INSTITUTION:
        return False
    if audience == PUBLIC and not recipients:
        return asked.as_public
    return audience in (NAMED_GODPARENT, ALL_GODPARENTS, PUBLIC)
