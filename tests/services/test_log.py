"""Protects: the log tells each role as much as it may know, in parts, and a verification is remembered."""

from __future__ import annotations

from pathlib import Path

from app.domain.acts import Act
from app.domain.rows import FieldChange
from app.services.attention import RecordAttention
from app.services.consent import AnswerDraft, RecordConversation
from app.services.godparents import ChangeGodparenthood, CreateGodparent, StartGodparenthood
from app.services.log import LogFilter
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.relatives import EditIdentity, PlaceRelativeHold, ShowIdentity
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner
from tests.services.slipping import answer, bring_in, make


def _work(office: Office) -> str:
    with office.as_person(COORDINATOR) as session:
        one = add_prisoner(session)
        add_mother(session, one)
        session.prisoners.edit(EditPrisoner(one, 1, {"status": "released", "working_notes": "careful"}))
        godparent = session.godparents.create(CreateGodparent({"family_name": "Muster"})).id
        bond = session.godparents.propose(StartGodparenthood(one, godparent)).id
        session.godparents.change(ChangeGodparenthood(bond, 1, {"state": "invited"}))
        return one


def test_open_fields_with_old_and_new_closed_ones_by_name_only(office: Office) -> None:
    one = _work(office)
    with office.as_person(OFFICER) as session:
        (row,) = session.log.rows(LogFilter(act=Act.PRISONER_CHANGED))
        assert row.about == "Zhawnyarovich, Siarhei"
        assert row.opens == ("prisoner", one)
        assert set(row.changes) == {
            FieldChange("prisoner", "status", "penal_colony", "released"),
            FieldChange("prisoner", "working_notes", closed=True),
        }
        changed, began = session.log.rows(LogFilter(act=Act.GODPARENTHOOD_CHANGED))
        assert changed.changes == (FieldChange("godparenthood", "state", "proposed", "invited"),)
        assert began.added
        assert began.changes == (FieldChange("godparenthood", "state", None, "proposed"),)


def test_a_closed_entry_is_told_to_key_holders_alone(office: Office) -> None:
    _work(office)
    wanted = LogFilter(act=Act.SEALED_CHANGED)
    with office.as_person(OFFICER) as session:
        (row,) = session.log.rows(wanted)
        assert (row.noun, row.added, row.about) == ("relative", True, "Mother of Zhawnyarovich, Siarhei")
        assert row.opens is not None
        assert row.opens[0] == "relative"
    with office.as_person(AUDITOR) as session:
        (row,) = session.log.rows(wanted)
        assert (row.noun, row.about, row.opens, row.changes) == ("", "", None, ())
        others = [one for one in session.log.rows() if not one.act.startswith("person.")]
        assert not any(one.about or one.changes or one.opens for one in others)
    with office.as_person(REPORTS) as session:
        assert session.log.rows() == ()  # only their own acts


