"""Whom an entry let into the case file, and as what: people who work here, so that every reader may know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from app.casefile.grants import Grant, GrantKind
from app.domain.acts import Act
from app.domain.rows import LogRow
from app.i18n import _
from app.role_words import roles_words
from app.services.context import Context

_ACTS = ("person.", "trustee.")


def with_people(ctx: Context, rows: Sequence[LogRow]) -> list[LogRow]:
    """The rows, those about the list of people with whom it is about."""
    if not any(row.act.startswith(_ACTS) for row in rows):
        return list(rows)
    grants = {str(one.id): one for one in ctx.keys.roster.grants}
    return [
        attrs.evolve(row, about=_words(ctx, row, [grants[one] for one in row.records if one in grants]))
        if row.act.startswith(_ACTS)
        else row
        for row in rows
    ]


def _words(ctx: Context, row: LogRow, found: Sequence[Grant]) -> str:
    """As `granted_words`; of changed roles what they were before, too."""
    words = granted_words(ctx, found)
    changed = next((one for one in found if one.kind is GrantKind.PERSON), None)
    if row.act != Act.PERSON_CHANGED or changed is None:
        return words
    grants = ctx.keys.roster.grants
    places = [one for one in grants if one.kind is GrantKind.PERSON and one.recipient == changed.recipient]
    before = places[: places.index(changed)]
    was = roles_words(sorted(before[-1].roles)) if before else ""
    return _("{who} (before: {roles})").format(who=words, roles=was) if was else words


def granted_words(ctx: Context, grants: Iterable[Grant]) -> str:
    """ "Maria W. · Coordinator": who gets what, with the place on the list of people first."""
    ordered = sorted(grants, key=lambda one: one.kind is not GrantKind.PERSON)
    if not ordered:
        return ""
    first = ordered[0]
    name = first.name or ctx.name_of(first.recipient)
    if first.kind is not GrantKind.PERSON:
        return name
    return " · ".join(part for part in (name, roles_words(sorted(first.roles))) if part)
