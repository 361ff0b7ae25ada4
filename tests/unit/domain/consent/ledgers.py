"""Random ledgers of invented families, and the properties of the decision that hold on all of them.

`python -m tests.unit.domain.consent.ledgers 200000 [seed]` runs every property over so many ledgers and
prints the counts; the daily suite runs the same properties on ledgers that Hypothesis makes.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeVar

import attrs

from app.domain.consent import EITHER, LATEST, ConsentRequest, Decision, Ground, decide
from app.domain.consent_facts import (
    AnswerFact,
    CountersignFact,
    Facts,
    HoldFact,
    PersonFact,
    Says,
    StatusSpan,
    TrustedFact,
)
from app.domain.consent_purposes import purposes

TODAY: Final = date(2026, 11, 22)
PRISONER: Final = "prisoner"
ME, MOTHER, SISTER, LAWYER, CHILD = "me", "mother", "sister", "lawyer", "child"
STRANGER: Final = "stranger"
GODPARENTS: Final = ("godparent-1", "godparent-2")
INSTITUTIONS: Final = ("institution-1", "institution-2")
AUDIENCES: Final = ("internal", "named_godparent", "named_institution", "all_godparents", "public")
WIDER: Final = {
    "internal": ("named_godparent", "named_institution", "all_godparents", "public"),
    "named_godparent": ("all_godparents", "public"),
    "named_institution": ("public",),
    "all_godparents": ("public",),
    "public": (),
}
PURPOSES: Final = (
    "contact",
    "letters",
    "direct_contact",
    "call",
    "family_known",
    "name",
    "case_detail",
    "media",
    "photo",
    "health",
    "family",
    "own_name",
    "quote",
    "statistics",
)
FIELDS: Final = ("family_name", "given_name", "patronymic")


def at(day: date, hour: int = 12) -> datetime:
    """A moment on this day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


