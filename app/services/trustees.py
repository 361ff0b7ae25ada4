"""Trustees: people elsewhere with a signing key and no case file, who may be the second person by a slip.

Their keys come in a card; whose they are is said by a voice that reads eight words. Two people add a trustee;
where nobody else holds a desk's key, the founder adds the first alone, which stays marked for good.

Source: consent.md, *Widening takes two, narrowing takes one*.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import attrs

from app.approval.cards import LARGEST_BYTES, Card, read_card
from app.casefile.grants import Granter
from app.casefile.roster import Person
from app.chosen_file import open_chosen
from app.crypto.check_words import check_words
from app.domain.case_file import CaseFileFacts
from app.domain.errors import Code, KnownError
from app.domain.ids import OriginId, PersonId, RecordId, new_id
from app.domain.ports import Reader
from app.domain.proposal import Proposal
from app.domain.roles import Action, Role
from app.domain.trustee import TrusteeCheck
from app.services import granting
from app.services.context import Context, Saved
from app.services.people import checked_name

COMPARED: Final = ("voice", "in_person", "face")
"""Words of the vocabulary `verified_by`: how eight words can be compared."""


@attrs.frozen
class AddTrustee:
    """Let somebody elsewhere be a second person.

    Attributes:
        card: from `look`.
        name: as the list of people shows it.
        compared: one of `COMPARED`; how the eight words were compared with them.
    """

    card: Card
    name: str
    compared: str


@attrs.frozen
class TrusteeRow:
    """A trustee as the list of people shows them.

    Attributes:
        words: their eight words, to be compared again at any time.
        alone: one person added them.
        added_by, since: who did, and when.
    """

    id: str
    name: str
    words: str
    alone: bool
    added_by: str
    since: datetime


class Trustees:
    """Use cases of trustees.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def rows(self) -> tuple[TrusteeRow, ...]:
        """The trustees of now, by name."""
        roster = self._ctx.keys.roster
        by = {one.recipient: one.granted_by for one in roster.grants if Role.TRUSTEE in one.roles}
        rows = [
            TrusteeRow(
                one.id,
                one.name,
                check_words(one.id, one.public),
                one.one_person,
                self._ctx.name_of(by.get(one.id)),
                one.since,
            )
            for one in roster.people.values()
            if one.trustee and not roster.replaced
        ]
        return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.id)))

    def look(self, path: Path) -> Card:
        """A card somebody handed over. Raises KnownError NOT_ALLOWED, CANNOT_READ, CARD_UNREADABLE."""
        self._ctx.require(Action.MANAGE_PEOPLE)
        try:
            with open_chosen(path) as stream:
                return read_card(stream.read(LARGEST_BYTES + 1))
        except OSError as error:
            raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None

    def takes_two(self) -> bool:
        """Whether adding a trustee waits for a second person."""
        roster = self._ctx.keys.roster
        return not (roster.founder == self._ctx.me and roster.one_person_suffices_for_trustee())

    def add(self, command: AddTrustee) -> Saved:
        """Add a trustee; alone where the rule for one person allows it, else kept for a second person.

        Raises:
            KnownError: NOT_ALLOWED, INVALID_FIELD (name), PERSON_NAME_TAKEN, WORDS_NOT_COMPARED,
                TRUSTEE_THERE, TRUSTEE_KEYS_KNOWN; NEEDS_SECOND_PERSON: kept, somebody else confirms it
                (`People.confirm`).
        """
        ctx, card = self._ctx, command.card
        ctx.require(Action.ADD_TRUSTEE)
        name = checked_name(ctx, command.name)
        if command.compared not in COMPARED:
            raise KnownError(Code.WORDS_NOT_COMPARED)
        two = self.takes_two()
        if two and ctx.one_person():
            raise KnownError(Code.TRUSTEE_THERE)
        self._check_new(card)
        with ctx.reading() as reader:
            granter = self._granter(reader, one_person=not two)
        grant = granter.person(card.person, card.public, name, (Role.TRUSTEE,))
        made = granting.Made(later=(grant,)) if two else granting.Made(now=(grant,))
        check = self._check(card.person, card.made_at, command.compared)
        return granting.store(ctx, card.person, made, [check])

    def confirm(self, proposal: str, compared: str) -> Saved:
        """Agree to a trustee as the second person, who compared the words as well.

        Raises:
            KnownError: WORDS_NOT_COMPARED, and as `People.confirm`.
        """
        if compared not in COMPARED:
            raise KnownError(Code.WORDS_NOT_COMPARED)
        with self._ctx.reading() as reader:
            waiting = reader.get(Proposal, proposal)
        return granting.confirm(
            self._ctx, proposal, granted=True, beside=[self._check(waiting.on_id, None, compared)]
        )

    def remove(self, trustee: str) -> Saved:
        """End somebody's part as a trustee; one officer does that alone, at once.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND.
        """
        ctx = self._ctx
        ctx.require(Action.MANAGE_PEOPLE)
        found = self._trustee(trustee)
        with ctx.reading() as reader:
            granter = self._granter(reader, one_person=False)
        grant = granter.person(found.id, found.public, found.name, ())
        return granting.store(ctx, found.id, granting.Made(now=(grant,)))

    # parts

    def _trustee(self, trustee: str) -> Person:
        found = self._ctx.keys.roster.people.get(PersonId(trustee))
        if found is None or not found.trustee:
            raise KnownError(Code.NOT_FOUND, trustee)
        return found

    def _check_new(self, card: Card) -> None:
        """Keys of somebody else on the list, or a person who is there already, make no second person."""
        people = self._ctx.keys.roster.people
        mine = (card.public.ed25519, card.public.x25519)
        known = people.get(card.person)
        left = known is not None and not known.active and known.public == card.public
        others = [one.public for one in people.values() if one.id != card.person]
        same = any(mine[0] == one.ed25519 or mine[1] == one.x25519 for one in others)
        if same or (known is not None and not left):
            raise KnownError(Code.TRUSTEE_KEYS_KNOWN)

    def _granter(self, reader: Reader, *, one_person: bool) -> Granter:
        ctx = self._ctx
        origin = OriginId(reader.find(CaseFileFacts)[0].origin)
        keys = ctx.keys.opened().keys
        return Granter(keys, ctx.case_file, origin, ctx.moment(reader), one_person=one_person)

    def _check(self, trustee: str, card_made_at: datetime | None, compared: str) -> TrusteeCheck:
        ctx = self._ctx
        with ctx.reading() as reader:
            now = ctx.moment(reader)
        return TrusteeCheck(
            RecordId(new_id()),
            trustee=trustee,
            compared=compared,
            card_made_at=card_made_at,
            by=ctx.me,
            at=now,
        )
