"""Protects: a coordinator's edit: checked, conflicts per field, history, restore, undo, one entry each."""

from __future__ import annotations

import pytest

from app.domain.acts import Act
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.fields import LONGEST_NAME
from app.domain.prisoner import OtherName
from app.domain.public_texts import PublicText
from app.domain.rows import Light
from app.services.godparents import CreateGodparent
from app.services.prisoner_filter import PrisonerFilter
from app.services.prisoners import CreatePrisoner, EditPrisoner, PlaceHold, RestoreValue
from app.services.session import Session
from app.words import words_for
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_prisoner


def _entries(session: Session) -> int:
    return session.log.state().entries


def test_references_are_issued_and_never_twice(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        first = add_prisoner(session)
        assert session.prisoners.row(first).reference == "VL-0001"
        session.undo.undo()
        assert session.prisoners.rows() == ()
        assert session.prisoners.row(add_prisoner(session)).reference == "VL-0002"
        with pytest.raises(KnownError) as error:
            session.prisoners.create(CreatePrisoner({"reference": "VL-0001"}))
        assert error.value.code is Code.INVALID_FIELD


def test_every_change_is_one_entry_of_the_person(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        before = _entries(session)
        prisoner = add_prisoner(session)
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"occupation": "Programmer"}))
        rows = session.log.rows()
        assert _entries(session) == before + 2
        assert [row.act for row in rows[:2]] == [Act.PRISONER_CHANGED, Act.PRISONER_ADDED]
        assert {row.person_name for row in rows[:2]} == {"Hanna K."}
        assert session.log.verify().ok
        assert session.log.state().ok


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"no_such": "x"}, Code.UNKNOWN_FIELD, "no_such"),
        ({"status": "on the moon"}, Code.UNKNOWN_TERM, "status"),
        ({"categories": ("journalist", "astronaut")}, Code.UNKNOWN_TERM, "categories"),
        ({"country": "Belarus"}, Code.INVALID_FIELD, "country"),
        ({"born": "a summer"}, Code.BAD_DATE, "born"),
        ({"family_name": "a\x00b"}, Code.INVALID_FIELD, "family_name"),
        ({"family_name": 7}, Code.INVALID_FIELD, "family_name"),
        ({"facility": "0" * 32}, Code.INVALID_FIELD, "facility"),
        ({"owner": "0" * 32}, Code.INVALID_FIELD, "owner"),
        ({"other_names": (OtherName(language="be", use="unheard"),)}, Code.UNKNOWN_TERM, "other_names"),
    ],
)
def test_a_value_that_cannot_be_stored_names_its_field(
    office: Office, values: dict[str, object], code: Code, field: str
) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        before = _entries(session)
        with pytest.raises(KnownError) as error:
            session.prisoners.edit(EditPrisoner(prisoner, 1, values))
        assert error.value.code is code
        assert error.value.details["field"] == field
        assert _entries(session) == before


def test_a_name_has_a_length_and_the_answer_says_which(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session, family_name="Z" * LONGEST_NAME)
        for values in ({"family_name": "Z" * 240}, {"other_names": [OtherName(given_name="Z" * 240)]}):
            with pytest.raises(KnownError) as refused:
                add_prisoner(session, **values)
            assert refused.value.code is Code.TOO_LONG
            assert refused.value.details["field"] == next(iter(values))
            assert words_for(refused.value).advice == f"At most {LONGEST_NAME} characters fit here."


def test_what_is_unlikely_is_said_and_saved(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session, detained_on=PartialDate(1970))
        fields = [remark.field for remark in session.prisoners.get(prisoner).remarks]
        assert fields == ["detained_on"]
        assert session.prisoners.remarks({"detained_on": PartialDate(2021)}, prisoner) == ()


def test_conflicts_are_per_field(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"occupation": "Driver", "working_notes": "one"}))
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"patronymic": "Petrovich"}))
        with pytest.raises(KnownError) as error:
            session.prisoners.edit(
                EditPrisoner(prisoner, 1, {"occupation": "Nurse", "working_notes": "two", "sex": "male"})
            )
        assert error.value.code is Code.CONFLICT
        assert error.value.ids == ("occupation", "working_notes")
        found = session.prisoners.get(prisoner).prisoner
        assert (found.occupation, found.patronymic, found.sex) == ("Driver", "Petrovich", "")


def test_saving_nothing_is_said(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        with pytest.raises(KnownError) as error:
            session.prisoners.edit(EditPrisoner(prisoner, 1, {"given_name": "  Siarhei "}))
        assert error.value.code is Code.NOTHING_CHANGED


def test_history_and_restore(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"occupation": "Driver"}))
        changed = session.prisoners.edit(EditPrisoner(prisoner, 2, {"occupation": "Nurse"}))
        rows = session.prisoners.history(prisoner, "occupation")
        assert [(row.before, row.after) for row in rows] == [("Driver", "Nurse"), (None, "Driver")]
        session.prisoners.restore(RestoreValue(prisoner, 3, "occupation", changed.sequence))
        assert session.prisoners.get(prisoner).prisoner.occupation == "Driver"


