"""What answers come to, kept while nothing it stands on changes: thousands of families are not decided anew
for every page.

For screens only; whatever leaves the house is decided by `app.services.decisions`. What is kept of a family
is forgotten with every change that touches it (`Context.finish`), holds up to the next day on which anything
about it can change by itself, and is sealed to the person who computed it between two unlocks.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.consent import LATEST, ConsentRequest, Ground
from app.domain.consent_answers import Ledger
from app.domain.consent_care import Care, care_in_family
from app.domain.consent_lights import LightUntil, light_in
from app.domain.consent_lines import last_answer, lights_of, lines_in
from app.domain.consent_purposes import PUBLIC
from app.domain.consent_turning import good_through
from app.domain.port_values import RelativeFacts, RelativeHead
from app.domain.ports import Reader
from app.domain.progress import Progress, no_progress
from app.domain.review_due import same_reviews_through
from app.domain.rows import Light
from app.i18n import _
from app.services.context import Context
from app.services.facts import CaseLedger, read_ledger
from app.services.kept import LIGHTS, KeptFamily, KeptLines
from app.services.review_book import ReviewBook, listener_of, read_book
from app.vocabulary import vocabulary_version

NAME: Final = "name"
NAME_FIELDS: Final = frozenset({"family_name", "given_name"})
FEW: Final = 200
"""Up to so many families are decided while somebody waits: some tenths of a second."""
_SLICE: Final = 40
_EITHER: Final = frozenset({Ground.AGREED, Ground.PUBLISHED})
_KEY: Final = "poruch/lights"
_FORM: Final = 5
"""Raised when decisions change, so that lights of an older program are not taken up."""


def ready(ctx: Context, reader: Reader) -> None:
    """Take up what was kept at the last lock, once a session, as far as the log says it still holds."""
    if ctx.cache.taken_up or not reader.has_desk_key:
        return
    ctx.cache.taken_up = True
    kept = next((draft.values for draft in ctx.store.drafts() if draft.key == _KEY), None)
    if kept is None or kept.get("form") != _FORM or kept.get("words") != vocabulary_version():
        return
    sequence, entry_hash, families = kept.get("sequence"), kept.get("head"), kept.get("families")
    if not isinstance(sequence, int) or not isinstance(entry_hash, str) or not isinstance(families, Mapping):
        return
    touched = reader.touched_since(sequence, entry_hash)
    if touched is None:
        return
    for prisoner, plain in families.items():
        family = _from_plain(plain)
        if prisoner not in touched and family is not None:
            ctx.cache.families.setdefault(prisoner, family)


def put_aside(ctx: Context) -> None:
    """Keep it, sealed to this person, for their next unlock; small case files are quicker anew."""
    if not ctx.keys.desks or len(ctx.cache.families) <= FEW:
        return
    with ctx.reading() as reader:
        sequence, entry_hash = reader.head()
    families = {prisoner: _to_plain(family) for prisoner, family in ctx.cache.families.items()}
    values: dict[str, Plain] = {
        "families": families,
        "form": _FORM,
        "head": entry_hash,
        "sequence": sequence,
        "words": vocabulary_version(),
    }
    ctx.store.save_draft(_KEY, values)


def missing(ctx: Context, prisoners: Collection[str]) -> list[str]:
    """Those whose family has to be decided, in a fixed order."""
    today = ctx.today()
    return sorted(prisoner for prisoner in prisoners if ctx.cache.family(prisoner, today) is None)


def heads(ctx: Context, reader: Reader, prisoner: str | None = None) -> Sequence[RelativeHead]:
    """The relatives of all, or of one, in the order of the list: by the prisoner's name."""
    if prisoner is not None:
        return sorted(reader.relative_heads(prisoner), key=_in_order)
    sequence, _hash = reader.head()
    if ctx.cache.heads_at != sequence:
        ctx.cache.heads = tuple(sorted(reader.relative_heads(), key=_in_order))
        ctx.cache.heads_at = sequence
    return ctx.cache.heads


def _in_order(head: RelativeHead) -> tuple[str, str, str]:
    return head.prisoner_name.casefold(), head.relation, head.id


def decide_families(
    ctx: Context,
    reader: Reader,
    prisoners: Collection[str],
    *,
    relatives: Sequence[RelativeFacts] | None = None,
) -> None:
    """Decide these families and keep what came of it.

    Args:
        ctx: the session.
        reader: of the transaction that asks.
        prisoners: whose families.
        relatives: of these families, where they have been read already.
    """
    if not prisoners:
        return
    ledger = read_ledger(ctx, reader, prisoners, relatives=relatives)
    book = read_book(reader, ctx.today(), ctx.time_zone)
    for prisoner in ledger.prisoners:
        ctx.cache.families[prisoner] = _decided(ctx, ledger, book, prisoner)


