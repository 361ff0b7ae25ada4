"""Protects: what a talk may not say is refused with its reason and nothing stored; the rest is kept."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import attrs
import pytest
from PIL import Image

from app.domain.consent import EVEN_BYPASSED, ConsentRequest, decide
from app.domain.consent_check import check_talk
from app.domain.consent_contact import MayContact
from app.domain.conversation import Answer, Conversation
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.relative import Relative
from app.domain.rows import Light
from app.domain.showing import Showing
from app.services import evidence, widening
from app.services.consent import AnswerDraft, RecordConversation
from app.services.godparents import CreateGodparent
from app.services.relatives import AddRelative, CopyNumber, EditRelative, ShowIdentity
from app.services.session import Session
from app.services.waiting import CountersignAnswer
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

_TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}
_NUMBER = "+375 29 555 01 02"


def _talks(session: Session) -> list[Conversation]:
    with session.context.reading() as reader:
        return list(reader.find(Conversation))


def _refused(session: Session, relative: str, answer: AnswerDraft, **talk: object) -> Code:
    with pytest.raises(KnownError) as error:
        session.consent.record(RecordConversation(relative, {**_TALK, **talk}, (answer,)))
    assert _talks(session) == []
    return error.value.code


@pytest.mark.parametrize(
    ("answer", "talk", "code"),
    [
        (AnswerDraft("contact", "given"), {"held_on": PartialDate(2026, 12, 1)}, Code.TALK_IN_FUTURE),
        (AnswerDraft("contact", "given", ends_on=date(2026, 11, 21)), {}, Code.YES_ENDS_FIRST),
        (AnswerDraft("name", "given"), {"capacity": "self"}, Code.NO_STANDING),
        (AnswerDraft("call", "given"), {}, Code.EVENT_MISSING),
        (AnswerDraft("media", "given", event="Interview"), {}, Code.EVENT_MISSING),
        (AnswerDraft("letters", "bypassed", audience="public", reason="x"), {}, Code.BYPASS_UNFIT),
        (
            AnswerDraft("letters", "bypassed", audience="named_institution", recipients=("Clinic",)),
            {},
            Code.BYPASS_UNFIT,
        ),
        (AnswerDraft("name", "entered_in_error", cancels="0" * 32), {}, Code.NOT_FOUND),
    ],
)
def test_refused_with_its_reason(
    office: Office, answer: AnswerDraft, talk: dict[str, object], code: Code
) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        assert _refused(session, mother, answer, **talk) is code


def test_who_speaks_for_themselves_may_still_say_no(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        values = {"relation": "brother", "capacity": "self"}
        brother = session.relatives.add(AddRelative(prisoner, values)).id
        assert _refused(session, brother, AnswerDraft("photo", "given")) is Code.NO_STANDING
        session.consent.record(
            RecordConversation(
                brother, _TALK, (AnswerDraft("contact", "given"), AnswerDraft("photo", "refused"))
            )
        )


@pytest.mark.parametrize(
    "institution",
    [
        *("public", "the Public", "PRESS", "Press and media", "everybody", "all godparents", "In the media"),
        *("Öffentlichkeit", "an die Presse", "Alle", "alle Medien", "Alle Patinnen und Paten", "jedermann"),
        *("Усе", "усім", "прэса і медыя", "для прэсы", "СМІ", "усе хросныя", "публічна", "пресса"),
        *("pr\u00adess", "прэсa", "mеdiа", "ｐｒｅｓｓ", "media!", "  Press  ", "public_"),
    ],
)
def test_the_public_is_no_institution(office: Office, institution: str) -> None:
    """Past a missing yes only somebody in particular is told; the public by another word is the public."""
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        told = AnswerDraft("health", "bypassed", "named_institution", (institution,), reason="a threat")
        assert _refused(session, mother, told) is Code.BYPASS_UNFIT
        beside = attrs.evolve(told, recipients=("Clinic", institution))
        assert _refused(session, mother, beside) is Code.BYPASS_UNFIT


@pytest.mark.parametrize(
    "institution",
    [
        *("Ministry of Public Health", "Press office of the OSCE", "Clinic", "Die Welt", "Medienhilfe Basel"),
        *("Міністэрства аховы здароўя", "Прэс-служба АБСЕ", "All Saints Hospital", "UN", "Presserat"),
    ],
)
def test_an_institution_is_named_with_a_word_of_its_own(office: Office, institution: str) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        told = AnswerDraft("health", "bypassed", "named_institution", (institution,), reason="a threat")
        session.consent.record(RecordConversation(mother, _TALK, (told,)))
        assert len(_talks(session)) == 1


@pytest.mark.parametrize("relation", ["friend", "lawyer", "other"])
@pytest.mark.parametrize("said", ["", "self", "relative_by_practice", "authorised_by_prisoner"])
def test_who_is_no_relative_says_no_yes_for_the_prisoner(office: Office, relation: str, said: str) -> None:
    """Whatever somebody typed into the talk: only the register says that the prisoner authorised them."""
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        values = {"relation": relation, "born": PartialDate(1980)}
        friend = session.relatives.add(AddRelative(prisoner, values)).id
        typed = {"capacity": said} if said else {}
        for what in ("name", "photo", "godparent_sought", "godparent"):
            assert _refused(session, friend, AnswerDraft(what, "given"), **typed) is Code.NO_STANDING
        with pytest.raises(KnownError) as error:
            session.consent.preview(
                RecordConversation(friend, {**_TALK, **typed}, (AnswerDraft("name", "given"),))
            )
        assert error.value.code is Code.NO_STANDING


def test_who_is_no_relative_may_say_no_talk_and_speak_for_themselves(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        friend = session.relatives.add(AddRelative(prisoner, {"relation": "friend"})).id
        assert session.consent.plan_defaults(friend)["capacity"] == "self"
        for answers in ((), (AnswerDraft("contact", "given"),), (AnswerDraft("name", "refused"),)):
            session.consent.record(RecordConversation(friend, _TALK, answers))
        assert len(_talks(session)) == 3
        decision = session.consent.decision(prisoner, "name", "public")
        assert decision.reason.value == "somebody_said_no"


def test_a_friend_whom_the_prisoner_authorised_says_yes(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        values = {"relation": "friend", "capacity": "authorised_by_prisoner", "born": PartialDate(1980)}
        values["mandate"] = "public"
        friend = session.relatives.add(AddRelative(prisoner, values)).id
        session.consent.record(RecordConversation(friend, _TALK, (AnswerDraft("name", "given", "internal"),)))
        assert session.consent.decision(prisoner, "name", "internal").allowed


def test_a_talk_without_answers_is_not_dated_in_the_future_either(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        later = {**_TALK, "held_on": PartialDate(2026, 12, 1)}
        with pytest.raises(KnownError) as error:
            session.consent.record(RecordConversation(mother, later))
        assert error.value.code is Code.TALK_IN_FUTURE
        assert _talks(session) == []
        session.consent.record(RecordConversation(mother, later, (AnswerDraft("contact", "refused"),)))
        assert len(_talks(session)) == 1


def test_a_call_is_for_one_event_and_used_up_after_it(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        godparent = session.godparents.create(CreateGodparent({"family_name": "Muster"})).id
        answers = (
            AnswerDraft("contact", "given"),
            AnswerDraft(
                "call",
                "given",
                "named_godparent",
                (godparent,),
                event="Birthday call",
                event_on=date(2026, 12, 12),
            ),
        )
        session.consent.record(RecordConversation(mother, _TALK, answers))

        def allowed(event: str, on: date, subject: str = mother) -> bool:
            with session.context.reading() as reader:
                facts = widening.facts_now(session.context, reader, prisoner)
            request = ConsentRequest(
                subject, "call", "named_godparent", recipients=frozenset({godparent}), event=event
            )
            return decide(request, facts, on).allowed

        assert not allowed("", date(2026, 12, 1))
        with session.context.reading() as reader:
            facts = widening.facts_now(session.context, reader, prisoner)
        event = next(one.event for one in facts.answers if one.event)
        assert event == "Birthday call 2026-12-12"
        assert [one.end for one in facts.answers if one.event] == [date(2026, 12, 12)]


def test_withholding_for_a_named_recipient_is_its_own_no(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        first, second = (
            session.godparents.create(CreateGodparent({"family_name": name})).id
            for name in ("Muster", "Beispiel")
        )
        answers = (
            AnswerDraft("letters", "given", "named_godparent", (first,)),
            AnswerDraft("letters", "refused", "named_godparent", (second,)),
        )
        session.consent.record(RecordConversation(mother, _TALK, answers))
        assert session.consent.decision(prisoner, "letters", "named_godparent", [first]).allowed
        assert not session.consent.decision(prisoner, "letters", "named_godparent", [second]).allowed
        assert not session.consent.decision(prisoner, "letters", "all_godparents").allowed


def test_a_bypass_takes_an_officer_and_another_and_is_never_public(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        session.consent.record(RecordConversation(mother, _TALK, (AnswerDraft("health", "refused"),)))
        bypass = AnswerDraft(
            "health", "bypassed", "named_institution", ("Clinic",), reason="needs insulin today"
        )
        session.consent.record(RecordConversation(mother, {}, (bypass,)))
        (waits,) = session.consent.waiting()
        assert not waits.may_decide
        assert "needs insulin today" in waits.detail

    def allowed(session: Session, audience: str, on: date) -> bool:
        with session.context.reading() as reader:
            facts = widening.facts_now(session.context, reader, prisoner)
        names = frozenset({"Clinic"}) if audience == "named_institution" else frozenset[str]()
        request = ConsentRequest(prisoner, "health", audience, recipients=names, grounds=EVEN_BYPASSED)
        return decide(request, facts, on).allowed

    with office.as_person(OFFICER) as session:
        today = session.today()
        assert not allowed(session, "named_institution", today)
        (waits,) = session.consent.waiting()
        session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
        assert allowed(session, "named_institution", today)
        assert not allowed(session, "public", today)
        assert allowed(session, "named_institution", date(2026, 11, 29))
        assert not allowed(session, "named_institution", date(2026, 11, 30))
        # No report rests on it, and a no that comes after it ends it.
        assert not session.consent.decision(prisoner, "health", "named_institution", ["Clinic"]).allowed
        session.consent.record(RecordConversation(mother, _TALK, (AnswerDraft("health", "withdrawn"),)))
        assert not allowed(session, "named_institution", today)


def test_taking_back_a_yes_acts_at_once_and_a_no_takes_two(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        given = (AnswerDraft("contact", "given"), AnswerDraft("letters", "refused"))
        session.consent.record(RecordConversation(mother, _TALK, given))
        yes, no = _talks(session)[0].answers
        for answer, kind in ((yes, "invalidated"), (no, "entered_in_error")):
            back = AnswerDraft(answer.purpose, kind, cancels=answer.answer, reason="seized phone")
            session.consent.record(RecordConversation(mother, {}, (back,)))
        assert session.relatives.row(mother).lines[0] is Light.NOT_ASKED
        assert len(session.consent.waiting()) == 1


def test_first_words_wait_for_an_officer_and_a_talk_without_them_is_kept_and_visible(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother, sister = add_mother(session, prisoner), add_mother(session, prisoner)
        assert session.relatives.get(mother).contact.may is MayContact.FIRST_WORDS_WAIT
        with pytest.raises(KnownError) as error:
            session.relatives.allow_first_words(mother)
        assert error.value.code is Code.NOT_ALLOWED
        ours = {**_TALK, "direction": "we_came"}
        assert session.consent.preview(RecordConversation(mother, ours)).without_permission
        talk = session.consent.record(RecordConversation(mother, ours)).id
        view = session.relatives.get(mother)
        assert view.begun_without == {talk}
        assert [one.kind for one in view.conversations[0].answers] == ["requested"]
        assert view.contact.may is MayContact.ASKED_ALREADY
    with office.as_person(OFFICER) as session:
        session.relatives.allow_first_words(sister)
        assert session.relatives.get(sister).contact.may is MayContact.FIRST_WORDS
        assert not session.consent.preview(RecordConversation(sister, ours)).without_permission
        session.consent.record(RecordConversation(sister, ours))
        view = session.relatives.get(sister)
        assert (view.begun_without, view.contact.may) == (frozenset(), MayContact.ASKED_ALREADY)
        session.relatives.edit(EditRelative(sister, view.relative.version, {"asking": "not_safe"}))
        with pytest.raises(KnownError) as error:
            session.relatives.allow_first_words(sister)
        assert error.value.code is Code.NOT_ALLOWED


def test_a_copied_number_is_recorded_like_a_showing(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        who = {"full_name": "Марыя Прыдуманая", "phones": (_NUMBER,)}
        mother = add_mother(session, add_prisoner(session), **who)
        session.relatives.show(ShowIdentity(mother, "they_came"))
        assert session.relatives.copy_number(CopyNumber(mother, "phones", 0)) == _NUMBER
        for wrong in (CopyNumber(mother, "full_name", 0), CopyNumber(mother, "phones", 1)):
            with pytest.raises(KnownError):
                session.relatives.copy_number(wrong)
        with session.context.reading() as reader:
            assert {one.what for one in reader.find(Showing)} == {"name", "copied"}


def _jpeg() -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "Rechki, at home"
    Image.new("RGB", (64, 40), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_evidence_is_sealed_opened_with_a_record_and_has_no_metadata(office: Office) -> None:
    kept = evidence.prepared(_jpeg())
    assert b"Rechki" not in kept.content
    assert len(kept.sha256) == 64
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        talk = session.consent.record(RecordConversation(mother, _TALK, evidence=kept)).id
        with pytest.raises(KnownError) as error:
            session.consent.evidence(talk)  # no valid yes says why
        assert error.value.ids == ("reason",)
        assert session.consent.evidence(talk, "they_came") == kept
        with session.context.reading() as reader:
            assert [one.what for one in reader.find(Showing)] == ["evidence"]
    raw = (office.folder / "cases.db").read_bytes()
    assert kept.content[:64] not in raw


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 a document with macros", Code.EVIDENCE_UNREADABLE),
        (b"", Code.EVIDENCE_UNREADABLE),
        (_jpeg()[:200], Code.EVIDENCE_UNREADABLE),
        (b"%PDF-1.7" + bytes(4_000_001), Code.EVIDENCE_TOO_LARGE),
        (b"\x89PNG" + bytes(30_000_001), Code.EVIDENCE_TOO_LARGE),
    ],
)
def test_what_is_not_kept(content: bytes, code: Code) -> None:
    with pytest.raises(KnownError) as error:
        evidence.prepared(content)
    assert error.value.code is code


def test_the_largest_evidence_fits(office: Office) -> None:
    kept = evidence.prepared(b"%PDF-1.7" + bytes(3_999_000))
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        talk = session.consent.record(RecordConversation(mother, _TALK, evidence=kept)).id
        assert session.consent.evidence(talk, "they_came").content == kept.content


def test_a_copy_of_evidence_is_recorded_and_writes_over_nothing(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "letter.jpg"
    file.write_bytes(_jpeg())
    kept = evidence.from_file(file)
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        talk = session.consent.record(RecordConversation(mother, _TALK, evidence=kept)).id
        place = tmp_path / "copy.jpg"
        session.consent.copy_evidence(talk, "they_came", place)
        assert place.read_bytes() == kept.content
        with session.context.reading() as reader:
            assert [one.what for one in reader.find(Showing)] == ["evidence_copied"]
        with pytest.raises(KnownError) as error:
            session.consent.copy_evidence(talk, "they_came", place)
        assert error.value.code is Code.PROOF_PLACE_TAKEN
    place.unlink()


@pytest.mark.parametrize("name", ["", "gone.jpg"])
def test_no_file_is_no_evidence(name: str, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as error:
        evidence.from_file(tmp_path / name)
    assert error.value.code is Code.CANNOT_READ


def test_kept_without_a_file_is_refused(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        with pytest.raises(KnownError) as error:
            session.consent.record(RecordConversation(mother, {**_TALK, "evidence": "kept"}))
        assert error.value.ids == ("evidence",)


@pytest.mark.parametrize("kind", ["given", "bypassed"])
def test_a_yes_without_an_end_is_refused_whoever_builds_it(kind: str) -> None:
    """The sheet always fills an end in; the check does not rely on that."""
    mother = Relative(RecordId(new_id()), relation="mother", prisoner=new_id())
    answer = Answer(new_id(), kind, "letters", "named_institution", ("Clinic",), reason="a threat")
    talk = Conversation(RecordId(new_id()), relative=mother.id, prisoner=mother.prisoner, answers=(answer,))
    with pytest.raises(KnownError) as error:
        check_talk(talk, mother, date(2026, 11, 22))
    assert error.value.code is Code.YES_WITHOUT_END
