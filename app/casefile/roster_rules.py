"""The list of people, followed from its trust root grant by grant: who may grant what stands here alone.

Source: security.md, *Keys* and *Who may do what* (people, desks); FORMAT.md, *The list of people*.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from app.casefile.grants import Grant, GrantKind, SignedGrant
from app.casefile.roster import DESK_ROLES, Person, Roster, trust_root
from app.crypto.hashing import tagged_hash
from app.crypto.keys import NO_FINGERPRINT
from app.domain.errors import KnownError
from app.domain.ids import CaseFileId, DeskId, PersonId, is_id
from app.domain.roles import Role, widens


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
        self._trustees: set[PersonId] = set()
        self._main_epoch = 0
        self._desk_epochs: dict[DeskId, int] = {}

    def roster(self, *, replaced: bool) -> Roster:
        """What the grants so far add up to."""
        return Roster(
            *(self._case_file, dict(self._people), self.founder, self.fingerprint, replaced),
            *(tuple(self._grants), self._main_epoch, dict(self._desk_epochs)),
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
        if not self._trustee_kept_apart(grant, known) or not self._epoch_follows(grant):
            return False
        if grant.kind is GrantKind.DESK and known is not None and not known.roles & DESK_ROLES:
            return False
        if grant.kind is GrantKind.MAIN and known is not None and not known.active:
            return False
        if grant.granted_by == grant.recipient and not self._own_grant_allowed(grant, known):
            return False
        if not self._takes_two(grant, known):
            return not grant.one_person
        if signed.second is None and not grant.one_person and self._renews(grant, known):
            return True
        if signed.second is not None:
            return not grant.one_person and self._may_second(signed.second)
        now = self.roster(replaced=False)
        if Role.TRUSTEE in grant.roles:
            alone = now.one_person_suffices_for_trustee()
        else:
            alone = now.one_person_suffices(grant.recipient, desk_key=grant.kind is GrantKind.DESK)
        return alone and grant.one_person and grant.granted_by == self.founder

    def _trustee_kept_apart(self, grant: Grant, known: Person | None) -> bool:
        """A trustee is never anything else, before or after, gets no key, and brings keys nobody else has."""
        if Role.TRUSTEE not in grant.roles:
            ends = grant.kind is GrantKind.PERSON and not grant.roles
            return grant.recipient not in self._trustees or ends
        if grant.roles != {Role.TRUSTEE} or (known is not None and grant.recipient not in self._trustees):
            return False
        others = [one.public for one in self._people.values() if one.id != grant.recipient]
        mine = grant.public
        return not any(mine.ed25519 == one.ed25519 or mine.x25519 == one.x25519 for one in others)

    def _own_grant_allowed(self, grant: Grant, known: Person | None) -> bool:
        """To themself: the founder the keys made at the start; an officer a new name, never another role."""
        if known is None:
            return False
        if grant.kind is GrantKind.PERSON:
            return grant.public == known.public and grant.roles == known.roles
        return grant.recipient == self.founder or self._renews(grant, known)

    def _epoch_follows(self, grant: Grant) -> bool:
        """A key's next epoch follows the newest; MAIN's older ones are over, a desk's are not."""
        if grant.kind is GrantKind.MAIN:
            return self._main_epoch <= grant.epoch <= self._main_epoch + 1
        if grant.kind is GrantKind.DESK:
            return grant.epoch <= self._desk_epochs.get(DeskId(grant.desk), 0) + 1
        return True

    def _renews(self, grant: Grant, known: Person | None) -> bool:
        """The newest key for somebody who holds the one before it, from somebody who does: it widens nothing.

        Whoever makes a desk's key knows it: an officer without the one before would come to it alone.
        """
        if grant.kind is GrantKind.MAIN:
            return known is not None and 0 < known.main <= grant.epoch
        if grant.kind is not GrantKind.DESK or known is None:
            return False
        desk, before = DeskId(grant.desk), grant.epoch - 1
        newest, by = self._desk_epochs.get(desk, 0), self._people[grant.granted_by]
        held = known.desks.get(desk) == before and by.desks.get(desk, 0) >= before
        return before > 0 and newest <= grant.epoch and held

    def _takes_two(self, grant: Grant, known: Person | None) -> bool:
        if grant.kind is GrantKind.DESK:
            return True
        taking = grant.roles & {Role.OFFICER, Role.TRUSTEE}
        if grant.kind is GrantKind.MAIN:
            return False
        if known is not None and known.active and widens(known.roles, grant.roles):
            return True
        return bool(taking) and (known is None or not taking <= known.roles or known.public != grant.public)

    def _may_second(self, person: PersonId) -> bool:
        second = self._people[person]
        return Role.OFFICER in second.roles or bool(second.desks)

    def _apply(self, grant: Grant) -> None:
        self._seen.add(grant.id)
        self._grants.append(grant)
        known = self._people.get(grant.recipient)
        if grant.kind is GrantKind.PERSON:
            self._people[grant.recipient] = _joined(grant, known)
            if Role.TRUSTEE in grant.roles:
                self._trustees.add(grant.recipient)
        elif grant.kind is GrantKind.MAIN and known is not None:
            self._main_epoch = grant.epoch
            self._people[grant.recipient] = attrs.evolve(known, main=grant.epoch)
        elif grant.kind is GrantKind.DESK and known is not None:
            desk = DeskId(grant.desk)
            self._desk_epochs[desk] = max(grant.epoch, self._desk_epochs.get(desk, 0))
            held, alone = known.held | {(desk, grant.epoch)}, known.one_person or grant.one_person
            self._people[grant.recipient] = attrs.evolve(known, held=held, one_person=alone)


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
        held=known.held if known is not None and keeps else frozenset(),
        main=known.main if known is not None and known.public == grant.public and grant.roles else 0,
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
