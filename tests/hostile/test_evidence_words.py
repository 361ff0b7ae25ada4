"""Protects: what was kept of a talk opens for the same reasons, and the same written words, as a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.case_findings import Rule
from app.domain.consent_contact import MayContact
from app.domain.errors import Code, KnownError
from app.domain.showing import Showing
from app.services import evidence
from app.services.consent import AnswerDraft, RecordConversation
from app.services.relatives import EditRelative, PlaceRelativeHold
from app.services.session import Session
from tests import canaries
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

WHY = "Her lawyer asks today what exactly she said"
TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}
KEPT = evidence.prepared(b"%PDF-1.7 what she wrote")
HOW = ("no", "stop", "not_safe", "pause")


def _forbid(session: Session, how: str) -> tuple[str, str]:
    """A mother who wrote to us, and above whom something stands; with the talk her letter is kept of."""
    mother = add_mother(session, add_prisoner(session), full_name=canaries.RELATIVE_NAME)
    answers = (AnswerDraft("contact", "refused" if how == "no" else "given"),)
    talk = session.consent.record(RecordConversation(mother, TALK, answers, evidence=KEPT)).id
    if how == "stop":
        session.relatives.place_hold(PlaceRelativeHold(mother, "danger"))
    elif how != "no":
        row = session.relatives.row(mother)
        session.relatives.edit(EditRelative(mother, row.version, {"asking": how}))
    return mother, talk


def _refused(session: Session, talk: str, place: Path, field: str, reason: str = "", words: str = "") -> None:
    """Neither looked at nor copied, and nothing is written down as opened."""
    before = session.log.state().entries
    for opens in (
        lambda: session.consent.evidence(talk, reason, words),
        lambda: session.consent.copy_evidence(talk, reason, place, words),
    ):
        with pytest.raises(KnownError) as error:
            opens()
        assert (error.value.code, error.value.ids) == (Code.INVALID_FIELD, (field,))
    assert session.log.state().entries == before
    assert not place.exists()
    with session.context.reading() as reader:
        assert reader.find(Showing) == []


@pytest.mark.parametrize("how", HOW)
def test_above_a_no_every_reason_takes_words(office: Office, how: str, tmp_path: Path) -> None:
    place = tmp_path / "copy.pdf"
    with office.as_person(COORDINATOR) as session:
        _mother, talk = _forbid(session, how)
        _refused(session, talk, place, "reason")
        for reason in ("they_came", "danger", "correction"):
            _refused(session, talk, place, "words", reason)
            _refused(session, talk, place, "words", reason, " \n ")
        for reason in ("first_words", "ask_again"):
            _refused(session, talk, place, "reason", reason, WHY)
        assert session.consent.evidence(talk, "correction", f" {WHY} ") == KEPT
        with session.context.reading() as reader:
            (showing,) = reader.find(Showing)
        assert (showing.what, showing.reason, showing.words) == ("evidence", "correction", WHY)


def test_an_officer_finds_it_and_reads_why(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        _mother, talk = _forbid(session, "no")
        session.consent.copy_evidence(talk, "they_came", tmp_path / "copy.pdf", WHY)
    with office.as_person(OFFICER) as session:
        with session.context.reading() as reader:
            said_no = reader.entries_of(talk)[0]
        found = {group.rule: group.items for group in session.findings.groups()}
        (item,) = found[Rule.WARNED]
        row = next(row for row in session.log.rows() if row.sequence in item.entries)
        assert row.act == Act.EVIDENCE_COPIED
        assert (item.what, item.words) == ("evidence_copied", WHY)
        (after_a_no,) = found[Rule.AFTER_A_NO]
        assert row.sequence in after_a_no.entries
        assert after_a_no.entries == (said_no, row.sequence)
        assert {change.field: change.after for change in row.changes}["words"] == WHY


def test_looking_at_what_was_kept_is_no_leave_to_call(office: Office) -> None:
    """A written danger lets one warn a family once; written to read a letter it lets nobody call."""
    with office.as_person(COORDINATOR) as session:
        mother, talk = _forbid(session, "no")
        session.consent.evidence(talk, "danger", WHY)
        assert session.relatives.get(mother).contact.may is MayContact.SAID_NO


def test_a_no_recorded_while_it_is_open_takes_words_for_the_copy(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        mother, talk = _allowed(session)
        assert session.consent.evidence(talk) == KEPT
        session.consent.record(RecordConversation(mother, TALK, (AnswerDraft("contact", "withdrawn"),)))
        with pytest.raises(KnownError) as error:
            session.consent.copy_evidence(talk, "", tmp_path / "copy.pdf")
        assert error.value.ids == ("reason",)
        assert not (tmp_path / "copy.pdf").exists()


def _allowed(session: Session) -> tuple[str, str]:
    mother = add_mother(session, add_prisoner(session), full_name=canaries.RELATIVE_NAME)
    answers = (AnswerDraft("contact", "given"),)
    return mother, session.consent.record(RecordConversation(mother, TALK, answers, evidence=KEPT)).id
