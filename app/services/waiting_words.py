"""What a second person agrees to, in words: for whom, not for whom, what it goes over, what it takes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.domain.consent import LATEST
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import Facts
from app.domain.consent_purposes import represents
from app.domain.conversation import Answer, Conversation
from app.domain.date_words import date_words
from app.domain.dates import PartialDate
from app.domain.godparent import Godparent
from app.domain.port_values import RelativeFacts
from app.domain.ports import Reader
from app.domain.two_people import BYPASSED
from app.i18n import _, current_language
from app.vocabulary import word

_NOES: Final = ("refused", "withdrawn")


class AnswerWords:
    """Words for the answers of one family that wait.

    Args:
        reader: of the transaction that tells.
        facts: of the family.
    """

    def __init__(self, reader: Reader, facts: Facts) -> None:
        self._reader, self._facts, self._ledger = reader, facts, Ledger(facts, LATEST)

    def of(self, one: RelativeFacts, talk: Conversation, answer: Answer) -> str:
        """ "Photo: everybody · not for Office of Examples · over a no of 3 May 2026"."""
        what = word("purpose", answer.purpose)
        detail = f"{what}: {self._whom(answer)}" if answer.audience else what
        if answer.cancels or answer.kind == BYPASSED:
            detail = f"{word('answer_kind', answer.kind)} · {detail}"
        if before := _said_before(one, answer):
            detail = _("{what} · takes back: {said}").format(what=detail, said=before)
        return " · ".join(part for part in (detail, *self._beside(talk, answer), answer.reason) if part)

    def _whom(self, answer: Answer) -> str:
        audience = word("audience", answer.audience)
        return f"{audience} ({self._names(answer)})" if answer.recipients else audience

    def _beside(self, talk: Conversation, answer: Answer) -> Iterator[str]:
        """In what right it was said; what stands against it: a no of the same talk, and an older one."""
        if represents := as_whom(talk.capacity, talk.mandate):
            yield represents
        if answer.event:
            yield answer.event
        for no in talk.answers:
            if no.kind in _NOES and no.purpose == answer.purpose and no.answer != answer.cancels:
                yield _("not for {names}").format(
                    names=self._names(no) if no.recipients else word("audience", no.audience)
                )
        fact = next((each for each in self._facts.answers if each.id == answer.answer), None)
        noes = self._ledger.noes_under(fact) if fact is not None and not answer.cancels else ()
        if noes:
            day = PartialDate.of(max(no.stands for no in noes))
            yield _("over a no of {day}").format(day=date_words(day, current_language()))

    def _names(self, answer: Answer) -> str:
        known = self._reader.get_many(Godparent, answer.recipients)
        return ", ".join(_name(known[key]) if key in known else key for key in answer.recipients)


def as_whom(capacity: str, mandate: str) -> str:
    """ "Legal representative, may decide: everything"; "" of who represents nobody."""
    if not represents(capacity):
        return ""
    reach = word("mandate", mandate) if mandate else _("nobody wrote it down")
    return _("{capacity}, may decide: {what}").format(capacity=word("capacity", capacity), what=reach)


def _name(godparent: Godparent) -> str:
    return ", ".join(part for part in (godparent.family_name, godparent.given_name) if part)


def _said_before(one: RelativeFacts, answer: Answer) -> str:
    """What the answer was that this one takes back: agreeing undoes it, so it is said."""
    said = (each for talk in one.conversations for each in talk.answers)
    before = next((each for each in said if answer.cancels and each.answer == answer.cancels), None)
    return word("answer_kind", before.kind) if before is not None else ""
