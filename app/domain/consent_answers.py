"""What one person says about one purpose, computed from all their answers as known at one moment.

Newest wins, a tie is a no, a yes past its end counts no more and an older no is back. Nothing here knows
whose data is asked for; that is `consent`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import Final

import attrs

from app.domain.consent_audiences import Asked, no_touches
from app.domain.consent_bearing import as_public, bears, inside, strength
from app.domain.consent_facts import AnswerFact, CountersignFact, Facts, PersonFact, Says
from app.domain.consent_purposes import ALL_GODPARENTS, NARROW
from app.domain.consent_side import facts_of_side

ALONE_WAITS: Final = timedelta(hours=48)
"""How long a wider yes waits for its second confirmation where the case file has only one person."""


class Voice(Enum):
    """What somebody says about what is asked."""

    YES = auto()
    NO = auto()
    WAITS = auto()  # a yes that a second person has not signed: silence, but worth telling
    SILENT = auto()


@attrs.frozen(slots=True)
class Word:
    """A voice and the yes it rests on (for WAITS, the one that waits)."""

    voice: Voice
    answer: AnswerFact | None = None


SILENCE: Final = Word(Voice.SILENT)
REFUSAL: Final = Word(Voice.NO)


class Ledger:
    """The answers of one prisoner's family as known at one moment.

    Args:
        facts: everything that was ever recorded.
        known_at: what was recorded later does not exist.
    """

    def __init__(self, facts: Facts, known_at: datetime) -> None:
        self.facts: Final = facts
        self.known_at: Final = known_at
        self._by_id: Final[dict[str, AnswerFact]] = {}
        self._takes_back: Final[dict[str, list[AnswerFact]]] = {}
        self._countersigns: Final[dict[str, list[CountersignFact]]] = {}
        self._said: Final[dict[tuple[str, str], list[AnswerFact]]] = {}
        self._signed: Final[dict[int, bool]] = {}
        self.bypasses: Final[list[AnswerFact]] = []
        self._beside: Final[dict[bool, tuple[Ledger, ...]]] = {}
        everybody = _everybody(facts)
        self.selves: Final = tuple(one for one in everybody if one.in_person)
        self.others: Final = tuple(one for one in everybody if not one.in_person)
        for sign in facts.countersigns:
            if sign.at is not None and sign.at <= known_at:
                self._countersigns.setdefault(sign.answer, []).append(sign)
        known = [answer for answer in facts.answers if self._known(answer)]
        for answer in known:
            other = self._by_id.get(answer.id)
            if other is None or answer.says is Says.NO:  # an id used twice is damage: the no decides
                self._by_id[answer.id] = answer
            if answer.says is Says.TAKES_BACK:
                self._takes_back.setdefault(answer.cancels, []).append(answer)
        for answer in known:
            if answer.says in (Says.YES, Says.NO) and not self._is_taken_back(answer):
                self._said.setdefault((answer.by, answer.purpose), []).append(answer)
            elif answer.says is Says.BYPASS and not self._is_taken_back(answer):
                self.bypasses.append(answer)

    def beside(self, subject: str) -> tuple[Ledger, ...]:
        """Where records were merged: what each of them says of a subject; it counts only together with this.

        What a relative says of their own data is theirs, whoever they were written down with.
        """
        person = self.facts.people.get(subject)
        of_prisoner = subject == self.facts.prisoner or (person is not None and person.in_person)
        if of_prisoner not in self._beside:
            made = (facts_of_side(self.facts, side, every_yes=not of_prisoner) for side in self.facts.sides)
            self._beside[of_prisoner] = tuple(Ledger(facts, self.known_at) for facts in made)
        return self._beside[of_prisoner]

    def _known(self, answer: AnswerFact) -> bool:
        if answer.recorded_at is None:
            return answer.says not in (Says.YES, Says.BYPASS)
        return answer.recorded_at <= self.known_at

    def _is_taken_back(self, answer: AnswerFact) -> bool:
        # Taking back names a single earlier answer, so this tree always ends.
        backs = self._takes_back.get(answer.id, ())
        return any(self._acts(back, answer) and not self._is_taken_back(back) for back in backs)

    def _acts(self, back: AnswerFact, target: AnswerFact) -> bool:
        """Narrowing acts at once; taking back a no waits for a second person and stays with its speaker."""
        root = self._root(back)
        if root is None:
            return False
        if not self.widens(back):
            return True
        return root.by == back.by == target.by and self._signed_by_another(back)

    def _root(self, back: AnswerFact) -> AnswerFact | None:
        """The answer at the end of what is taken back; None where there is none, or it runs in a ring."""
        seen: set[str] = set()
        current: AnswerFact | None = back
        while current is not None and current.says is Says.TAKES_BACK:
            if current.id in seen:
                return None
            seen.add(current.id)
            current = self._by_id.get(current.cancels)
        return current if current is not None and current.says is not Says.NOTHING else None

    def widens(self, back: AnswerFact) -> bool:
        """Whether taking this answer back would bring a yes to bear or take a no away."""
        root = self._root(back)
        steps = 0
        current: AnswerFact | None = back
        while root is not None and current is not None and current.says is Says.TAKES_BACK:
            steps += 1
            current = self._by_id.get(current.cancels)
        return root is not None and (root.says is Says.NO) == (steps % 2 == 1)

    def waits_for_second(self, answer: AnswerFact) -> bool:
        """Whether this answer needs a second person: wide, over a no, taking a no back, or a bypass."""
        if answer.says is Says.TAKES_BACK:
            return self.widens(answer)
        if answer.says is Says.BYPASS:
            return True
        return answer.says is Says.YES and (answer.audience not in NARROW or bool(self.noes_under(answer)))

    def noes_under(self, yes: AnswerFact) -> tuple[AnswerFact, ...]:
        """The older noes of the same person a yes overrules; one of the same day or later wins anyway."""
        asked = Asked(yes.audience, yes.recipients, as_public=as_public(yes))
        is_inside = inside(yes.purpose)
        return tuple(
            no
            for no in self._said.get((yes.by, yes.purpose), ())
            if no.says is Says.NO
            and no.stands < yes.stands
            and (is_inside or no_touches(no.audience, no.recipients, asked))
        )

    def signed(self, answer: AnswerFact) -> bool:
        """Whether the second person it needs has said yes, as far as was known."""
        key = id(answer)
        known = self._signed.get(key)
        if known is None:
            known = self._signed[key] = (
                self._signed_with_officer(answer)
                if answer.says is Says.BYPASS
                else not self.waits_for_second(answer)
                or self._signed_by_another(answer)
                or self._confirmed_alone(answer)
            )
        return known

    def _signed_by_another(self, answer: AnswerFact) -> bool:
        signs = self._countersigns.get(answer.id, ())
        return not any(not sign.granted for sign in signs) and any(
            sign.granted and sign.by and sign.by != answer.recorded_by and _not_before(sign, answer)
            for sign in signs
        )

    def _signed_with_officer(self, answer: AnswerFact) -> bool:
        """Two people, one of them an officer; one person alone never."""
        signs = self._countersigns.get(answer.id, ())
        officers = self.facts.officers
        return self._signed_by_another(answer) and (
            answer.recorded_by in officers or any(sign.granted and sign.by in officers for sign in signs)
        )

    def turned_down(self, answer: AnswerFact) -> bool:
        """Whether a second person said no: nothing waits any more."""
        return any(not sign.granted for sign in self._countersigns.get(answer.id, ()))

    def _confirmed_alone(self, answer: AnswerFact) -> bool:
        """Where the case file has one person: up to all godparents, 48 hours and a second confirmation."""
        until = self.facts.one_person_until
        if until is None or answer.audience != ALL_GODPARENTS or as_public(answer):
            return False
        if answer.recorded_at is None or self.noes_under(answer):
            return False
        earliest = answer.recorded_at + ALONE_WAITS
        signs = self._countersigns.get(answer.id, ())
        return not any(not sign.granted for sign in signs) and any(
            sign.granted
            and sign.by is not None
            and sign.by == answer.recorded_by
            and sign.at is not None
            and earliest <= sign.at < until
            for sign in signs
        )

    def is_spent(self, yes: AnswerFact) -> bool:
        """Whether it was for one use, and was used."""
        return any(use.spends(yes, self.known_at) for use in self.facts.uses)

    def every_no(self, purpose: str) -> Iterable[AnswerFact]:
        """Every no of anybody in the family to a purpose that was not taken back."""
        return (
            no
            for (_by, code), said in self._said.items()
            if code == purpose
            for no in said
            if no.says is Says.NO
        )

    def said(self, by: str, purpose: str) -> Iterable[AnswerFact]:
        """Every yes and no of a person about a purpose that was not taken back."""
        return self._said.get((by, purpose), ())

    def word(
        self,
        person: PersonFact,
        purpose: str,
        asked: Asked,
        on: date,
        field: str | None = None,
        *,
        at_least: int = 0,
    ) -> Word:
        """What this person says about one purpose, not yet looking at what the purpose needs.

        Args:
            person: who speaks.
            purpose: code of the purpose.
            asked: for which audience.
            on: the day it is about.
            field: one detail, or None for the purpose as a whole.
            at_least: a yes counts only from this strength of capacity on (`consent_purposes.strength`).

        Source: consent.md, *The decision*, "a yes bears if", "a no bears if", "order".
        """
        said = self._said.get((person.id, purpose))
        if not said:
            return SILENCE
        newest_no = self._newest_no(said, purpose, asked, on, field)
        best: AnswerFact | None = None
        waiting: AnswerFact | None = None
        for answer in said:
            if (
                answer.says is not Says.YES
                or self.is_spent(answer)
                or not bears(answer, person, asked, on, field)
                or (newest_no is not None and answer.stands <= newest_no)
                or strength(person, answer) < at_least
            ):
                continue
            if not self.signed(answer):
                if self.turned_down(answer):
                    continue
                waiting = answer if waiting is None or answer.id < waiting.id else waiting
            elif best is None or (answer.end, answer.id) > (best.end, best.id):
                best = answer
        if best is not None:
            return Word(Voice.YES, best)
        if newest_no is not None:
            return REFUSAL
        return Word(Voice.WAITS, waiting) if waiting is not None else SILENCE

    @staticmethod
    def _newest_no(
        said: Iterable[AnswerFact], purpose: str, asked: Asked, on: date, field: str | None
    ) -> date | None:
        is_inside = inside(purpose)
        newest: date | None = None
        for answer in said:
            if (
                answer.says is Says.NO
                and answer.begins <= on
                and (not answer.fields or field is None or field in answer.fields)
                and (is_inside or no_touches(answer.audience, answer.recipients, asked))
                and (newest is None or answer.stands > newest)
            ):
                newest = answer.stands
        return newest


def _everybody(facts: Facts) -> list[PersonFact]:
    """The register, and whoever said something without being in it: their no counts, never their yes."""
    strangers = sorted({answer.by for answer in facts.answers} - facts.people.keys())
    return [*facts.people.values(), *(PersonFact(by) for by in strangers)]


def _not_before(sign: CountersignFact, answer: AnswerFact) -> bool:
    return answer.recorded_at is not None and sign.at is not None and sign.at >= answer.recorded_at