class Maker:
    """Makes facts and requests from random numbers; small worlds, so that answers meet each other."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        # Most answers speak of what is asked; half of the worlds are kind, so that much is allowed in them.
        self.focus = chance.choice((*PURPOSES, "name", "name", "photo"))
        self.kind = chance.random() < 0.6

    def some(self, share: float) -> bool:
        return self.chance.random() < share

    def wrong(self, share: float) -> bool:
        """Something is amiss; seldom in a kind world."""
        return self.some(share / 10 if self.kind else share)

    def day(self) -> date:
        if self.kind:
            return TODAY - timedelta(days=self.chance.choice((200, 100, 40, 2, 1, 0)))
        return TODAY + timedelta(
            days=self.chance.choice((-800, -400, -370, -200, -40, -2, -1, 0, 0, 1, 30, 200))
        )

    def recipients(self, audience: str, *, careless: bool = False) -> frozenset[str]:
        names = INSTITUTIONS if audience == "named_institution" else GODPARENTS
        if audience.startswith("named") and not (careless and self.some(0.1)):
            return frozenset(self.chance.sample(names, self.chance.choice((1, 1, 2))))
        return frozenset(self.chance.sample(names, 1)) if careless and self.some(0.1) else frozenset()

    def purpose(self) -> str:
        if self.some(0.7):
            return self.focus
        needed = {"photo": "name", "health": "name", "quote": "name", "case_detail": "name"}
        return self.chance.choice((needed.get(self.focus, "contact"), *PURPOSES))

    def answer(self, number: int, says: Says | None = None) -> AnswerFact:
        chance = self.chance
        recorded = self.day()
        first = recorded - timedelta(days=chance.choice((0, 0, 0, 1, 20, 300)))
        last = first + timedelta(days=chance.choice((0, 0, 0, 1, 30, 365)))
        dated = self.some(0.5 if self.kind else 0.9)
        audience = chance.choice((*AUDIENCES, "public", "public"))
        if self.wrong(0.05):
            audience = chance.choice(("", "everyone_from_2030"))
        yes = Says.YES if self.some(0.75 if self.kind else 0.55) else Says.NO
        purpose = self.purpose()
        return AnswerFact(
            id=f"answer-{number}",
            by=chance.choice((ME, MOTHER, MOTHER, SISTER, LAWYER, CHILD, STRANGER)),
            says=says or chance.choice((yes, yes, yes, yes, yes, Says.NOTHING, Says.TAKES_BACK)),
            purpose=purpose,
            audience=audience,
            recipients=self.recipients(audience, careless=not self.kind),
            fields=frozenset(chance.sample(FIELDS, 1)) if self.some(0.1) else frozenset(),
            recorded_on=None if self.wrong(0.02) else recorded,
            recorded_at=None if self.wrong(0.02) else at(recorded, chance.choice((8, 12, 20))),
            first=first if dated else None,
            last=last if dated else None,
            ends_on=recorded + timedelta(days=chance.choice((0, 30, 200, 400))) if self.wrong(0.4) else None,
            event="visit" if purpose in ("call", "media") or self.wrong(0.2) else "",
            used_up=self.wrong(0.04),
            conditional=self.wrong(0.04),
            capacity=chance.choice(("", "", "self", "legal_representative", "relative_by_practice")),
            free=not self.wrong(0.05),
            verified=not self.wrong(0.1),
            recorded_by="anna",
            cancels=f"answer-{chance.randrange(8)}",
        )

    def people(self) -> dict[str, PersonFact]:
        chance = self.chance
        born: tuple[date | None, ...] = (
            None,
            date.min,
            date.min,
            date(2010, 1, 1),
            TODAY,
            TODAY + timedelta(days=100),
            date(2026, 1, 15),
        )
        if self.kind and self.some(0.7):
            born = (date.min,)
        people = {
            ME: PersonFact(
                ME, in_person=True, adult_since=chance.choice(born), guardian=chance.choice(("", MOTHER))
            ),
            MOTHER: PersonFact(
                MOTHER,
                close=True,
                next_of_kin=True,
                capacity=chance.choice(
                    ("relative_by_practice", "relative_by_practice", "legal_representative", "")
                ),
                adult_since=date.min,
                inside=self.some(0.7),
            ),
            SISTER: PersonFact(
                SISTER,
                close=True,
                next_of_kin=True,
                capacity="relative_by_practice",
                adult_since=chance.choice(born),
                inside=self.some(0.3),
            ),
            LAWYER: PersonFact(
                LAWYER,
                capacity=chance.choice(("authorised_by_prisoner", "legal_representative")),
                adult_since=date.min,
                inside=self.some(0.5),
            ),
            CHILD: PersonFact(CHILD, close=self.some(0.5), adult_since=chance.choice(born), guardian=MOTHER),
        }
        return {key: one for key, one in people.items() if self.some(0.75)}

    def hold(self) -> HoldFact:
        target = self.chance.choice(
            ("prisoner", "relative", "godparent", "facility", "country", "desk", "case_file")
        )
        target_id = {"godparent": GODPARENTS[0], "prisoner": PRISONER}.get(
            target, self.chance.choice(("x", "y"))
        )
        placed = self.day()
        lifted = placed + timedelta(days=self.chance.choice((0, 1, 100))) if self.some(0.5) else None
        return HoldFact(
            target,
            target_id,
            placed,
            at(placed),
            until_on=lifted,
            lifted_at=at(lifted, 13) if lifted else None,
            review=self.some(0.3),
        )

    def trusted(self) -> TrustedFact:
        day = self.day()
        ended = day + timedelta(days=50) if self.some(0.2) else None
        return TrustedFact(
            self.chance.choice(FIELDS),
            self.chance.choice(("right", "right", "wrong")),
            "source",
            day,
            at(day),
            until_on=ended,
            until_at=at(ended) if ended else None,
        )

    def facts(self) -> Facts:
        chance = self.chance
        people = self.people()
        answers = tuple(
            self.answer(number)
            for number in range(chance.choice((2, 4, 6, 9) if self.kind else (0, 1, 2, 3, 5, 8)))
        )
        signs = [
            CountersignFact(
                answer.id,
                granted=not self.wrong(0.1),
                by="maks" if not self.wrong(0.5) else chance.choice(("anna", None)),
                at=at(answer.recorded_on, 21) + timedelta(days=chance.choice((0, 1, 3, 30))),
            )
            for answer in answers
            if answer.recorded_on is not None and not self.wrong(0.3)
        ]
        turn = self.day()
        free = (StatusSpan("held", last=turn), StatusSpan("free", first=turn))
        dead = (StatusSpan("held"), StatusSpan("dead", first=turn))
        return Facts(
            prisoner=PRISONER,
            adult_since=people[ME].adult_since if ME in people else chance.choice((None, date.min, TODAY)),
            status=(StatusSpan("held"),) if not self.wrong(0.7) else chance.choice(((), free, dead)),
            people=MappingProxyType(people),
            answers=answers,
            countersigns=tuple(signs),
            holds=(self.hold(),) if self.some(0.2) else (),
            trusted=tuple(self.trusted() for _ in range(chance.choice((0, 1, 3)))),
            stored=MappingProxyType(dict.fromkeys(FIELDS, "right")),
            facility="x",
            country="y",
            desk="x",
            one_person_until=chance.choice((None, None, LATEST, at(TODAY))),
        )

    def request(self, facts: Facts) -> ConsentRequest:
        chance = self.chance
        audience = chance.choice(AUDIENCES)
        subject = PRISONER
        if purposes()[self.focus].of_speaker or (not purposes()[self.focus].of_prisoner and self.some(0.3)):
            subject = chance.choice([PRISONER, *(key for key in facts.people if key != ME)])
        return ConsentRequest(
            subject=subject if not self.wrong(0.02) else "nobody",
            purpose=self.focus,
            audience=audience,
            fields=frozenset(chance.sample(FIELDS, chance.randrange(1, 3)))
            if self.some(0.5)
            else frozenset(),
            recipients=self.recipients(audience),
            grounds=chance.choice(
                (EITHER, EITHER, frozenset({Ground.AGREED}), frozenset({Ground.PUBLISHED}))
            ),
            event="visit" if self.some(0.8) else "",
        )


# -- properties ---------------------------------------------------------------------------------------

T = TypeVar("T")
Property = Callable[[Maker, Facts, ConsentRequest, Decision], bool]


def not_more(after: Decision, before: Decision) -> bool:
    """Nothing is allowed that was not, no detail and no day."""
    if not after.allowed:
        return True
    return before.allowed and after.fields <= before.fields


def _now(request: ConsentRequest, facts: Facts) -> Decision:
    return decide(request, facts, TODAY, LATEST)


def adding_a_no_never_allows(make: Maker, facts: Facts, request: ConsentRequest, before: Decision) -> bool:
    no = attrs.evolve(make.answer(90, Says.NO), recorded_by="maks")
    after = _now(request, attrs.evolve(facts, answers=(*facts.answers, no)))
    return not_more(after, before)


def adding_a_stop_never_allows(make: Maker, facts: Facts, request: ConsentRequest, before: Decision) -> bool:
    return not_more(_now(request, attrs.evolve(facts, holds=(*facts.holds, make.hold()))), before)


def removing_a_yes_never_allows(_: Maker, facts: Facts, request: ConsentRequest, before: Decision) -> bool:
    for gone in facts.answers:
        if gone.says is Says.YES:
            left = tuple(answer for answer in facts.answers if answer is not gone)
            if not not_more(_now(request, attrs.evolve(facts, answers=left)), before):
                return False
    return True


def dated_days(facts: Facts) -> set[date]:
    """Every day on which a dated fact begins, ends, or has just ended."""
    days: set[date | None] = {facts.adult_since}
    for answer in facts.answers:
        days |= {answer.begins, answer.stands, answer.end, answer.recorded_on}
    for hold in facts.holds:
        days |= {hold.placed_on, hold.until_on}
    for trusted in facts.trusted:
        days |= {trusted.since_on, trusted.until_on}
    for span in facts.status:
        days |= {span.first, span.last}
    for person in facts.people.values():
        days.add(person.adult_since)
    near = {day for day in days if day is not None and date(2020, 1, 1) < day < date(2030, 1, 1)}
    return near | {day + timedelta(days=1) for day in near}


def time_alone_never_allows(make: Maker, facts: Facts, request: ConsentRequest, _: Decision) -> bool:
    days = sorted({*dated_days(facts), date(2024, 1, 1), date(2028, 6, 1)})
    start = make.chance.randrange(len(days) - 1)
    begin, stop = days[start], days[start + 1] - timedelta(days=1)
    if stop <= begin:
        return True
    later = begin + timedelta(days=make.chance.randint(1, (stop - begin).days))
    return not_more(decide(request, facts, later), decide(request, facts, begin))


def order_of_entries_does_not_matter(
    make: Maker, facts: Facts, request: ConsentRequest, before: Decision
) -> bool:
    def mixed(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(make.chance.sample(items, len(items)))

    people = list(facts.people.items())
    make.chance.shuffle(people)
    shuffled = attrs.evolve(
        facts,
        answers=mixed(facts.answers),
        countersigns=mixed(facts.countersigns),
        holds=mixed(facts.holds),
        trusted=mixed(facts.trusted),
        people=MappingProxyType(dict(people)),
    )
    return _now(request, shuffled) == before


def a_no_today_denies_today(make: Maker, facts: Facts, request: ConsentRequest, _: Decision) -> bool:
    """Of whoever may speak for the subject, for us alone, so that it lies inside every audience."""
    speakers = [ME] if request.subject == PRISONER and ME in facts.people else []
    if request.subject != PRISONER:
        speakers = [request.subject]
    elif request.purpose not in ("contact", "direct_contact", "own_name"):
        speakers += [MOTHER, SISTER, LAWYER, STRANGER]
    if not speakers:
        return True
    no = AnswerFact(
        id="no-today",
        by=make.chance.choice(speakers),
        says=Says.NO,
        purpose=request.purpose,
        audience="internal",
        recorded_on=TODAY,
        recorded_at=at(TODAY, 23),
        first=TODAY - timedelta(days=make.chance.choice((0, 30))),
        last=TODAY,
    )
    return not _now(request, attrs.evolve(facts, answers=(*facts.answers, no))).allowed


def a_wider_audience_never_allows(
    make: Maker, facts: Facts, request: ConsentRequest, before: Decision
) -> bool:
    wider = [attrs.evolve(request, audience=audience) for audience in WIDER[request.audience]]
    if request.audience.startswith("named"):
        names = INSTITUTIONS if request.audience == "named_institution" else GODPARENTS
        wider.append(attrs.evolve(request, recipients=request.recipients | {make.chance.choice(names)}))
    named = [
        attrs.evolve(one, recipients=make.recipients(one.audience))
        if one.audience.startswith("named") and not one.recipients
        else one
        for one in wider
    ]
    return all(not_more(_now(one, facts), before) for one in named)


def a_later_yes_never_cancels_anothers_no(
    make: Maker, facts: Facts, request: ConsentRequest, _: Decision
) -> bool:
    """Somebody else's no that denies goes on denying, whatever the others say after it, signed by two."""
    by = make.chance.choice((MOTHER, SISTER, LAWYER) if request.subject == PRISONER else (request.subject,))
    if request.subject == PRISONER and request.purpose in ("contact", "direct_contact", "own_name"):
        return True
    no = attrs.evolve(
        make.answer(90, Says.NO),
        by=by,
        purpose=request.purpose,
        audience="internal",
        recipients=frozenset(),
        fields=frozenset(),
        recorded_on=TODAY - timedelta(days=9),
        recorded_at=at(TODAY - timedelta(days=9)),
        first=None,
        last=None,
    )
    kept = tuple(answer for answer in facts.answers if answer.by != by)
    others = [one for one in (ME, MOTHER, SISTER, LAWYER) if one != by]
    yes = AnswerFact(
        id="yes-later",
        by=make.chance.choice(others),
        says=Says.YES,
        purpose=request.purpose,
        audience="public",
        recorded_on=TODAY,
        recorded_at=at(TODAY, 8),
        recorded_by="anna",
        event=request.event,
    )
    sign = CountersignFact("yes-later", granted=True, by="maks", at=at(TODAY, 9))
    after = attrs.evolve(
        facts,
        answers=(*kept, no, yes),
        countersigns=(*facts.countersigns, sign),
    )
    return not _now(request, after).allowed


