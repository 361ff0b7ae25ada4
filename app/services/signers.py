"""Whose signatures count and what each may ever write, read from the list of people of this session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.casefile.grants import GrantKind
from app.casefile.roster import Roster
from app.domain.ids import PersonId
from app.domain.roles import OPENERS, Role

_KEY_HOLDERS: Final = frozenset({Role.COORDINATOR, Role.OFFICER})
_WRITERS: Final = _KEY_HOLDERS | {Role.REPORTS}
_OFFICER: Final = frozenset({Role.OFFICER})

# By kind of row as entries name it; a kind that is not named is for key holders.
_MAY_WRITE: Final[Mapping[str, frozenset[Role]]] = {
    "grant": _KEY_HOLDERS,  # the signatures on the grant itself say whether it counts
    "public_texts": _WRITERS,
    "hold": _WRITERS,
    "attention": _WRITERS,  # it only ever pauses
    "clearance": _WRITERS,  # a stop takes clearances away
    "trust": _WRITERS,  # proposals
    "trust_step": _WRITERS,  # ending trust; who may confirm is asked of the pair
    "slip": _WRITERS,  # asking is for everybody who may propose; who may answer is asked of the pair
    "slip_use": _WRITERS,
    "backup": _WRITERS,
    "drill": _WRITERS,
    "file_check": _WRITERS,
    "clearance_ask": _WRITERS,
    "derived_copy": _OFFICER,
    "journey": _OFFICER,
    "copy_facts": _OFFICER,
    "copy_note": _WRITERS,
    "recovery_kit": _OFFICER,
    "recovery_drill": _OFFICER,
    "recovery_use": _OFFICER,
    "report": _WRITERS,
    "single_use": _WRITERS,  # it only ever narrows
    "report_series": _OFFICER,
    "report_series_end": _WRITERS,  # it narrows
    "own_kind": _WRITERS,  # proposals
    "own_kind_step": _WRITERS,  # ending one; who may confirm is asked of the pair
    "quoted_figure": _WRITERS,
    "recipient": _WRITERS,
    "mailing_list": _WRITERS,
    "attachment": _WRITERS,
    "sealed": _KEY_HOLDERS,
    "desk": _OFFICER,
    "own_term": _OFFICER,
    "finding_figure": _OFFICER,  # what an auditor is told must not come from whom it is about
    "passphrase_change": OPENERS,  # everybody's own
    "log_doubt": OPENERS,  # whoever compares
    "quarter_review": _OFFICER,
    "quarter_sign": _OFFICER,
    "log_doubt_step": _OFFICER,
    "restore": _OFFICER,
    "replayed": _OFFICER,
}


class RosterSigners:
    """Implements `ports.Signers`; follows a list of people that changes while the session lives."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._held: dict[str, frozenset[Role]] = {}
        self._places: dict[str, tuple[tuple[str, frozenset[Role]], ...]] = {}

    @property
    def roster(self) -> Roster:
        """The list of people of now."""
        return self._roster

    @roster.setter
    def roster(self, roster: Roster) -> None:
        self._roster = roster
        self._held = {}
        self._places = {}

    def signing_key(self, person: PersonId) -> bytes | None:
        """See `ports.Signers.signing_key`."""
        return self._roster.signing_key(person)

    def may_write(self, roles: frozenset[Role], kind: str) -> bool:
        """See `ports.Signers.may_write`."""
        return not roles.isdisjoint(_MAY_WRITE.get(kind, _KEY_HOLDERS))

    def places_of(self, person: str) -> tuple[tuple[str, frozenset[Role]], ...]:
        """See `ports.Signers.places_of`; nothing where the list of people was replaced."""
        if self._roster.replaced:
            return ()
        if person not in self._places:
            places = (one for one in self._roster.grants if one.kind is GrantKind.PERSON)
            mine = [(str(one.id), one.roles) for one in places if one.recipient == person]
            if mine and person == self._roster.founder:  # made with the case file: there is nothing before
                mine[0] = "", mine[0][1]
            self._places[person] = tuple(mine)
        return self._places[person]

    def roles_ever(self, person: str) -> frozenset[Role]:
        """Every role somebody ever had: who could ever open something.

        Who may have signed an entry is asked of the roles they held at it (`Reader.roles_at`).
        """
        if self._roster.replaced:
            return frozenset()
        if person not in self._held:
            grants = (grant.roles for grant in self._roster.grants if grant.recipient == person)
            self._held[person] = frozenset[Role]().union(*grants)
        return self._held[person]
