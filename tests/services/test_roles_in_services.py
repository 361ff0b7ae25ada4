"""Protects: what the table of roles forbids is refused by the service, with the real keys of each role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import attrs
import pytest

from app.approval.cards import Card
from app.crypto.keys import PersonKeys
from app.domain.errors import Code, KnownError
from app.domain.ids import new_id
from app.domain.progress import at_once
from app.domain.review import Cause
from app.domain.roles import Action, Limit, Need, Role, permission
from app.services.attention import RecordAttention
from app.services.clearance_asks import AskForClearance
from app.services.clock_repairs import ProposeRepair
from app.services.consent import AnswerDraft, RecordConversation
from app.services.copies import MakeCopy
from app.services.earlier import AnswerEarlier
from app.services.facilities import SaveFacility
from app.services.file_checks import CheckFile
from app.services.file_drafts import KeepFile
from app.services.godparents import CreateGodparent
from app.services.merging import MergePrisoners
from app.services.message_values import WriteMessage
from app.services.people import AddPerson
from app.services.pictures import SetPhoto
from app.services.prisoners import CreatePrisoner, EditPrisoner, PlaceHold
from app.services.recipients import SaveList, SaveRecipient
from app.services.relatives import AddRelative, PlaceRelativeHold
from app.services.reports import MakeReport
from app.services.reviews import DecideReview
from app.services.role_changes import ChangeRoles
from app.services.session import Session
from app.services.trustees import AddTrustee
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

_ROLES: Final = {
    Role.OFFICER: OFFICER,
    Role.COORDINATOR: COORDINATOR,
    Role.REPORTS: REPORTS,
    Role.AUDITOR: AUDITOR,
}
_REFUSED: Final = frozenset({Code.NOT_ALLOWED, Code.NEEDS_DESK_KEY})
_NOBODY: Final = new_id()


@attrs.frozen
class _Known:
    """Somebody the calls are about."""

    prisoner: str
    mother: str


@attrs.frozen
class _Call:
    """A use case, the action it is and the limits under which a role may not do it here."""

    name: str
    action: Action
    run: Callable[[Session, _Known], object]
    limits: frozenset[Limit] = frozenset()


_OPEN = frozenset({Limit.FIGURES_AND_LOG})
_TEXTS = frozenset({Limit.PUBLIC_TEXTS})
_CLOSED = frozenset({Limit.OPEN_THINGS})
_SMEAR = "smear"
_STILL = DecideReview(Cause.ATTENTION, _NOBODY, _NOBODY, None, "still_holds")
_KEYS: Final = PersonKeys.generate()
_CARD: Final = Card(_KEYS.person, "Greta L.", _KEYS.public, datetime(2026, 11, 21, tzinfo=UTC))
_MESSAGE: Final = WriteMessage(_NOBODY, _NOBODY, "message_birthday", "en")
_CALLS: Final = (
    _Call("earlier answers", Action.RECORD_CONVERSATION, lambda s, k: s.earlier.rows()),
    _Call(
        "earlier answer",
        Action.RECORD_CONVERSATION,
        lambda s, k: s.earlier.answer(AnswerEarlier(_NOBODY, yes=False, lines=("stay_in_touch",))),
    ),
    _Call("whom a stop reaches", Action.PLACE_STOP, lambda s, k: s.prisoners.stop_reach("case_file", "")),
    _Call("whom lifting a stop lets out", Action.LIFT_STOP, lambda s, k: s.consent.lift_reach(_NOBODY)),
    _Call("facility", Action.READ_OPEN, lambda s, k: s.facilities.get(_NOBODY), _OPEN),
    _Call("prisoners", Action.READ_OPEN, lambda s, k: s.prisoners.rows(), _OPEN),
    _Call("backup", Action.BACKUP, lambda s, k: s.backups.make()),
    _Call("try a backup", Action.BACKUP, lambda s, k: s.drills.newest()),
    _Call(
        "ask for clearance",
        Action.COMPOSE_REPORT,
        lambda s, k: s.clearance_asks.ask(AskForClearance("public_list", "en", {k.prisoner: ("held",)})),
    ),
    _Call(
        "recipient of reports",
        Action.EDIT_RECIPIENT,
        lambda s, k: s.recipients.save(SaveRecipient({"name": "Committee"})),
    ),
    _Call("mailing list", Action.EDIT_RECIPIENT, lambda s, k: s.recipients.save_list(SaveList({}))),
    _Call("recipients", Action.READ_OPEN, lambda s, k: s.recipients.rows(), _OPEN),
    _Call("check a file", Action.CHECK_FILE, lambda s, k: s.file_checks.check(CheckFile(Path("no.pdf")))),
    _Call("keep a file", Action.CHECK_FILE, lambda s, k: s.file_drafts.keep(KeepFile(Path("no.pdf"), ""))),
    _Call("kept file", Action.READ_OPEN, lambda s, k: s.file_drafts.look(_NOBODY), _OPEN),
    _Call("begin a message", Action.WRITE_MESSAGE, lambda s, k: s.messages.start(k.prisoner)),
    _Call("look at a message", Action.WRITE_MESSAGE, lambda s, k: s.messages.preview(_MESSAGE)),
    _Call(
        "names for a message", Action.WRITE_MESSAGE, lambda s, k: s.messages.words_search(k.prisoner, _NOBODY)
    ),
    _Call("copy a message", Action.WRITE_MESSAGE, lambda s, k: s.messages.copy(_MESSAGE)),
    _Call("message copied", Action.WRITE_MESSAGE, lambda s, k: s.messages.copied(_NOBODY)),
    _Call("save a message", Action.WRITE_MESSAGE, lambda s, k: s.messages.save(_MESSAGE, Path("no folder"))),
    _Call("keep a message", Action.WRITE_MESSAGE, lambda s, k: s.messages.hand_in(_MESSAGE)),
    _Call("read a kept message", Action.READ_OPEN, lambda s, k: s.messages.read(_NOBODY), _OPEN),
    _Call("places of backups", Action.BACKUP, lambda s, k: s.backups.places()),
    _Call("sources", Action.READ_OPEN, lambda s, k: s.sources.rows(), _OPEN),
    _Call("own kinds", Action.READ_OPEN, lambda s, k: s.own_kinds.rows(), _OPEN),
    _Call("a kind", Action.CHANGE_REPORT_KIND, lambda s, k: s.own_kinds.propose("")),
    _Call("yes to a kind", Action.CHANGE_REPORT_KIND, lambda s, k: s.own_kinds.agree(_NOBODY)),
    _Call("end a kind", Action.CHANGE_REPORT_KIND, lambda s, k: s.own_kinds.end(_NOBODY)),
    _Call("series", Action.READ_OPEN, lambda s, k: s.series.rows(), _OPEN),
    _Call("for three months", Action.APPROVE_REPORT, lambda s, k: s.series.begin(_NOBODY)),
    _Call("end that", Action.COMPOSE_REPORT, lambda s, k: s.series.end(_NOBODY)),
    _Call("two reports", Action.READ_OPEN, lambda s, k: s.comparing.compare(_NOBODY, _NOBODY), _OPEN),
    _Call("what a list did", Action.READ_OPEN, lambda s, k: s.intake.report(_NOBODY), _OPEN),
    _Call("photo", Action.READ_OPEN, lambda s, k: s.pictures.photo(k.prisoner), _OPEN),
    _Call("hostile attention", Action.READ_OPEN, lambda s, k: s.attention.rows(), _OPEN),
    _Call("new prisoner", Action.EDIT_PRISONER, lambda s, k: s.prisoners.create(CreatePrisoner({})), _TEXTS),
    _Call(
        "prisoner",
        Action.EDIT_PRISONER,
        lambda s, k: s.prisoners.edit(EditPrisoner(k.prisoner, 1, {"status": "pre_trial"})),
        _TEXTS,
    ),
    _Call(
        "merge two prisoners",
        Action.MERGE_PRISONERS,
        lambda s, k: s.merging.merge(MergePrisoners(k.prisoner, 1, _NOBODY, 1)),
    ),
    _Call("take a merge apart", Action.MERGE_PRISONERS, lambda s, k: s.merging.take_apart(_NOBODY)),
    _Call("in the way of it", Action.MERGE_PRISONERS, lambda s, k: s.merging.in_the_way(_NOBODY)),
    _Call("what is asked first", Action.SHOW_IDENTITY, lambda s, k: s.list_rows.before(k.prisoner)),
    _Call("what lists said", Action.SHOW_IDENTITY, lambda s, k: s.list_rows.show(k.prisoner)),
    _Call("duplicates", Action.BRING_IN_LIST, lambda s, k: s.duplicates.queue()),
    _Call(
        "not the same person",
        Action.BRING_IN_LIST,
        lambda s, k: s.duplicates.keep_apart(k.prisoner, _NOBODY),
    ),
    _Call(
        "two relatives are not one",
        Action.BRING_IN_LIST,
        lambda s, k: s.duplicates.keep_relatives_apart(_NOBODY, _NOBODY),
    ),
    _Call(
        "two relatives may be one after all",
        Action.BRING_IN_LIST,
        lambda s, k: s.duplicates.take_relatives_back(_NOBODY, _NOBODY),
    ),
    _Call(
        "the same person after all",
        Action.BRING_IN_LIST,
        lambda s, k: s.duplicates.take_back(k.prisoner, _NOBODY),
    ),
    _Call("new facility", Action.EDIT_PRISONER, lambda s, k: s.facilities.save(SaveFacility({})), _TEXTS),
    _Call(
        "remove photo",
        Action.EDIT_PRISONER,
        lambda s, k: s.pictures.set_photo(SetPhoto(k.prisoner, 1, None)),
        _TEXTS,
    ),
    _Call("godparent", Action.EDIT_GODPARENT, lambda s, k: s.godparents.create(CreateGodparent({})), _TEXTS),
    _Call(
        "stop",
        Action.PLACE_STOP,
        lambda s, k: s.prisoners.place_hold(PlaceHold("prisoner", _NOBODY, "danger")),
    ),
    _Call(
        "stop on a relative",
        Action.PLACE_STOP,
        lambda s, k: s.relatives.place_hold(PlaceRelativeHold(k.mother, "danger")),
        _CLOSED,
    ),
    _Call(
        "hostile attention to a prisoner",
        Action.PLACE_STOP,
        lambda s, k: s.attention.record(RecordAttention(_SMEAR, prisoners=(_NOBODY,))),
    ),
    _Call(
        "hostile attention to a relative",
        Action.PLACE_STOP,
        lambda s, k: s.attention.record(RecordAttention(_SMEAR, relatives=(k.mother,))),
        _CLOSED,
    ),
    _Call(
        "hostile attention with a note",
        Action.PLACE_STOP,
        lambda s, k: s.attention.record(RecordAttention(_SMEAR, prisoners=(k.prisoner,), note="a note")),
        _CLOSED,
    ),
    _Call("reviews", Action.READ_RELATIVES, lambda s, k: s.reviews.due()),
    _Call("reviews of one", Action.READ_RELATIVES, lambda s, k: s.reviews.due_of(k.prisoner)),
    _Call("plan for asking", Action.READ_RELATIVES, lambda s, k: s.reviews.plan()),
    _Call("decide a review", Action.RECORD_CONVERSATION, lambda s, k: s.reviews.decide([_STILL])),
    _Call("never happened", Action.RECORD_CONVERSATION, lambda s, k: s.reviews.take_back(_NOBODY)),
    _Call("confirm a review", Action.WIDER_YES, lambda s, k: s.reviews.confirm(_NOBODY, granted=True)),
    _Call("refuse a review", Action.WIDER_YES, lambda s, k: s.reviews.confirm(_NOBODY, granted=False)),
    _Call(
        "conversation",
        Action.RECORD_CONVERSATION,
        lambda s, k: s.consent.record(RecordConversation(k.mother, {}, (AnswerDraft("name", "refused"),))),
    ),
    _Call(
        "new relative",
        Action.RECORD_CONVERSATION,
        lambda s, k: s.relatives.add(AddRelative(k.prisoner, {"relation": "sister"}, {})),
    ),
    _Call("wrong clock", Action.CORRECT_CLOCK, lambda s, k: s.clock_repairs.propose(ProposeRepair(1, 1))),
    _Call("confirm clock", Action.CORRECT_CLOCK, lambda s, k: s.clock_repairs.decide(_NOBODY, granted=True)),
    _Call("refuse clock", Action.CORRECT_CLOCK, lambda s, k: s.clock_repairs.decide(_NOBODY, granted=False)),
    _Call("settle a doubt", Action.RESTORE, lambda s, k: s.restoring.sign("why")),
    _Call("what was lost", Action.RESTORE, lambda s, k: s.restoring.outlook(None)),
    _Call("who waits", Action.SETTLE_RESTORE, lambda s, k: s.restore_waiting.rows()),
    _Call("nothing is missing", Action.SETTLE_RESTORE, lambda s, k: s.restore_waiting.propose([_NOBODY])),
    _Call("confirm that", Action.SETTLE_RESTORE, lambda s, k: s.restore_waiting.confirm([_NOBODY])),
    _Call("keep waiting", Action.SETTLE_RESTORE, lambda s, k: s.restore_waiting.keep([_NOBODY])),
    _Call("proof line", Action.PROOF_LINE, lambda s, k: s.proofs.line()),
    _Call("trust", Action.TRUST_SOURCE, lambda s, k: s.sources.trust(_NOBODY)),
    _Call("end trust", Action.TRUST_SOURCE, lambda s, k: s.sources.end_trust(_NOBODY)),
    _Call(
        "report",
        Action.COMPOSE_REPORT,
        lambda s, k: s.reports.make(MakeReport("public_list", "en", ("csv",))),
    ),
    _Call(
        "call figures back",
        Action.COMPOSE_REPORT,
        lambda s, k: s.reports.call_back(_NOBODY, "Counted twice."),
    ),
    _Call("who is away", Action.MANAGE_PEOPLE, lambda s, k: s.journeys.rows()),
    _Call("before a journey", Action.MANAGE_PEOPLE, lambda s, k: s.journeys.look(_NOBODY)),
    _Call("take a way in off", Action.MANAGE_PEOPLE, lambda s, k: s.journeys.go(_NOBODY)),
    _Call("home again", Action.MANAGE_PEOPLE, lambda s, k: s.journeys.back(_NOBODY)),
    _Call("copies", Action.MAKE_COPY, lambda s, k: s.copies.rows()),
    _Call("who may be in a copy", Action.MAKE_COPY, lambda s, k: s.copies.choices()),
    _Call("make a copy", Action.MAKE_COPY, lambda s, k: s.copies.check(MakeCopy("travel", "", (_NOBODY,)))),
    _Call("a copy comes home", Action.MAKE_COPY, lambda s, k: s.coming_home.known(_NOBODY)),
    _Call("lose a copy", Action.MAKE_COPY, lambda s, k: s.copies.lost(_NOBODY)),
    _Call("recovery kit", Action.RECOVERY_KIT, lambda s, k: s.recovery.state()),
    _Call("words of the kit", Action.RECOVERY_KIT, lambda s, k: s.recovery.check_words()),
    _Call("new kit", Action.RECOVERY_KIT, lambda s, k: s.recovery.make()),
    _Call("hand a kit out", Action.RECOVERY_KIT, lambda s, k: s.recovery.keep(_NOBODY)),
    _Call("throw a kit away", Action.RECOVERY_KIT, lambda s, k: s.recovery.drop(_NOBODY)),
    _Call("try a kit", Action.RECOVERY_KIT, lambda s, k: s.recovery.drill(())),
    _Call("new person", Action.MANAGE_PEOPLE, lambda s, k: s.people.add(AddPerson("", (), ""))),
    _Call("new trustee", Action.ADD_TRUSTEE, lambda s, k: s.trustees.add(AddTrustee(_CARD, "", ""))),
    _Call("what a leave means", Action.MANAGE_PEOPLE, lambda s, k: s.removing.look(_NOBODY)),
    _Call("take out", Action.MANAGE_PEOPLE, lambda s, k: at_once(s.removing.removing(_NOBODY))),
    _Call(
        "what another role means",
        Action.MANAGE_PEOPLE,
        lambda s, k: s.role_changes.look(ChangeRoles(_NOBODY, ("reports",))),
    ),
    _Call(
        "another role",
        Action.MANAGE_PEOPLE,
        lambda s, k: at_once(s.role_changes.changing(ChangeRoles(_NOBODY, ("reports",)))),
    ),
    _Call("hand over", Action.MANAGE_PEOPLE, lambda s, k: s.removing.hand_over(_NOBODY, _NOBODY)),
    _Call("trustee's card", Action.MANAGE_PEOPLE, lambda s, k: s.trustees.look(Path("/nowhere"))),
    _Call("remove a trustee", Action.MANAGE_PEOPLE, lambda s, k: s.trustees.remove(_NOBODY)),
    _Call("agree to a trustee", Action.WIDER_YES, lambda s, k: s.trustees.confirm(_NOBODY, "voice")),
)


@pytest.fixture
def known(office: Office) -> _Known:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        return _Known(prisoner, add_mother(session, prisoner))


@pytest.mark.parametrize("role", _ROLES)
def test_a_service_refuses_what_the_table_forbids(office: Office, known: _Known, role: Role) -> None:
    wrong: list[str] = []
    with office.as_person(_ROLES[role]) as session:
        for call in _CALLS:
            found = permission(role, call.action)
            expected = found.need is not Need.NEVER and found.limit not in call.limits
            if _let_in(session, known, call) is not expected:
                wrong.append(f"{call.name}: {'refused' if expected else 'let in'}")
    assert wrong == []


def _let_in(session: Session, known: _Known, call: _Call) -> bool:
    """Whether the call got past the question who asks; what it asked for is mostly nobody."""
    try:
        call.run(session, known)
    except KnownError as error:
        return error.code not in _REFUSED
    return True
