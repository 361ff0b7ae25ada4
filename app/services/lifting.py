"""Whom a stop would let out again, said before the second person agrees: which cases, to what, who stays.

Decided as if the stop were lifted and nothing else changed; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import attrs

from app.domain.consent import EITHER, LATEST, ConsentRequest, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import Facts, Says
from app.domain.consent_purposes import ALL_GODPARENTS, NAMED, NAMED_GODPARENT, PUBLIC, purposes
from app.domain.consent_reasons import Reason
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparenthood
from app.domain.hold import Hold, RelativeHold
from app.domain.ports import Reader
from app.domain.prisoner import display_name
from app.domain.progress import Progress, no_progress
from app.domain.roles import Action
from app.domain.stop_row import Freed, LiftReach
from app.i18n import _
from app.services.context import Context
from app.services.facts import CaseLedger, read_ledger
from app.services.folding import stop_of
from app.services.spoken import spoken
from app.services.stops import prisoners_under

_FEW: Final = 50
"""Of so many cases the relatives' own purposes are looked at, too."""
_CLOSED: Final = frozenset({Reason.STOPPED, Reason.PAUSED, Reason.UNPROVED, Reason.UNSURE})


def reach(ctx: Context, hold: str, progress: Progress = no_progress) -> LiftReach:
    """What lifting this stop would open.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE (it is lifted), CANCELLED.
    """
    ctx.require(Action.LIFT_STOP)
    with ctx.reading() as reader:
        cls: type[Hold] | type[RelativeHold] = Hold if reader.get_many(Hold, [hold]) else RelativeHold
        stop = stop_of(reader, cls, hold)
        if not stop.active:
            raise KnownError(Code.ALREADY_DONE, hold)
        found = stop.hold
        people = _people(reader, found)
        if not reader.has_desk_key:
            return LiftReach(len(people), with_key=False)
        ledger = _without(read_ledger(ctx, reader, people), found)
        return _looked(ctx, ledger, found, people, progress)


def _looked(
    ctx: Context, ledger: CaseLedger, hold: Hold | RelativeHold, people: list[str], progress: Progress
) -> LiftReach:
    freed: list[Freed] = []
    closed = 0
    for done, prisoner in enumerate(people):
        if done % 20 == 0:
            progress(done, len(people), _("Looking whom it lets out"))
        if prisoner not in ledger.prisoners or ledger.silent(prisoner):
            continue
        facts = ledger.facts(prisoner)
        opened, stays = _opened(facts, hold, ctx.today())
        name = display_name(ledger.prisoners[prisoner])
        if opened:
            freed.append(Freed(prisoner, name, opened))
        closed += stays and not opened
        if len(people) <= _FEW:
            freed.extend(_relatives(ledger, facts, hold, ctx.today(), name))
    return LiftReach(len(people), tuple(sorted(freed, key=lambda one: one.name)), closed)


def _relatives(
    ledger: CaseLedger, facts: Facts, hold: Hold | RelativeHold, on: date, name: str
) -> Iterator[Freed]:
    """What is relatives' own, in words that name nobody."""
    for one in ledger.families.get(facts.prisoner, []):
        if one.relative.relation != "self":
            opened, _stays = _opened(facts, hold, on, one.relative.id)
            if opened:
                yield Freed(facts.prisoner, spoken(one.relative, name), opened)


def _opened(
    facts: Facts, hold: Hold | RelativeHold, on: date, relative: str = ""
) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Each purpose with its widest audience; and whether something else keeps it closed."""
    ledger, opened, stays = Ledger(facts, LATEST), [], False
    for purpose in purposes().values():
        others = purpose.of_prisoner if relative else purpose.of_speaker
        if others or purpose.for_one_event or purpose.silence_is_yes or purpose.inside:
            continue
        for audience, whom in _audiences(facts, hold, purpose.code):
            request = ConsentRequest(
                subject=relative or facts.prisoner,
                purpose=purpose.code,
                audience=audience,
                fields=frozenset() if relative else purpose.fields,
                recipients=frozenset({whom} - {""}),
                grounds=EITHER,
            )
            decision = decide_in(ledger, request, on)
            stays = stays or decision.reason in _CLOSED
            if decision.allowed:
                opened.append((purpose.code, audience))
                break
    return tuple(opened), stays


def _audiences(facts: Facts, hold: Hold | RelativeHold, purpose: str) -> Iterator[tuple[str, str]]:
    """The audiences outside the house that anybody could have agreed to, the widest first."""
    if isinstance(hold, Hold) and hold.on_noun == "godparent":
        yield NAMED_GODPARENT, hold.on_id
        return
    yield PUBLIC, ""
    yield ALL_GODPARENTS, ""
    yield from sorted(
        (answer.audience, name)
        for answer in facts.answers
        if answer.says is Says.YES and answer.purpose == purpose and answer.audience in NAMED
        for name in answer.recipients
    )


def _people(reader: Reader, hold: Hold | RelativeHold) -> list[str]:
    if isinstance(hold, Hold) and hold.on_noun == "godparent":
        bonds = reader.find(Godparenthood, godparent=hold.on_id)
        return sorted({bond.prisoner for bond in bonds if bond.prisoner and bond.state != "ended"})
    return sorted(set(prisoners_under(reader, hold)))


def _without(ledger: CaseLedger, hold: Hold | RelativeHold) -> CaseLedger:
    """The same as if this stop were lifted."""
    if isinstance(hold, Hold):
        return attrs.evolve(ledger, holds=tuple(one for one in ledger.holds if one.hold.id != hold.id))
    families = {
        prisoner: [
            attrs.evolve(one, holds=tuple(stop for stop in one.holds if stop.hold.id != hold.id))
            for one in family
        ]
        for prisoner, family in ledger.families.items()
    }
    return attrs.evolve(ledger, families=families)
