"""The list of people: who they are, what they may do and which desks' keys they hold, from grants alone.

The list follows from the trust root, grant by grant, or it counts as replaced: then it still names people,
but nobody holds a role, no signature counts and no desk's key is opened. The rules of who may grant what
stand here and nowhere else; how a grant is made stands in `grants`.

Source: security.md, *Keys* and *Who may do what* (people, desks).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import attrs

from app.casefile.grants import Grant, GrantKind, SignedGrant, open_desk_grant
from app.crypto.hashing import tagged_hash
from app.crypto.keys import NO_FINGERPRINT, DeskKey, PersonKeys, PublicKeys
from app.domain.canonical import canonical_bytes
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, DeskId, OriginId, PersonId, is_id
from app.domain.roles import Role

_NO_ROLES: Final[frozenset[Role]] = frozenset()
DESK_ROLES: Final = frozenset({Role.COORDINATOR, Role.OFFICER})
"""Only these ever hold a desk's key (reports staff and auditors are kept out by mathematics)."""


@attrs.frozen
class Person:
    """Somebody on the list.

    Attributes:
        name: as shown.
        roles: none for somebody who has left.
        since: when the first grant to them was made.
        desks: the epoch of each desk's key they hold.
        one_person: what they are was granted by one person where it later takes two.
    """

    id: PersonId
    name: str
    roles: frozenset[Role]
    public: PublicKeys
    since: datetime
    desks: Mapping[DeskId, int] = attrs.field(factory=dict)
    one_person: bool = False

    @property
    def active(self) -> bool:
        """Whether this person still takes part."""
        return bool(self.roles)


@attrs.frozen
class Roster:
    """The list of people as far as it follows from the trust root.

    Attributes:
        people: by id, in the order they joined.
        founder: who made the case file, None where not even the first grant holds.
        fingerprint: stands for all grants in their order; the next unlock compares it.
        replaced: the list does not follow; everything below fails closed.
    """

    case_file: CaseFileId
    people: Mapping[PersonId, Person]
    founder: PersonId | None
    fingerprint: str
    replaced: bool
    grants: tuple[Grant, ...] = attrs.field(default=(), repr=False)

    def check(self) -> None:
        """Raises KnownError ROSTER_REPLACED where the list does not follow from the trust root."""
        if self.replaced:
            raise KnownError(Code.ROSTER_REPLACED)

    def roles_of(self, person: PersonId) -> frozenset[Role]:
        """The roles of a person; none for a stranger and for everybody on a replaced list."""
        found = self.people.get(person)
        return _NO_ROLES if found is None or self.replaced else found.roles

    def signing_key(self, person: PersonId) -> bytes | None:
        """The Ed25519 public key whose signatures count as this person's, also after they left."""
        found = self.people.get(person)
        return None if found is None or self.replaced else found.public.ed25519

    def name_of(self, person: PersonId) -> str:
        """The name as shown, empty for a stranger. Kept on a replaced list, to be compared by eye."""
        found = self.people.get(person)
        return "" if found is None else found.name

    def holders(self) -> frozenset[PersonId]:
        """Everybody who holds any desk's key."""
        return frozenset(one.id for one in self.people.values() if one.active and one.desks)

    def one_person_suffices(self, grant_to: PersonId, *, desk_key: bool) -> bool:
        """Whether the founder may still sign alone what otherwise takes two.

        Until a second person holds a desk's key; the first beside the founder gets all desks' keys alone.

        Args:
            grant_to: the recipient.
            desk_key: a desk's key rather than the role of an officer.
        """
        others = self.holders() - {self.founder}
        return not (others - {grant_to} if desk_key else others)


def trust_root(case_file: CaseFileId, origin: OriginId, founder: PersonId, public: PublicKeys) -> str:
    """The fingerprint every list of people of this case file must begin with."""
    return tagged_hash(
        "trust-root",
        canonical_bytes(
            {"case_file": case_file, "founder": founder, "origin": origin, "public": public.to_plain()}
        ),
    ).hex()


def verify_roster(
    grants: Sequence[SignedGrant], case_file: CaseFileId, root: str, last_accepted: str = NO_FINGERPRINT
) -> Roster:
    """The list of people from its grants.

    Args:
        grants: in the order of the log.
        case_file: whose list it has to be.
        root: `PersonKeys.trust_root` of whoever opens it.
        last_accepted: `PersonKeys.roster`; a list that this one does not continue counts as replaced.

    Returns:
        The list; `replaced` where any grant does not hold. Never raises for what is stored.
    """
    replay = _Replay(case_file, root)
    accepted = last_accepted == NO_FINGERPRINT
    for signed in grants:
        if not replay.take(signed):
            return replay.roster(replaced=True)
        accepted = accepted or replay.fingerprint == last_accepted
    return replay.roster(replaced=not accepted or replay.founder is None)


def desk_keys(roster: Roster, keys: PersonKeys) -> tuple[DeskKey, ...]:
    """The desks' keys this person holds, newest epoch of each; none on a replaced list.

    Raises:
        KnownError: RECORD_DAMAGED, a grant of this person does not open.
    """
    person = roster.people.get(keys.person)
    if roster.replaced or person is None or not person.active:
        return ()
    found: dict[str, Grant] = {}
    for grant in roster.grants:
        mine = grant.kind is GrantKind.DESK and grant.recipient == keys.person
        if mine and person.desks.get(DeskId(grant.desk)) == grant.epoch:
            found[grant.desk] = grant
    return tuple(open_desk_grant(keys, grant) for grant in found.values())


