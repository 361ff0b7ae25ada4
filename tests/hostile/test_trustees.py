"""Protects: a forged, replaced, removed or borrowed trustee, and answers used wrongly, count for nothing.

What cannot be known is tested as well: one person who makes a second key and says it is somebody else's is
believed, and is a finding that comes back with every decision.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import attrs
import pytest

from app.approval.cards import Card, read_card, write_card
from app.approval.slips import SlipRequest, signed_answer, signed_request
from app.casefile.grants import Granter, GrantKind, SignedGrant, countersign
from app.casefile.own_key import open_own_key
from app.casefile.roster_rules import verify_roster
from app.casefile.unlock import unlock
from app.crypto.encoding import bytes_from_text, bytes_to_text
from app.crypto.keys import PersonKeys
from app.crypto.letters import ANY_CASE_FILE, write_letter
from app.domain.acts import Act
from app.domain.canonical import Plain
from app.domain.case_file import CaseFileFacts, StoredGrant
from app.domain.case_findings import Rule
from app.domain.conversation import Countersign
from app.domain.correction import LogDoubt
from app.domain.errors import Code, KnownError
from app.domain.ids import OriginId, RecordId, new_id
from app.domain.roles import Role
from app.domain.slip import SlipUse
from app.services.consent import AnswerDraft, RecordConversation
from app.services.granting import signed_grant, stored_grant
from app.services.session import Session
from app.services.trustees import AddTrustee
from tests.hostile.insider import add_by_hand
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner, another_office
from tests.services.slipping import TALK, head, nothing_stored, refused
from tests.services.trusting import TRUSTEE, Abroad, add_trustee, ask, bring_in, office_with_trustee


def _said_yes(office: Office) -> str:
    with office.as_person(OFFICER) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        answers = (AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
        session.consent.record(RecordConversation(mother, TALK, answers))
    return prisoner


def _told(office: Office, prisoner: str) -> bool:
    """Decided as for something that leaves, signatures and all; anything doubtful is a no."""
    from app.domain.consent import EITHER
    from app.services.decisions import Ask, FieldAsk

    wanted = Ask((FieldAsk("family_name", "name", EITHER),), "public")
    with office.as_person(OFFICER) as session:
        try:
            answers = session.consent.decisions_for_report([prisoner], wanted, leaves_the_house=True)
        except KnownError as error:
            if error.code is not Code.ROW_NOT_IN_LOG:
                raise
            return False
        return answers[prisoner]["family_name"].allowed


# answers used wrongly


def test_an_answer_works_once(alone: Office, tmp_path: Path) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    prisoner = _said_yes(alone)
    said = abroad.answer(ask(alone, "answer", tmp_path / "ask"), tmp_path / "yes")
    bring_in(alone, said)
    assert _told(alone, prisoner)
    before = head(alone)
    refused(lambda: bring_in(alone, said), Code.SLIP_USED)
    assert head(alone) == before


def test_late_on_both_sides(alone: Office, tmp_path: Path) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    _said_yes(alone)
    slip = ask(alone, "answer", tmp_path / "ask")
    said = abroad.answer(slip, tmp_path / "yes")
    asked = abroad.open().look(slip)
    alone.clock.turn(days=14, hours=1)
    nothing_stored(alone, lambda: bring_in(alone, said), Code.SLIP_LATE)
    refused(lambda: abroad.open().look(slip), Code.SLIP_LATE)
    refused(lambda: abroad.open().answer(asked, tmp_path / "late", granted=True), Code.SLIP_LATE)


def test_an_answer_to_another_question(alone: Office, tmp_path: Path) -> None:
    """What the trustee read about one prisoner is moved to another's slip."""
    abroad = office_with_trustee(alone, tmp_path)
    first = _said_yes(alone)
    slip = ask(alone, "answer", tmp_path / "ask")
    mine = abroad.open()
    other = _said_yes(alone)
    moved = abroad.open().look(ask(alone, "answer", tmp_path / "ask 2"))
    swapped = attrs.evolve(
        mine.look(slip).request, slip=moved.request.slip, record=moved.request.record, part=moved.request.part
    )
    keys = open_own_key(abroad.key, TRUSTEE).own.keys
    content = signed_answer(swapped, keys, swapped.made_at, "", granted=True)
    office_keys = unlock(alone.folder, OFFICER)
    letter = write_letter(
        office_keys.keys.public, office_keys.case_file, swapped.slip, office_keys.keys.person, content
    )
    (tmp_path / "moved").write_bytes(letter)
    nothing_stored(alone, lambda: bring_in(alone, tmp_path / "moved"), Code.SLIP_UNKNOWN)
    assert not _told(alone, first)
    assert not _told(alone, other)


