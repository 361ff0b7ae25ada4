"""Protects: a slip used twice, late, forged, for someone or something else, or changed counts for nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import attrs
import pytest

from app.approval.slips import Reply, SlipRequest, read_content, signed_answer, signed_request
from app.approval.statement import Signed, Statement, kept_answer
from app.casefile.unlock import unlock
from app.crypto.keys import PersonKeys
from app.crypto.letters import open_letter, write_letter
from app.domain.acts import Act
from app.domain.asked import asked_of, records_asked
from app.domain.conversation import Conversation, Countersign
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.slip import Slip, SlipUse
from app.services.consent import AnswerDraft, RecordConversation
from app.services.session import Session
from app.services.slips import MakeSlip
from tests.hostile.insider import add_by_hand, leaves
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, another_office
from tests.services.slipping import (
    TALK,
    answer,
    bring_in,
    head,
    make,
    nothing_stored,
    opened,
    person,
    refused,
    said_yes,
    waits,
)


def _keys(office: Office, passphrase: str) -> PersonKeys:
    return unlock(office.folder, passphrase).keys


def test_used_twice(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    said = answer(office, make(office, tmp_path / "ask"), tmp_path / "yes")
    bring_in(office, said)
    before = head(office)
    refused(lambda: bring_in(office, said), Code.SLIP_USED)
    assert head(office) == before


def test_used_stays_used_after_undo(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    said = answer(office, make(office, tmp_path / "ask"), tmp_path / "yes")
    bring_in(office, said)
    with office.as_person(COORDINATOR) as session:
        refused(session.undo.undo, Code.NOTHING_TO_UNDO)
    refused(lambda: bring_in(office, said), Code.SLIP_USED)


def test_late_by_the_moments_of_the_log(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    said = answer(office, slip, tmp_path / "yes")
    office.clock.turn(days=14, hours=1)
    nothing_stored(office, lambda: bring_in(office, said), Code.SLIP_LATE)
    refused(lambda: answer(office, slip, tmp_path / "late"), Code.SLIP_LATE)
    with office.as_person(
        COORDINATOR
    ) as session:  # the log knows that day now: setting a clock back is no help
        _touch(session)
    office.clock.turn(days=-10)
    nothing_stored(office, lambda: bring_in(office, said), Code.SLIP_LATE)


def changed(statement: Statement, **values: object) -> Statement:
    """A statement with other values, of whatever type."""
    evolve: Callable[..., Statement] = attrs.evolve
    return evolve(statement, **values)


def _touch(session: Session) -> None:
    """Anything that leaves an entry."""
    from tests.services.office import add_prisoner

    add_prisoner(session, family_name="Nobodyelse")


def test_the_second_person_is_the_first(office: Office, tmp_path: Path) -> None:
    """The coordinator answers their own slip: they cannot open it, and an answer they make does not count."""
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    with office.as_person(COORDINATOR) as session:
        refused(lambda: session.slips.look(slip), Code.SLIP_NOT_FOR_ME)
    request = _request(office, slip)
    keys = _keys(office, COORDINATOR)
    own = attrs.evolve(request, recipient=keys.person)
    for one in (request, own):
        content = signed_answer(one, keys, request.made_at, "", granted=True)
        _deliver(office, tmp_path / "own", content, request.slip)
        code = Code.SLIP_PERSON if one is request else Code.SLIP_UNKNOWN
        nothing_stored(office, lambda: bring_in(office, tmp_path / "own"), code)


def _request(office: Office, slip: Path) -> SlipRequest:
    with office.as_person(OFFICER) as session:
        return opened(session, slip).request


def _deliver(office: Office, path: Path, content: bytes, slip: str, to: str = COORDINATOR) -> Path:
    """An answer's file made without the program, encrypted to the proposer."""
    keys = _keys(office, to)
    case_file = unlock(office.folder, to).case_file
    path.write_bytes(write_letter(keys.public, case_file, slip, keys.person, content))
    return path


