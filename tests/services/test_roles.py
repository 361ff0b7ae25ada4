"""Protects: every service method asks the table of roles; nobody does more than security.md's table says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from app.domain.errors import Code, KnownError
from app.domain.progress import at_once
from app.domain.roles import OPENERS, Action, Role, permission
from app.services.consent import Ask, RecordConversation
from app.services.findings import ReviewFindings
from app.services.godparents import (
    ChangeGodparenthood,
    CreateGodparent,
    EditGodparent,
    RecordAction,
    StartGodparenthood,
)
from app.services.identities import CopyNumber
from app.services.people import AddPerson
from app.services.prisoners import CreatePrisoner, EditPrisoner, PlaceHold, RestoreValue
from app.services.quarters import BeginQuarter, DecideItems, TakeBack
from app.services.quoting import SaveQuoted
from app.services.recipients import SaveList, SaveRecipient
from app.services.relatives import (
    AddRelative,
    EditIdentity,
    EditRelative,
    PlaceRelativeHold,
    ShowIdentity,
)
from app.services.saved_searches import SavedSearch, SaveSearch
from app.services.session import Session
from app.services.waiting import CountersignAnswer
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office

_X: Final = "0" * 32
_REFUSED: Final = frozenset({Code.NOT_ALLOWED, Code.NEEDS_DESK_KEY})
_PEOPLE: Final = {
    Role.OFFICER: OFFICER,
    Role.COORDINATOR: COORDINATOR,
    Role.REPORTS: REPORTS,
    Role.AUDITOR: AUDITOR,
}
_EDITORS: Final = frozenset({Role.OFFICER, Role.COORDINATOR})
_READERS: Final = _EDITORS | {Role.REPORTS}
_EVERYBODY: Final = _READERS | {Role.AUDITOR}
_OFFICER: Final = frozenset({Role.OFFICER})

Attempt = Callable[[Session], object]

# Every public method, who may try it, and an attempt that fails harmlessly (or reads) where it is allowed.
_METHODS: Final[dict[str, tuple[frozenset[Role], Attempt]]] = {
    "prisoners.rows": (_READERS, lambda s: s.prisoners.rows()),
    "prisoners.row": (_READERS, lambda s: s.prisoners.row(_X)),
    "prisoners.get": (_READERS, lambda s: s.prisoners.get(_X)),
    "prisoners.history": (_READERS, lambda s: s.prisoners.history(_X)),
    "prisoners.facilities": (_READERS, lambda s: s.prisoners.facilities()),
    "prisoners.owners": (_READERS, lambda s: s.prisoners.owners()),
    "prisoners.remarks": (_READERS, lambda s: s.prisoners.remarks({"family_name": "X"})),
    "prisoners.create": (_EDITORS, lambda s: s.prisoners.create(CreatePrisoner({"nothing": 1}))),
    "prisoners.edit": (_EDITORS, lambda s: s.prisoners.edit(EditPrisoner(_X, 1, {"occupation": "x"}))),
    "prisoners.edit public text": (
        _READERS,
        lambda s: s.prisoners.edit(EditPrisoner(_X, 1, {"public_summary": ()})),
    ),
    "prisoners.restore": (_EDITORS, lambda s: s.prisoners.restore(RestoreValue(_X, 1, "occupation", 1))),
    "prisoners.stop_reach": (_READERS, lambda s: s.prisoners.stop_reach("case_file", "")),
    "prisoners.place_hold": (_READERS, lambda s: s.prisoners.place_hold(PlaceHold("prisoner", _X, "danger"))),
    "prisoners.lift_hold": (_EDITORS, lambda s: s.prisoners.lift_hold(_X)),
    "relatives.rows": (_EDITORS, lambda s: s.relatives.rows()),
    "relatives.row": (_EDITORS, lambda s: s.relatives.row(_X)),
    "relatives.get": (_EDITORS, lambda s: s.relatives.get(_X)),
    "relatives.find_exact": (_EDITORS, lambda s: s.relatives.find_exact("+375 29 000 00 00")),
    "relatives.add": (_EDITORS, lambda s: s.relatives.add(AddRelative(_X, {}))),
    "relatives.edit": (_EDITORS, lambda s: s.relatives.edit(EditRelative(_X, 1, {}))),
    "relatives.show": (_EDITORS, lambda s: s.relatives.show(ShowIdentity(_X))),
    "relatives.edit_identity": (_EDITORS, lambda s: s.relatives.edit_identity(EditIdentity(_X, 1, {}))),
    "relatives.place_hold": (
        _EDITORS,
        lambda s: s.relatives.place_hold(PlaceRelativeHold(_X, "danger")),
    ),
    "relatives.lift_hold": (_EDITORS, lambda s: s.relatives.lift_hold(_X)),
    "relatives.still_open": (_EDITORS, lambda s: s.relatives.still_open()),
    "relatives.copy_number": (_EDITORS, lambda s: s.relatives.copy_number(CopyNumber(_X, "phones", 0))),
    "relatives.allow_first_words": (_OFFICER, lambda s: s.relatives.allow_first_words(_X)),
    "consent.evidence": (_EDITORS, lambda s: s.consent.evidence(_X)),
    "consent.copy_evidence": (_EDITORS, lambda s: s.consent.copy_evidence(_X, "", Path("x"))),
    "consent.stops": (_READERS, lambda s: s.consent.stops()),
    "consent.lift_reach": (_EDITORS, lambda s: s.consent.lift_reach(_X)),
    "people.desks": (_EVERYBODY, lambda s: s.people.desks()),
    "log.verifying": (_EVERYBODY, lambda s: next(s.log.verifying())),
    "consent.plan_defaults": (_EDITORS, lambda s: s.consent.plan_defaults(_X)),
    "consent.preview": (_EDITORS, lambda s: s.consent.preview(RecordConversation(_X))),
    "consent.record": (_EDITORS, lambda s: s.consent.record(RecordConversation(_X))),
    "consent.decision": (_EDITORS, lambda s: s.consent.decision(_X, "name", "public")),
    "own_kinds.rows": (_READERS, lambda s: s.own_kinds.rows()),
    "own_kinds.shipped": (_READERS, lambda s: s.own_kinds.shipped()),
    "own_kinds.waiting_for_me": (_READERS, lambda s: s.own_kinds.waiting_for_me()),
    "own_kinds.check": (_READERS, lambda s: s.own_kinds.check("")),
    "own_kinds.copy_of": (_READERS, lambda s: s.own_kinds.copy_of("newsletter")),
    "own_kinds.next_of": (_READERS, lambda s: s.own_kinds.next_of("own_x")),
    "own_kinds.read_file": (_READERS, lambda s: s.own_kinds.read_file(Path("x"))),
    "own_kinds.difference": (_READERS, lambda s: s.own_kinds.difference(_X)),
    "own_kinds.propose": (_READERS, lambda s: s.own_kinds.propose("")),
    "own_kinds.agree": (_READERS, lambda s: s.own_kinds.agree(_X)),
    "own_kinds.end": (_READERS, lambda s: s.own_kinds.end(_X)),
    "series.rows": (_READERS, lambda s: s.series.rows()),
    "series.look": (_READERS, lambda s: s.series.look(_X)),
    "series.beside": (_READERS, lambda s: s.series.beside(_X)),
    "series.begin": (_OFFICER, lambda s: s.series.begin(_X)),
    "series.end": (_READERS, lambda s: s.series.end(_X)),
    "comparing.compare": (_READERS, lambda s: s.comparing.compare(_X, _X)),
    "consent.decisions_for_report": (
        _READERS,
        lambda s: s.consent.decisions_for_report([], Ask((), "public")),
    ),
    "consent.waiting": (_EVERYBODY, lambda s: s.consent.waiting()),
    "consent.countersign": (
        _EDITORS,
        lambda s: s.consent.countersign(CountersignAnswer(_X, _X, granted=True)),
    ),
    "consent.decide_change": (_EDITORS, lambda s: s.consent.decide_change(_X, granted=True)),
    "consent.confirm_lift": (_EDITORS, lambda s: s.consent.confirm_lift(_X, granted=True)),
    "godparents.rows": (_READERS, lambda s: s.godparents.rows()),
    "godparents.get": (_READERS, lambda s: s.godparents.get(_X)),
    "godparents.godparenthoods": (_READERS, lambda s: s.godparents.godparenthoods()),
    "godparents.godparenthood": (_READERS, lambda s: s.godparents.godparenthood(_X)),
    "godparents.history": (_READERS, lambda s: s.godparents.history(_X)),
    "godparents.create": (_EDITORS, lambda s: s.godparents.create(CreateGodparent({}))),
    "godparents.edit": (_EDITORS, lambda s: s.godparents.edit(EditGodparent(_X, 1, {}))),
    "godparents.restore": (_EDITORS, lambda s: s.godparents.restore(RestoreValue(_X, 1, "office", 1))),
    "godparents.propose": (_EDITORS, lambda s: s.godparents.propose(StartGodparenthood(_X, _X))),
    "godparents.change": (_EDITORS, lambda s: s.godparents.change(ChangeGodparenthood(_X, 1, {}))),
    "godparents.act": (_EDITORS, lambda s: s.godparents.act(RecordAction({}))),
    "quoting.rows": (_READERS, lambda s: s.quoting.rows()),
    "quoting.save": (_READERS, lambda s: s.quoting.save(SaveQuoted({"nothing": 1}))),
    "recipients.rows": (_READERS, lambda s: s.recipients.rows()),
    "recipients.lists": (_READERS, lambda s: s.recipients.lists()),
    "recipients.history": (_READERS, lambda s: s.recipients.history(_X)),
    "recipients.save": (_READERS, lambda s: s.recipients.save(SaveRecipient({"nothing": 1}))),
    "recipients.save_list": (_READERS, lambda s: s.recipients.save_list(SaveList({"nothing": 1}))),
    "people.rows": (_EVERYBODY, lambda s: s.people.rows()),
    "people.add": (_OFFICER, lambda s: s.people.add(AddPerson("", (), ""))),
    "people.confirm": (_EDITORS, lambda s: s.people.confirm(_X, granted=True)),
    "log.rows": (_EVERYBODY, lambda s: s.log.rows()),
    "log.verify": (_EVERYBODY, lambda s: s.log.verify()),
    "log.state": (_EVERYBODY, lambda s: s.log.state()),
    "findings.groups": (_EVERYBODY, lambda s: s.findings.groups()),
    "findings.grouping": (_EVERYBODY, lambda s: at_once(s.findings.grouping())),
    "findings.counting": (_EVERYBODY, lambda s: at_once(s.findings.counting())),
    "findings.figures": (_OFFICER | {Role.AUDITOR}, lambda s: s.findings.figures()),
    "findings.review": (_OFFICER, lambda s: s.findings.review(ReviewFindings("ends", (_X,), "looked"))),
    "quarters.past": (_OFFICER | {Role.AUDITOR}, lambda s: s.quarters.past()),
    "quarters.doubts": (_OFFICER | {Role.AUDITOR}, lambda s: s.quarters.doubts(_X)),
    "quarters.state": (_OFFICER, lambda s: s.quarters.state()),
    "quarters.moved_on": (_OFFICER, lambda s: s.quarters.moved_on()),
    "quarters.rows": (_OFFICER, lambda s: s.quarters.rows("new_yes")),
    "quarters.rows_named": (_OFFICER, lambda s: s.quarters.rows_named((_X,))),
    "quarters.begin": (_OFFICER, lambda s: s.quarters.begin(BeginQuarter())),
    "quarters.beginning": (_OFFICER, lambda s: next(s.quarters.beginning(BeginQuarter()))),
    "quarters.decide": (_OFFICER, lambda s: s.quarters.decide(DecideItems(_X, (_X,), "in_order"))),
    "quarters.take_back": (_OFFICER, lambda s: s.quarters.take_back(TakeBack(_X, (_X,)))),
    "quarters.sign": (_OFFICER, lambda s: s.quarters.sign(_X)),
    "search.prisoners": (_READERS, lambda s: s.search.prisoners("siarhei")),
    "search.everywhere": (_READERS, lambda s: s.search.everywhere("siarhei")),
    "search.answer": (_READERS, lambda s: s.search.answer("status:held")),
    "saved_searches.all": (_READERS, lambda s: s.saved_searches.all()),
    "saved_searches.save": (_READERS, lambda s: s.saved_searches.save(SaveSearch("Held", "status:held"))),
    "saved_searches.rename": (_READERS, lambda s: s.saved_searches.rename(_X, "Held")),
    "saved_searches.remove": (_READERS, lambda s: s.saved_searches.remove(_X)),
    "saved_searches.put_back": (
        _READERS,
        lambda s: s.saved_searches.put_back(SavedSearch(_X, "H", "no:step")),
    ),
    "drafts.all": (_EVERYBODY, lambda s: s.drafts.all()),
    "layout.get": (_EVERYBODY, lambda s: s.layout.get("columns")),
    "undo.what": (_EVERYBODY, lambda s: s.undo.what()),
}
_FREE: Final = {
    "drafts.save",
    "drafts.keep",
    "drafts.drop",
    "drafts.shown",
    "drafts.note_shown",
    "layout.put",
    "undo.undo",
    "undo.redo",
    "godparents.next_states",
}
"""Outside the table: a person's own things, and words."""