def test_an_answer_from_another_case_file(alone: Office, tmp_path: Path) -> None:
    """The same trustee serves two offices; an answer for one opens nothing in the other."""
    abroad = office_with_trustee(alone, tmp_path)
    second = another_office(tmp_path / "second", alone=True)
    with second.as_person(OFFICER) as session:
        add_trustee(session, abroad)
    _said_yes(alone)
    _said_yes(second)
    said = abroad.answer(ask(second, "answer", tmp_path / "ask"), tmp_path / "yes")
    nothing_stored(alone, lambda: bring_in(alone, said), Code.SLIP_NOT_FOR_ME)
    assert bring_in(second, said).granted


def test_a_slip_for_another_trustee_does_not_open(alone: Office, tmp_path: Path) -> None:
    office_with_trustee(alone, tmp_path)
    _said_yes(alone)
    slip = ask(alone, "answer", tmp_path / "ask")
    other = Abroad(tmp_path / "other", alone.clock, "Otto W.")
    refused(lambda: other.open().look(slip), Code.SLIP_NOT_FOR_ME)


def test_a_slip_changed_on_the_way(alone: Office, tmp_path: Path) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    _said_yes(alone)
    slip, chance = ask(alone, "answer", tmp_path / "ask"), random.Random(7)
    whole, mine = slip.read_bytes(), abroad.open()
    allowed = {Code.SLIP_UNREADABLE, Code.SLIP_NOT_FOR_ME, Code.NEWER_VERSION}
    for _time in range(60):
        broken = bytearray(whole)
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        (tmp_path / "broken").write_bytes(bytes(broken))
        with pytest.raises(KnownError) as error:
            mine.look(tmp_path / "broken")
        assert error.value.code in allowed
    refused(lambda: mine.look(abroad.card()), Code.SLIP_UNREADABLE)


# who asks


def _forged(abroad: Abroad, request: SlipRequest, keys: PersonKeys, path: Path) -> Path:
    card = abroad.open().card
    content = signed_request(request, keys)
    path.write_bytes(write_letter(card.public, ANY_CASE_FILE, request.slip, card.person, content))
    return path


def test_somebody_else_asks_in_the_name_of_who_was_compared(alone: Office, tmp_path: Path) -> None:
    """The police seized a card and know the office: their slip brings keys of their own."""
    abroad = office_with_trustee(alone, tmp_path)
    _said_yes(alone)
    slip = ask(alone, "answer", tmp_path / "ask")
    request = abroad.open().look(slip).request
    police = PersonKeys.generate()
    brought: dict[str, Plain] = {"name": "Vera O.", "public": police.public.to_plain()}
    lie = attrs.evolve(request, asker=brought, slip=RecordId(new_id()))
    before = abroad.open().look(_forged(abroad, lie, police, tmp_path / "lie"))
    assert not before.known, "a stranger, to be compared by voice"
    with abroad_words(abroad, slip) as words:
        assert before.words != words
    refused(lambda: abroad.open().answer(before, tmp_path / "never", granted=True), Code.WORDS_NOT_COMPARED)
    assert not (tmp_path / "never").exists()
    abroad.answer(slip, tmp_path / "yes")
    refused(lambda: abroad.open().look(tmp_path / "lie"), Code.SLIP_FORGED)
    mixed = attrs.evolve(request, slip=RecordId(new_id()))  # the true keys, another's signature
    refused(lambda: abroad.open().look(_forged(abroad, mixed, police, tmp_path / "mix")), Code.SLIP_FORGED)


