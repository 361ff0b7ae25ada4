"""Random ledgers of invented families: small worlds, so that answers, stops and pauses meet each other."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from app.domain.consent import EITHER, EVEN_BYPASSED, LATEST, ConsentRequest, Ground
from app.domain.consent_build import pause_facts
from app.domain.consent_facts import (
    AnswerFact,
    CountersignFact,
    Facts,
    HoldFact,
    PersonFact,
    Says,
    StatusSpan,
    TrustedFact,
    UnsureFact,
)
from app.domain.consent_purposes import purposes
from app.domain.review_pauses import Pause

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
MANDATES: Final = ("contact", "public", "everything")
"""From least to most."""
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
        yes = Says.YES if self.some(0.75 if self.kind else 0.55) else Says.NO
        says = says or chance.choice((yes, yes, yes, yes, yes, Says.NOTHING, Says.TAKES_BACK, Says.BYPASS))
        audience = chance.choice((*AUDIENCES, "public", "public"))
        if says is Says.BYPASS and self.some(0.8):
            audience = chance.choice(("named_godparent", "named_institution"))
        if self.wrong(0.05):
            audience = chance.choice(("", "everyone_from_2030"))
        purpose = self.purpose()
        return AnswerFact(
            id=f"answer-{number}",
            by=chance.choice((ME, MOTHER, MOTHER, SISTER, LAWYER, CHILD, STRANGER)),
            says=says,
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
            mandate=self.mandate(),
            free=not self.wrong(0.05),
            verified=not self.wrong(0.1),
            recorded_by="anna",
            cancels=f"answer-{chance.randrange(8)}",
        )

    def mandate(self) -> str:
        return self.chance.choice(("", "everything", "everything", *MANDATES))

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
                mandate=self.mandate(),
                by_practice=self.some(0.9),
                adult_since=date.min,
                inside=self.some(0.7),
            ),
            SISTER: PersonFact(
                SISTER,
                close=True,
                next_of_kin=True,
                capacity="relative_by_practice",
                by_practice=self.some(0.9),
                adult_since=chance.choice(born),
                inside=self.some(0.3),
            ),
            LAWYER: PersonFact(
                LAWYER,
                capacity=chance.choice(("authorised_by_prisoner", "legal_representative")),
                mandate=self.mandate(),
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

    def pause(self) -> tuple[HoldFact, ...]:
        """Hostile attention, perhaps reviewed by one person, perhaps confirmed by a second."""
        raised = self.day()
        moments: list[datetime | None] = [at(raised, 14 + step) for step in range(3)]
        over = self.chance.randrange(4)
        ends = [moment if place < over else None for place, moment in enumerate(moments)]
        return tuple(pause_facts(Pause("prisoner", PRISONER, at(raised), *ends), "Europe/Vilnius"))

    def unsure(self) -> UnsureFact:
        """A backup was put back, perhaps settled by two people."""
        since = self.day()
        settled = since + timedelta(days=self.chance.choice((0, 1, 100))) if self.some(0.5) else None
        return UnsureFact(since, at(since), settled, at(settled, 13) if settled else None)

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
            holds=(
                *((self.hold(),) if self.some(0.2) else ()),
                *(self.pause() if self.some(0.2) else ()),
            ),
            trusted=tuple(self.trusted() for _ in range(chance.choice((0, 1, 3)))),
            stored=MappingProxyType(dict.fromkeys(FIELDS, "right")),
            facility="x",
            country="y",
            desk="x",
            unsure=(self.unsure(),) if self.some(0.1) else (),
            officers=frozenset(chance.choice((("maks",), ("maks",), ("anna",), ()))),
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
                (EITHER, EVEN_BYPASSED, frozenset({Ground.AGREED}), frozenset({Ground.PUBLISHED}))
            ),
            event="visit" if self.some(0.8) else "",
        )