@pytest.mark.parametrize("role", sorted(OPENERS))
def test_every_method_asks_the_table(office: Office, role: Role) -> None:
    with office.as_person(_PEOPLE[role]) as session:
        for name, (allowed, attempt) in _METHODS.items():
            refused = False
            try:
                attempt(session)
            except KnownError as error:
                refused = error.code in _REFUSED
            assert refused is (role not in allowed), f"{role.value}: {name}"


def test_no_method_is_forgotten(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        services = {
            "prisoners": session.prisoners,
            "relatives": session.relatives,
            "consent": session.consent,
            "godparents": session.godparents,
            "people": session.people,
            "log": session.log,
            "findings": session.findings,
            "quarters": session.quarters,
            "drafts": session.drafts,
            "layout": session.layout,
            "search": session.search,
            "saved_searches": session.saved_searches,
            "undo": session.undo,
            "quoting": session.quoting,
            "recipients": session.recipients,
            "comparing": session.comparing,
            "series": session.series,
            "own_kinds": session.own_kinds,
        }
        public = {
            f"{name}.{method}"
            for name, service in services.items()
            for method in dir(type(service))
            if not method.startswith("_")
        }
    of_sessions = {"undo.put_aside", "undo.take_up", "own_kinds.take_up"}
    known = {name.split(" ")[0] for name in _METHODS} | _FREE | of_sessions
    assert public == known


def test_the_table_is_the_one_in_roles() -> None:
    """What is written here by hand agrees with `app.domain.roles`."""
    for role in OPENERS:
        assert permission(role, Action.READ_RELATIVES).allowed is (role in _EDITORS)
        assert permission(role, Action.MANAGE_PEOPLE).allowed is (role in _OFFICER)
        assert permission(role, Action.READ_LOG).allowed


def test_reports_staff_see_their_own_acts_and_the_auditor_no_names(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        session.prisoners.create(CreatePrisoner({"family_name": "Zhawnyarovich"}))
    with office.as_person(REPORTS) as session:
        assert session.log.rows() == ()
    with office.as_person(AUDITOR) as session:
        rows = session.log.rows()
        assert rows
        about = {row.act.partition(".")[0] for row in rows if row.about}
        assert about <= {"person"}, "who works here is told, whom it is about is not"
        assert not any("Zhawnyarovich" in row.about for row in rows)
    with office.as_person(OFFICER) as session:
        assert any("Zhawnyarovich" in row.about for row in session.log.rows())
