"""Protects: two records of one person become one, whole, undoable, and nothing is allowed more."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from app.cli.run import Exit
from app.domain.acts import Act
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.prisoner import OtherName, Prisoner
from app.domain.rows import Light
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.godparents import CreateGodparent, StartGodparenthood
from app.services.merging import MergePrisoners
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.relatives import AddRelative
from app.services.same_person import every_id, rooted
from app.services.session import Session
from tests.services.command_line import Run
from tests.services.lists import SOURCE, row, write_list
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

_TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}


def two(session: Session) -> tuple[str, str]:
    """Two records of one person, their names spelled apart."""
    kept = add_prisoner(session, occupation="Programmer", labels=("urgent",))
    gone = add_prisoner(
        session,
        family_name="Žaŭniarovič",
        given_name="Siarhiej",
        occupation="Engineer",
        detained_on=PartialDate(2021, 3, 4),
        labels=("letters",),
        working_notes="Came with the second list.",
    )
    return kept, gone


def merge(session: Session, kept: str, gone: str, *from_gone: str) -> bool:
    """Merge as they are now; gives whether something waits."""
    versions = [session.prisoners.get(one).prisoner.version for one in (kept, gone)]
    command = MergePrisoners(kept, versions[0], gone, versions[1], frozenset(from_gone))
    return session.merging.merge(command).waits


def say(session: Session, relative: str, *answers: AnswerDraft) -> None:
    """One talk with somebody."""
    session.consent.record(RecordConversation(relative, _TALK, answers))


def agree_to_all(session: Session) -> None:
    """The second person says yes to whatever waits."""
    for waits in session.consent.waiting():
        if waits.what == "answer":
            session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
        else:
            session.consent.decide_change(waits.id, granted=True)


def test_one_record_stays_and_knows_what_both_knew(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        godparent = session.godparents.create(CreateGodparent({"family_name": "Muster"})).id
        session.godparents.propose(StartGodparenthood(gone, godparent, "active"))
        add_mother(session, gone)
        merge(session, kept, gone, "occupation")
        (line,) = session.prisoners.rows()
        view = session.prisoners.get(kept)
        assert (line.id, line.godparents) == (kept, 1)
        assert view.prisoner.occupation == "Engineer"
        assert view.prisoner.detained_on == PartialDate(2021, 3, 4)
        assert view.prisoner.labels == ("urgent", "letters")
        assert view.prisoner.working_notes == "Came with the second list."
        assert view.prisoner.other_names == (OtherName("", "Žaŭniarovič", "Siarhiej"),)
        assert [one.prisoner for one in session.relatives.rows()] == [kept]
        assert session.log.rows()[0].act == Act.MERGED
        assert session.log.verify().ok


def test_the_old_record_still_leads_there(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        reference = session.prisoners.row(gone).reference
        merge(session, kept, gone)
        assert session.prisoners.get(gone).prisoner.id == kept
        assert session.prisoners.row(gone).id == kept
        assert {hit.id for hit in session.search.everywhere(reference)} == {kept}
        assert {hit.id for hit in session.search.everywhere("Žaŭniarovič")} == {kept}
        with pytest.raises(KnownError) as error:
            session.prisoners.edit(EditPrisoner(gone, 1, {"occupation": "Poet"}))
        assert (error.value.code, error.value.ids) == (Code.MERGED_AWAY, (kept,))
        with pytest.raises(KnownError) as error:
            session.relatives.add(AddRelative(gone, {"relation": "sister"}, {}))
        assert error.value.code is Code.MERGED_AWAY


def test_somebody_who_saw_an_older_version_is_told(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        session.prisoners.edit(EditPrisoner(gone, 1, {"occupation": "Poet"}))
        with pytest.raises(KnownError) as error:
            session.merging.merge(MergePrisoners(kept, 1, gone, 1))
        assert (error.value.code, error.value.ids) == (Code.CONFLICT, ("occupation",))
        assert len(session.prisoners.rows()) == 2


def test_a_yes_about_one_waits_for_a_second_person_to_count_for_both(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        say(session, add_mother(session, kept), AnswerDraft("name", "given"))
    with office.as_person(OFFICER) as session:
        agree_to_all(session)
        assert session.prisoners.row(kept).name_in_public is Light.YES
    with office.as_person(COORDINATOR) as session:
        assert merge(session, kept, gone)
        assert session.prisoners.row(kept).name_in_public is Light.NOT_ASKED
        assert not session.consent.decision(kept, "name", "public", fields=("family_name",)).allowed
    with office.as_person(REPORTS) as session:
        assert session.prisoners.row(kept).name_in_public is Light.NOT_ASKED
    with office.as_person(OFFICER) as session:
        agree_to_all(session)
        assert session.prisoners.row(kept).name_in_public is Light.YES


def test_a_no_about_the_one_that_goes_acts_on_the_one_that_stays(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        say(session, add_mother(session, kept), AnswerDraft("name", "given"))
        say(session, add_mother(session, gone), AnswerDraft("name", "refused"))
    with office.as_person(OFFICER) as session:
        agree_to_all(session)
        merge(session, kept, gone)
        assert session.prisoners.row(kept).name_in_public is Light.NO
        assert session.consent.waiting() == ()  # two people could not make more of it


def test_a_stop_on_the_one_that_goes_stops_the_one_that_stays(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        session.prisoners.place_hold(PlaceHold("prisoner", gone, "danger"))
        merge(session, kept, gone)
        assert session.prisoners.row(kept).stopped
        assert len(session.prisoners.get(kept).stopped) == 1


def test_a_birth_date_only_one_knew_waits_where_it_would_allow_more(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        kept = add_prisoner(session, born=None)
        gone = add_prisoner(session)
        say(session, add_mother(session, kept), AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
        say(session, add_mother(session, gone), AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
    with office.as_person(OFFICER) as session:
        agree_to_all(session)
        assert session.prisoners.row(kept).name_in_public is Light.NOT_ASKED
        assert session.prisoners.row(gone).name_in_public is Light.YES
        assert merge(session, kept, gone)
        assert session.prisoners.get(kept).prisoner.born is None
        assert session.prisoners.row(kept).name_in_public is not Light.YES
    with office.as_person(COORDINATOR) as session:
        agree_to_all(session)
        assert session.prisoners.get(kept).prisoner.born == PartialDate(1979, 12, 12)
        assert session.prisoners.row(kept).name_in_public is Light.YES


def test_it_is_taken_apart_as_it_was(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        mother = add_mother(session, gone)
        before = [session.prisoners.get(one).prisoner for one in (kept, gone)]
        merge(session, kept, gone, "occupation")
        session.undo.undo()
        after = [session.prisoners.get(one).prisoner for one in (kept, gone)]
        assert [_plain(one) for one in after] == [_plain(one) for one in before]
        assert session.relatives.rows()[0].prisoner == gone
        assert session.relatives.rows()[0].id == mother
        assert session.log.rows()[0].act == Act.UNMERGED
        assert len(session.prisoners.rows()) == 2
        assert session.log.verify().ok
        merge(session, kept, gone)
        assert len(session.prisoners.rows()) == 1


def _plain(prisoner: Prisoner) -> dict[str, object]:
    found = attrs.asdict(prisoner)
    return {name: value for name, value in found.items() if name != "version"}


def test_what_was_said_since_stands_in_the_way(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        mother = add_mother(session, gone)
        merge(session, kept, gone)
        say(session, mother, AnswerDraft("name", "refused"))
        with pytest.raises(KnownError) as error:
            session.merging.take_apart(gone)
        assert error.value.code is Code.MERGE_WORK_SINCE
        assert session.merging.in_the_way(gone) == ("talk",)
        assert len(session.prisoners.rows()) == 1


def test_taking_apart_allows_nothing_that_was_changed_under_a_no_of_the_other(office: Office) -> None:
    """One person alone: merge with an invented record that says no, change what nobody stops, take apart."""
    with office.as_person(COORDINATOR) as session:
        kept = add_prisoner(session, born=None)
        say(session, add_mother(session, kept), AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
    with office.as_person(OFFICER) as session:
        agree_to_all(session)
    with office.as_person(COORDINATOR) as session:
        invented = add_prisoner(session, family_name="Zhaunerovich", born=None)
        say(session, add_mother(session, invented), AnswerDraft("name", "refused"))
        merge(session, kept, invented)
        version = session.prisoners.get(kept).prisoner.version
        session.prisoners.edit(EditPrisoner(kept, version, {"born": PartialDate(1979)}))
        with pytest.raises(KnownError) as error:
            session.merging.take_apart(invented)
        assert error.value.code is Code.MERGE_WORK_SINCE
        assert not session.consent.decision(kept, "name", "public").allowed
        assert len(session.prisoners.rows()) == 1
        session.undo.undo()  # the birth date
        session.merging.take_apart(invented)
        assert not session.consent.decision(kept, "name", "public").allowed


def test_another_detail_changed_since_stays(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        merge(session, kept, gone, "occupation")
        version = session.prisoners.get(kept).prisoner.version
        session.prisoners.edit(EditPrisoner(kept, version, {"sex": "male"}))
        session.merging.take_apart(gone)
        assert session.prisoners.get(kept).prisoner.sex == "male"
        assert session.prisoners.get(kept).prisoner.occupation == "Programmer"
        merge(session, kept, gone, "occupation")
        version = session.prisoners.get(kept).prisoner.version
        session.prisoners.edit(EditPrisoner(kept, version, {"occupation": "Poet"}))
        assert session.merging.in_the_way(gone) == ("fields",)


def test_a_later_list_with_either_number_joins_the_one_that_stays(office: Office, tmp_path: Path) -> None:
    first = write_list(
        tmp_path / "first.csv",
        [row(1, "Siarhei Zhawnyarovich"), row(2, "Aleh Zubrovich", birthday="1980-01-02")],
    )
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(first, SOURCE))
        kept, gone = (line.id for line in session.prisoners.rows())
        merge(session, kept, gone)
        again = session.intake.look(first, SOURCE)
        assert {one.existing for one in again.preview.rows} == {kept}
        assert again.preview.gone == ()


def test_two_desks_are_refused_in_words(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        session.prisoners.edit(EditPrisoner(gone, 1, {"desk": None}))
        with pytest.raises(KnownError) as error:
            merge(session, kept, gone)
        assert error.value.code is Code.MERGE_TWO_DESKS


def test_a_change_that_waits_is_settled_first(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        say(session, add_mother(session, gone), AnswerDraft("name", "given"))
        session.prisoners.edit(EditPrisoner(gone, 1, {"born": None}))
    with office.as_person(OFFICER) as session:
        agree_to_all(session)
        with pytest.raises(KnownError) as error:
            session.prisoners.edit(EditPrisoner(gone, 2, {"born": PartialDate(1979, 12, 12)}))
        assert error.value.code is Code.NEEDS_SECOND_PERSON
        with pytest.raises(KnownError) as error:
            merge(session, kept, gone)
        assert error.value.code is Code.MERGE_WAITS


def test_a_pair_is_proposed_with_why_and_not_again_once_somebody_looked(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        (pair,) = session.duplicates.queue().pairs
        assert {pair.left.id, pair.right.id} == {kept, gone}
        assert [str(reason) for reason in pair.reasons] == ["same_name", "same_birth_date"]
        session.duplicates.keep_apart(gone, kept)
        found = session.duplicates.queue()
        assert (found.pairs, len(found.apart), found.apart[0].by) == ((), 1, "Hanna K.")
        session.duplicates.take_back(kept, gone)
        assert len(session.duplicates.queue().pairs) == 1
        merge(session, kept, gone)
        assert session.duplicates.queue().pairs == ()


def test_brothers_and_namesakes_are_shown_and_not_proposed(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        day = PartialDate(2021, 3, 4)
        add_prisoner(session, detained_on=day)
        add_prisoner(session, given_name="Aleh", born=PartialDate(1981, 2, 2), detained_on=day)
        add_prisoner(session, born=PartialDate(1990, 1, 1))
        found = session.duplicates.queue()
        assert found.pairs == ()
        assert sorted(str(one.why) for one in found.kin) == ["namesake", "sibling"]


def test_somebody_new_although_a_list_proposed_a_person_is_kept_apart(office: Office, tmp_path: Path) -> None:
    listed = write_list(tmp_path / "one.csv", [row(7, "Zhawnyarovich Siarhei", birthday="1979-12-12")])
    with office.as_person(COORDINATOR) as session:
        known = add_prisoner(session)
        looked = session.intake.look(listed, SOURCE)
        (doubtful,) = looked.preview.rows
        assert doubtful.candidates == (known,)
        session.intake.commit(session.intake.decide(looked, {doubtful.number: None}))
        found = session.duplicates.queue()
        assert (found.pairs, len(found.apart)) == ((), 1)
        session.intake.take_back(session.intake.runs()[0].id)
        assert len(session.prisoners.rows()) == 1


def test_the_command_line_names_numbers_and_nobody(office: Office, poruch: Run) -> None:
    with office.as_person(COORDINATOR) as session:
        two(session)
    code, out, _err = poruch(COORDINATOR, "duplicates", office.folder)
    assert (code, out) == (0, "1 pair of records may be of one person\nVL-0001  VL-0002\n")
    code, _out, _err = poruch(REPORTS, "duplicates", office.folder)
    assert code == Exit.KNOWN


def test_as_of_a_day_before_they_are_two(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        mother = add_mother(session, gone)
        say(session, mother, AnswerDraft("contact", "given"))
    office.clock.turn(days=3)
    with office.as_person(COORDINATOR) as session:
        merge(session, kept, gone)
        then = session.as_of.relative(mother, PartialDate(2026, 11, 23))
        now = session.as_of.relative(mother, PartialDate(2026, 11, 25))
        assert (then.known, then.about) == (True, "Mother of Žaŭniarovič, Siarhiej")
        assert (now.known, now.about) == (True, "Mother of Zhawnyarovich, Siarhei")
        assert len(then.conversations) == len(now.conversations) == 1


def test_a_chain_of_merges_leads_to_the_last(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        first, second = two(session)
        third = add_prisoner(session, given_name="Siarhiej")
        say(session, add_mother(session, first), AnswerDraft("name", "refused"))
        merge(session, second, first)
        merge(session, third, second)
        assert session.prisoners.get(first).prisoner.id == third
        assert len(session.prisoners.rows()) == 1
        assert session.prisoners.row(third).name_in_public is Light.NO
        assert "merged" in session.merging.in_the_way(first)
        session.merging.take_apart(second)
        assert session.prisoners.get(first).prisoner.id == second
        session.merging.take_apart(first)
        assert len(session.prisoners.rows()) == 3
        assert session.prisoners.row(first).name_in_public is Light.NO
        assert session.log.verify().ok


def test_a_report_under_way_goes_on_with_the_one_that_stays(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = two(session)
        merge(session, kept, gone)
        with session.context.reading() as reader:
            assert rooted(reader, [gone, kept, gone]) == [kept]
            assert every_id(reader, gone) == {kept, gone}
