"""Random families that turn out to be one: records, not facts, so that what merges them is tried as well."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import attrs

from app.domain.consent import EITHER, EVEN_BYPASSED, ConsentRequest
from app.domain.consent_build import facts_from
from app.domain.consent_facts import Facts, Says
from app.domain.consent_purposes import purposes
from app.domain.consent_sides import Merged, with_sides
from app.domain.conversation import Answer, Conversation, Countersign
from app.domain.dates import PartialDate
from app.domain.hold import Hold
from app.domain.ids import RecordId
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.signposts import Signposts
from app.domain.source import Claim, StatedValue, Trust, TrustStep
from app.domain.two_people import SourceTrust, Stop, trusts_after
from tests.unit.domain.consent.ledger_maker import FIELDS, TODAY, Maker, at

ZONE: Final = "UTC"
MERGED_AT: Final = at(TODAY, 22)
"""Everything else was recorded before."""
_KIND: Final = {
    Says.YES: "given",
    Says.NO: "refused",
    Says.NOTHING: "deferred",
    Says.TAKES_BACK: "entered_in_error",
    Says.BYPASS: "bypassed",
}
_VALUE: Final = "right"
_BORN: Final = (
    *(PartialDate(1980), PartialDate(1980), PartialDate(1990, 5, 1)),
    *(PartialDate(2008), PartialDate(2020), None),
)
_STATUS: Final = ("penal_colony", "penal_colony", "penal_colony", "pre_trial", "released", "died", "")


@attrs.frozen
class Family:
    """Everything written about one prisoner."""

    prisoner: Prisoner
    relatives: tuple[Relative, ...]
    talks: tuple[Conversation, ...]
    signs: tuple[Countersign, ...]
    holds: tuple[Stop[Hold], ...]
    claims: tuple[Claim, ...]

    def facts(self, trusts: Sequence[SourceTrust]) -> Facts:
        """The facts about them alone."""
        return _facts(self.prisoner, (self,), trusts)


def random_family(chance: random.Random, key: str) -> Family:
    """Somebody with a family; `key` is in every id."""
    make = Maker(chance)
    who = Prisoner(
        RecordId(key),
        reference=key.upper(),
        family_name=_VALUE,
        given_name=_VALUE,
        patronymic=_VALUE,
        born=chance.choice(_BORN),
        status=chance.choice(_STATUS),
        released_on=chance.choice((None, PartialDate(2026, 10))),
        facility=chance.choice((None, "colony", "prison")),
    )
    relatives = _relatives(chance, key)
    talks: list[Conversation] = []
    signs: list[Countersign] = []
    for number in range(chance.randrange(7)):
        one = make.answer(number)
        recorded = one.recorded_at or at(TODAY, 8)
        answer = Answer(
            answer=f"{key}-answer-{number}",
            kind=_KIND[one.says],
            purpose=one.purpose,
            audience=one.audience,
            recipients=tuple(sorted(one.recipients)),
            fields=tuple(sorted(one.fields)),
            ends_on=one.ends_on,
            event="visit" if one.event else "",
            cancels=f"{key}-answer-{chance.randrange(4)}",
        )
        talks.append(
            Conversation(
                RecordId(f"{key}-talk-{number}"),
                relative=chance.choice(relatives).id,
                prisoner=who.id,
                capacity=one.capacity,
                held_on=PartialDate.of(one.first) if one.first else None,
                verified_by="voice",
                pressure=chance.choice(("none", "none", "")),
                answers=(answer,),
                recorded_by="anna",
                recorded_at=min(recorded, at(TODAY, 20)),
            )
        )
        if make.some(0.7):
            sign = Countersign(RecordId(f"{key}-sign-{number}"), answer=answer.answer, granted=True)
            signs.append(attrs.evolve(sign, by="maks", at=at(TODAY, 21)))
    return Family(who, relatives, tuple(talks), tuple(signs), _holds(chance, who), _claims(chance, who))


def _relatives(chance: random.Random, key: str) -> tuple[Relative, ...]:
    relations = chance.sample(("self", "mother", "sister", "lawyer", "husband"), chance.randrange(1, 5))
    return tuple(
        Relative(
            RecordId(f"{key}-{relation}"),
            prisoner=key,
            relation=relation,
            capacity=chance.choice(("", "legal_representative", "authorised_by_prisoner")),
            mandate=chance.choice(("", "contact", "everything")),
            born=chance.choice(_BORN),
            whereabouts=chance.choice(("inside", "outside", "")),
            guardian=chance.choice((None, f"{key}-mother")),
        )
        for relation in relations
    )


def _holds(chance: random.Random, who: Prisoner) -> tuple[Stop[Hold], ...]:
    if chance.random() < 0.9:
        return ()
    noun, target = chance.choice((("prisoner", str(who.id)), ("facility", "colony"), ("file", "")))
    hold = Hold(RecordId(f"{who.id}-hold"), on_noun=noun, on_id=target, placed_at=at(TODAY, 7))
    return (Stop(hold),)


def _claims(chance: random.Random, who: Prisoner) -> tuple[Claim, ...]:
    values = tuple(
        StatedValue(field=name, value=f'"{chance.choice((_VALUE, _VALUE, "wrong"))}"') for name in FIELDS
    )
    return tuple(
        Claim(
            RecordId(f"{who.id}-claim-{number}"),
            prisoner=who.id,
            source=chance.choice(("trusted", "unknown")),
            recognised=chance.random() < 0.9,
            listed=chance.random() < 0.9,
            values=values,
        )
        for number in range(chance.randrange(3))
    )


def trusted() -> tuple[SourceTrust, ...]:
    """Two people trust one source."""
    began = datetime(2026, 1, 1, tzinfo=UTC)
    trust = Trust(RecordId("trust"), source="trusted", proposed_by="anna", proposed_at=began)
    step = TrustStep(RecordId("step"), trust="trust", step="confirmed", by="maks", at=began)
    return tuple(trusts_after([trust], [step]))


def merged_facts(
    kept: Family, others: Sequence[Family], trusts: Sequence[SourceTrust], *, confirmed: Sequence[str] = ()
) -> Facts:
    """The facts once the others were merged with `kept`, whose record may take a better value of theirs."""
    gone = [
        attrs.evolve(
            one.prisoner,
            merged_into=kept.prisoner.id,
            merged_at=MERGED_AT + timedelta(minutes=place),
            merged_claims=tuple(claim.id for claim in one.claims),
        )
        for place, one in enumerate(others)
    ]
    who = attrs.evolve(kept.prisoner, one_person_with=tuple(confirmed))
    signposts = Signposts.of(gone)
    every = (kept, *others)
    return with_sides(
        _facts(who, every, trusts),
        Merged(
            who,
            signposts,
            [one for family in every for one in family.relatives],
            [talk for family in every for talk in family.talks],
            [claim for family in every for claim in family.claims],
            trusts,
            ZONE,
        ),
    )


def _facts(who: Prisoner, families: Sequence[Family], trusts: Sequence[SourceTrust]) -> Facts:
    return facts_from(
        who,
        time_zone=ZONE,
        relatives=[one for family in families for one in family.relatives],
        conversations=[talk for family in families for talk in family.talks],
        countersigns=[sign for family in families for sign in family.signs],
        holds=[stop for family in families for stop in family.holds],
        claims=[claim for family in families for claim in family.claims],
        trusts=trusts,
        officers=["maks"],
    )


def requests(chance: random.Random, subject: str) -> list[ConsentRequest]:
    """Every purpose for every audience, some details of it."""
    names = ("godparent-1", "institution-1")
    return [
        ConsentRequest(
            subject,
            code,
            audience,
            fields=chance.choice((purpose.fields, frozenset(FIELDS[:2]), frozenset())),
            recipients=frozenset(names[:1] if audience == "named_godparent" else names[1:])
            if audience.startswith("named")
            else frozenset(),
            grounds=chance.choice((EITHER, EVEN_BYPASSED)),
            event="visit",
        )
        for code, purpose in purposes().items()
        for audience in ("internal", "named_godparent", "named_institution", "all_godparents", "public")
    ]
