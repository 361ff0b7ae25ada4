"""Protects: who may have signed an entry is asked of what they were at that entry, never of now or ever."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as some

from app.domain.ids import PersonId
from app.domain.roles import Role
from app.storage.log_index import Place
from app.storage.taking_part import TakingPart

ME = PersonId("0" * 32)
DESK, OFFICER, STAFF = frozenset({Role.COORDINATOR}), frozenset({Role.OFFICER}), frozenset({Role.REPORTS})
NOBODY: frozenset[Role] = frozenset()


class WrittenPlaces:
    """A list of people and the log that gave it, written by hand."""

    def __init__(self, places: Sequence[tuple[str, frozenset[Role]]], entries: dict[str, int]) -> None:
        self._places, self._entries = tuple(places), entries

    def signing_key(self, person: PersonId) -> bytes | None:
        return b"key" if person == ME else None

    def may_write(self, roles: frozenset[Role], kind: str) -> bool:
        return not roles.isdisjoint(DESK | OFFICER) or kind == "open"

    def places_of(self, person: str) -> tuple[tuple[str, frozenset[Role]], ...]:
        return self._places if person == ME else ()

    def places(self, record: str) -> tuple[Place, ...]:
        entry = self._entries.get(record)
        return () if entry is None else (Place(entry, 0, 1, 0),)


def _part(places: Sequence[tuple[str, frozenset[Role]]], entries: dict[str, int]) -> TakingPart:
    written = WrittenPlaces(places, entries)
    return TakingPart(written, written)  # type: ignore[arg-type]


def test_roles_act_from_the_entry_behind_the_one_that_gave_them() -> None:
    part = _part([("a", STAFF), ("b", DESK), ("c", STAFF), ("d", NOBODY)], {"a": 3, "b": 7, "c": 9, "d": 12})
    held = [part.roles_at(ME, entry) for entry in range(1, 15)]
    assert held == [*[NOBODY] * 3, *[STAFF] * 4, *[DESK] * 2, *[STAFF] * 3, *[NOBODY] * 2]
    assert part.key_at(ME, 3) is None, "nobody signs before they were let in"
    assert part.key_at(ME, 12) == b"key", "the entry that ends it may still be theirs"
    assert part.key_at(ME, 13) is None
    assert [entry for entry in range(1, 15) if part.may_write_at(ME, entry, "sealed")] == [8, 9]


def test_a_founder_is_what_they_are_from_the_first_entry_on() -> None:
    part = _part([("", OFFICER), ("b", STAFF)], {"b": 4})
    assert [part.roles_at(ME, entry) for entry in (1, 4, 5)] == [OFFICER, OFFICER, STAFF]


def test_a_place_no_entry_gave_is_none() -> None:
    part = _part([("a", STAFF), ("b", OFFICER)], {"a": 3})
    assert part.roles_at(ME, 100) == STAFF
    assert part.roles_at(PersonId("1" * 32), 100) == NOBODY


def test_another_list_of_people_is_read_anew() -> None:
    part = _part([("a", STAFF)], {"a": 3})
    assert part.roles_at(ME, 9) == STAFF
    part.signers = WrittenPlaces([("a", STAFF), ("b", DESK)], {})
    assert part.roles_at(ME, 9) == STAFF, "the change has no entry"


@given(
    some.lists(
        some.tuples(some.sampled_from([DESK, OFFICER, STAFF, NOBODY]), some.integers(1, 5)), max_size=6
    )
)
def test_what_comes_later_never_changes_what_was(changes: list[tuple[frozenset[Role], int]]) -> None:
    places, entries, at = [], {}, 0
    for number, (roles, span) in enumerate(changes):
        at += span
        places.append((str(number), roles))
        entries[str(number)] = at
        whole, before = _part(places, entries), _part(places[:-1], entries)
        assert all(whole.roles_at(ME, one) == before.roles_at(ME, one) for one in range(1, at + 1))
        assert whole.roles_at(ME, at + 1) == roles
