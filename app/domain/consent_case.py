"""One request against one ledger: the lines of the rule book in their order (consent.md, *The decision*)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

import attrs

from app.domain.consent_answers import SILENCE, Ledger, Voice, Word
from app.domain.consent_audiences import Asked
from app.domain.consent_bearing import is_key, reach_unknown
from app.domain.consent_bypass import bypasses_for
from app.domain.consent_facts import HoldFact, PersonFact
from app.domain.consent_purposes import Purpose, purposes
from app.domain.consent_reasons import ALLOWS, Ground, Reason
from app.domain.consent_unsure import is_unsure
from app.domain.consent_verdict import Verdict, longest, missing, told_as_used
from app.domain.stop_reach import reaches

_ANY: Final = 0  # a yes in any capacity
_BY_PRACTICE: Final = 1
_AUTHORISED: Final = 2
_LEGAL: Final = 3


class Case:
    """One request, with everything that does not depend on the single detail worked out once.

    Args:
        ledger: what was known.
        subject: the prisoner, or a relative whose own data it is.
        purpose: what for.
        asked: for whom; already known to be clear.
        on: the day it is about.
        agreed: whether the kind of report accepts an agreed value.
        bypassed: whether it accepts what two people allowed for a threat to life.
        data_class: looked up in the register of legal grounds.
    """

    def __init__(
        self,
        ledger: Ledger,
        subject: str,
        purpose: Purpose,
        asked: Asked,
        on: date,
        *,
        agreed: bool,
        bypassed: bool,
        data_class: str,
    ) -> None:
        self.ledger: Final = ledger
        self.facts: Final = ledger.facts
        self.purpose: Final = purpose
        self.asked: Final = asked
        self.on: Final = on
        self.agreed: Final = agreed
        self.bypassed: Final = bypassed
        self.data_class: Final = data_class
        person = self.facts.people.get(subject)
        in_person = subject == self.facts.prisoner or (person is not None and person.in_person)
        self.relative: Final = None if in_person else person
        self.known_subject: Final = in_person or person is not None
        self.selves: Final = ledger.selves
        self.others: Final = ledger.others
        states = self.facts.states(on)
        self.dead: Final = "dead" in states
        self.free: Final = not self.dead and states != frozenset({"held"})
        self.adult: Final = self.facts.adult_since is not None and self.facts.adult_since <= on

    def details_with_answers(self) -> frozenset[str]:
        """Details some answer speaks of in particular."""
        return frozenset(
            field
            for answer in self.facts.answers
            if answer.fields and answer.purpose == self.purpose.code
            for field in answer.fields
        )

    def published_details(self, fields: Iterable[str]) -> frozenset[str]:
        """Details whose value stands the same in a source two people trust."""
        if not self.purpose.publishable or self.relative is not None:
            return frozenset()
        stored = self.facts.stored
        counting = {
            (fact.field, fact.value)
            for fact in self.facts.trusted
            if fact.counts(self.on, self.ledger.known_at)
        }
        return frozenset(field for field in fields if (field, stored.get(field)) in counting)

    def verdict(self, field: str | None, published: bool) -> Verdict:
        """Decide one detail, or the purpose as a whole."""
        if self.facts.unproved:
            return Verdict(Reason.UNPROVED)
        if not self.known_subject or (self.relative is not None and self.purpose.of_prisoner):
            return Verdict(Reason.UNCLEAR)
        if self.asked.outside:
            stopped = self._stop()
            if stopped is not None:
                return Verdict(stopped)
            if is_unsure(self.ledger, self.purpose, self.relative, self.asked, self.on, field):
                return Verdict(Reason.UNSURE)
        if (self.purpose.code, self.data_class) not in self.facts.legal.bases:
            return Verdict(Reason.NO_LEGAL_GROUND)
        said = (
            self._of_prisoner(field, published=published)
            if self.relative is None
            else self._of_relative(self.relative, field)
        )
        said = told_as_used(said, self.ledger, self.purpose, self.asked, self.on)
        return said if said.reason in ALLOWS or not self.bypassed else self._past_a_no(said, field)

    def _past_a_no(self, said: Verdict, field: str | None) -> Verdict:
        """What a threat to life allows beyond what was said."""
        found = bypasses_for(self.ledger, self._bypass_of(), self.purpose, self.asked, self.on, field)
        signed = [one for one in found if self.ledger.signed(one)]
        if signed:
            last = max(signed, key=lambda one: (one.end, one.id))
            return Verdict(Reason.BYPASSED, Ground.BYPASSED, until=last.end, used=(last.id,))
        return attrs.evolve(said, waits=tuple(sorted({*said.waits, *(one.id for one in found)})))

    def _bypass_of(self) -> Sequence[str]:
        """In whose record a bypass may stand: the subject's; of the prisoner's own data in anybody's."""
        if self.relative is not None:
            return (self.relative.id,)
        people = (*self.selves, *(self.others if self.purpose.of_prisoner else ()))
        return tuple(one.id for one in people)

    def _stop(self) -> Reason | None:
        paused: Reason | None = None
        for hold in self.facts.holds:
            if self._is_touched(hold) and hold.active(self.on, self.ledger.known_at):
                if not hold.review:
                    return Reason.STOPPED
                paused = Reason.PAUSED
        return paused

    def stopped_since(self) -> date | None:
        """The first day of the stops that act on what is asked; None where nobody wrote it down."""
        days = [
            hold.placed_on
            for hold in self.facts.holds
            if not hold.review and self._is_touched(hold) and hold.active(self.on, self.ledger.known_at)
        ]
        return min((day for day in days if day is not None), default=None)

    def _is_touched(self, hold: HoldFact) -> bool:
        """Facts are those of one family, so a stop on any of them touches all; a recipient only as one."""
        if hold.audiences and self.asked.audience not in hold.audiences:
            return False
        if hold.target in ("godparent", "institution"):
            return hold.target_id in self.asked.recipients | self.asked.known_as
        return reaches(hold.target, hold.target_id, self.facts)

    def _of_relative(self, person: PersonFact, field: str | None) -> Verdict:
        own = self._word(person, field, about_speaker=True)
        if own.voice is Voice.NO:
            return Verdict(Reason.OWN_NO)
        if self._prisoner_refuses(field):
            return Verdict(Reason.PRISONERS_NO)
        if self.purpose.silence_is_yes:
            return Verdict(Reason.COUNTED, Ground.AGREED)
        if not self.agreed:
            return Verdict(Reason.NOT_PUBLISHED)
        if person.adult(self.on):
            return self._allow([own]) if own.voice is Voice.YES else missing(Reason.RELATIVE_NOT_ASKED, own)
        said = [own, self._guardian_word(person, field)]
        yes = longest(said)
        if yes is None:
            return missing(Reason.GUARDIAN_NOT_ASKED, *said)
        return self._allow([yes], birthday=person.adult_since)

    def _prisoner_refuses(self, field: str | None) -> bool:
        """For family purposes, and for what needs something of the prisoner's, their own no counts too."""
        codes = [need for need in self.purpose.needs if purposes()[need].of_prisoner]
        if self.purpose.family:
            codes.append(self.purpose.code)
        return any(
            self.ledger.word(
                me, code, self.asked, self.on, field if code == self.purpose.code else None
            ).voice
            is Voice.NO
            for me in self.selves
            for code in codes
        )

    def _guardian_word(self, person: PersonFact, field: str | None) -> Word:
        guardian = self.facts.people.get(person.guardian)
        if guardian is None or guardian.in_person or not guardian.adult(self.on):
            return SILENCE
        return self._word(guardian, field, about_speaker=True)

    def _of_prisoner(self, field: str | None, *, published: bool) -> Verdict:
        own = [self._word(me, field, about_speaker=True) for me in self.selves]
        if any(word.voice is Voice.NO for word in own):
            return Verdict(Reason.OWN_NO)
        # What is only ever about the speaker is nobody else's to refuse or to allow.
        others: Sequence[PersonFact] = () if self.purpose.of_speaker else self.others
        refused = any(self._word(one, field).voice is Voice.NO for one in others)
        if self.purpose.silence_is_yes:
            return Verdict(Reason.SOMEBODY_SAID_NO) if refused else Verdict(Reason.COUNTED, Ground.AGREED)
        yes = longest(own) if self.adult and not self.dead else None
        if yes is not None and refused:
            return Verdict(Reason.TWO_MUST_SETTLE)
        if yes is not None and self.agreed:
            return self._allow([yes])
        if yes is None and self.free and self.adult:
            return missing(Reason.ASK_THEM, *own)
        if refused:
            return Verdict(Reason.SOMEBODY_SAID_NO)
        if published and self.adult:
            return Verdict(Reason.PUBLISHED, Ground.PUBLISHED)
        if not self.agreed:
            return Verdict(Reason.NOT_PUBLISHED)
        return self._by_the_family(others, own, field)

    def _by_the_family(self, others: Sequence[PersonFact], own: list[Word], field: str | None) -> Verdict:
        deciding = [self._deciding_word(one, field) for one in others]
        if not self.adult and not self.dead:
            deciding.extend(word for word in own if _said_for_them(word))
        used = [word for word in (longest(deciding),) if word is not None]
        if not used:
            reason = Reason.NOBODY_ASKED if self.adult or self.dead else Reason.GUARDIAN_NOT_ASKED
            return missing(self._why_missing(others, field, reason), *deciding, *own)
        if self.asked.outside and not self.dead:
            keys = [one for one in others if is_key(one, self.purpose.code)]
            key = [self._word(one, field, at_least=_BY_PRACTICE) for one in keys]
            if any(word.voice is not Voice.YES for word in key):
                return missing(self._why_missing(keys, field, Reason.KEY_ANSWER_MISSING), *key)
            used.extend(key)
        if self.asked.as_public and self.purpose.personal:
            close = [self._close_word(one, field) for one in others if one.close and one.inside]
            if any(word.voice is not Voice.YES for word in close):
                return missing(Reason.CLOSE_RELATIVE_SILENT, *close)
            used.extend(close)
        return self._allow(used, birthday=None if self.adult or self.dead else self.facts.adult_since)

    def _why_missing(self, people: Sequence[PersonFact], field: str | None, otherwise: Reason) -> Reason:
        """A yes that only lacks how far it goes is told as that: what to ask for is then clear."""
        said = ((one, self._word(one, field).answer) for one in people)
        unknown = not self.dead and any(yes is not None and reach_unknown(one, yes) for one, yes in said)
        return Reason.MANDATE_UNKNOWN if unknown else otherwise

    def _deciding_word(self, one: PersonFact, field: str | None) -> Word:
        """The word of somebody whose yes can carry the decision; silence from anybody else."""
        if not one.adult(self.on):
            return SILENCE
        if self.dead:
            return self._word(one, field, at_least=_BY_PRACTICE) if one.next_of_kin else SILENCE
        if not self.adult:
            guards = any(me.guardian == one.id for me in self.selves)
            return self._word(one, field, at_least=_BY_PRACTICE if guards else _LEGAL)
        weak = self.purpose.needs_authority and self.asked.outside
        return self._word(one, field, at_least=_AUTHORISED if weak else _BY_PRACTICE)

    def _close_word(self, one: PersonFact, field: str | None) -> Word:
        own = self._word(one, field)
        if one.adult(self.on) or own.voice is Voice.YES:
            return own
        guardian = self.facts.people.get(one.guardian)
        if guardian is None or guardian.in_person or not guardian.adult(self.on):
            return own
        return self._word(guardian, field)

    def _word(
        self, one: PersonFact, field: str | None, *, at_least: int = _ANY, about_speaker: bool = False
    ) -> Word:
        """What somebody says, after what the purpose needs: a no to that is a no to all that needs it.

        Whether we may contact somebody is their own: that no takes their own yes away, and denies what is
        about them, but does not speak for the rest of the family.
        """
        word = self.ledger.word(one, self.purpose.code, self.asked, self.on, field, at_least=at_least)
        if word.voice is Voice.NO:
            return word
        for need in self.purpose.needs:
            if self.ledger.word(one, need, self.asked, self.on).voice is Voice.NO:
                own_affair = purposes()[need].of_speaker and not about_speaker
                return SILENCE if own_affair else Word(Voice.NO)
        return word

    def _allow(self, words: list[Word], birthday: date | None = None) -> Verdict:
        answers = {word.answer.id: word.answer for word in words if word.answer is not None}
        ends = [answer.end for answer in answers.values()]
        if birthday is not None:
            ends.append(birthday - timedelta(days=1))
        return Verdict(
            Reason.AGREED, Ground.AGREED, until=min(ends, default=None), used=tuple(sorted(answers))
        )


def _said_for_them(word: Word) -> bool:
    """Whether it stands in the prisoner's own record but was said by who represents them in law."""
    return word.answer is not None and word.answer.capacity == "legal_representative"