def trusting_no_source_never_allows(
    _: Maker, facts: Facts, request: ConsentRequest, before: Decision
) -> bool:
    return not_more(_now(request, attrs.evolve(facts, trusted=())), before)


def knowing_later_answers_changes_nothing_of_the_past(
    make: Maker, facts: Facts, request: ConsentRequest, _: Decision
) -> bool:
    """A replay does not see what was recorded after its moment."""
    moment = at(TODAY - timedelta(days=make.chance.choice((0, 1, 30))), 10)
    later = attrs.evolve(make.answer(91), recorded_at=moment + timedelta(hours=1))
    sign = CountersignFact("answer-0", granted=True, by="maks", at=moment + timedelta(hours=1))
    after = attrs.evolve(facts, answers=(*facts.answers, later), countersigns=(*facts.countersigns, sign))
    known = decide(request, facts, TODAY, moment)
    if later.by == STRANGER:
        return True  # tried apart: a stranger who has said nothing yet is nobody
    return decide(request, after, TODAY, moment) == known


def what_is_allowed_holds_until_its_day(
    _: Maker, facts: Facts, request: ConsentRequest, before: Decision
) -> bool:
    """An end is told with every agreed yes, and is never before today."""
    if not before.allowed or before.ground is Ground.PUBLISHED or request.purpose == "statistics":
        return True
    return before.until is not None and before.until >= TODAY and bool(before.used)