class _Replay:
    """Walks the grants from the first on and keeps what they add up to."""

    def __init__(self, case_file: CaseFileId, root: str) -> None:
        self.fingerprint = tagged_hash("roster", bytes.fromhex(root)).hex()
        self.founder: PersonId | None = None
        self._case_file = case_file
        self._root = root
        self._people: dict[PersonId, Person] = {}
        self._grants: list[Grant] = []
        self._seen: set[str] = set()

    def roster(self, *, replaced: bool) -> Roster:
        """What the grants so far add up to."""
        return Roster(
            self._case_file, dict(self._people), self.founder, self.fingerprint, replaced, tuple(self._grants)
        )

    def take(self, signed: SignedGrant) -> bool:
        """Apply the next grant; False, and nothing applied, where it does not hold."""
        try:
            grant = signed.grant()
        except KnownError:
            return False
        if grant.case_file != self._case_file or grant.id in self._seen or not _well_formed(grant):
            return False
        if self.founder is None:
            holds = self._is_root(grant, signed)
        else:
            holds = self._signatures_hold(grant, signed) and self._allowed(grant, signed)
        if not holds:
            return False
        self._apply(grant)
        before = bytes.fromhex(self.fingerprint)
        self.fingerprint = tagged_hash("roster", before + signed.fingerprint()).hex()
        return True

    def _is_root(self, grant: Grant, signed: SignedGrant) -> bool:
        """The first grant: the founder makes themself an officer, with the keys of the trust root."""
        found = trust_root(self._case_file, grant.origin, grant.recipient, grant.public)
        if grant.kind is not GrantKind.PERSON or found != self._root:
            return False
        alone = grant.granted_by == grant.recipient and signed.second is None and grant.one_person
        if not alone or Role.OFFICER not in grant.roles or not signed.signed_by(grant.public):
            return False
        self.founder = grant.recipient
        return True

    def _signatures_hold(self, grant: Grant, signed: SignedGrant) -> bool:
        granter = self._people.get(grant.granted_by)
        if granter is None or Role.OFFICER not in granter.roles or not signed.signed_by(granter.public):
            return False
        if signed.second is None:
            return not signed.second_signature
        second = self._people.get(signed.second)
        if second is None or not second.active or not signed.seconded_by(second.public):
            return False
        return signed.second not in (grant.granted_by, grant.recipient)

    def _allowed(self, grant: Grant, signed: SignedGrant) -> bool:
        known = self._people.get(grant.recipient)
        if grant.kind is not GrantKind.PERSON and (known is None or known.public != grant.public):
            return False
        if grant.kind is GrantKind.DESK and known is not None and not known.roles & DESK_ROLES:
            return False
        if grant.granted_by == grant.recipient and not self._own_grant_allowed(grant, known):
            return False
        if not self._takes_two(grant, known):
            return not grant.one_person
        if signed.second is not None:
            return not grant.one_person and self._may_second(signed.second)
        alone = self.roster(replaced=False).one_person_suffices(
            grant.recipient, desk_key=grant.kind is GrantKind.DESK
        )
        return alone and grant.one_person and grant.granted_by == self.founder

    def _own_grant_allowed(self, grant: Grant, known: Person | None) -> bool:
        """To themself: the founder the keys made at the start; an officer a new name or fewer roles."""
        if known is None:
            return False
        if grant.kind is GrantKind.PERSON:
            return grant.public == known.public and grant.roles <= known.roles
        return grant.recipient == self.founder

    def _takes_two(self, grant: Grant, known: Person | None) -> bool:
        if grant.kind is GrantKind.DESK:
            return True
        if grant.kind is GrantKind.MAIN or Role.OFFICER not in grant.roles:
            return False
        return known is None or Role.OFFICER not in known.roles or known.public != grant.public

    def _may_second(self, person: PersonId) -> bool:
        second = self._people[person]
        return Role.OFFICER in second.roles or bool(second.desks)

    def _apply(self, grant: Grant) -> None:
        self._seen.add(grant.id)
        self._grants.append(grant)
        known = self._people.get(grant.recipient)
        if grant.kind is GrantKind.PERSON:
            self._people[grant.recipient] = _joined(grant, known)
        elif grant.kind is GrantKind.DESK and known is not None:
            held = {**known.desks, DeskId(grant.desk): grant.epoch}
            self._people[grant.recipient] = attrs.evolve(
                known, desks=held, one_person=known.one_person or grant.one_person
            )


def _joined(grant: Grant, known: Person | None) -> Person:
    # New keys open none of the old wraps, so the desks have to be granted again. A person who no longer has
    # a role that needs the key counts as without it; that they cannot use it any more takes a new epoch.
    keeps = known is not None and known.public == grant.public and bool(grant.roles & DESK_ROLES)
    return Person(
        id=grant.recipient,
        name=grant.name,
        roles=grant.roles,
        public=grant.public,
        since=grant.moment if known is None else known.since,
        desks=known.desks if known is not None and keeps else {},
        one_person=grant.one_person or (known is not None and known.one_person),
    )


def _well_formed(grant: Grant) -> bool:
    match grant.kind:
        case GrantKind.PERSON:
            return bool(grant.name) and not grant.desk and not grant.wrap and grant.epoch == 0
        case GrantKind.MAIN:
            bare = not grant.name and not grant.roles and not grant.desk
            return bare and bool(grant.wrap) and grant.epoch >= 1
        case GrantKind.DESK:
            bare = not grant.name and not grant.roles
            return bare and is_id(grant.desk) and bool(grant.wrap) and grant.epoch >= 1