def _tampered(
    office: Office, slip: Path, path: Path, change: Callable[[Statement], Statement], by: str
) -> Path:
    """An answer whose statement was changed and signed by whoever has this passphrase."""
    request = _request(office, slip)
    content = signed_answer(request, _keys(office, OFFICER), request.made_at, "", granted=False)
    from app.approval.statement import ANSWER
    from app.crypto.encoding import bytes_to_text
    from app.domain.canonical import canonical_bytes, from_canonical

    reply = read_content(content)
    assert isinstance(reply, Reply)
    body = change(reply.statement).body()
    plain = dict(from_canonical(content))  # type: ignore[arg-type]
    plain |= {"body": bytes_to_text(body), "signature": bytes_to_text(_keys(office, by).sign(ANSWER, body))}
    return _deliver(office, path, canonical_bytes(plain), request.slip)


def test_forged(office: Office, tmp_path: Path) -> None:
    """A no turned into a yes by the proposer, who can encrypt to themself but not sign for the officer."""
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    forged = _tampered(office, slip, tmp_path / "f", lambda one: attrs.evolve(one, granted=True), COORDINATOR)
    nothing_stored(office, lambda: bring_in(office, forged), Code.SLIP_FORGED)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"asked": "0" * 64}, Code.SLIP_CHANGED),
        ({"beside": "0" * 64}, Code.SLIP_CHANGED),
        ({"fingerprint": "0" * 64}, Code.SLIP_UNKNOWN),
        ({"slip": "0" * 32}, Code.SLIP_UNKNOWN),
        ({"case_file": "0" * 32}, Code.SLIP_NOT_FOR_ME),
        ({"by": "0" * 32}, Code.SLIP_PERSON),
    ],
)
def test_signed_for_something_else(
    office: Office, tmp_path: Path, values: dict[str, str], code: Code
) -> None:
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    other = _tampered(office, slip, tmp_path / "o", lambda one: changed(one, **values), OFFICER)
    nothing_stored(office, lambda: bring_in(office, other), code)


def test_encrypted_again_to_somebody_else(office: Office, tmp_path: Path) -> None:
    """Whoever may read a slip cannot pass it on as one that was made for another person."""
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    officer, ida = _keys(office, OFFICER), _keys(office, REPORTS)
    case_file = unlock(office.folder, OFFICER).case_file
    content = open_letter(officer, case_file, slip.read_bytes())
    number = _request(office, slip).slip
    (tmp_path / "again").write_bytes(write_letter(ida.public, case_file, number, ida.person, content))
    with office.as_person(REPORTS) as session:
        refused(lambda: session.slips.look(tmp_path / "again"), Code.SLIP_NOT_FOR_ME)
        refused(lambda: session.slips.look(slip), Code.SLIP_NOT_FOR_ME)
    request = attrs.evolve(_request(office, slip), recipient=ida.person)
    said = signed_answer(request, ida, request.made_at, "", granted=True)
    _deliver(office, tmp_path / "theirs", said, request.slip)
    # Reports staff are nobody's second person, so it ends before the slip is looked up.
    nothing_stored(office, lambda: bring_in(office, tmp_path / "theirs"), Code.NOT_ALLOWED)