def counting(
    ctx: Context, progress: Progress = no_progress, *, mine: bool = False
) -> Generator[None, None, Changes]:
    """Decide every family that is not kept, in slices; gives whose lights are there now.

    Args:
        ctx: the session.
        progress: called between slices.
        mine: only those of prisoners I own.
    """
    if not ctx.keys.desks:
        return Changes({})
    while not _is_open(ctx):
        ctx.store.open_slice()
        yield
    with ctx.reading() as reader:
        ready(ctx, reader)
        everyone = heads(ctx, reader)
    waiting = missing(ctx, {head.prisoner for head in everyone if not mine or head.owner == ctx.me})
    for start in range(0, len(waiting), _SLICE):
        progress(start, len(waiting), _("Deciding what may be told"))
        with ctx.reading() as reader:
            decide_families(ctx, reader, missing(ctx, waiting[start : start + _SLICE]))
        yield
    early, ctx.cache.shown_early = ctx.cache.shown_early, False
    return Changes({LIGHTS: frozenset(waiting) or {""}} if waiting or early else {})


def recounting(ctx: Context, progress: Progress = no_progress) -> Generator[None, None, Changes]:
    """After a change: decide what it made unknown and no page decides at once; mine first."""
    mine = yield from counting(ctx, progress, mine=True)
    others = yield from counting(ctx, progress)
    return mine | others


def _is_open(ctx: Context) -> bool:
    with ctx.reading() as reader:
        return reader.registers_open


def _decided(ctx: Context, ledger: CaseLedger, book: ReviewBook, prisoner: str) -> KeptFamily:
    on, family = ctx.today(), ledger.families.get(prisoner, ())
    # What makes the whole copy doubtful is laid over every row as it is shown: it ends for all at once.
    facts = attrs.evolve(ledger.facts(prisoner), unproved=False)
    said = Ledger(facts, LATEST)
    name: LightUntil = (Light.NOT_ASKED, None)
    if not ledger.silent(prisoner):
        request = ConsentRequest(prisoner, NAME, PUBLIC, NAME_FIELDS, grounds=_EITHER)
        name = light_in(said, request, on)
    elif ledger.stopped(prisoner) or ledger.paused(prisoner):
        name = (Light.NO, None)
    listeners = [listener_of(one, facts) for one in family]
    due = {one.relative for one in book.due(prisoner, listeners)}
    stopped, care = ledger.stopped(prisoner), care_in(ctx, ledger, said, prisoner)
    lines: dict[str, KeptLines] = {
        one.relative.id: _lines(
            said,
            one,
            on,
            to_review=bool({None, one.relative.id} & due),
            care=care.get(one.relative.id, ()),
        )
        for one in family
    }
    through = min(good_through(facts, on), same_reviews_through(listeners, on))
    return KeptFamily(on, through, name[0], name[1], stopped, lines)


def care_in(ctx: Context, ledger: CaseLedger, said: Ledger, prisoner: str) -> Mapping[str, tuple[Care, ...]]:
    """Why each of one family takes a careful look today; `said` is what they said."""
    family = ledger.families.get(prisoner, ())
    stopped = ledger.stopped(prisoner)
    return care_in_family(said, family, ctx.today(), ctx.time_zone, stopped=stopped)


def _lines(
    said: Ledger, one: RelativeFacts, on: date, *, to_review: bool, care: tuple[Care, ...]
) -> KeptLines:
    states = lines_in(said, one.relative.id, on)
    last = last_answer(said.facts, one.relative.id)
    return KeptLines(
        lights=lights_of(states),
        ends_on=min((state.until for state in states if state.until is not None), default=None),
        last_on=last.on if last else None,
        last_kind=last.kind if last else "",
        stopped=any(stop.active for stop in one.holds),
        to_review=to_review,
        care=care,
    )


# kept between two unlocks


def _to_plain(family: KeptFamily) -> Plain:
    return {
        "lines": {relative: _lines_to_plain(lines) for relative, lines in family.lines.items()},
        "name": family.name.value,
        "name_until": _day_to_plain(family.name_until),
        "on": family.on.isoformat(),
        "stopped": family.stopped,
        "through": family.through.isoformat(),
    }


def _lines_to_plain(lines: KeptLines) -> Plain:
    lights: list[Plain] = [light.value for light in lines.lights]
    care: list[Plain] = [one.value for one in lines.care]
    days = (_day_to_plain(lines.ends_on), _day_to_plain(lines.last_on))
    return [*lights, *days, lines.last_kind, lines.stopped, lines.to_review, care]


def _day_to_plain(day: date | None) -> Plain:
    return day.isoformat() if day is not None else None


def _from_plain(plain: object) -> KeptFamily | None:
    """Read a family back; None for whatever is not as it was written."""
    try:
        if not isinstance(plain, Mapping):
            return None
        return KeptFamily(
            on=date.fromisoformat(str(plain["on"])),
            through=date.fromisoformat(str(plain["through"])),
            name=Light(str(plain["name"])),
            name_until=_day(plain["name_until"]),
            stopped=plain["stopped"] is not False,
            lines={str(key): _lines_from_plain(value) for key, value in plain["lines"].items()},
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def _lines_from_plain(plain: object) -> KeptLines:
    if not isinstance(plain, Sequence) or isinstance(plain, str):
        raise TypeError
    first, second, third, fourth, fifth, ends, last, kind, stopped, to_review, care = plain
    lights = (Light(first), Light(second), Light(third), Light(fourth), Light(fifth))
    return KeptLines(
        lights,
        _day(ends),
        _day(last),
        str(kind),
        stopped is not False,
        to_review is not False,
        tuple(Care(one) for one in care),
    )


def _day(plain: object) -> date | None:
    return date.fromisoformat(str(plain)) if plain is not None else None