def test_undo_and_redo_are_entries_too(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"occupation": "Driver", "labels": ("poet",)}))
        before = _entries(session)
        session.undo.undo()
        undone = session.prisoners.get(prisoner).prisoner
        assert (undone.occupation, undone.labels) == ("", ())
        session.undo.redo()
        redone = session.prisoners.get(prisoner).prisoner
        assert (redone.occupation, redone.labels) == ("Driver", ("poet",))
        assert _entries(session) == before + 2
        assert session.log.verify().ok


def test_undo_never_overwrites_somebody_elses_change(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"occupation": "Driver"}))
        session.close(locking=True)
    with office.as_person(OFFICER) as session:
        session.prisoners.edit(EditPrisoner(prisoner, 2, {"occupation": "Nurse"}))
    with office.as_person(COORDINATOR) as session:
        assert session.undo.what()[0] == "Changed a prisoner"
        with pytest.raises(KnownError) as error:
            session.undo.undo()
        assert error.value.code is Code.CONFLICT


def test_the_stack_survives_a_lock_and_not_a_close(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"occupation": "Driver"}))
        session.close(locking=True)
    with office.as_person(COORDINATOR) as session:
        session.undo.undo()
        assert session.prisoners.get(prisoner).prisoner.occupation == ""
        assert session.drafts.all() == ()
    with office.as_person(COORDINATOR) as session:
        assert session.undo.what() == (None, None)


def test_reports_staff_write_public_texts_and_nothing_else(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session, labels=("poet",), working_notes="asks for books")
    text = PublicText(language="en", text="A programmer.")
    with office.as_person(REPORTS) as session:
        view = session.prisoners.get(prisoner)
        assert view.closed >= {"labels", "working_notes", "next_step", "vulnerability"}
        assert view.prisoner.working_notes == ""
        assert session.prisoners.row(prisoner).next_step is None
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"public_summary": (text,)}))
        assert session.prisoners.get(prisoner).prisoner.version == 1
        with pytest.raises(KnownError) as error:
            session.prisoners.edit(EditPrisoner(prisoner, 1, {"occupation": "x"}))
        assert error.value.code is Code.NOT_ALLOWED
    with office.as_person(COORDINATOR) as session:
        assert session.prisoners.get(prisoner).texts.public_summary == (text,)
        found = session.prisoners.get(prisoner).prisoner
        assert (found.labels, found.working_notes) == (("poet",), "asks for books")


