"""What a message begins with: who can be written to about a prisoner, and about what."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from app.domain.finding_facts import Briefed
from app.domain.finding_rules import not_briefed
from app.domain.godparent import Godparent
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.recipient import Recipient
from app.languages import IN_REPORTS
from app.reports.kinds import Audience
from app.reports.occasions import MAY, Occasion, occasions
from app.services.addressing import AUDIENCE_OF
from app.services.context import Context
from app.services.godparent_names import called
from app.services.protected_names import searches_all
from app.services.report_recipients import prisoners_of
from app.services.same_person import root_of


@attrs.frozen
class MessageReader:
    """Somebody one can write to.

    Attributes:
        theirs: a godparent of this prisoner.
        briefed: they accepted the newest protocol; only asked of those.
        language: the one they read; "" where nobody wrote it down.
        kinds: by key of the occasion, the kind of report a message to them is.
    """

    id: str
    name: str
    theirs: bool
    briefed: bool
    language: str
    kinds: Mapping[str, str]


@attrs.frozen
class MessageStart:
    """What the sheet begins with.

    Attributes:
        fits: keys of the occasions that are true of this prisoner's status.
        own_words: this person may write own words.
        searches: and can search them for every relative.
    """

    prisoner: str
    name: str
    readers: tuple[MessageReader, ...]
    occasions: tuple[Occasion, ...]
    fits: frozenset[str]
    own_words: bool
    searches: bool


def start_of(ctx: Context, reader: Reader, prisoner: str) -> MessageStart:
    """Read it. Raises KnownError NOT_FOUND, ROW_NOT_IN_LOG."""
    about = reader.get(Prisoner, root_of(reader, prisoner))
    own = bool(ctx.keys.desks)
    offered = tuple(one for one in occasions() if own or one.words == MAY)
    fits = frozenset(one.key for one in offered if not one.statuses or about.status in one.statuses)
    readers = (*_godparents(reader, about.id, offered), *_recipients(reader, offered))
    return MessageStart(about.id, display_name(about), readers, offered, fits, own, searches_all(ctx, reader))


def _godparents(reader: Reader, prisoner: str, offered: tuple[Occasion, ...]) -> tuple[MessageReader, ...]:
    """This prisoner's own first, then the others, by name."""
    everybody = reader.find(Godparent)
    behind = {one.about for one in not_briefed([Briefed(one.id, one.protocol_version) for one in everybody])}
    found = []
    for one in everybody:
        theirs = prisoner in prisoners_of(reader, one.id)
        audience = Audience.GODPARENT if theirs else Audience.ALL_GODPARENTS
        found.append(_reader(one.id, called(one), one.language, audience, offered, one.id not in behind))
    return tuple(sorted(found, key=lambda each: (not each.theirs, each.name.casefold(), each.id)))


def _recipients(reader: Reader, offered: tuple[Occasion, ...]) -> tuple[MessageReader, ...]:
    """Those who are no godparent and get anything at all."""
    audiences = {code: audience for audience, code in AUDIENCE_OF.items()}
    found = []
    for one in reader.find(Recipient):
        audience = audiences.get(one.audience, Audience.INTERNAL)
        if not (one.left or one.godparent or audience in (Audience.INTERNAL, Audience.GODPARENT)):
            found.append(_reader(one.id, one.called, one.language, audience, offered, briefed=True))
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))


def _reader(
    record: str, name: str, language: str, audience: Audience, offered: tuple[Occasion, ...], briefed: bool
) -> MessageReader:
    return MessageReader(
        record,
        name,
        audience is Audience.GODPARENT,
        briefed,
        language if language in IN_REPORTS else "",
        {one.key: one.kind(audience).name for one in offered},
    )
