"""From records to the facts decisions are made from: read once per transaction, grouped by prisoner.

What the facts mean is decided in `app.domain.consent`; which records belong to them, here and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import attrs

from app.casefile.grants import GrantKind
from app.casefile.roster import Roster
from app.domain.consent_build import facts_from
from app.domain.consent_facts import Facts
from app.domain.consent_sides import Merged, with_sides
from app.domain.conversation import Conversation, Countersign
from app.domain.correction import LogDoubt
from app.domain.hold import Hold, HoldStep, RelativeHold, RelativeHoldStep
from app.domain.port_values import RelativeFacts
from app.domain.ports import Reader, Record
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.review_pauses import Pause
from app.domain.righted import righted_stop, righted_talk, righted_trust
from app.domain.roles import Role
from app.domain.signposts import NO_SIGNPOSTS, Signposts, is_signpost
from app.domain.source import Claim, Trust, TrustStep
from app.domain.stop_reach import touches
from app.domain.two_people import SourceTrust, Stop
from app.services.answer_pairs import not_theirs
from app.services.context import Context
from app.services.folding import stops_in, trusts_in
from app.services.pauses import PauseRecords, read_pauses
from app.services.restores import RestoreRecords, read_restores
from app.services.righting import Repair
from app.services.single_uses import Uses, read_uses

NEVER_ENDED: Final = datetime.max.replace(tzinfo=UTC)
_FEW: Final = 50
"""Up to so many prisoners are read one by one."""


@attrs.frozen
class CaseLedger:
    """Everything decisions about some prisoners stand on.

    Attributes:
        families: relatives with conversations, countersigns and stops, by prisoner; none without the key.
        holds: every stop on open things, lifted ones too.
        doubts: proof lines the log does not fit; each stops everything.
        pauses: hostile attention and what came of its reviews.
        restores: backups put back, and about whom nobody knows what was said since.
        not_theirs: second halves that name somebody who did not sign them: they count for nothing.
        uses: of what was agreed to for one use.
        signposts: records that were merged with one of these prisoners; none of these is one.
    """

    prisoners: Mapping[str, Prisoner]
    families: Mapping[str, list[RelativeFacts]]
    claims: Mapping[str, list[Claim]]
    holds: tuple[Stop[Hold], ...]
    trusts: tuple[SourceTrust, ...]
    time_zone: str
    one_person_until: datetime | None
    doubts: tuple[LogDoubt, ...] = ()
    pauses: PauseRecords = attrs.field(factory=PauseRecords)
    restores: RestoreRecords = attrs.field(factory=RestoreRecords)
    officers: frozenset[str] = frozenset()
    not_theirs: frozenset[str] = frozenset()
    signposts: Signposts = NO_SIGNPOSTS
    uses: Uses = attrs.field(factory=Uses)

    def facts(self, prisoner: str) -> Facts:
        """The facts about one of them and their family, and what was written of records merged."""
        family = self.families.get(prisoner, [])
        found = self.prisoners[prisoner]
        talks = [talk for one in family for talk in one.conversations]
        relatives = [one.relative for one in family]
        merged = self.signposts.leading_to(prisoner)
        whole = facts_from(
            found,
            relatives=relatives,
            conversations=talks,
            countersigns=[
                sign for one in family for sign in one.countersigns if sign.id not in self.not_theirs
            ],
            holds=[
                stop for stop in self.holds if any(_may_matter(stop.hold, one) for one in (found, *merged))
            ],
            relative_holds=[hold for one in family for hold in one.holds],
            pauses=self._pauses(prisoner),
            claims=self.claims.get(prisoner, []),
            trusts=self.trusts,
            time_zone=self.time_zone,
            one_person_until=self.one_person_until,
            officers=self.officers,
            unproved=bool(self.doubts),
            waiting=[wait for one in self.signposts.same(prisoner) for wait in self.restores.of(one)],
        )
        whole = attrs.evolve(whole, uses=self.uses.facts(self.signposts.same(prisoner)))
        if not merged:
            return whole
        claims, zone = self.claims.get(prisoner, []), self.time_zone
        return with_sides(whole, Merged(found, self.signposts, relatives, talks, claims, self.trusts, zone))

    def _pauses(self, prisoner: str) -> list[Pause]:
        everybody = self.signposts.same(prisoner)
        return [pause for one in everybody for pause in self.pauses.of(one, self.one_person_until)]

    def with_prisoner(self, changed: Prisoner) -> CaseLedger:
        """The same with one prisoner as they are after a change."""
        return attrs.evolve(self, prisoners={**self.prisoners, changed.id: changed})

    def with_relative(self, changed: Relative) -> CaseLedger:
        """The same with one relative as they are after a change; whose family it is stays."""
        prisoner = changed.prisoner or ""
        family = [
            attrs.evolve(one, relative=changed) if one.relative.id == changed.id else one
            for one in self.families.get(prisoner, [])
        ]
        return attrs.evolve(self, families={**self.families, prisoner: family})

    def silent(self, prisoner: str) -> bool:
        """Whether nobody said anything and no source counts, so that there is nothing to decide."""
        if any(one.conversations for one in self.families.get(prisoner, [])):
            return False
        trusted = {one.trust.source for one in self.trusts if one.acts}
        return not any(claim.source in trusted for claim in self.claims.get(prisoner, []))

    def stopped(self, prisoner: str) -> bool:
        """Whether a stop acts on this prisoner."""
        records = (self.prisoners[prisoner], *self.signposts.leading_to(prisoner))
        return bool(self.doubts) or any(
            stop.active and touches(stop.hold, one) for stop in self.holds for one in records
        )

    def paused(self, prisoner: str) -> bool:
        """Whether a pause still keeps this prisoner from the public."""
        return any(one.public_at is None for one in self._pauses(prisoner))

    def check(self, reader: Reader) -> None:
        """Compare everything in here with the log, before something is decided that leaves the house.

        Raises:
            KnownError: ROW_NOT_IN_LOG, RECORD_DAMAGED.
        """
        family = [one for found in self.families.values() for one in found]
        reader.check_rows(Prisoner, [*self.prisoners, *self.signposts.merged])
        reader.check_rows(Claim, (claim.id for found in self.claims.values() for claim in found))
        reader.check_rows(Trust, (one.trust.id for one in self.trusts))
        reader.check_rows(TrustStep, (step.id for one in self.trusts for step in one.steps))
        reader.check_rows(Hold, (stop.hold.id for stop in self.holds))
        reader.check_rows(HoldStep, (step.id for stop in self.holds for step in stop.steps))
        reader.check_rows(LogDoubt, (doubt.id for doubt in self.doubts))
        self.pauses.check(reader)
        self.restores.check(reader)
        self.uses.check(reader)
        if not reader.has_desk_key:
            return
        reader.check_rows(Relative, (one.relative.id for one in family))
        reader.check_rows(Conversation, (talk.id for one in family for talk in one.conversations))
        reader.check_rows(Countersign, (sign.id for one in family for sign in one.countersigns))
        stops = [stop for one in family for stop in one.holds]
        reader.check_rows(RelativeHold, (stop.hold.id for stop in stops))
        reader.check_rows(RelativeHoldStep, (step.id for stop in stops for step in stop.steps))


def read_ledger(
    ctx: Context,
    reader: Reader,
    prisoners: Collection[str] | None = None,
    *,
    relatives: Iterable[RelativeFacts] | None = None,
) -> CaseLedger:
    """Read what decisions about these prisoners (None: all) stand on; ids that are not there are left out.

    Args:
        ctx: the session.
        reader: of the transaction that decides.
        prisoners: whom it is about.
        relatives: their whole families, where they have been read already.
    """
    ledger = raw_ledger(ctx, reader, prisoners, relatives=relatives)
    repairs = ctx.righting.repairs(reader)
    return righted(ledger, reader, repairs) if repairs else ledger


def raw_ledger(
    ctx: Context,
    reader: Reader,
    prisoners: Collection[str] | None = None,
    *,
    relatives: Iterable[RelativeFacts] | None = None,
) -> CaseLedger:
    """The same with every date as it was written down, also by a clock two people called wrong."""
    few = prisoners is not None and len(prisoners) <= _FEW
    families: dict[str, list[RelativeFacts]] = defaultdict(list)
    claims: dict[str, list[Claim]] = defaultdict(list)
    if relatives is None:
        relatives = (
            reader.families_of(prisoners) if few and prisoners is not None else reader.relative_facts()
        )
    for one in relatives:
        families[one.relative.prisoner or ""].append(one)
    for claim in _claims(reader, prisoners if few else None):
        claims[claim.prisoner or ""].append(claim)
    found = reader.find(Prisoner) if prisoners is None else reader.get_many(Prisoner, prisoners).values()
    people = tuple(one for one in found if not is_signpost(one))
    signposts = Signposts.of(reader.merged_with([one.id for one in people] if few else None))
    return CaseLedger(
        prisoners={one.id: one for one in people},
        families=families,
        claims=claims,
        holds=tuple(stops_in(reader)),
        trusts=tuple(trusts_in(reader)),
        time_zone=ctx.time_zone,
        one_person_until=one_person_until(ctx.keys.roster),
        doubts=ctx.righting.doubts(reader),
        pauses=read_pauses(reader),
        restores=read_restores(reader, (*(one.id for one in people), *signposts.merged)),
        officers=officers(ctx),
        not_theirs=not_theirs(reader, families.values()),
        signposts=signposts,
        uses=read_uses(reader, (*(one.id for one in people), *signposts.merged)),
    )


def righted(ledger: CaseLedger, reader: Reader, repairs: Sequence[Repair]) -> CaseLedger:
    """The same with the dates of a wrong clock read as `app.domain.righted` says."""

    def made(record: Record) -> list[datetime]:
        return [one.moment for one in repairs if reader.version_at(record.id, one.entry) >= 1]

    def family(one: RelativeFacts) -> RelativeFacts:
        return attrs.evolve(
            one,
            conversations=tuple(righted_talk(talk, made(talk)) for talk in one.conversations),
            holds=tuple(righted_stop(stop, made) for stop in one.holds),
        )

    return attrs.evolve(
        ledger,
        families={key: [family(one) for one in found] for key, found in ledger.families.items()},
        holds=tuple(righted_stop(stop, made) for stop in ledger.holds),
        trusts=tuple(righted_trust(one, made) for one in ledger.trusts),
        pauses=ledger.pauses.righted(made),
        restores=ledger.restores.righted(made),
    )


def _claims(reader: Reader, prisoners: Iterable[str] | None) -> list[Claim]:
    if prisoners is None:
        return reader.find(Claim)
    return [claim for prisoner in prisoners for claim in reader.find(Claim, prisoner=prisoner)]


def _may_matter(hold: Hold, prisoner: Prisoner) -> bool:
    """Whether a stop is about this prisoner, or about somebody who could be a recipient."""
    return touches(hold, prisoner) or hold.on_noun in ("godparent", "institution")


def trusted_sources(reader: Reader) -> frozenset[str]:
    """Ids of the sources that count as published."""
    return frozenset(one.trust.source for one in trusts_in(reader) if one.trust.source and one.acts)


def officers(ctx: Context) -> frozenset[str]:
    """Ids of everybody who is, or was, a security officer; whether they were at an entry is asked of it."""
    signers = ctx.keys.signers
    return frozenset(one for one in ctx.keys.roster.people if Role.OFFICER in signers.roles_ever(one))


def one_person_until(roster: Roster) -> datetime | None:
    """Until when only one person held a desk's key; never ended while that is so."""
    first: dict[str, datetime] = {}
    for grant in roster.grants:
        if grant.kind is GrantKind.DESK:
            first.setdefault(grant.recipient, grant.moment)
    joined = sorted(first.values())
    return joined[1] if len(joined) > 1 else NEVER_ENDED