def test_a_stop_acts_at_once_and_is_lifted_by_two(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
    with office.as_person(REPORTS) as session:
        stop = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger")).id
        assert session.prisoners.row(prisoner).stopped
    with office.as_person(COORDINATOR) as session:
        assert session.prisoners.row(prisoner).name_in_public is Light.NO
        session.prisoners.lift_hold(stop)
        assert session.prisoners.row(prisoner).stopped
        with pytest.raises(KnownError) as error:
            session.consent.confirm_lift(stop, granted=True)
        assert error.value.code is Code.SAME_PERSON_TWICE
    with office.as_person(OFFICER) as session:
        assert [row.what for row in session.consent.waiting()] == ["stop"]
        session.consent.confirm_lift(stop, granted=True)
        assert not session.prisoners.row(prisoner).stopped
        assert session.consent.waiting() == ()


@pytest.mark.parametrize(
    ("noun", "about", "who"),
    [
        ("case_file", "", {"near", "far", "nowhere"}),
        ("country", "BY", {"near", "nowhere"}),  # most lists name no country: a stop does not pass over those
        ("prisoner", "near", {"near"}),
        ("godparent", "", set()),  # on who receives something, not on whom it is about
    ],
)
def test_rows_say_whom_any_stop_reaches(office: Office, noun: str, about: str, who: set[str]) -> None:
    """A filter by it is how an officer sees whom a stop denies, whatever it is on."""
    with office.as_person(COORDINATOR) as session:
        made = {
            add_prisoner(session, family_name="Near", country="BY"): "near",
            add_prisoner(session, family_name="Far", country="RU"): "far",
            add_prisoner(session, family_name="Nowhere", country=""): "nowhere",
        }
        ids = {name: prisoner for prisoner, name in made.items()}
        on = ids.get(about, about)
        if noun == "godparent":
            on = session.godparents.create(
                CreateGodparent({"family_name": "Exempel", "given_name": "Karin", "country": "SE"})
            ).id
        stop = session.prisoners.place_hold(PlaceHold(noun, on, "danger")).id
        assert {made[row.id] for row in session.prisoners.rows() if row.stopped} == who
        session.prisoners.lift_hold(stop)
    with office.as_person(OFFICER) as session:
        session.consent.confirm_lift(stop, granted=True)
        assert not any(row.stopped for row in session.prisoners.rows())


def test_filters(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mine = add_prisoner(session, owner=session.person.id, labels=("poet",))
        other = add_prisoner(session, family_name="Dubnianskaya", given_name="Alena", status="released")
        by_filter = {
            PrisonerFilter(mine=True): {mine},
            PrisonerFilter(statuses=("released",)): {other},
            PrisonerFilter(text="siarhei"): {mine},
            PrisonerFilter(text="VL-0002"): {other},
            PrisonerFilter(label="poet"): {mine},
            PrisonerFilter(godparent=True): set(),
            PrisonerFilter(name_in_public=Light.NOT_ASKED): {mine, other},
        }
        for wanted, expected in by_filter.items():
            assert {row.id for row in session.prisoners.rows(wanted)} == expected
    with office.as_person(REPORTS) as session, pytest.raises(KnownError) as error:
        session.prisoners.rows(PrisonerFilter(label="poet"))
    assert error.value.code is Code.NEEDS_DESK_KEY


def test_texts_and_record_are_two_rows_of_one_save(office: Office) -> None:
    text = (PublicText(language="en", text="A programmer."),)
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        values = {"public_summary": text, "occupation": "programmer"}
        saved = session.prisoners.edit(EditPrisoner(prisoner, 1, values))
        with session.context.reading() as reader:
            kinds = {kind for kind, _record, _version in reader.records_of(saved.sequence)}
        assert {"prisoner", "public_texts"} <= kinds
        assert saved.changes.ids("prisoner") == {prisoner}
        rows = session.prisoners.history(prisoner)
        assert {(row.field, row.before or None, row.after) for row in rows} == {
            ("public_summary", None, text),
            ("occupation", None, "programmer"),
        }
        entry = session.log.rows()[0]
        assert {(one.noun, one.field) for one in entry.changes} == {
            ("prisoner", "occupation"),
            ("public_texts", "public_summary"),
        }
        session.undo.undo()
        view = session.prisoners.get(prisoner)
        assert (view.texts.public_summary, view.prisoner.occupation) == ((), "")
        session.undo.redo()
        view = session.prisoners.get(prisoner)
        assert (view.texts.public_summary, view.prisoner.occupation) == (text, "programmer")
        first = rows[0].sequence
        session.prisoners.restore(
            RestoreValue(prisoner, view.prisoner.version, "public_summary", first, view.texts.version)
        )
        assert session.prisoners.get(prisoner).texts.public_summary == ()


def test_a_text_written_meanwhile_conflicts_with_a_text_only(office: Office) -> None:
    theirs, mine = (PublicText("en", "A programmer."),), (PublicText("en", "An engineer."),)
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
    with office.as_person(REPORTS) as session:
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"public_summary": theirs}))
    with office.as_person(COORDINATOR) as session:
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"occupation": "programmer"}))
        with pytest.raises(KnownError) as error:
            session.prisoners.edit(
                EditPrisoner(prisoner, 1, {"public_summary": mine, "occupation": "engineer"})
            )
        assert error.value.code is Code.CONFLICT
        assert error.value.ids == ("occupation", "public_summary")
        assert session.prisoners.get(prisoner).texts.public_summary == theirs


def test_texts_written_with_a_new_prisoner_go_with_them_when_that_is_undone(office: Office) -> None:
    text = (PublicText("en", "A programmer."),)
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session, public_summary=text)
        session.undo.undo()
        assert session.prisoners.rows() == ()
        session.undo.redo()
        again = session.prisoners.rows()[0].id
        assert session.prisoners.get(again).texts.public_summary == text
        assert session.log.verify().ok


def test_stops_that_act_are_listed_until_two_people_lifted_them(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger"))
        session.prisoners.place_hold(PlaceHold("country", "BY", "negotiation"))
        first, second = session.consent.stops()
        assert (first.noun, first.about, second.prisoner) == ("country", "Belarus", prisoner)
        assert second.placed_by == "Hanna K."
        assert second.may_ask
        session.prisoners.lift_hold(second.id)
        asked = session.consent.stops()[1]
        assert asked.asked_by == "Hanna K."
        assert not asked.may_ask
        assert not asked.may_decide, "nobody is their own second person"
    with office.as_person(OFFICER) as session:
        asked = session.consent.stops()[1]
        assert asked.may_decide
        session.consent.confirm_lift(asked.id, granted=True)
        assert [row.noun for row in session.consent.stops()] == ["country"]
    with office.as_person(REPORTS) as session:
        (left,) = session.consent.stops()
        assert not left.may_ask


def test_a_desk_says_who_holds_its_key(office: Office) -> None:
    with office.as_person(REPORTS) as session:
        (desk,) = session.people.desks()
        assert desk.holders == ("Hanna K.", "Vera O.")