PROPERTIES: Final[tuple[Property, ...]] = (
    adding_a_no_never_allows,
    adding_a_stop_never_allows,
    removing_a_yes_never_allows,
    time_alone_never_allows,
    order_of_entries_does_not_matter,
    a_no_today_denies_today,
    a_wider_audience_never_allows,
    a_later_yes_never_cancels_anothers_no,
    trusting_no_source_never_allows,
    knowing_later_answers_changes_nothing_of_the_past,
    what_is_allowed_holds_until_its_day,
)


def ledgers(count: int, seed: int) -> Iterator[tuple[Maker, Facts, ConsentRequest]]:
    """So many random ledgers with a request each; the same seed makes the same ones."""
    for number in range(count):
        make = Maker(random.Random(f"{seed}/{number}"))
        facts = make.facts()
        yield make, facts, make.request(facts)


def main(count: int, seed: int = 1) -> int:
    """Run every property over `count` ledgers and print what was seen."""
    broken: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    deciding = 0.0
    started = time.perf_counter()
    for number, (make, facts, request) in enumerate(ledgers(count, seed)):
        before_s = time.perf_counter()
        decision = _now(request, facts)
        deciding += time.perf_counter() - before_s
        seen[str(decision.reason)] += 1
        for holds in PROPERTIES:
            if not holds(make, facts, request, decision):
                broken[holds.__name__] += 1
                if broken[holds.__name__] <= 3:
                    print(f"broken: {holds.__name__} on ledger {seed}/{number}")
    seconds = time.perf_counter() - started
    print(f"{count} ledgers, seed {seed}, {seconds:.0f} s, {deciding / count * 1e6:.0f} µs a decision")
    for reason, times in seen.most_common():
        print(f"  {times:8d}  {reason}")
    for holds in PROPERTIES:
        print(f"  {broken[holds.__name__]:8d}  times broken: {holds.__name__.replace('_', ' ')}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    )
