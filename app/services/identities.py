"""Opening who a relative is: the log entry is committed first, then the name is opened; nothing keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import new_id
from app.domain.ports import UnitOfWork
from app.domain.relative import Identity, Relative
from app.domain.roles import Action
from app.domain.rows import Light
from app.domain.showing import Showing
from app.services import contacting, editing, lights, widening
from app.services.context import Context, Saved
from app.services.stamps import withdraw_hit
from app.services.validate import with_values

_TO_CORRECT: Final = "correction"
COPIED_FIELDS: Final = ("phones", "handles", "emails")
"""What may be copied, one at a time."""


@attrs.frozen
class EditIdentity:
    """Set these fields of the identity seen at `base_version`, after it was shown."""

    relative: str
    base_version: int
    values: Mapping[str, object] = attrs.field(repr=False)


@attrs.frozen
class ShowIdentity:
    """Open a name for one talk.

    Attributes:
        reason: of the vocabulary `show_reason`; empty where a valid yes says why.
        words: why they have to be warned, where a stop, a no or silence forbids contact.
    """

    relative: str
    reason: str = ""
    words: str = attrs.field(default="", repr=False)


@attrs.frozen
class CopyNumber:
    """Copy one number or address: the field of `Identity` and its place in there, never the text itself."""

    relative: str
    field: str
    place: int


def show(ctx: Context, command: ShowIdentity) -> Identity:
    """Open a name for one talk.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND (nobody recorded who it is), UNKNOWN_TERM,
            INVALID_FIELD (`reason` is needed: no valid yes for contact, or something forbids it; `words` are
            needed: to warn somebody whom we may not contact).
    """
    ctx.require(Action.SHOW_IDENTITY)
    with ctx.writing() as work:
        relative = work.get(Relative, command.relative)
        if relative.identity is None:
            raise KnownError(Code.NOT_FOUND, command.relative)
        facts = widening.facts_now(ctx, work, relative.prisoner or "")
        light, _until = lights.may_contact(ctx, facts, relative.id)
        talks = [talk for one in work.relative_facts(ids=[relative.id]) for talk in one.conversations]
        rule = contacting.rule_for(ctx, work, facts, relative, talks)
        if not command.reason and (light not in (Light.YES, Light.ENDS) or not rule.allowed):
            raise KnownError(Code.INVALID_FIELD, "reason", field="reason")
        if command.reason in contacting.TO_ASK and rule.may in contacting.NOTHING_TO_ASK:
            raise KnownError(Code.INVALID_FIELD, "reason", field="reason")
        words = command.words.strip() if command.reason == Showing.WARNED and not rule.allowed else ""
        if command.reason == Showing.WARNED and not rule.allowed and not words:
            raise KnownError(Code.INVALID_FIELD, "words", field="words")
        record_showing(ctx, work, relative.id, "name", command.reason, words)
        work.mention(Identity, relative.identity)
        committed = work.commit(Act.SHOWN)
    with ctx.reading() as reader:
        return reader.open_identity(Identity, relative.identity, committed.sequence)


def copy(ctx: Context, command: CopyNumber) -> str:
    """Give one number or address for the clipboard, once it is recorded.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, INVALID_FIELD (not something one copies).
    """
    ctx.require(Action.SHOW_IDENTITY)
    if command.field not in COPIED_FIELDS:
        raise KnownError(Code.INVALID_FIELD, command.field, field=command.field)
    with ctx.writing() as work:
        relative = work.get(Relative, command.relative)
        if relative.identity is None:
            raise KnownError(Code.NOT_FOUND, command.relative)
        record_showing(ctx, work, relative.id, "copied", "")
        work.mention(Identity, relative.identity)
        committed = work.commit(Act.COPIED)
    with ctx.reading() as reader:
        identity = reader.open_identity(Identity, relative.identity, committed.sequence)
    values: tuple[str, ...] = getattr(identity, command.field)
    if not 0 <= command.place < len(values):
        raise KnownError(Code.NOT_FOUND, command.relative)
    return values[command.place]


def record_showing(
    ctx: Context, work: UnitOfWork, relative: str, what: str, reason: str, words: str = ""
) -> None:
    """Write down that something of somebody is opened now; the caller commits before it opens it."""
    values = {"relative": relative, "what": what, "reason": reason, "words": words}
    showing = editing.new_record(Showing, ctx.lasting_id(), values)
    work.add(attrs.evolve(showing, by=ctx.me, at=ctx.now()))


def edit(ctx: Context, command: EditIdentity) -> Saved:
    """Change who somebody is, or record it for the first time.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, CONFLICT, NOTHING_CHANGED and what a bad value
            raises.
    """
    ctx.require(Action.SHOW_IDENTITY)
    with ctx.reading() as reader:
        relative = reader.get(Relative, command.relative)
    if relative.identity is None:
        return _first(ctx, relative, command)
    identity = show(ctx, ShowIdentity(command.relative, _TO_CORRECT))
    if identity.version != command.base_version:
        raise KnownError(Code.CONFLICT, *sorted(command.values))
    made = with_values(identity, command.values)
    with ctx.writing() as work:
        work.save(made, identity.version)
        withdraw_hit(work, made)
        committed = work.commit(Act.SEALED_CHANGED)
    return ctx.finish(committed, command.relative, Act.SEALED_CHANGED, prisoners=())


def _first(ctx: Context, relative: Relative, command: EditIdentity) -> Saved:
    identity = editing.new_record(Identity, new_id(), command.values)
    with ctx.writing() as work:
        work.add(identity)
        withdraw_hit(work, identity)
        work.save(attrs.evolve(relative, identity=identity.id), relative.version)
        committed = work.commit(Act.SEALED_CHANGED)
    return ctx.finish(committed, relative.id, Act.SEALED_CHANGED, prisoners=())