def test_hostile_attention_says_what_happened_and_to_whom_it_may_be_said(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        one = add_prisoner(session)
        godparent = session.godparents.create(CreateGodparent({"family_name": "Muster"})).id
        session.attention.record(
            RecordAttention("embassy_contact", godparents=(godparent,), prisoners=(one,))
        )
    wanted = LogFilter(act=Act.ATTENTION_RECORDED)
    what = FieldChange("attention", "what", None, "embassy_contact")
    with office.as_person(OFFICER) as session:
        (row,) = session.log.rows(wanted)
        assert (row.about, row.more, row.opens) == ("Zhawnyarovich, Siarhei", 1, ("prisoner", one))
        assert row.changes == (what,)
        assert session.log.rows(LogFilter(words="muster hostile"))[0].sequence == row.sequence
    with office.as_person(AUDITOR) as session:
        (row,) = session.log.rows(wanted)
        assert (row.about, row.more, row.opens, row.record) == ("", 0, None, "")
        assert row.changes == (what,)


def test_a_long_log_comes_in_parts(office: Office) -> None:
    _work(office)
    with office.as_person(OFFICER) as session:
        every = [row.sequence for row in session.log.rows()]
        first = [row.sequence for row in session.log.rows(LogFilter(limit=3))]
        rest = [row.sequence for row in session.log.rows(LogFilter(before=first[-1]))]
        assert first + rest == every == sorted(every, reverse=True)
        acts = (Act.GODPARENT_ADDED.value, Act.PRISONER_ADDED.value)
        assert {row.act for row in session.log.rows(LogFilter(acts=acts))} == set(acts)


def test_a_verification_is_remembered(office: Office) -> None:
    _work(office)
    with office.as_person(OFFICER) as session:
        assert session.log.state().ok is None
        assert session.log.verify().ok
    with office.as_person(OFFICER) as session:
        state = session.log.state()
        assert state.ok
        assert state.last_verified is not None
        assert state.entries == len(session.log.rows())
        assert state.newer == 0
        add_prisoner(session)
        assert session.log.state().newer == 1, "nobody has checked that one"


def _told(office: Office, passphrase: str, **wanted: object) -> list[str]:
    with office.as_person(passphrase) as session:
        return [row.act for row in session.log.rows(LogFilter(**wanted))]  # type: ignore[arg-type]


def test_words_find_over_the_whole_log_and_every_one_has_to_fit(office: Office) -> None:
    _work(office)
    with office.as_person(OFFICER) as session:
        entries = session.log.state().entries
    about_him = _told(office, OFFICER, words="Schawnerowitsch")  # another spelling
    assert {"prisoner.added", "prisoner.changed", "sealed.changed", "godparenthood.changed"} <= set(about_him)
    assert "godparent.added" not in about_him
    assert _told(office, OFFICER, words="zhawnyarovich hanna muster") == ["godparenthood.changed"] * 2
    assert _told(office, OFFICER, words="added prisoner") == ["prisoner.added"]
    assert set(_told(office, OFFICER, words="vera")) >= {"casefile.created", "person.added"}
    assert _told(office, OFFICER, words="mother") == ["sealed.changed"]
    assert _told(office, OFFICER, words="relative zhawnyarovich") == ["sealed.changed"]
    assert _told(office, OFFICER, words=f"#{entries}") == ["godparenthood.changed"]
    assert _told(office, OFFICER, words="nobodyknows") == []
    assert len(_told(office, OFFICER, words="  # , ")) == entries


def test_words_fit_beside_every_other_filter(office: Office) -> None:
    one = _work(office)
    with office.as_person(OFFICER) as session:
        me = session.context.me
    assert _told(office, OFFICER, words="zhawnyarovich", person=me) == []
    assert _told(office, OFFICER, words="hanna", record=one) == ["prisoner.changed", "prisoner.added"]
    assert _told(office, OFFICER, words="hanna", acts=("prisoner.added",)) == ["prisoner.added"]
    assert _told(office, OFFICER, words="hanna", limit=2) == ["godparenthood.changed"] * 2


def test_an_auditor_finds_nothing_by_a_name_the_list_does_not_tell(office: Office) -> None:
    _work(office)
    for words in ("zhawnyarovich", "mother", "muster", "conversation", "siarhei"):
        assert _told(office, AUDITOR, words=words) == []
    assert _told(office, AUDITOR, words="added prisoner") == ["prisoner.added"]
    assert set(_told(office, AUDITOR, words="hanna")) >= {"prisoner.added"}


def test_two_days_of_ones_own_hold_both_of_them(office: Office) -> None:
    _work(office)
    with office.as_person(OFFICER) as session:
        first = session.context.today()
        before = session.log.state().entries
    office.clock.turn(days=2)
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
        last = session.context.today()
    between = first + (last - first) / 2
    assert len(_told(office, OFFICER, first=first, last=first)) == before
    assert _told(office, OFFICER, first=last, last=last) == ["prisoner.added"]
    assert _told(office, OFFICER, first=between, last=between) == []
    assert len(_told(office, OFFICER, first=first, last=last)) == before + 1
    assert _told(office, OFFICER, first=between) == ["prisoner.added"]
    assert len(_told(office, OFFICER, last=between)) == before


def test_every_closed_entry_says_whom_it_is_about(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session), full_name="Zhawnyarovich Halina")
        draft = AnswerDraft("contact", "given")
        session.consent.record(RecordConversation(mother, {"channel": "signal"}, (draft,)))
        version = session.relatives.show(ShowIdentity(mother)).version
        hold = session.relatives.place_hold(PlaceRelativeHold(mother, "danger")).id
        session.relatives.lift_hold(hold)
        session.relatives.edit_identity(EditIdentity(mother, version, {"phones": ("+375 29 000 00 00",)}))
    with office.as_person(OFFICER) as session:
        closed = [row for row in session.log.rows() if row.act.startswith("sealed.")]
    assert {row.about for row in closed} == {"Mother of Zhawnyarovich, Siarhei"}
    assert {row.noun for row in closed} >= {
        "conversation",
        "showing",
        "relative_hold",
        "identity",
        "relative",
    }
    assert {row.opens for row in closed} == {("relative", mother)}


