"""Protects saved searches: sealed to who keeps them, outside the log, never a relative's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.errors import Code, KnownError
from app.i18n import set_language
from app.services.prisoners import EditPrisoner
from app.services.saved_searches import SaveSearch
from app.services.session import Session
from tests import canaries
from tests.hostile.insider import raw
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


def names(session: Session) -> list[str]:
    return [one.name for one in session.saved_searches.all()]


def refusal(session: Session, name: str, line: str) -> Code:
    with pytest.raises(KnownError) as caught:
        session.saved_searches.save(SaveSearch(name, line))
    return caught.value.code


def test_they_are_mine_and_no_entry_of_the_log(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        entries = session.log.state().entries
        session.saved_searches.save(SaveSearch("  Nobody stands\n by them ", " no:godparent status:held "))
        session.saved_searches.save(SaveSearch("Homiel", "place:Homiel"))
        assert session.log.state().entries == entries
    with office.as_person(OFFICER) as session:
        assert names(session) == []
    with office.as_person(COORDINATOR) as session:
        assert names(session) == ["Homiel", "Nobody stands by them"]
        assert session.saved_searches.all()[1].line == "no:godparent status:held"
        assert session.drafts.all() == ()  # no form that was left half typed


def test_renamed_removed_and_put_back(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        searches = session.saved_searches
        one = searches.save(SaveSearch("Homiel", "place:Homiel"))
        searches.save(SaveSearch("Overdue", "with:overdue"))
        searches.rename(one.id, "Colony in Homiel")
        assert names(session) == ["Colony in Homiel", "Overdue"]
        gone = searches.remove(one.id)
        assert names(session) == ["Overdue"]
        searches.put_back(gone)
        searches.put_back(gone)
        assert names(session) == ["Colony in Homiel", "Overdue"]
        assert refusal(session, "OVERDUE", "no:step") is Code.SEARCH_TAKEN
        with pytest.raises(KnownError):
            searches.rename(one.id, "Overdue")


@pytest.mark.parametrize(
    ("name", "line", "code"),
    [
        ("", "no:step", Code.INVALID_FIELD),
        ("Empty", "  ", Code.INVALID_FIELD),
        ("n" * 61, "no:step", Code.INVALID_FIELD),
        ("Long", "x" * 201, Code.INVALID_FIELD),
        ("Wrong", "status:blue", Code.SEARCH_UNCLEAR),
    ],
)
def test_what_is_no_search_is_refused(office: Office, name: str, line: str, code: Code) -> None:
    with office.as_person(COORDINATOR) as session:
        assert refusal(session, name, line) is code
        assert names(session) == []


def test_nothing_of_a_relative_is_kept(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        add_mother(session, prisoner, full_name=canaries.RELATIVE_NAME, phones=(canaries.RELATIVE_PHONE,))
        for line in (
            canaries.RELATIVE_NAME,
            f"{canaries.RELATIVE_NAME} no:step",
            f'"{canaries.RELATIVE_NAME}"',
            canaries.RELATIVE_PHONE,
            f"place:{canaries.RELATIVE_PHONE.replace(' ', '')}",
            "@somebody",
            "somebody@example.org",
        ):
            assert refusal(session, "Mother", line) is Code.SEARCH_OF_RELATIVE, line
        assert refusal(session, canaries.RELATIVE_NAME, "no:step") is Code.SEARCH_OF_RELATIVE
        session.saved_searches.save(
            SaveSearch("By number", session.prisoners.get(prisoner).prisoner.reference)
        )


def test_what_is_kept_lies_sealed(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        session.saved_searches.save(SaveSearch("Beekeepers", "label:beekeeper"))
    with raw(office, OFFICER) as connection:
        everything = [
            row for table in ("draft", "setting") for row in connection.rows(f"SELECT * FROM local_{table}")
        ]
    assert everything
    assert "eekeeper" not in repr(everything)


def test_one_that_means_nothing_any_more_says_so(office: Office) -> None:
    line = 'owner:"Greta L."'  # she is on the list of people no more
    with office.as_person(COORDINATOR) as session:
        kept = {"id": "1", "name": "Of Greta", "line": line}
        session.context.store.save_draft("poruch/searches", {"searches": [kept, {"id": 7}, "damaged"]})
        (found,) = session.saved_searches.all()
        assert found.words.wrong == (line,)
        assert session.search.answer(found.line).hits == ()
        session.saved_searches.rename("1", "Was of Greta")
        assert names(session) == ["Was of Greta"]
        assert refusal(session, "Again", line) is Code.SEARCH_UNCLEAR


def test_a_search_saved_in_one_language_is_read_in_another(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
        set_language("de")
        session.saved_searches.save(SaveSearch("Ohne", "ohne:pate status:haft"))
        set_language("be")
        (found,) = session.saved_searches.all()
        assert not found.words.wrong
        assert session.search.answer(found.line).fitting == 1


def test_ctrl_k_takes_filter_words(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        held = add_prisoner(session, labels=("poet",))
        free = add_prisoner(session, family_name="Abadouski", given_name="Ales", status="released")
        session.settle()
        answer = session.search.answer("status:detained no:godparent")
        assert [(hit.id, hit.why) for hit in answer.hits] == [(held, "status:detained · no:godparent")]
        assert answer.fitting == 1
        assert {hit.id for hit in session.search.answer("no:godparent").hits} == {held, free}
        assert [hit.id for hit in session.search.answer("Жаўняровіч no:godparent").hits] == [held]
        assert session.search.answer("Жаўняровіч status:free").hits == ()
        assert session.search.answer("status:blue").words.wrong == ("status:blue",)
        assert [hit.id for hit in session.search.answer("label:poet").hits] == [held]
        assert session.search.answer("label:").goes_on == ("label:poet",)
        assert "status:held" in session.search.answer("status:").goes_on
        version = session.prisoners.get(held).prisoner.version
        session.prisoners.edit(EditPrisoner(held, version, {"status": "released"}))
        assert session.search.answer("status:detained").hits == ()  # seen at once


def test_a_given_name_is_found_by_any_other_that_is_the_same(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        zmicier = add_prisoner(session, family_name="Чабарэц", given_name="Зміцер")
        add_prisoner(session, family_name="Chabarets", given_name="Alexandra")
        for typed in ("Dmitry", "Dmitri Chabarec", "Чабарец Дмитрий", "Cabarec Dmitrij"):
            assert zmicier in [hit.id for hit in session.search.everywhere(typed)], typed
        assert zmicier not in [hit.id for hit in session.search.everywhere("Damian Chabarets")]


def test_without_the_key_what_is_closed_is_said(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session, labels=("poet",))
    with office.as_person(REPORTS) as session:
        assert session.search.answer("status:held").fitting == 1
        answer = session.search.answer("label:poet")
        assert answer.words.closed == ("label:poet",)
        assert answer.hits == ()
        assert refusal(session, "Poets", "label:poet") is Code.SEARCH_UNCLEAR
    with office.as_person(AUDITOR) as session, pytest.raises(KnownError):
        session.saved_searches.all()


def test_the_search_answers_before_all_names_are_read(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
    with office.as_person(COORDINATOR) as session:
        early = session.search.answer("zhawnyarovich")
        assert (early.hits, early.is_whole) == ((), False)
        session.settle()
        late = session.search.answer("zhawnyarovich")
        assert (len(late.hits), late.is_whole) == (1, True)
    with office.as_person(COORDINATOR) as session:
        assert len(session.search.everywhere("zhawnyarovich")) == 1  # whoever asks for all waits for it


def test_a_filter_beside_a_name_follows_every_entry(office: Office) -> None:
    """Who is found by the name is kept while a filter word is typed beside it, and no longer."""
    with office.as_person(COORDINATOR) as session:
        first = add_prisoner(session, family_name="Barsuk")
        session.search.everywhere("barsuk")  # everybody is read in
        assert session.search.answer("barsuk status:held").fitting == 1
        add_prisoner(session, family_name="Barsuk")
        assert session.search.answer("barsuk status:held").fitting == 2
        session.prisoners.edit(EditPrisoner(first, 1, {"family_name": "Zubr"}))
        assert session.search.answer("barsuk status:held").fitting == 1
        session.undo.undo()
        assert session.search.answer("barsuk status:held").fitting == 2
