"""Opening who a relative is: the log entry is committed first, then the name is opened; nothing keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.consent_contact import ContactRule, MayContact
from app.domain.consent_facts import Facts
from app.domain.conversation import Conversation
from app.domain.errors import Code, KnownError
from app.domain.ids import new_id
from app.domain.ports import Reader, UnitOfWork
from app.domain.relative import Identity, Relative
from app.domain.roles import Action
from app.domain.rows import Light
from app.domain.showing import Showing
from app.services import contacting, editing, lights, widening
from app.services.context import Context, Saved
from app.services.openings import NOTHING_TO_ASK, Opening, is_open, stands_against
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
        words: why it is opened all the same, where something forbids contact (`words_needed`).
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
            needed: as `words_needed`).
    """
    ctx.require(Action.SHOW_IDENTITY)
    with ctx.writing() as work:
        relative = _known(work, command.relative)
        words = checked_words(ctx, work, relative, command.reason, command.words)
        facts, talks = _facts_of(ctx, work, relative)
        record_showing(ctx, work, relative.id, "name", command.reason, words)
        against = stands_against(facts, relative, contacting.rule_for(ctx, work, facts, relative, talks))
        work.mention(Identity, relative.identity or "")
        committed = work.commit(Act.SHOWN)
    ctx.opened.names[relative.id] = Opening(ctx.now(), against)
    with ctx.reading() as reader:
        return reader.open_identity(Identity, relative.identity or "", committed.sequence)


def checked_words(ctx: Context, reader: Reader, relative: Relative, reason: str, words: str) -> str:
    """The words to be recorded with this reason: "" where none are asked for.

    One rule for everything of a person that is opened: their name, and what was kept of a talk with them.

    Raises:
        KnownError: INVALID_FIELD (`reason`: none where one is needed, or one to ask somebody whom nobody
            asks; `words`: none where they are needed).
    """
    facts, talks = _facts_of(ctx, reader, relative)
    rule = contacting.rule_for(ctx, reader, facts, relative, talks)
    light, _until = lights.may_contact(ctx, facts, relative.id)
    if not reason and reason_needed(light, rule):
        raise KnownError(Code.INVALID_FIELD, "reason", field="reason")
    if reason in contacting.TO_ASK and rule.may in NOTHING_TO_ASK:
        raise KnownError(Code.INVALID_FIELD, "reason", field="reason")
    if not words_needed(rule, reason):
        return ""
    if not words.strip():
        raise KnownError(Code.INVALID_FIELD, "words", field="words")
    return words.strip()


def reason_needed(light: Light, rule: ContactRule) -> bool:
    """Whether a name opens only for a reason: no valid yes for contact says why, or something forbids it."""
    by_itself = rule.allowed and rule.may is not MayContact.WARNING
    return light not in (Light.YES, Light.ENDS) or not by_itself


def words_needed(rule: ContactRule, reason: str) -> bool:
    """Whether opening something of somebody for this reason takes written words.

    Above a no, a stop and danger every reason does, also "they came to us" and "to correct"; a warning does
    wherever nothing allows contact. Once somebody wrote why they have to be warned, only the warning is free.
    """
    if reason == Showing.WARNED:
        return not rule.allowed
    return rule.may in NOTHING_TO_ASK or rule.may is MayContact.WARNING


def still_open(ctx: Context) -> frozenset[str]:
    """Whose name, shown in this session, may stay open; screens close every other one.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY.
    """
    ctx.require(Action.SHOW_IDENTITY)
    with ctx.reading() as reader:
        found = reader.get_many(Relative, list(ctx.opened.names))
        return frozenset(key for key, relative in found.items() if _is_open(ctx, reader, relative))


def copy(ctx: Context, command: CopyNumber) -> str:
    """Give one number or address of an open name for the clipboard, once it is recorded.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, INVALID_FIELD (not something one copies),
            NAME_CLOSED (not shown in this session, too long ago, or something was recorded against it since).
    """
    ctx.require(Action.SHOW_IDENTITY)
    if command.field not in COPIED_FIELDS:
        raise KnownError(Code.INVALID_FIELD, command.field, field=command.field)
    with ctx.writing() as work:
        relative = _known(work, command.relative)
        if not _is_open(ctx, work, relative):
            raise KnownError(Code.NAME_CLOSED, relative.id)
        record_showing(ctx, work, relative.id, "copied", "")
        work.mention(Identity, relative.identity or "")
        committed = work.commit(Act.COPIED)
    with ctx.reading() as reader:
        identity = reader.open_identity(Identity, relative.identity or "", committed.sequence)
    values: tuple[str, ...] = getattr(identity, command.field)
    if not 0 <= command.place < len(values):
        raise KnownError(Code.NOT_FOUND, command.relative)
    return values[command.place]


def _known(reader: Reader, key: str) -> Relative:
    """Somebody about whom it was recorded who they are."""
    relative = reader.get(Relative, key)
    if relative.identity is None:
        raise KnownError(Code.NOT_FOUND, key)
    return relative


def _facts_of(ctx: Context, reader: Reader, relative: Relative) -> tuple[Facts, list[Conversation]]:
    talks = [talk for one in reader.relative_facts(ids=[relative.id]) for talk in one.conversations]
    return widening.facts_now(ctx, reader, relative.prisoner or ""), talks


def _is_open(ctx: Context, reader: Reader, relative: Relative) -> bool:
    if relative.id not in ctx.opened.names:
        return False
    facts, talks = _facts_of(ctx, reader, relative)
    rule = contacting.rule_for(ctx, reader, facts, relative, talks)
    return is_open(ctx, relative.id, stands_against(facts, relative, rule))


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
    identity = _to_correct(ctx, relative)
    if identity.version != command.base_version:
        raise KnownError(Code.CONFLICT, *sorted(command.values))
    made = with_values(identity, command.values)
    with ctx.writing() as work:
        work.save(made, identity.version)
        withdraw_hit(work, made)
        committed = work.commit(Act.SEALED_CHANGED)
    return ctx.finish(committed, command.relative, Act.SEALED_CHANGED, prisoners=())


def _to_correct(ctx: Context, relative: Relative) -> Identity:
    """What is recorded, opened to be changed; whoever changes it is given nothing of it."""
    with ctx.writing() as work:
        record_showing(ctx, work, relative.id, "name", _TO_CORRECT)
        work.mention(Identity, relative.identity or "")
        committed = work.commit(Act.SHOWN)
    with ctx.reading() as reader:
        return reader.open_identity(Identity, relative.identity or "", committed.sequence)


def _first(ctx: Context, relative: Relative, command: EditIdentity) -> Saved:
    identity = editing.new_record(Identity, new_id(), command.values)
    with ctx.writing() as work:
        work.add(identity)
        withdraw_hit(work, identity)
        work.save(attrs.evolve(relative, identity=identity.id), relative.version)
        committed = work.commit(Act.SEALED_CHANGED)
    return ctx.finish(committed, relative.id, Act.SEALED_CHANGED, prisoners=())