class abroad_words:  # noqa: N801 - reads as a block
    """The words of who made a slip."""

    def __init__(self, abroad: Abroad, slip: Path) -> None:
        self._words = abroad.open().look(slip).words

    def __enter__(self) -> str:
        return self._words

    def __exit__(self, *_error: object) -> None:
        return None


# who answers


def test_a_trustee_removed_meanwhile(alone: Office, tmp_path: Path) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    prisoner = _said_yes(alone)
    said = abroad.answer(ask(alone, "answer", tmp_path / "ask"), tmp_path / "yes")
    with alone.as_person(OFFICER) as session:
        (row,) = session.trustees.rows()
        session.trustees.remove(row.id)
    nothing_stored(alone, lambda: bring_in(alone, said), Code.SLIP_PERSON)
    assert not _told(alone, prisoner)


@pytest.mark.parametrize("removed", [False, True])
def test_an_answer_written_in_by_hand_after_the_removal(alone: Office, tmp_path: Path, removed: bool) -> None:
    """The trustee's key was stolen, so they were removed; the insider writes the step past the service."""
    abroad = office_with_trustee(alone, tmp_path)
    prisoner = _said_yes(alone)
    said = abroad.answer(ask(alone, "answer", tmp_path / "ask"), tmp_path / "yes")
    with alone.as_person(OFFICER) as session:
        from app.approval.slips import Reply

        reply = session.slips.look(said)
        assert isinstance(reply, Reply)
        if removed:
            session.trustees.remove(session.trustees.rows()[0].id)
        ctx, (row,) = session.context, session.consent.waiting()
        now, by = ctx.now(), reply.statement.by
        use = SlipUse(RecordId(new_id()), slip=reply.statement.slip, by=ctx.me, at=now)
        sign = Countersign(
            ctx.lasting_id(),
            answer=row.part,
            conversation=row.id,
            granted=True,
            by=by,
            at=now,
            slip=reply.signed.text(),
        )
        add_by_hand(session, use)
        add_by_hand(session, sign)
    assert _told(alone, prisoner) is not removed


def test_what_counted_before_the_removal_goes_on_counting(alone: Office, tmp_path: Path) -> None:
    abroad = office_with_trustee(alone, tmp_path)
    prisoner = _said_yes(alone)
    bring_in(alone, abroad.answer(ask(alone, "answer", tmp_path / "ask"), tmp_path / "yes"))
    with alone.as_person(OFFICER) as session:
        session.trustees.remove(session.trustees.rows()[0].id)
    assert _told(alone, prisoner)


# forged trustees


def test_one_person_makes_both_keys_and_it_shows(alone: Office, tmp_path: Path) -> None:
    """Nothing in a file tells a second key from a second person. That one person said so is said for good,
    comes back with every decision, and keys made minutes before are a finding of their own.
    """
    forged = Abroad(tmp_path / "forged", alone.clock)
    with alone.as_person(OFFICER) as session:
        add_trustee(session, forged)
    prisoner = _said_yes(alone)
    bring_in(alone, forged.answer(ask(alone, "answer", tmp_path / "ask"), tmp_path / "yes"))
    assert _told(alone, prisoner)
    with alone.as_person(OFFICER) as session:
        found = {group.rule: group.items for group in session.findings.groups()}
        assert [item.about for item in found[Rule.TRUSTEE_ALONE]] == ["Greta L."]
        assert len(found[Rule.QUICK_PAIR]) == 2, "keys and adding, yes and second yes"
        assert found[Rule.TRUSTEE_ALONE][0].by == "Vera O."
        acts = [row.act for row in session.log.rows()]
        assert "trustee.added_alone" in acts
        from app.services.findings import ReviewFindings

        digests = tuple(item.digest for item in found[Rule.TRUSTEE_ALONE])
        session.findings.review(ReviewFindings(Rule.TRUSTEE_ALONE.value, digests, "I know her."))
        assert Rule.TRUSTEE_ALONE not in {group.rule for group in session.findings.groups()}
    _said_yes(alone)
    bring_in(alone, forged.answer(ask(alone, "answer", tmp_path / "ask 2"), tmp_path / "yes 2"))
    with alone.as_person(OFFICER) as session:
        assert Rule.TRUSTEE_ALONE in {group.rule for group in session.findings.groups()}, "it is back"


