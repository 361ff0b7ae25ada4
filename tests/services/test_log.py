"""Protects: the log tells each role as much as it may know, in parts, and a verification is remembered."""

from __future__ import annotations

from app.domain.acts import Act
from app.domain.rows import FieldChange
from app.services.godparents import ChangeGodparenthood, CreateGodparent, StartGodparenthood
from app.services.log import LogFilter
from app.services.prisoners import EditPrisoner
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner


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
        assert not any(one.about or one.changes or one.opens for one in session.log.rows())
    with office.as_person(REPORTS) as session:
        assert session.log.rows() == ()  # only their own acts


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
