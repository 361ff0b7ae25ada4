"""Grants: who may join, as what, and with which keys; each signed by an officer, some by two people.

A grant is canonical bytes and signatures; storage keeps it as a row (`SignedGrant`) and the log names it like
any other row. Whether a grant counts is decided by `roster` from the first one on, never by one alone.

Source: security.md, *Keys*; FORMAT.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

import attrs

from app.crypto import wrapping
from app.crypto.encoding import Reader, bytes_to_text
from app.crypto.hashing import tagged_hash
from app.crypto.keys import DeskKey, MainKey, PersonKeys, PublicKeys
from app.crypto.signing import signature_holds
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, DeskId, OriginId, PersonId, RecordId, new_id
from app.domain.roles import Role

FORMAT: Final = 1
_TAG: Final = "grant"
_SECOND_TAG: Final = "grant-second"
_KEYS: Final = (
    "case_file",
    "desk",
    "epoch",
    "format",
    "granted_by",
    "id",
    "kind",
    "moment",
    "name",
    "one_person",
    "origin",
    "public",
    "recipient",
    "roles",
    "wrap",
)


class GrantKind(StrEnum):
    """What a grant gives."""

    PERSON = "person"  # a place in the list of people: name, roles, public keys
    MAIN = "main"  # the key of the database
    DESK = "desk"  # the key of a desk


@attrs.frozen
class Grant:
    """What an officer signs.

    Attributes:
        id: of the grant; one that comes twice counts as tampering.
        origin: the copy of the case file it was made in.
        recipient: whom it is for.
        public: the recipient's public keys, in every grant, so that no wrap goes to somebody else's.
        name: the recipient's name as shown, in grants of kind person.
        roles: in grants of kind person; none ends the person's part in the case file.
        desk: in grants of kind desk.
        epoch: of the wrapped key.
        wrap: of the key, see `app.crypto.wrapping`.
        one_person: the founder signed alone what later takes two.
    """

    id: RecordId
    case_file: CaseFileId
    origin: OriginId
    kind: GrantKind
    recipient: PersonId
    public: PublicKeys
    granted_by: PersonId
    moment: datetime
    name: str = ""
    roles: frozenset[Role] = frozenset()
    desk: str = ""
    epoch: int = 0
    wrap: bytes = attrs.field(default=b"", repr=False)
    one_person: bool = False

    def body(self) -> bytes:
        """The canonical bytes that are signed."""
        plain: dict[str, Plain] = {
            "case_file": self.case_file,
            "desk": self.desk,
            "epoch": self.epoch,
            "format": FORMAT,
            "granted_by": self.granted_by,
            "id": self.id,
            "kind": self.kind.value,
            "moment": stored_moment(self.moment),
            "name": self.name,
            "one_person": self.one_person,
            "origin": self.origin,
            "public": self.public.to_plain(),
            "recipient": self.recipient,
            "roles": sorted(role.value for role in self.roles),
            "wrap": bytes_to_text(self.wrap),
        }
        return canonical_bytes(plain)

    @classmethod
    def from_body(cls, body: bytes) -> Self:
        """Read what was signed.

        Raises:
            KnownError: RECORD_DAMAGED, BAD_DATE.
        """
        read = Reader(from_canonical(body), _KEYS)
        read.number("format", least=FORMAT, most=FORMAT)
        roles = read.texts("roles")
        try:
            kind, held = GrantKind(read.text("kind")), frozenset(Role(role) for role in roles)
        except ValueError as error:
            raise KnownError(Code.RECORD_DAMAGED) from error
        grant = cls(
            id=RecordId(read.id("id")),
            case_file=CaseFileId(read.id("case_file")),
            origin=OriginId(read.id("origin")),
            kind=kind,
            recipient=PersonId(read.id("recipient")),
            public=PublicKeys.from_plain(read.plain("public")),
            granted_by=PersonId(read.id("granted_by")),
            moment=moment_from_stored(read.text("moment")),
            name=read.text("name"),
            roles=held,
            desk=read.text("desk"),
            epoch=read.number("epoch"),
            wrap=read.data("wrap"),
            one_person=read.flag("one_person"),
        )
        if grant.body() != body:  # roles twice or in another order
            raise KnownError(Code.RECORD_DAMAGED)
        return grant


@attrs.frozen
class SignedGrant:
    """A grant as it is stored: bytes and signatures.

    Attributes:
        body: canonical bytes of the grant.
        signature: by `granted_by`.
        second: who signed as well, where it takes two.
        second_signature: by them, over the first signature's grant and their own id.
    """

    body: bytes = attrs.field(repr=False)
    signature: bytes = attrs.field(repr=False)
    second: PersonId | None = None
    second_signature: bytes = attrs.field(default=b"", repr=False)

    @property
    def id(self) -> RecordId:
        """The id of the grant. Raises KnownError RECORD_DAMAGED."""
        return self.grant().id

    def grant(self) -> Grant:
        """What was signed. Raises KnownError RECORD_DAMAGED, BAD_DATE."""
        return Grant.from_body(self.body)

    def fingerprint(self) -> bytes:
        """SHA-256 over everything stored."""
        return tagged_hash("signed-grant", canonical_bytes(self.to_plain()))

    def signed_by(self, public: PublicKeys) -> bool:
        """Whether the first signature is by these keys."""
        return signature_holds(public.ed25519, _TAG, self.body, self.signature)

    def seconded_by(self, public: PublicKeys) -> bool:
        """Whether the second signature is by these keys, for the person it names."""
        if self.second is None:
            return False
        said = _second_bytes(self, self.second)
        return signature_holds(public.ed25519, _SECOND_TAG, said, self.second_signature)

    def to_plain(self) -> dict[str, Plain]:
        """As plain values, read back by `from_plain` (rows, slips)."""
        return {
            "body": bytes_to_text(self.body),
            "second": self.second,
            "second_signature": bytes_to_text(self.second_signature),
            "signature": bytes_to_text(self.signature),
        }

    @classmethod
    def from_plain(cls, plain: Plain) -> Self:
        """Read plain values. Raises KnownError RECORD_DAMAGED."""
        read = Reader(plain, ("body", "second", "second_signature", "signature"))
        second = None if read.plain("second") is None else PersonId(read.id("second"))
        return cls(read.data("body"), read.data("signature"), second, read.data("second_signature"))


@attrs.frozen
class Granter:
    """The officer who grants, here and now.

    Attributes:
        keys: of the officer.
        case_file, origin: where.
        moment: when.
        one_person: the founder signs alone what later takes two (`Roster.one_person_suffices`).
    """

    keys: PersonKeys
    case_file: CaseFileId
    origin: OriginId
    moment: datetime
    one_person: bool = False

    def person(
        self, recipient: PersonId, public: PublicKeys, name: str, roles: Iterable[Role]
    ) -> SignedGrant:
        """A place in the list of people, or a change of name, roles or keys."""
        grant = self._blank(GrantKind.PERSON, recipient, public)
        return self._signed(attrs.evolve(grant, name=name, roles=frozenset(roles)))

    def main(self, recipient: PersonId, public: PublicKeys, main: MainKey) -> SignedGrant:
        """The key of the database, wrapped to the recipient."""
        wrap = wrapping.wrap_main(public, self.case_file, recipient, main)
        grant = self._blank(GrantKind.MAIN, recipient, public)
        return self._signed(attrs.evolve(grant, epoch=main.epoch, wrap=wrap, one_person=False))

    def desk(self, recipient: PersonId, public: PublicKeys, desk_key: DeskKey) -> SignedGrant:
        """A desk's key, wrapped to the recipient."""
        wrap = wrapping.wrap_desk_key(public, self.case_file, recipient, desk_key)
        grant = self._blank(GrantKind.DESK, recipient, public)
        return self._signed(attrs.evolve(grant, desk=desk_key.desk, epoch=desk_key.epoch, wrap=wrap))

    def _blank(self, kind: GrantKind, recipient: PersonId, public: PublicKeys) -> Grant:
        return Grant(
            id=RecordId(new_id()),
            case_file=self.case_file,
            origin=self.origin,
            kind=kind,
            recipient=recipient,
            public=public,
            granted_by=self.keys.person,
            moment=self.moment,
            one_person=self.one_person,
        )

    def _signed(self, grant: Grant) -> SignedGrant:
        body = grant.body()
        return SignedGrant(body, self.keys.sign(_TAG, body))


def countersign(grant: SignedGrant, keys: PersonKeys) -> SignedGrant:
    """The same grant with a second person's signature.

    Raises:
        BugError: it has one already, or the second person is the first.
    """
    if grant.second is not None or grant.grant().granted_by == keys.person:
        raise BugError("a grant is countersigned once, by somebody else")
    signature = keys.sign(_SECOND_TAG, _second_bytes(grant, keys.person))
    return attrs.evolve(grant, second=keys.person, second_signature=signature)


def open_desk_grant(keys: PersonKeys, grant: Grant) -> DeskKey:
    """The desk's key out of a grant made to this person.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    return wrapping.unwrap_desk_key(keys, grant.case_file, DeskId(grant.desk), grant.epoch, grant.wrap)


def open_main_grant(keys: PersonKeys, grant: Grant) -> MainKey:
    """MAIN out of a grant made to this person.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    return wrapping.unwrap_main(keys, grant.case_file, grant.epoch, grant.wrap)


def _second_bytes(grant: SignedGrant, second: PersonId) -> bytes:
    plain: dict[str, Plain] = {
        "body": bytes_to_text(grant.body),
        "first": bytes_to_text(grant.signature),
        "second": second,
    }
    return canonical_bytes(plain)
