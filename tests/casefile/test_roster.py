"""The list of people: what counts, and every forged, replayed, swapped or missing grant seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.casefile.grants import Granter, GrantKind, SignedGrant, countersign
from app.casefile.roster import Roster, desk_keys, main_keys, trust_root
from app.casefile.roster_rules import verify_roster
from app.crypto.keys import DeskKey, MainKey, PersonKeys
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, DeskId, OriginId, PersonId, RecordId, new_id
from app.domain.roles import Role
from tests.casefile.joining import Joining, grants_to_join, needs_second, waiting

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CASE_FILE, ORIGIN = CaseFileId(new_id()), OriginId(new_id())
MAIN, DESK, DESK_TWO = (
    MainKey.generate(),
    DeskKey.generate(DeskId(new_id())),
    DeskKey.generate(DeskId(new_id())),
)


ALENA, NINA, PAVEL, RITA, STRANGER = (PersonKeys.generate() for _ in range(5))
ROOT = trust_root(CASE_FILE, ORIGIN, ALENA.person, ALENA.public)


def granter(keys: PersonKeys, *, one_person: bool = False) -> Granter:
    return Granter(keys, CASE_FILE, ORIGIN, NOW, one_person=one_person)


def founding() -> list[SignedGrant]:
    alone = granter(ALENA, one_person=True)
    return [
        alone.person(ALENA.person, ALENA.public, "Alena Example", (Role.OFFICER,)),
        alone.main(ALENA.person, ALENA.public, MAIN),
        alone.desk(ALENA.person, ALENA.public, DESK),
    ]


FOUNDING = founding()


def verified(grants: Sequence[SignedGrant]) -> Roster:
    return verify_roster(grants, CASE_FILE, ROOT)


def joined(
    grants: Sequence[SignedGrant],
    who: PersonKeys,
    *roles: Role,
    desks: tuple[DeskKey, ...] = (),
    second: PersonKeys | None = None,
    by: PersonKeys = ALENA,
) -> list[SignedGrant]:
    joining = Joining(who, f"Person {who.person[:4]}", frozenset(roles), desks)
    return [*grants, *grants_to_join(verified(grants), by, joining, MAIN, ORIGIN, NOW, second)]


WITH_NINA = joined(FOUNDING, NINA, Role.COORDINATOR, desks=(DESK,))
WITH_RITA = joined(WITH_NINA, RITA, Role.REPORTS)
WITH_PAVEL = joined(WITH_RITA, PAVEL, Role.OFFICER, desks=(DESK,), second=NINA)


def counts(grants: Sequence[SignedGrant]) -> bool:
    return not verified(grants).replaced


class TestWhatCounts:
    def test_four_people_with_four_roles(self) -> None:
        roster = verified(WITH_PAVEL)
        roster.check()
        assert [roster.roles_of(one.person) for one in (ALENA, NINA, RITA, PAVEL)] == [
            {Role.OFFICER},
            {Role.COORDINATOR},
            {Role.REPORTS},
            {Role.OFFICER},
        ]
        assert roster.holders() == {ALENA.person, NINA.person, PAVEL.person}
        assert roster.signing_key(NINA.person) == NINA.public.ed25519
        assert roster.people[NINA.person].one_person
        assert not roster.people[PAVEL.person].one_person

    def test_everybody_opens_the_desk_they_hold_and_nobody_else_does(self) -> None:
        roster = verified(WITH_PAVEL)
        for holder in (ALENA, NINA, PAVEL):
            assert [key.raw for key in desk_keys(roster, holder)] == [DESK.raw]
        for other in (RITA, STRANGER):
            assert desk_keys(roster, other) == ()

    def test_the_newest_epoch_of_a_desk_counts(self) -> None:
        renewed = DeskKey.generate(DESK.desk, epoch=2)
        again = granter(ALENA).desk(NINA.person, NINA.public, renewed)
        roster = verified([*WITH_PAVEL, countersign(again, PAVEL)])
        assert [key.epoch for key in desk_keys(roster, NINA)] == [1, 2]  # what is closed stays under its own
        assert roster.people[NINA.person].desks == {DESK.desk: 2}

    def test_the_first_holder_beside_the_founder_gets_every_desk_alone(self) -> None:
        alone = granter(ALENA, one_person=True)
        two_desks = [*FOUNDING, alone.desk(ALENA.person, ALENA.public, DESK_TWO)]
        grants = joined(two_desks, PAVEL, Role.OFFICER, desks=(DESK, DESK_TWO))
        assert len(desk_keys(verified(grants), PAVEL)) == 2

    def test_a_new_name_and_a_leaver(self) -> None:
        renamed = granter(ALENA).person(NINA.person, NINA.public, "Nina Other", (Role.COORDINATOR,))
        left = granter(PAVEL).person(RITA.person, RITA.public, "Rita", ())
        roster = verified([*WITH_PAVEL, renamed, left])
        assert roster.name_of(NINA.person) == "Nina Other"
        assert desk_keys(roster, NINA)
        assert roster.roles_of(RITA.person) == frozenset()
        assert not roster.people[RITA.person].active
        assert roster.signing_key(RITA.person) is not None  # what they signed before still counts

    def test_a_coordinator_who_becomes_reports_staff_holds_no_desk(self) -> None:
        moved = granter(ALENA).person(NINA.person, NINA.public, "Nina", (Role.REPORTS,))
        roster = verified([*WITH_PAVEL, moved])
        assert not roster.replaced
        assert desk_keys(roster, NINA) == ()

    def test_new_keys_need_the_desk_again(self) -> None:
        fresh = attrs.evolve(PersonKeys.generate(), person=NINA.person)
        renewed = granter(ALENA).person(NINA.person, fresh.public, "Nina", (Role.COORDINATOR,))
        assert desk_keys(verified([*WITH_PAVEL, renewed]), fresh) == ()

    def test_grants_come_back_from_storage(self) -> None:
        assert [SignedGrant.from_plain(one.to_plain()) for one in WITH_PAVEL] == WITH_PAVEL
        assert [one.grant().kind for one in FOUNDING] == [GrantKind.PERSON, GrantKind.MAIN, GrantKind.DESK]


MAIN_TWO, DESK_OF_TWO = MainKey.generate(2), DeskKey.generate(DESK.desk, 2)


def nina_taken_out(by: PersonKeys, *, others: Sequence[PersonKeys]) -> list[SignedGrant]:
    """What one officer signs: no roles for Nina, a new MAIN for everybody left, new keys of her desk."""
    officer = granter(by)
    mains = [officer.main(one.person, one.public, MAIN_TWO) for one in others]
    holders = [one for one in others if one is not RITA]
    desks = [officer.desk(one.person, one.public, DESK_OF_TWO) for one in holders]
    return [officer.person(NINA.person, NINA.public, "Nina", ()), *mains, *desks]


class TestTakenOut:
    @pytest.mark.parametrize("by", [ALENA, PAVEL], ids=["the founder", "another officer"])
    def test_one_officer_gives_everybody_left_new_keys(self, by: PersonKeys) -> None:
        others = [by, *(one for one in (ALENA, PAVEL, RITA) if one is not by)]
        roster = verified([*WITH_PAVEL, *nina_taken_out(by, others=others)])
        roster.check()
        assert (roster.main_epoch, roster.desk_epochs) == (2, {DESK.desk: 2})
        for one in (ALENA, PAVEL):
            assert [key.raw for key in desk_keys(roster, one)] == [DESK.raw, DESK_OF_TWO.raw]
            assert main_keys(roster, one) == (MAIN, MAIN_TWO)
        assert main_keys(roster, RITA) == (MAIN, MAIN_TWO)
        assert (desk_keys(roster, NINA), main_keys(roster, NINA)) == ((), ())
        assert roster.roles_of(NINA.person) == frozenset()

    def test_whoever_joins_later_gets_old_and_new_keys_of_the_desk(self) -> None:
        grants = [*WITH_PAVEL, *nina_taken_out(ALENA, others=[ALENA, PAVEL, RITA])]
        place = granter(PAVEL).person(STRANGER.person, STRANGER.public, "Sviatlana", (Role.COORDINATOR,))
        main = granter(PAVEL).main(STRANGER.person, STRANGER.public, MAIN_TWO)
        desks = [granter(PAVEL).desk(STRANGER.person, STRANGER.public, key) for key in (DESK, DESK_OF_TWO)]
        roster = verified([*grants, place, main, *(countersign(one, ALENA) for one in desks)])
        roster.check()
        assert [key.epoch for key in desk_keys(roster, STRANGER)] == [1, 2]
        assert not counts([*grants, place, main, *desks])  # the older one takes two, as any first key does

    def test_a_founder_left_alone_renews_and_lets_the_next_one_in(self) -> None:
        grants = [*WITH_NINA, *nina_taken_out(ALENA, others=[ALENA])]
        alone = granter(ALENA, one_person=True)
        place = granter(ALENA).person(STRANGER.person, STRANGER.public, "Sviatlana", (Role.COORDINATOR,))
        main = granter(ALENA).main(STRANGER.person, STRANGER.public, MAIN_TWO)
        desks = [alone.desk(STRANGER.person, STRANGER.public, key) for key in (DESK, DESK_OF_TWO)]
        assert counts([*grants, place, main, *desks])


class TestTwoPeople:
    def test_who_has_to_wait_is_known_beforehand(self) -> None:
        roster = verified(WITH_NINA)
        officer = Joining(PAVEL, "Pavel", frozenset({Role.OFFICER}), (DESK,))
        assert needs_second(roster, ALENA.person, officer)
        assert needs_second(roster, ALENA.person, Joining(PAVEL, "P", frozenset({Role.COORDINATOR}), (DESK,)))
        assert not needs_second(roster, ALENA.person, Joining(RITA, "R", frozenset({Role.REPORTS})))
        assert not needs_second(verified(FOUNDING), ALENA.person, officer)
        grants = grants_to_join(roster, ALENA, officer, MAIN, ORIGIN, NOW)
        assert len(waiting(grants, officer)) == 2
        assert not counts([*WITH_NINA, *grants])
        signed = [countersign(one, NINA) if one in waiting(grants, officer) else one for one in grants]
        assert counts([*WITH_NINA, *signed])
        assert not waiting(signed, officer)

    def test_the_founder_alone_no_longer_suffices_once_two_hold_a_desk(self) -> None:
        alone = granter(ALENA, one_person=True)
        assert not counts([*WITH_NINA, alone.person(PAVEL.person, PAVEL.public, "Pavel", (Role.OFFICER,))])
        joins = granter(ALENA).person(PAVEL.person, PAVEL.public, "Pavel", (Role.COORDINATOR,))
        assert counts([*WITH_NINA, joins])
        assert not counts([*WITH_NINA, joins, alone.desk(PAVEL.person, PAVEL.public, DESK)])

    def test_a_coordinator_is_not_made_an_officer_by_one(self) -> None:
        alone = granter(ALENA, one_person=True)
        assert not counts([*WITH_NINA, alone.person(NINA.person, NINA.public, "Nina", (Role.OFFICER,))])

    def test_one_person_is_marked_and_the_mark_is_not_borrowed(self) -> None:
        unmarked = granter(ALENA).person(PAVEL.person, PAVEL.public, "Pavel", (Role.OFFICER,))
        assert not counts([*FOUNDING, unmarked])
        marked = granter(ALENA, one_person=True).person(RITA.person, RITA.public, "Rita", (Role.REPORTS,))
        assert not counts([*FOUNDING, marked])

    def test_the_second_is_somebody_with_a_key_and_neither_granter_nor_recipient(self) -> None:
        joins = granter(ALENA).person(PAVEL.person, PAVEL.public, "Pavel", (Role.OFFICER,))
        assert counts([*WITH_RITA, countersign(joins, NINA)])
        assert not counts([*WITH_RITA, countersign(joins, RITA)])
        assert not counts([*WITH_RITA, countersign(joins, STRANGER)])
        with pytest.raises(BugError):
            countersign(joins, ALENA)
        promoted = granter(ALENA).person(NINA.person, NINA.public, "Nina", (Role.OFFICER,))
        assert not counts([*WITH_RITA, countersign(promoted, NINA)])

    def test_another_officer_is_not_the_founder(self) -> None:
        """Only the founder ever signs alone, even where nobody else holds a desk."""
        grants = joined(FOUNDING, PAVEL, Role.OFFICER)
        assert counts(grants)
        by_pavel = granter(PAVEL, one_person=True)
        assert not counts([*grants, by_pavel.person(NINA.person, NINA.public, "Nina", (Role.OFFICER,))])


def body_changed(grant: SignedGrant, **change: object) -> SignedGrant:
    """Other content under the old signature."""
    changed = attrs.evolve(grant.grant(), **change)  # type: ignore[arg-type]  # fields by name, on purpose
    return attrs.evolve(grant, body=changed.body())


FORGERIES: dict[str, Callable[[], list[SignedGrant]]] = {
    "no grants at all": list,
    "a root of somebody else": lambda: [
        granter(STRANGER, one_person=True).person(STRANGER.person, STRANGER.public, "S", (Role.OFFICER,))
    ],
    "the founder's id with other keys": lambda: [
        granter(attrs.evolve(STRANGER, person=ALENA.person), one_person=True).person(
            ALENA.person, STRANGER.public, "Alena Example", (Role.OFFICER,)
        )
    ],
    "the root twice": lambda: [FOUNDING[0], *FOUNDING],
    "the root missing": lambda: FOUNDING[1:],
    "a person missing": lambda: [one for one in WITH_PAVEL if one is not WITH_NINA[3]],
    "a grant replayed": lambda: [*WITH_PAVEL, WITH_PAVEL[3]],
    "another order": lambda: [*FOUNDING, *WITH_NINA[4:6], WITH_NINA[3]],
    "a stranger grants": lambda: [
        *WITH_PAVEL,
        granter(STRANGER).person(STRANGER.person, STRANGER.public, "S", (Role.AUDITOR,)),
    ],
    "a coordinator grants": lambda: [
        *WITH_PAVEL,
        granter(NINA).person(STRANGER.person, STRANGER.public, "S", (Role.AUDITOR,)),
    ],
    "an officer who left grants": lambda: [
        *WITH_PAVEL,
        granter(ALENA).person(PAVEL.person, PAVEL.public, "P", ()),
        granter(PAVEL).person(STRANGER.person, STRANGER.public, "S", (Role.AUDITOR,)),
    ],
    "somebody signs as the founder": lambda: [
        *WITH_PAVEL,
        granter(attrs.evolve(STRANGER, person=ALENA.person)).person(
            STRANGER.person, STRANGER.public, "S", (Role.AUDITOR,)
        ),
    ],
    "reports staff give themselves a role": lambda: [
        *WITH_PAVEL,
        granter(RITA).person(RITA.person, RITA.public, "Rita", (Role.COORDINATOR,)),
    ],
    "an officer gives themself another role": lambda: [
        *WITH_PAVEL,
        granter(PAVEL).person(PAVEL.person, PAVEL.public, "P", (Role.OFFICER, Role.AUDITOR)),
    ],
    "a desk's key to reports staff": lambda: [
        *WITH_PAVEL,
        countersign(granter(ALENA).desk(RITA.person, RITA.public, DESK), PAVEL),
    ],
    "a desk's key to somebody unknown": lambda: [
        *WITH_PAVEL,
        countersign(granter(ALENA).desk(STRANGER.person, STRANGER.public, DESK), PAVEL),
    ],
    "a desk's key wrapped to other keys": lambda: [
        *WITH_PAVEL,
        countersign(granter(ALENA).desk(NINA.person, STRANGER.public, DESK), PAVEL),
    ],
    "a grant of another case file": lambda: [
        *WITH_PAVEL,
        Granter(ALENA, CaseFileId(new_id()), ORIGIN, NOW).person(
            STRANGER.person, STRANGER.public, "S", (Role.AUDITOR,)
        ),
    ],
    "roles raised": lambda: [*WITH_NINA, body_changed(WITH_RITA[6], roles=frozenset({Role.AUDITOR}))],
    "a name changed": lambda: [*WITH_NINA, body_changed(WITH_RITA[6], name="Other")],
    "keys exchanged": lambda: [*WITH_NINA, body_changed(WITH_RITA[6], public=STRANGER.public)],
    "a recipient exchanged": lambda: [*WITH_NINA, body_changed(WITH_RITA[6], recipient=STRANGER.person)],
    "a moment changed": lambda: [*WITH_NINA, body_changed(WITH_RITA[6], moment=NOW.replace(year=2020))],
    "an origin changed": lambda: [*WITH_NINA, body_changed(WITH_RITA[6], origin=OriginId(new_id()))],
    "an id changed": lambda: [*WITH_NINA, body_changed(WITH_RITA[6], id=RecordId(new_id()))],
    "a granter exchanged": lambda: [*WITH_NINA, body_changed(WITH_RITA[6], granted_by=NINA.person)],
    "a wrap exchanged": lambda: [*WITH_NINA[:5], body_changed(WITH_NINA[5], wrap=FOUNDING[2].grant().wrap)],
    "an epoch changed": lambda: [*WITH_NINA[:5], body_changed(WITH_NINA[5], epoch=2)],
    "a desk exchanged": lambda: [*WITH_NINA[:5], body_changed(WITH_NINA[5], desk=DESK_TWO.desk)],
    "a mark taken off": lambda: [*WITH_NINA[:5], body_changed(WITH_NINA[5], one_person=False)],
    "a second signature taken off": lambda: [
        *WITH_PAVEL[:-1],
        attrs.evolve(WITH_PAVEL[-1], second=None, second_signature=b""),
    ],
    "a second signature left without its person": lambda: [
        *WITH_PAVEL[:-1],
        attrs.evolve(WITH_PAVEL[-1], second=None),
    ],
    "a second person exchanged": lambda: [
        *WITH_PAVEL[:-1],
        attrs.evolve(WITH_PAVEL[-1], second=ALENA.person),
    ],
    "a second signature of another grant": lambda: [
        *WITH_PAVEL[:-1],
        attrs.evolve(WITH_PAVEL[-1], second_signature=WITH_PAVEL[-3].second_signature),
    ],
    "MAIN two epochs on": lambda: [
        *WITH_PAVEL,
        granter(ALENA).main(ALENA.person, ALENA.public, MainKey.generate(3)),
    ],
    "an older MAIN after a newer one": lambda: [
        *WITH_PAVEL,
        *nina_taken_out(ALENA, others=[ALENA, PAVEL, RITA]),
        granter(ALENA).main(RITA.person, RITA.public, MAIN),
    ],
    "MAIN for whoever was taken out": lambda: [
        *WITH_PAVEL,
        *nina_taken_out(ALENA, others=[ALENA, PAVEL, RITA]),
        granter(ALENA).main(NINA.person, NINA.public, MAIN_TWO),
    ],
    "their desk's new key, by one": lambda: [
        *WITH_PAVEL,
        *nina_taken_out(ALENA, others=[ALENA, PAVEL, RITA]),
        granter(ALENA).desk(NINA.person, NINA.public, DESK_OF_TWO),
    ],
    "their desk's new key, by two": lambda: [
        *WITH_PAVEL,
        *nina_taken_out(ALENA, others=[ALENA, PAVEL, RITA]),
        countersign(granter(ALENA).desk(NINA.person, NINA.public, DESK_OF_TWO), PAVEL),
    ],
    "whoever was taken out takes somebody out": lambda: [
        *WITH_PAVEL,
        granter(ALENA).person(PAVEL.person, PAVEL.public, "Pavel", ()),
        *nina_taken_out(PAVEL, others=[ALENA, RITA]),
    ],
    "a coordinator renews MAIN": lambda: [
        *WITH_PAVEL,
        granter(NINA).main(NINA.person, NINA.public, MAIN_TWO),
    ],
    "a desk's key two epochs on": lambda: [
        *WITH_PAVEL,
        granter(ALENA).desk(NINA.person, NINA.public, DeskKey.generate(DESK.desk, 3)),
    ],
    "a renewal marked one person": lambda: [
        *WITH_PAVEL,
        granter(ALENA, one_person=True).desk(NINA.person, NINA.public, DESK_OF_TWO),
    ],
    "a desk's key renewed by an officer who had none": lambda: [
        *WITH_NINA,
        countersign(granter(ALENA).person(PAVEL.person, PAVEL.public, "Pavel", (Role.OFFICER,)), NINA),
        granter(PAVEL).desk(NINA.person, NINA.public, DESK_OF_TWO),
    ],
    "bytes that are no grant": lambda: [*WITH_PAVEL, SignedGrant(b"{}", bytes(64))],
    "bytes that are nothing": lambda: [*WITH_PAVEL, SignedGrant(b"\xff\0", b"")],
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forged_list_fails_closed(forgery: Callable[[], list[SignedGrant]]) -> None:
    roster = verified(forgery())
    assert roster.replaced
    for one in (ALENA, NINA, PAVEL, RITA, STRANGER):
        assert roster.roles_of(one.person) == frozenset()
        assert roster.signing_key(one.person) is None
        assert desk_keys(roster, one) == ()
    with pytest.raises(KnownError) as caught:
        roster.check()
    assert caught.value.code is Code.ROSTER_REPLACED


def test_what_the_forgeries_start_from_counts() -> None:
    assert all(counts(grants) for grants in (FOUNDING, WITH_NINA, WITH_RITA, WITH_PAVEL))


def test_another_trust_root_or_case_file_is_another_list() -> None:
    assert verify_roster(FOUNDING, CASE_FILE, "0" * 64).replaced
    assert verify_roster(FOUNDING, CaseFileId(new_id()), ROOT).replaced


@pytest.mark.parametrize("seen", range(3, len(WITH_PAVEL) + 1))
def test_a_cut_tail_is_seen_by_whoever_accepted_the_longer_list(seen: int) -> None:
    accepted = verified(WITH_PAVEL[:seen]).fingerprint
    assert not verify_roster(WITH_PAVEL, CASE_FILE, ROOT, accepted).replaced
    assert verify_roster(WITH_PAVEL[: seen - 1], CASE_FILE, ROOT, accepted).replaced


def test_somebody_left_out_in_the_middle_is_seen_by_whoever_knew_them() -> None:
    without_rita = [*WITH_NINA, *WITH_PAVEL[len(WITH_RITA) :]]
    accepted = verified(WITH_RITA).fingerprint
    assert not verified(without_rita).replaced  # nothing in the list itself tells; the log does as well
    assert verify_roster(without_rita, CASE_FILE, ROOT, accepted).replaced


@settings(max_examples=80)
@given(
    st.integers(0, len(WITH_PAVEL) - 1), st.sampled_from(["body", "signature", "second_signature"]), st.data()
)
def test_no_bit_of_any_grant_may_change(index: int, part: str, data: st.DataObject) -> None:
    grant = WITH_PAVEL[index]
    whole: bytes = getattr(grant, part)
    if not whole:
        return
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    broken = bytearray(whole)
    broken[bit // 8] ^= 1 << (bit % 8)
    changed = {
        "body": attrs.evolve(grant, body=bytes(broken)),
        "signature": attrs.evolve(grant, signature=bytes(broken)),
        "second_signature": attrs.evolve(grant, second_signature=bytes(broken)),
    }[part]
    assert not counts([*WITH_PAVEL[:index], changed, *WITH_PAVEL[index + 1 :]])


def test_joining_refuses_a_desk_for_reports_staff() -> None:
    joining = Joining(RITA, "Rita", frozenset({Role.REPORTS}), (DESK,))
    with pytest.raises(KnownError) as caught:
        grants_to_join(verified(FOUNDING), ALENA, joining, MAIN, ORIGIN, NOW)
    assert caught.value.code is Code.NOT_ALLOWED


def test_nobody_joins_a_replaced_list() -> None:
    replaced = verified(WITH_PAVEL[1:])
    joining = Joining(RITA, "Rita", frozenset({Role.REPORTS}))
    with pytest.raises(KnownError) as caught:
        grants_to_join(replaced, ALENA, joining, MAIN, ORIGIN, NOW)
    assert caught.value.code is Code.ROSTER_REPLACED


def test_a_stranger_has_no_name_and_no_role() -> None:
    roster = verified(FOUNDING)
    assert roster.name_of(PersonId(new_id())) == ""
    assert roster.roles_of(PersonId(new_id())) == frozenset()