def test_a_card_that_was_changed_or_is_signed_by_others(alone: Office, tmp_path: Path) -> None:
    abroad = Abroad(tmp_path / "abroad", alone.clock)
    true, police = abroad.card().read_bytes(), PersonKeys.generate()
    plain = json.loads(true)
    renamed = json.loads(bytes_from_text(plain["body"])) | {"name": "Otto W."}
    body = json.dumps(renamed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    own = abroad.open().card
    hostile = [
        b"",
        b"{}",
        b"[1]",
        true[:-9],
        true + b" ",
        b"x" * 20_000,
        json.dumps(plain | {"body": bytes_to_text(body)}, sort_keys=True, separators=(",", ":")).encode(),
        write_card(own, police),
        write_card(attrs.evolve(own, name="A\u202eB"), open_own_key(abroad.key, TRUSTEE).own.keys),
    ]
    for untrusted in hostile:
        refused(lambda untrusted=untrusted: read_card(untrusted), Code.CARD_UNREADABLE)  # type: ignore[misc]
    assert read_card(true) == own


def test_somebody_on_the_list_is_no_trustee(alone: Office, tmp_path: Path) -> None:
    """The founder registers their own keys, or themself, under another name."""
    keys = unlock(alone.folder, OFFICER).keys
    twin = attrs.evolve(PersonKeys.generate(), signing_seed=keys.signing_seed)
    with alone.as_person(OFFICER) as session:
        for one in (keys, twin):
            card = Card(one.person, "Greta L.", one.public, session.context.now())
            refused(
                lambda card=card: session.trustees.add(AddTrustee(card, "Greta L.", "voice")),  # type: ignore[misc]
                Code.TRUSTEE_KEYS_KNOWN,
            )
        assert session.trustees.rows() == ()


def _grants(session: Session) -> list[SignedGrant]:
    order = {grant.id: place for place, grant in enumerate(session.context.keys.roster.grants)}
    with session.context.reading() as reader:
        found = sorted(reader.find(StoredGrant), key=lambda one: order[one.id])
    return [signed_grant(one) for one in found]


def _granter(session: Session, *, one_person: bool = False) -> Granter:
    ctx = session.context
    with ctx.reading() as reader:
        origin = OriginId(reader.find(CaseFileFacts)[0].origin)
    return Granter(ctx.keys.opened().keys, ctx.case_file, origin, ctx.now(), one_person=one_person)


def _replaced(session: Session, *more: SignedGrant) -> bool:
    keys = session.context.keys.opened().keys
    return verify_roster([*_grants(session), *more], session.context.case_file, keys.trust_root).replaced


def test_no_grant_makes_a_trustee_anything_else(alone: Office, tmp_path: Path) -> None:
    """Written past the service, such a list of people counts as replaced, and opens for nobody."""
    office_with_trustee(alone, tmp_path)
    fresh = PersonKeys.generate()
    with alone.as_person(OFFICER) as session:
        (row,) = session.trustees.rows()
        ctx = session.context
        person = next(one for one in ctx.keys.roster.people.values() if one.id == row.id)
        by, alone_by = _granter(session), _granter(session, one_person=True)
        who, public, mine = person.id, person.public, ctx.keys.opened()
        fine = by.person(who, public, "Greta L.", ())
        wrong = {
            "officer too": by.person(who, public, "Greta", (Role.TRUSTEE, Role.OFFICER)),
            "reports instead": by.person(who, public, "Greta", (Role.REPORTS,)),
            "the case file": by.main(who, public, mine.main),
            "a desk": alone_by.desk(who, public, ctx.keys.desks[0]),
            "another, by one": alone_by.person(fresh.person, fresh.public, "Otto", (Role.TRUSTEE,)),
            "another, unmarked": by.person(fresh.person, fresh.public, "Otto", (Role.TRUSTEE,)),
            "the founder": by.person(ctx.me, mine.keys.public, "Vera", (Role.TRUSTEE,)),
            "founder's keys": alone_by.person(fresh.person, mine.keys.public, "Otto", (Role.TRUSTEE,)),
        }
        assert not _replaced(session, fine)
        assert {name for name, grant in wrong.items() if not _replaced(session, grant)} == set()
        assert not _replaced(session, fine, wrong["another, by one"]), "the first was removed"


def test_a_trustee_seconds_no_grant(alone: Office, tmp_path: Path) -> None:
    """Their signature stands below slips, never below the list of people."""
    abroad = office_with_trustee(alone, tmp_path)
    fresh = PersonKeys.generate()
    with alone.as_person(OFFICER) as session:
        grant = _granter(session).person(fresh.person, fresh.public, "Otto W.", (Role.TRUSTEE,))
        both = countersign(grant, open_own_key(abroad.key, TRUSTEE).own.keys)
        assert _replaced(session, both)


def test_in_an_office_of_two_one_of_them_adds_nobody(office: Office, tmp_path: Path) -> None:
    abroad = Abroad(tmp_path / "abroad", office.clock)
    card = abroad.open().card
    with office.as_person(OFFICER) as session:
        for one_person in (False, True):
            grant = _granter(session, one_person=one_person).person(
                card.person, card.public, "Greta L.", (Role.TRUSTEE,)
            )
            assert _replaced(session, grant)
    with office.as_person(COORDINATOR) as session:
        grant = _granter(session).person(card.person, card.public, "Greta L.", (Role.TRUSTEE,))
        assert _replaced(session, grant)
        refused(lambda: session.trustees.add(AddTrustee(card, "Greta L.", "voice")), Code.NOT_ALLOWED)


def test_a_forged_trustee_written_by_hand_closes_the_case_file(office: Office, tmp_path: Path) -> None:
    abroad = Abroad(tmp_path / "abroad", office.clock)
    card = abroad.open().card
    with office.as_person(OFFICER) as session:
        grant = _granter(session, one_person=True).person(
            card.person, card.public, "Greta L.", (Role.TRUSTEE,)
        )
        add_by_hand(session, stored_grant(grant), Act.PERSON_ADDED)

    def opened() -> None:
        with office.as_person(COORDINATOR):
            pass

    refused(opened, Code.ROSTER_REPLACED)


def test_a_trustee_writes_nothing_into_the_log(alone: Office, tmp_path: Path) -> None:
    """Should they ever get hold of the case file's key: no kind of row is theirs to sign."""
    office_with_trustee(alone, tmp_path)
    with alone.as_person(OFFICER) as session:
        (row,) = session.trustees.rows()
        signers = session.context.keys.signers
        person = next(one for one in signers.roster.people if one == row.id)
        kinds = ("sealed", "hold", "attention", "log_doubt", "slip", "trust_step", "grant", "report", "desk")
        assert not any(signers.may_write(signers.roles_ever(person), kind) for kind in kinds)
        assert LogDoubt is not None
        assert not any(
            one.recipient == person and one.kind is not GrantKind.PERSON for one in signers.roster.grants
        )
