"""The list of people: who they are, what they may do and which desks' keys they hold, from grants alone.

The list follows from the trust root, grant by grant, or it counts as replaced: then it still names people,
but nobody holds a role, no signature counts and no desk's key is opened. The rules of who may grant what
stand in `roster_rules` and nowhere else; how a grant is made stands in `grants`.

Source: security.md, *Keys* and *Who may do what* (people, desks).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Final

import attrs

from app.casefile.grants import Grant, GrantKind, open_desk_grant, open_main_grant
from app.crypto.hashing import tagged_hash
from app.crypto.keys import DeskKey, MainKey, PersonKeys, PublicKeys
from app.domain.canonical import canonical_bytes
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, DeskId, OriginId, PersonId
from app.domain.roles import Role

_NO_ROLES: Final[frozenset[Role]] = frozenset()
DESK_ROLES: Final = frozenset({Role.COORDINATOR, Role.OFFICER})
"""Only these ever hold a desk's key (reports staff and auditors are kept out by mathematics)."""


@attrs.frozen(slots=False)
class Person:
    """Somebody on the list.

    Attributes:
        name: as shown.
        roles: none for somebody who has left.
        since: when the first grant to them was made.
        held: every desk's key they hold, as desk and epoch: what is closed stays under the key of its day.
        main: the newest epoch of MAIN granted to them, 0 for none.
        one_person: what they are was granted by one person where it later takes two.
    """

    id: PersonId
    name: str
    roles: frozenset[Role]
    public: PublicKeys
    since: datetime
    held: frozenset[tuple[DeskId, int]] = frozenset()
    main: int = 0
    one_person: bool = False

    @cached_property
    def desks(self) -> Mapping[DeskId, int]:
        """The newest epoch of each desk's key they hold."""
        return dict(sorted(self.held))

    @property
    def active(self) -> bool:
        """Whether this person still takes part."""
        return bool(self.roles)

    @property
    def trustee(self) -> bool:
        """Whether they answer slips from elsewhere, and cannot open the case file."""
        return Role.TRUSTEE in self.roles


@attrs.frozen
class Roster:
    """The list of people as far as it follows from the trust root.

    Attributes:
        people: by id, in the order they joined.
        founder: who made the case file, None where not even the first grant holds.
        fingerprint: stands for all grants in their order; the next unlock compares it.
        replaced: the list does not follow; everything below fails closed.
        main_epoch: the newest epoch of MAIN anybody was granted.
        desk_epochs: the newest epoch of each desk's key.
    """

    case_file: CaseFileId
    people: Mapping[PersonId, Person]
    founder: PersonId | None
    fingerprint: str
    replaced: bool
    grants: tuple[Grant, ...] = attrs.field(default=(), repr=False)
    main_epoch: int = 0
    desk_epochs: Mapping[DeskId, int] = attrs.field(factory=dict)

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

    def one_person_suffices_for_trustee(self) -> bool:
        """Whether the founder may add a trustee alone: nobody else holds a desk's key, and there is none yet.

        With a trustee at hand there are two people, and one of them may not choose the other's successor.
        """
        trustees = any(one.trustee for one in self.people.values())
        return not trustees and not self.holders() - {self.founder}


def trust_root(case_file: CaseFileId, origin: OriginId, founder: PersonId, public: PublicKeys) -> str:
    """The fingerprint every list of people of this case file must begin with."""
    return tagged_hash(
        "trust-root",
        canonical_bytes(
            {"case_file": case_file, "founder": founder, "origin": origin, "public": public.to_plain()}
        ),
    ).hex()


def desk_keys(roster: Roster, keys: PersonKeys) -> tuple[DeskKey, ...]:
    """The desks' keys this person holds, of every epoch; none on a replaced list.

    Raises:
        KnownError: RECORD_DAMAGED, a grant of this person does not open.
    """
    held = {(DeskId(grant.desk), grant.epoch): grant for grant in _granted(roster, keys, GrantKind.DESK)}
    person = roster.people.get(keys.person)
    return tuple(
        open_desk_grant(keys, grant)
        for which, grant in held.items()
        if person is not None and which in person.held
    )


def main_keys(roster: Roster, keys: PersonKeys) -> tuple[MainKey, ...]:
    """Every MAIN granted to this person, oldest first; none on a replaced list.

    Raises:
        KnownError: RECORD_DAMAGED, a grant of this person does not open.
    """
    found = {grant.epoch: grant for grant in _granted(roster, keys, GrantKind.MAIN)}
    return tuple(open_main_grant(keys, found[epoch]) for epoch in sorted(found))


def _granted(roster: Roster, keys: PersonKeys, kind: GrantKind) -> Iterator[Grant]:
    """What was granted to the very keys of somebody who takes part."""
    person = roster.people.get(keys.person)
    if roster.replaced or person is None or not person.active:
        return
    for grant in roster.grants:
        if (grant.kind, grant.recipient, grant.public) == (kind, keys.person, keys.public):
            yield grant