def test_whoever_asks_to_lift_a_stop_has_not_lifted_it(office: Office) -> None:
    """And the log says what the stop is on, also to an auditor where it is on nobody."""
    with office.as_person(OFFICER) as session:
        hold = session.prisoners.place_hold(PlaceHold("case_file", "", "danger")).id
    with office.as_person(COORDINATOR) as session:
        session.prisoners.lift_hold(hold)
    with office.as_person(OFFICER) as session:
        session.consent.confirm_lift(hold, granted=False)
    with office.as_person(COORDINATOR) as session:
        session.prisoners.lift_hold(hold)
    with office.as_person(OFFICER) as session:
        session.consent.confirm_lift(hold, granted=True)
        rows = session.log.rows(LogFilter(acts=(Act.HOLD_LIFTED, Act.HOLD_PLACED)))
        steps = [row.step for row in rows]
        assert steps == ["granted", "proposed", "kept", "proposed", ""]
        assert {row.about for row in rows} == {"The whole case file"}
    with office.as_person(AUDITOR) as session:
        rows = session.log.rows(LogFilter(acts=(Act.HOLD_LIFTED, Act.HOLD_PLACED)))
        assert [row.step for row in rows] == steps
        assert {row.about for row in rows} == {"The whole case file"}


def test_a_stop_on_a_person_is_no_auditors_to_know(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        one = add_prisoner(session)
        hold = session.prisoners.place_hold(PlaceHold("prisoner", one, "danger")).id
        session.prisoners.lift_hold(hold)
    with office.as_person(OFFICER) as session:
        rows = session.log.rows(LogFilter(acts=(Act.HOLD_LIFTED, Act.HOLD_PLACED)))
        assert {row.about for row in rows} == {"Zhawnyarovich, Siarhei"}
        assert {row.opens for row in rows} == {("prisoner", one)}
    with office.as_person(AUDITOR) as session:
        rows = session.log.rows(LogFilter(acts=(Act.HOLD_LIFTED, Act.HOLD_PLACED)))
        assert {(row.about, row.opens) for row in rows} == {("", None)}


def test_a_second_person_in_a_slip_is_named_though_somebody_else_brought_it_in(
    office: Office, tmp_path: Path
) -> None:
    with office.as_person(COORDINATOR) as session:
        hold = session.prisoners.place_hold(PlaceHold("case_file", "", "danger")).id
        session.prisoners.lift_hold(hold)
    slip = make(office, tmp_path / "ask", "stop")
    bring_in(office, answer(office, slip, tmp_path / "yes"))
    with office.as_person(OFFICER) as session:
        lifted = session.log.rows(LogFilter(act=Act.HOLD_LIFTED))[0]
        (made,) = session.log.rows(LogFilter(act=Act.SLIP_MADE))
    assert (lifted.step, lifted.slip_of, made.about) == ("granted", "Vera O.", "Vera O.")
    assert lifted.person_name.startswith("Hanna")
