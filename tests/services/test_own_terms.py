"""Protects: an office words its own lists, never what a rule reads; a word that was used stays readable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.errors import Code, KnownError
from app.domain.own_term import EXTENDABLE
from app.services.own_terms import HideTerm, SaveTerm, TermRow
from app.services.prisoners import CreatePrisoner
from app.services.session import Session
from app.vocabulary import names, pairs, shipped, use_own, word
from tests.hostile.insider import raw
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office


@pytest.fixture
def officer(office: Office) -> Iterator[Session]:
    with office.as_person(OFFICER) as session:
        yield session


def _row(session: Session, of: str, said: str) -> TermRow:
    return next(row for row in session.own_terms.rows(of) if said in (row.english, row.german))


def _refused(session: Session, command: SaveTerm | HideTerm) -> Code:
    def run() -> None:
        if isinstance(command, SaveTerm):
            session.own_terms.save(command)
        else:
            session.own_terms.hide(command)

    with pytest.raises(KnownError) as caught:
        run()
    return caught.value.code


def test_a_new_word_is_offered_stored_and_read_by_everybody(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        session.own_terms.save(SaveTerm("category", english="Beekeeper", german="Imkerin"))
        code = _row(session, "category", "Beekeeper").code
        assert (code, "Beekeeper") in pairs("category", "en")
    with office.as_person(COORDINATOR) as session:
        session.prisoners.create(CreatePrisoner({"family_name": "Zhawnyarovich", "categories": (code,)}))
    with office.as_person(REPORTS) as session:
        assert word("category", code, "de") == "Imkerin"
        assert word("category", code, "be") == "Beekeeper", "English where a language is missing"


def test_a_word_in_one_language_only_is_read_in_every(officer: Session) -> None:
    officer.own_terms.save(SaveTerm("channel", belarusian="Праз суседку"))
    assert {words for _code, words in pairs("channel", "de")} >= {"Праз суседку"}


def test_the_words_go_with_the_case_file(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        session.own_terms.save(SaveTerm("category", english="Beekeeper"))
    assert "Beekeeper" not in dict(pairs("category", "en")).values()
    with office.as_person(COORDINATOR):
        assert "Beekeeper" in dict(pairs("category", "en")).values()


def test_other_words_for_one_that_ships_keep_the_other_languages(officer: Session) -> None:
    term = shipped("channel").terms[0]
    officer.own_terms.save(SaveTerm("channel", english="By Signal call", code=term.code))
    assert word("channel", term.code, "en") == "By Signal call"
    assert word("channel", term.code, "de") == term.words["de"]
    row = _row(officer, "channel", "By Signal call")
    assert (row.changed, row.own, row.version) == (True, False, 1)
    officer.own_terms.save(SaveTerm("channel", english=term.words["en"], code=term.code, version=1))
    assert not _row(officer, "channel", term.words["en"]).changed


def test_what_is_hidden_is_offered_no_more_and_still_read(officer: Session) -> None:
    term = shipped("regime").terms[0]
    officer.own_terms.hide(HideTerm("regime", term.code, 0))
    assert term.code not in dict(pairs("regime", "en"))
    assert word("regime", term.code, "en") == term.words["en"]
    officer.own_terms.hide(HideTerm("regime", term.code, 1, hidden=False))
    assert term.code in dict(pairs("regime", "en"))


def test_the_last_word_of_a_list_stays(officer: Session) -> None:
    *others, last = shipped("regime").terms
    for term in others:
        officer.own_terms.hide(HideTerm("regime", term.code, 0))
    assert _refused(officer, HideTerm("regime", last.code, 0)) is Code.TERM_LAST


@pytest.mark.parametrize("of", sorted(set(names()) - set(EXTENDABLE)))
def test_what_rules_read_is_nobodys_to_word(officer: Session, of: str) -> None:
    assert _refused(officer, SaveTerm(of, english="Anything goes")) is Code.UNKNOWN_TERM
    assert _refused(officer, HideTerm(of, shipped(of).terms[0].code, 0)) is Code.UNKNOWN_TERM


def test_rules_read_nothing_of_what_may_be_worded() -> None:
    for of in EXTENDABLE:
        assert not any(term.data for term in shipped(of).terms), of


@pytest.mark.parametrize("passphrase", [COORDINATOR, REPORTS, AUDITOR])
def test_only_a_security_officer_words_them(office: Office, passphrase: str) -> None:
    with office.as_person(passphrase) as session:
        assert _refused(session, SaveTerm("category", english="Beekeeper")) is Code.NOT_ALLOWED
        assert _refused(session, HideTerm("regime", shipped("regime").terms[0].code, 0)) is Code.NOT_ALLOWED


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (SaveTerm("category"), Code.INVALID_FIELD),
        (SaveTerm("category", english="x" * 61), Code.INVALID_FIELD),
        (SaveTerm("category", english="bee\u0000keeper"), Code.INVALID_FIELD),
        (SaveTerm("channel", german="SIGNAL"), Code.TERM_TAKEN),
        (SaveTerm("channel", english="Pigeon", code="own_nothing"), Code.UNKNOWN_TERM),
    ],
)
def test_words_nobody_could_read_are_refused(officer: Session, command: SaveTerm, code: Code) -> None:
    assert _refused(officer, command) is code


def test_a_word_is_one_line(officer: Session) -> None:
    officer.own_terms.save(SaveTerm("category", english="  Keeper\n of  bees "))
    assert _row(officer, "category", "Keeper of bees").own


def test_a_word_somebody_wrote_into_the_file_is_not_used(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        session.own_terms.save(SaveTerm("category", english="Beekeeper"))
    with raw(office, REPORTS) as connection:
        connection.execute("UPDATE own_term SET body = replace(body, 'Beekeeper', 'Informer')")
    with office.as_person(COORDINATOR):
        offered = dict(pairs("category", "en")).values()
        assert not {"Beekeeper", "Informer"} & set(offered)


def test_two_officers_at_once_do_not_overwrite_each_other(officer: Session) -> None:
    officer.own_terms.save(SaveTerm("category", english="Beekeeper"))
    row = _row(officer, "category", "Beekeeper")
    officer.own_terms.save(SaveTerm("category", english="Keeper of bees", code=row.code, version=row.version))
    late = SaveTerm("category", english="Bee keeper", code=row.code, version=row.version)
    assert _refused(officer, late) is Code.CONFLICT


@pytest.fixture(autouse=True)
def _none_left() -> Iterator[None]:
    yield
    use_own({})
