"""Until when what facts come to cannot change by itself: the days on which time alone turns a decision.

Any day a fact names may be such a day; so may the day a yes is said to end soon. Taking too many costs a
computation, missing one would show an ended yes: so every day in the facts counts, whatever it is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.domain.consent_facts import Facts
from app.domain.consent_lines import ENDS_SOON

_DAY = timedelta(days=1)


def good_through(facts: Facts, on: date) -> date:
    """The last day, `on` or later, up to which everything stands as it does on `on`.

    Args:
        facts: of one family.
        on: the day something was computed for.
    """
    # A named day turns things in its morning or at its end, an end also when it comes near.
    turns = (
        turn
        for day in _days(facts)
        for turn in (_before(day, _DAY), day, _before(day, ENDS_SOON + _DAY), _before(day, ENDS_SOON))
    )
    return min((turn for turn in turns if turn >= on), default=date.max)


def _before(day: date, span: timedelta) -> date:
    return day - span if day - date.min > span else date.min


def _days(facts: Facts) -> Iterator[date]:
    for answer in facts.answers:
        yield from _given(
            answer.first,
            answer.last,
            answer.recorded_on,
            answer.ends_on,
            answer.event_on,
            answer.begins,
            answer.stands,
            answer.end,
        )
    for hold in facts.holds:
        yield from _given(hold.placed_on, hold.until_on)
    for unsure in facts.unsure:
        yield from _given(unsure.since_on, unsure.until_on)
    for value in facts.trusted:
        yield from _given(value.since_on, value.until_on)
    for span in facts.status:
        yield from _given(span.first, span.last)
    for side in facts.sides:
        for value in side.trusted:
            yield from _given(value.since_on, value.until_on)
        for span in side.status:
            yield from _given(span.first, span.last)
        yield from _given(side.adult_since, *(person.adult_since for person in side.people.values()))
    yield from _given(facts.adult_since, *(person.adult_since for person in facts.people.values()))


def _given(*days: date | None) -> Iterator[date]:
    return (day for day in days if day is not None and day != date.max)
