"""The properties of the decision that hold on all random ledgers (`ledger_maker`).

`python -m tests.unit.domain.consent.ledgers 200000 [seed]` runs every property over so many ledgers and
prints the counts; the daily suite runs the same properties on ledgers that Hypothesis makes.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, TypeVar

import attrs

from app.domain.consent import LATEST, ConsentRequest, Decision, Ground, decide
from app.domain.consent_build import pause_facts
from app.domain.consent_facts import (
    AnswerFact,
    CountersignFact,
    Facts,
    Says,
)
from app.domain.consent_uses import UseFact
from app.domain.review_pauses import Pause
from tests.unit.domain.consent.bypasses import (
    a_bypass_is_for_two_named_and_short,
    without_its_ground_a_bypass_does_nothing,
)
from tests.unit.domain.consent.ledger_maker import (
    GODPARENTS,
    INSTITUTIONS,
    LAWYER,
    ME,
    MOTHER,
    PRISONER,
    SISTER,
    STRANGER,
    TODAY,
    WIDER,
    Maker,
    at,
)
from tests.unit.domain.consent.mandates import (
    a_yes_that_reaches_less_never_allows_more,
    where_nobody_knows_how_far_nothing_more_is_allowed,
)
from tests.unit.domain.consent.replays import REPLAYS

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


def adding_a_pause_never_allows(make: Maker, facts: Facts, request: ConsentRequest, before: Decision) -> bool:
    return not_more(_now(request, attrs.evolve(facts, holds=(*facts.holds, *make.pause()))), before)


def what_one_person_reviews_stays_closed_to_the_public(
    make: Maker, facts: Facts, request: ConsentRequest, before: Decision
) -> bool:
    """One review opens a pause for a named audience; what is wider stays denied until a second agrees."""
    pause = Pause("prisoner", PRISONER, at(TODAY, 1), named_at=at(TODAY, 2))
    paused = tuple(pause_facts(pause, "Europe/Vilnius"))
    after = _now(request, attrs.evolve(facts, holds=(*facts.holds, *paused)))
    return not after.allowed if request.audience in ("all_godparents", "public") else not_more(after, before)


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
    for unsure in facts.unsure:
        days |= {unsure.since_on, unsure.until_on}
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
    request = attrs.evolve(request, grounds=request.grounds - {Ground.BYPASSED})  # two people's, no later yes
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


def a_use_never_allows(make: Maker, facts: Facts, request: ConsentRequest, before: Decision) -> bool:
    """What was agreed to for one use allows nothing more once it was used."""
    moment = None if make.some(0.1) else at(make.day())
    used = attrs.evolve(facts, uses=(*facts.uses, UseFact(request.purpose, moment)))
    return not_more(_now(request, used), before)


PROPERTIES: Final[tuple[Property, ...]] = (
    adding_a_no_never_allows,
    adding_a_stop_never_allows,
    adding_a_pause_never_allows,
    what_one_person_reviews_stays_closed_to_the_public,
    removing_a_yes_never_allows,
    time_alone_never_allows,
    order_of_entries_does_not_matter,
    a_no_today_denies_today,
    a_wider_audience_never_allows,
    a_later_yes_never_cancels_anothers_no,
    trusting_no_source_never_allows,
    knowing_later_answers_changes_nothing_of_the_past,
    what_is_allowed_holds_until_its_day,
    a_bypass_is_for_two_named_and_short,
    without_its_ground_a_bypass_does_nothing,
    where_nobody_knows_how_far_nothing_more_is_allowed,
    a_yes_that_reaches_less_never_allows_more,
    a_use_never_allows,
    *REPLAYS,
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