def test_a_slip_signed_by_somebody_else_than_it_names(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    request = _request(office, slip)
    officer = _keys(office, OFFICER)
    case_file = unlock(office.folder, OFFICER).case_file
    content = signed_request(request, _keys(office, REPORTS))
    forged = tmp_path / "forged"
    forged.write_bytes(write_letter(officer.public, case_file, request.slip, officer.person, content))
    with office.as_person(OFFICER) as session:
        refused(lambda: session.slips.look(forged), Code.SLIP_FORGED)


def test_a_slip_that_shows_another_answer_than_the_copy_has(office: Office, tmp_path: Path) -> None:
    """The proposer shows something harmless and asks for the same record."""
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    request = _request(office, slip)
    (talk,) = records_asked(request.what, request.asked, request.part)
    assert isinstance(talk, Conversation)
    lie = attrs.evolve(request, asked=asked_of([attrs.evolve(talk, channel="letter")], request.part))
    officer, case_file = _keys(office, OFFICER), unlock(office.folder, OFFICER).case_file
    content = signed_request(lie, _keys(office, COORDINATOR))
    (tmp_path / "lie").write_bytes(write_letter(officer.public, case_file, lie.slip, officer.person, content))
    with office.as_person(OFFICER) as session:
        refused(lambda: session.slips.look(tmp_path / "lie"), Code.SLIP_CHANGED)
    content = signed_answer(lie, officer, lie.made_at, "", granted=True)
    _deliver(office, tmp_path / "yes", content, lie.slip)
    nothing_stored(office, lambda: bring_in(office, tmp_path / "yes"), Code.SLIP_UNKNOWN)


def test_for_another_case_file(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    said = answer(office, slip, tmp_path / "yes")
    other = another_office(tmp_path / "other")
    said_yes(other)
    with other.as_person(OFFICER) as session:
        refused(lambda: session.slips.look(slip), Code.SLIP_NOT_FOR_ME)
    nothing_stored(other, lambda: bring_in(other, said), Code.SLIP_NOT_FOR_ME)


def test_a_copy_from_before_the_slip_does_not_take_its_answer(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    shutil.copytree(office.folder, tmp_path / "copy")
    older = Office(tmp_path / "copy", office.clock)
    said = answer(office, make(office, tmp_path / "ask"), tmp_path / "yes")
    nothing_stored(older, lambda: bring_in(older, said), Code.SLIP_UNKNOWN)


def test_decided_at_the_keyboard_since(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    said = answer(office, make(office, tmp_path / "ask"), tmp_path / "yes")
    with office.as_person(OFFICER) as session:
        from app.services.consent import CountersignAnswer

        row = waits(session)
        session.consent.countersign(CountersignAnswer(row.id, row.part, granted=False))
    before = head(office)
    refused(lambda: bring_in(office, said), Code.ALREADY_DONE)
    assert head(office) == before


def test_the_record_changed_since(office: Office, tmp_path: Path) -> None:
    """A proposed change rests on what the record held when it was shown."""
    from app.domain.dates import PartialDate
    from app.services.prisoners import EditPrisoner

    prisoner = said_yes(office)
    bring_in(office, answer(office, make(office, tmp_path / "ask"), tmp_path / "yes"))
    with office.as_person(COORDINATOR) as session:
        version = session.prisoners.row(prisoner).version
        session.prisoners.edit(EditPrisoner(prisoner, version, {"born": PartialDate(2012)}))
        refused(
            lambda: session.prisoners.edit(EditPrisoner(prisoner, version + 1, {"born": PartialDate(1979)})),
            Code.NEEDS_SECOND_PERSON,
        )
    said = answer(office, make(office, tmp_path / "ask 2", "change"), tmp_path / "yes 2")
    with office.as_person(COORDINATOR) as session:
        version = session.prisoners.row(prisoner).version
        session.prisoners.edit(EditPrisoner(prisoner, version, {"born": PartialDate(2013)}))
    before = head(office)
    refused(lambda: bring_in(office, said), Code.SLIP_CHANGED)
    assert head(office) == before


def test_somebody_whose_access_ended(office: Office, tmp_path: Path) -> None:
    """They may still hold their keys; what they sign counts no more, and no slip is made for them."""
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    said = answer(office, slip, tmp_path / "yes")
    with office.as_person(COORDINATOR) as session:
        roster = session.context.keys.roster
        left = dict(roster.people)
        officer = next(one for one in left.values() if one.name.startswith("Vera"))
        left[officer.id] = attrs.evolve(officer, roles=frozenset(), held=frozenset())
        session.context.keys.signers.roster = attrs.evolve(roster, people=left)
        refused(lambda: session.slips.bring_in(said), Code.SLIP_PERSON)
        row = waits(session)
        refused(lambda: session.slips.make(MakeSlip(row, officer.id, tmp_path / "again")), Code.SLIP_PERSON)


# steps written by hand, without the service


def _kept(office: Office, tmp_path: Path, *, granted: bool = True) -> tuple[str, Statement]:
    """A true answer of the officer, as a step would keep it, and never brought in."""
    slip = make(office, tmp_path / "ask")
    said = answer(office, slip, tmp_path / "said", granted=granted)
    with office.as_person(COORDINATOR) as session:
        reply = session.slips.look(said)
        assert isinstance(reply, Reply)
        return reply.signed.text(), reply.statement


def _by_hand(session: Session, text: str, *, by: str, use: str = "", granted: bool = True) -> None:
    row = waits(session)
    ctx = session.context
    now = ctx.now()
    sign = Countersign(
        ctx.lasting_id(), answer=row.part, conversation=row.id, granted=granted, by=by, at=now, slip=text
    )
    if use:
        add_by_hand(session, SlipUse(RecordId(new_id()), slip=use, by=ctx.me, at=now))
    add_by_hand(session, sign)


def test_a_step_with_a_true_answer_counts_only_as_the_service_would_write_it(
    office: Office, tmp_path: Path
) -> None:
    """The measure for the tests below: by hand, but true in everything, it lets the report leave."""
    said_yes(office)
    text, statement = _kept(office, tmp_path)
    with office.as_person(COORDINATOR) as session:
        _by_hand(session, text, by=statement.by, use=statement.slip)
    assert leaves(office, tmp_path / "out")


def _turned(text: str) -> str:
    signed, statement = kept_answer(text)
    return Signed(attrs.evolve(statement, granted=True).body(), signed.signature).text()


def test_a_no_written_as_a_yes_by_hand(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    text, statement = _kept(office, tmp_path, granted=False)
    with office.as_person(COORDINATOR) as session:
        _by_hand(session, text, by=statement.by, use=statement.slip)
    assert not leaves(office, tmp_path / "out")


@pytest.mark.parametrize("wrong", ["turned", "no use", "unreadable", "another person", "late", "used twice"])
def test_a_step_by_hand_that_is_not_quite_true(office: Office, tmp_path: Path, wrong: str) -> None:
    said_yes(office)
    text, statement = _kept(office, tmp_path, granted=wrong != "turned")
    text = _turned(text) if wrong == "turned" else "{}" if wrong == "unreadable" else text
    if wrong == "late":
        office.clock.turn(days=14, hours=1)
    with office.as_person(COORDINATOR) as session:
        by = person(session, "Ida") if wrong == "another person" else statement.by
        use = "" if wrong == "no use" else statement.slip
        _by_hand(session, text, by=by, use=use)
        if wrong == "used twice":
            again = SlipUse(RecordId(new_id()), slip=use, by=session.context.me, at=session.context.now())
            add_by_hand(session, again)
    assert not leaves(office, tmp_path / "out")


def test_an_accomplice_without_the_key_is_no_second_person(office: Office, tmp_path: Path) -> None:
    """Reports staff sign an answer to a slip the coordinator made for them without the program."""
    said_yes(office)
    request = _request(office, make(office, tmp_path / "ask"))
    ida, made = _keys(office, REPORTS), RecordId(new_id())
    theirs = attrs.evolve(request, recipient=ida.person, slip=made)
    reply = read_content(signed_answer(theirs, ida, theirs.made_at, "", granted=True))
    assert isinstance(reply, Reply)
    with office.as_person(COORDINATOR) as session:
        ctx = session.context
        slip = Slip(
            made,
            recipient=ida.person,
            made_by=ctx.me,
            made_at=ctx.now(),
            fingerprint=reply.statement.fingerprint,
        )
        add_by_hand(session, slip)
        _by_hand(session, reply.signed.text(), by=ida.person, use=made)
    assert not leaves(office, tmp_path / "out")


def test_an_answer_moved_to_another_talk_by_hand(office: Office, tmp_path: Path) -> None:
    """The officer said yes to one prisoner's name; the coordinator uses it for another's."""
    said_yes(office)
    text, statement = _kept(office, tmp_path)
    with office.as_person(COORDINATOR) as session:
        from tests.services.office import add_prisoner

        other = add_prisoner(session, family_name="Iodkauuk")
        sister = add_mother(session, other)
        answers = (AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
        talk = session.consent.record(RecordConversation(sister, TALK, answers)).id
        with session.context.reading() as reader:
            part = reader.get(Conversation, talk).answers[1].answer
        ctx, now = session.context, session.context.now()
        sign = Countersign(
            ctx.lasting_id(), answer=part, conversation=talk, granted=True, by=statement.by, at=now, slip=text
        )
        add_by_hand(session, SlipUse(RecordId(new_id()), slip=statement.slip, by=ctx.me, at=now))
        add_by_hand(session, sign, Act.SEALED_CHANGED)
    assert not leaves(office, tmp_path / "out")


# bytes


def test_hostile_bytes_of_any_sort_are_refused(office: Office, tmp_path: Path) -> None:
    """Hundreds of changed files: each refused with a code of ours, nothing stored."""
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    said = answer(office, slip, tmp_path / "yes")
    before, chance = head(office), random.Random(14)
    allowed = {Code.SLIP_UNREADABLE, Code.SLIP_NOT_FOR_ME, Code.NEWER_VERSION}
    path = tmp_path / "hostile"
    for passphrase, original in ((COORDINATOR, said.read_bytes()), (OFFICER, slip.read_bytes())):
        with office.as_person(passphrase) as session:
            for changed in _mutations(original, chance, 200):
                path.write_bytes(changed)
                with pytest.raises(KnownError) as error:
                    session.slips.bring_in(path)
                assert error.value.code in allowed
    assert head(office) == before


def _mutations(original: bytes, chance: random.Random, count: int) -> Iterator[bytes]:
    yield b""
    yield original[:26]
    yield original + b"\0"
    yield b"\x89POSLIP\n" + bytes(2_000_000)
    for _number in range(count):
        changed = bytearray(original)
        match chance.randrange(4):
            case 0:
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            case 1:
                del changed[chance.randrange(len(changed)) :]
            case 2:
                start = chance.randrange(len(changed))
                changed[start : start + 40] = chance.randbytes(min(40, len(changed) - start))
            case 3:
                changed[chance.randrange(26)] ^= 0xFF
        if bytes(changed) != original:
            yield bytes(changed)


def test_hostile_content_in_a_true_letter_is_refused(office: Office, tmp_path: Path) -> None:
    """Somebody with keys sends rubbish that decrypts: what is inside is read as strictly."""
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    request = _request(office, slip)
    true = signed_answer(request, _keys(office, OFFICER), request.made_at, "words", granted=True)
    before, chance = head(office), random.Random(15)
    keys, case_file = _keys(office, COORDINATOR), unlock(office.folder, COORDINATOR).case_file
    allowed = {Code.SLIP_UNREADABLE, Code.SLIP_FORGED, Code.SLIP_PERSON, Code.SLIP_UNKNOWN, Code.SLIP_CHANGED,
               Code.SLIP_NOT_FOR_ME, Code.NOT_FOUND}  # fmt: skip
    with office.as_person(COORDINATOR) as session:
        for content in (b"", b"{}", b"[]", b"null", *_mutations(true, chance, 150)):
            if len(content) > 100_000:
                continue
            letter = write_letter(keys.public, case_file, request.slip, keys.person, content)
            (tmp_path / "rubbish").write_bytes(letter)
            with pytest.raises(KnownError) as error:
                session.slips.bring_in(tmp_path / "rubbish")
            assert error.value.code in allowed
    assert head(office) == before


def test_a_slip_says_fourteen_days() -> None:
    from app.domain.slip import SLIP_HOLDS

    assert timedelta(days=14) == SLIP_HOLDS
