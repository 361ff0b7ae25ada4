"""Whether we may begin a talk, said before the call; a talk begun without that stays visible."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from app.domain.acts import Act
from app.domain.clock import local_day
from app.domain.consent_contact import (
    ContactRule,
    FirstWordsFact,
    MayContact,
    WarningFact,
    contact_rule,
)
from app.domain.consent_facts import Facts
from app.domain.conversation import Conversation, begun_by_us
from app.domain.errors import Code, KnownError
from app.domain.first_words import FirstWords
from app.domain.ids import RecordId
from app.domain.ports import Reader
from app.domain.relative import Relative
from app.domain.roles import Action, Role
from app.domain.showing import Showing
from app.services import widening
from app.services.context import Context, Saved
from app.services.written_once import roles_when_writing, written_once_by

ALLOWED_FOR: Final = timedelta(days=14)
WARN_FOR: Final = timedelta(days=1)
"""So long after the day a reason was written the warning may be given."""
NAME: Final = "name"
"""Of the vocabulary `shown`: who somebody is."""
TO_ASK: Final = frozenset({"first_words", "ask_again"})
_JUST_BEFORE: Final = timedelta(milliseconds=1)
_BEYOND_AN_OFFICER: Final = frozenset({MayContact.SAID_NO, MayContact.STOPPED, MayContact.NOT_SAFE})


def rule_for(
    ctx: Context, reader: Reader, facts: Facts, relative: Relative, talks: Iterable[Conversation]
) -> ContactRule:
    """What stands above a call to somebody today."""
    permits, warnings = _permits(ctx, reader, relative.id), _warnings(ctx, reader, relative.id)
    return contact_rule(
        facts, relative, talks, ctx.today(), time_zone=ctx.time_zone, permits=permits, warnings=warnings
    )


def begun_without_permission(
    ctx: Context, reader: Reader, facts: Facts, relative: Relative, talks: Iterable[Conversation]
) -> frozenset[str]:
    """Ids of talks we began although nothing allowed it, as far as was known just before.

    Computed, never stored. What the register says of asking is taken as it is now.
    """
    known = list(talks)
    permits, warnings = _permits(ctx, reader, relative.id), _warnings(ctx, reader, relative.id)
    found: set[str] = set()
    for talk in known:
        if not begun_by_us(talk) or talk.recorded_at is None:
            continue
        before = talk.recorded_at - _JUST_BEFORE
        on = talk.held_on.last if talk.held_on is not None else local_day(before, ctx.time_zone)
        on = min(on, local_day(talk.recorded_at, ctx.time_zone))
        rule = contact_rule(
            *(facts, relative, known, on),
            time_zone=ctx.time_zone,
            permits=permits,
            warnings=warnings,
            known_at=before,
        )
        if not rule.allowed:
            found.add(talk.id)
    return frozenset(found)


def allow_first_words(ctx: Context, relative: str) -> Saved:
    """Let the first words be said, or one more contact be made, within 14 days. An officer's alone.

    Raises:
        KnownError: NEEDS_DESK_KEY, NOT_ALLOWED (no officer; or a no, a stop or danger stands above it),
            NOT_FOUND, ALREADY_DONE (it may be done anyway).
    """
    ctx.require(Action.RECORD_CONVERSATION)
    if Role.OFFICER not in ctx.roles:
        raise KnownError(Code.NOT_ALLOWED)
    with ctx.writing() as work:
        found = work.get(Relative, relative)
        facts = widening.facts_now(ctx, work, found.prisoner or "")
        talks = [talk for one in work.relative_facts(ids=[relative]) for talk in one.conversations]
        rule = rule_for(ctx, work, facts, found, talks)
        if rule.allowed:
            raise KnownError(Code.ALREADY_DONE, relative)
        if rule.may in _BEYOND_AN_OFFICER:
            raise KnownError(Code.NOT_ALLOWED)
        moment = ctx.moment(work)
        until = ctx.today() + ALLOWED_FOR
        work.add(
            FirstWords(RecordId(ctx.lasting_id()), relative=relative, by=ctx.me, at=moment, until_on=until)
        )
        committed = work.commit(Act.SEALED_CHANGED)
    return ctx.finish(committed, relative, Act.SEALED_CHANGED, prisoners=())


def _permits(ctx: Context, reader: Reader, relative: str) -> list[FirstWordsFact]:
    """What officers allowed; a row that names somebody else, or who did not sign it, does not count."""
    return [
        FirstWordsFact(one.at, one.by, one.until_on)
        for one in reader.find(FirstWords, relative=relative)
        if one.at is not None
        and one.by
        and Role.OFFICER in roles_when_writing(reader, one.id, one.by)
        and one.until_on is not None
        and written_once_by(reader, one.id, one.by)
    ]


def _warnings(ctx: Context, reader: Reader, relative: str) -> list[WarningFact]:
    """Written reasons to warn somebody of a danger: with their name, or nobody can be called.

    What was kept of a talk is opened for the same reasons; that alone is no leave to contact them.
    """
    return [
        WarningFact(one.at, local_day(one.at, ctx.time_zone) + WARN_FOR)
        for one in reader.find(Showing, relative=relative)
        if one.at is not None and one.what == NAME and one.reason == Showing.WARNED and one.words
    ]
