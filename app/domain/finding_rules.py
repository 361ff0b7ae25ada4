"""The rules of findings: one small function each, from plain facts to what was found. Pure.

They steer people and allow nothing. Where facts are ambiguous they find too much rather than too little: an
officer who looks in vain loses a minute.

Source: consent.md, *What the security officer gets*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

import attrs

from app.domain.case_findings import Found, Rule
from app.domain.consent_care import unchecked_yeses
from app.domain.consent_facts import Says
from app.domain.finding_facts import Bond, Briefed, Carried, GivenRole, Heard, Pair, Shown
from app.domain.review_due import Said, standing

ENDS_WITHIN: Final = timedelta(days=30)
FOLLOW_UP: Final = timedelta(days=3)
"""So long a talk may be recorded after the name was shown for it."""
QUICK: Final = timedelta(minutes=10)
NEW_ROLE: Final = timedelta(days=7)
MANY: Final = 10
MANY_WITHIN: Final = timedelta(hours=1)
ODD: Final = 3
NIGHT_ENDS, NIGHT_BEGINS = 6, 23
_CONTACT: Final = "contact"
_SPOKEN: Final = (Says.YES, Says.NO)
_FOLLOWED: Final = frozenset({"correction"})
"""Reasons to show a name that no talk follows."""


def contact_after_a_no(one: Heard) -> Iterator[Found]:
    """We came to somebody who had said no, on a later day than the no and with no yes between."""
    said = _about_contact(one)
    if not any(answer.says is Says.NO for answer in said):
        return
    for talk in one.talks:
        refusal = _no_before(said, talk.first) if talk.outgoing else None
        if refusal is not None:
            talks = (talk.id, one.talk_of[refusal.id].id)
            yield Found(
                Rule.AFTER_A_NO,
                "relative",
                one.relative,
                (talk.id, refusal.id),
                talks,
                talk.last,
                talk.by,
            )


def shown_after_a_no(one: Heard, shown: Iterable[Shown]) -> Iterator[Found]:
    """A name was opened while the last word we had recorded was a no to contact."""
    said = _about_contact(one)
    if not any(answer.says is Says.NO for answer in said):
        return
    for showing in shown:
        known = [answer for answer in said if one.talk_of[answer.id].recorded_at < showing.at]
        refusal = _no_before(known, date.max)
        if refusal is not None:
            records = (showing.id, one.talk_of[refusal.id].id)
            yield Found(
                Rule.AFTER_A_NO,
                "relative",
                one.relative,
                (showing.id, refusal.id),
                records,
                showing.at.date(),
                showing.by,
            )


def ends_soon(one: Heard, today: date) -> Iterator[Found]:
    """Something they agreed to ends within a month."""
    soon = today + ENDS_WITHIN
    if not any(answer.says is Says.YES and today <= answer.end <= soon for answer in one.said):
        return
    for answer in standing(one.said):
        if today <= answer.end <= soon:
            yield Found(
                Rule.ENDS,
                "relative",
                one.relative,
                (answer.id, answer.end.isoformat()),
                (one.talk_of[answer.id].id,),
                answer.end,
            )


def unverified(one: Heard) -> Iterator[Found]:
    """A yes for more than us, and nobody checked who was at the other end."""
    if all(talk.verified for talk in one.talks):
        return
    for answer in unchecked_yeses(one.said, lambda said: one.talk_of[said].verified):
        talk = one.talk_of[answer.id]
        yield Found(
            Rule.UNVERIFIED,
            "relative",
            one.relative,
            (answer.id,),
            (talk.id,),
            talk.last,
            talk.by,
        )


def shown_no_talk(one: Heard, shown: Sequence[Shown], today: date) -> Iterator[Found]:
    """Their name was shown, and no talk was recorded since."""
    talked = max((talk.last for talk in one.talks), default=date.min)
    open_ones = [
        showing for showing in shown if showing.reason not in _FOLLOWED and showing.at.date() > talked
    ]
    if open_ones and open_ones[0].at.date() + FOLLOW_UP <= today:
        ids = tuple(showing.id for showing in open_ones)
        last = open_ones[-1]
        yield Found(
            Rule.NO_TALK,
            "relative",
            one.relative,
            ids,
            ids,
            last.at.date(),
            last.by,
            len(ids),
        )


def without_consent(bonds: Iterable[Bond]) -> Iterator[Found]:
    """A godparent stands up for somebody for whom that is not allowed today."""
    for bond in bonds:
        if not bond.cleared:
            yield Found(Rule.WITHOUT_CONSENT, "prisoner", bond.prisoner, (bond.id, bond.newest), (bond.id,))


def not_briefed(godparents: Sequence[Briefed]) -> Iterator[Found]:
    """An active godparent who has not accepted the newest protocol any godparent accepted."""
    newest = max((_order(one.version) for one in godparents if one.version), default=(0, ""))
    for one in godparents:
        if not one.version or _order(one.version) < newest:
            facts = (one.version, newest[1])
            yield Found(Rule.NOT_BRIEFED, "godparent", one.godparent, facts, (one.godparent,))


def report_denied(carried: Iterable[Carried]) -> Iterator[Found]:
    """A report names somebody whom it might not name today."""
    for one in carried:
        if not one.cleared:
            facts = (one.prisoner, one.newest)
            yield Found(Rule.REPORT_DENIED, "report", one.report, facts, (one.report,))


def warned(shown: Iterable[Shown]) -> Iterator[Found]:
    """A name was opened, for a warning or another written reason, although something forbade contact."""
    for one in shown:
        if one.warned:
            records = (one.id,)
            yield Found(Rule.WARNED, "relative", one.relative, records, records, one.at.date(), one.by)


def unusual_showing(shown: Iterable[Shown]) -> Iterator[Found]:
    """One person opened many names within an hour, or some at night."""
    days: dict[tuple[str, date], list[Shown]] = {}
    for showing in sorted(shown, key=lambda each: each.at):
        days.setdefault((showing.by, showing.at.date()), []).append(showing)
    for (by, day), of_day in days.items():
        night = [each for each in of_day if not NIGHT_ENDS <= each.at.hour < NIGHT_BEGINS]
        if _many(of_day) or len(night) >= ODD:
            ids = tuple(each.id for each in of_day)
            yield Found(Rule.UNUSUAL_SHOWING, "person", by, ids, ids, day, by, len(ids))


def quick_pair(pairs: Iterable[Pair]) -> Iterator[Found]:
    """The second person agreed within minutes, in the same copy of the case file.

    Whoever knows two passphrases could do that alone, and nothing in the file tells it from two people at
    one table. The device a log entry names belongs to a person's keys, not to a computer: time is left.
    """
    for pair in pairs:
        if pair.first_by != pair.second_by and timedelta() <= pair.second_at - pair.first_at <= QUICK:
            yield _of_pair(Rule.QUICK_PAIR, pair)


def new_role(pairs: Iterable[Pair], given: Iterable[GivenRole]) -> Iterator[Found]:
    """One of the two was given a wider role shortly before: that can be done for one decision.

    Of who was just let in it is told only where the other of the two did that alone, and no second person
    has agreed to them since: an office begins with people who have just been let in.
    """
    roles: dict[str, list[GivenRole]] = {}
    for one in given:
        roles.setdefault(one.person, []).append(one)
    for pair in pairs:
        first, second = (pair.first_by, pair.first_at), (pair.second_by, pair.second_at)
        halves = ((*first, pair.second_by), (*second, pair.first_by))
        just = [
            one.grant
            for by, at, other in halves
            for one in roles.get(by, ())
            if timedelta() <= at - one.at <= NEW_ROLE and one.alone in ("", other)
        ]
        if just:
            found = _of_pair(Rule.NEW_ROLE, pair)
            records = (*dict.fromkeys(just), *found.records)
            yield attrs.evolve(found, facts=records, records=records)


def one_person(pairs: Iterable[Pair]) -> Iterator[Found]:
    """Both halves are by one person, as an office of one may do for a while."""
    for pair in pairs:
        if pair.first_by and pair.first_by == pair.second_by:
            yield _of_pair(Rule.ONE_PERSON, pair)


def _of_pair(rule: Rule, pair: Pair) -> Found:
    records = (pair.first, pair.second)
    return Found(rule, pair.noun, pair.about, records, records, pair.second_at.date(), pair.second_by)


def _about_contact(one: Heard) -> list[Said]:
    """Yeses and noes to contact that nobody took back."""
    said = one.said
    spoken = [answer for answer in said if answer.purpose == _CONTACT and answer.says in _SPOKEN]
    taken = {answer.cancels for answer in said if answer.says is Says.TAKES_BACK} if spoken else ()
    return [answer for answer in spoken if answer.id not in taken]


def _no_before(said: Iterable[Said], day: date) -> Said | None:
    """The no that stood in the morning of a day; on one and the same day a no outweighs a yes."""
    before = [answer for answer in said if answer.day < day]
    if not before:
        return None
    newest = max(before, key=lambda answer: (answer.day, answer.says is Says.NO))
    return newest if newest.says is Says.NO else None


def _many(shown: Sequence[Shown]) -> bool:
    """More than `MANY` different relatives within an hour; in order of time."""
    for start, first in enumerate(shown):
        within = {each.relative for each in shown[start:] if each.at - first.at <= MANY_WITHIN}
        if len(within) > MANY:
            return True
    return False


def _order(version: str) -> tuple[int, str]:
    """Versions by their leading number, then as text."""
    digits = version.split(".", 1)[0].strip()
    return (int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0, version)
