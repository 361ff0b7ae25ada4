"""A trustee's card: who they are and which keys they have, signed by these keys, for whoever adds them.

Anybody may read it and anybody may make one; whose it is, is said by a voice that reads out its eight words.

Source: FORMAT.md, *A trustee's card*.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Self

import attrs

from app.approval.statement import FORMAT, Signed
from app.crypto.check_words import check_words
from app.crypto.encoding import Reader
from app.crypto.keys import PersonKeys, PublicKeys
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.errors import Code, KnownError
from app.domain.ids import PersonId

LARGEST_BYTES: Final = 1 << 14
LONGEST_NAME: Final = 80
_CARD: Final = "card"


@attrs.frozen
class Card:
    """What a card says.

    Attributes:
        person: a random id.
        name: as they call themself.
        made_at: when the keys were made, as their computer says.
    """

    person: PersonId
    name: str
    public: PublicKeys
    made_at: datetime

    @property
    def words(self) -> str:
        """The eight words to compare by voice."""
        return check_words(self.person, self.public)

    def body(self) -> bytes:
        """The canonical bytes that are signed."""
        plain: dict[str, Plain] = {
            "format": FORMAT,
            "made_at": stored_moment(self.made_at),
            "name": self.name,
            "person": self.person,
            "public": self.public.to_plain(),
        }
        return canonical_bytes(plain)

    @classmethod
    def from_body(cls, body: bytes) -> Self:
        """Read what was signed. Raises KnownError RECORD_DAMAGED, BAD_DATE."""
        read = Reader(from_canonical(body), ("format", "made_at", "name", "person", "public"))
        read.number("format", least=FORMAT, most=FORMAT)
        name = read.text("name")
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise KnownError(Code.RECORD_DAMAGED)
        public = PublicKeys.from_plain(read.plain("public"))
        return cls(PersonId(read.id("person")), name, public, moment_from_stored(read.text("made_at")))


def write_card(card: Card, keys: PersonKeys) -> bytes:
    """The file of a card."""
    body = card.body()
    signed = Signed(body, keys.sign(_CARD, body))
    return canonical_bytes({**signed.to_plain(), "kind": _CARD})


def read_card(untrusted: bytes) -> Card:
    """A card that is signed by the keys it names.

    Raises:
        KnownError: CARD_UNREADABLE, it is none, was damaged, or is signed by other keys.
    """
    if len(untrusted) > LARGEST_BYTES:
        raise KnownError(Code.CARD_UNREADABLE)
    try:
        read = Reader(from_canonical(untrusted), ("body", "kind", "signature"))
        signed = Signed.from_plain({"body": read.text("body"), "signature": read.text("signature")})
        card = Card.from_body(signed.body)
        usable = read.text("kind") == _CARD and bool(card.public.hpke)
    except KnownError as error:
        raise KnownError(Code.CARD_UNREADABLE) from error
    if not usable or not signed.holds(_CARD, card.public.ed25519):
        raise KnownError(Code.CARD_UNREADABLE)
    return card
