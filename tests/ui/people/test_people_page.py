"""Protects: an officer adds a second person in the window, with a good passphrase typed twice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.domain.prisoner import Prisoner
from app.domain.rows import PersonRow
from tests.services.office import COORDINATOR, OFFICER, REPORTS, add_prisoner, an_office
from tests.ui.conftest import Until
from tests.ui.pages import open_one_page
from ui.views.people.add_sheet import AddPersonSheet, does_words
from ui.views.people.page import PeoplePage
from ui.views.people.roles_sheet import ChangeRolesSheet
from ui.views.people.take_out_sheet import TakenOutSheet, TakeOutSheet

SECOND = "copper meadow lantern saddle orbit velvet"


def _type(sheet: AddPersonSheet, name: str, first: str, second: str) -> None:
    fields = {field.objectName(): field for field in sheet.findChildren(QLineEdit)}
    sheet._name.setText(name)
    fields["first"].setText(first)
    fields["second"].setText(second)


def test_an_officer_adds_a_person_who_then_opens_the_case_file(tmp_path: Path, until: Until) -> None:
    office = an_office(tmp_path / "casefile", alone=True)
    opened = open_one_page(office.folder, OFFICER, PeoplePage, until)
    try:
        page = opened.page
        page.opened()
        until(lambda: page.model.total == 1)
        assert not page._alone.isHidden()
        page.add_person()
        sheet = page.findChild(AddPersonSheet)
        assert isinstance(sheet, AddPersonSheet)
        _type(sheet, "", SECOND, SECOND)
        sheet.accept()
        assert sheet.isVisible()
        _type(sheet, "Hanna K.", SECOND, "something else")
        sheet.accept()
        assert sheet.isVisible()
        _type(sheet, "Hanna K.", SECOND, SECOND)
        sheet.accept()
        until(lambda: page.model.total == 2)
        assert opened.said == ["They can open the case file now."]
        assert all(field.text() in ("", "Hanna K.") for field in sheet.findChildren(QLineEdit))
    finally:
        opened.close()
    with office.as_person(SECOND) as session:
        assert session.person.name == "Hanna K."


def test_a_coordinator_has_no_people_page(tmp_path: Path) -> None:
    from ui.views.pages import PAGES

    office = an_office(tmp_path / "casefile")
    page = next(page for page in PAGES if page.key == "people")
    with office.as_person(COORDINATOR) as session:
        assert not page.allowed(session)
    with office.as_person(OFFICER) as session:
        assert page.allowed(session)


def test_an_officer_changes_what_somebody_does(tmp_path: Path, until: Until) -> None:
    office = an_office(tmp_path / "casefile")
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session, owner=session.person.id)
    opened = open_one_page(office.folder, OFFICER, PeoplePage, until)
    try:
        page = opened.page
        page.opened()
        until(lambda: page.model.total == 4)
        _choose(page, "Vera O.")
        assert not page.roles.isEnabled()  # nobody changes their own
        _choose(page, "Hanna K.")
        page.roles.click()
        until(lambda: bool(page.findChildren(ChangeRolesSheet)))
        sheet = page.findChildren(ChangeRolesSheet)[-1]
        assert sheet.action is not None
        assert (sheet.chosen(), sheet.action.isEnabled()) == (("coordinator",), False)
        sheet.boxes["coordinator"].setChecked(False)
        assert "Tick at least one" in sheet.told.text()
        sheet.boxes["auditor"].setChecked(True)  # it takes the key away and gives the whole log
        until(lambda: "takes the key of the desk from them and gives" in sheet.told.text())
        assert not sheet.action.isEnabled()
        sheet.boxes["auditor"].setChecked(False)
        sheet.boxes["reports"].setChecked(True)
        until(sheet.action.isEnabled)
        assert "They open no family any more" in sheet.told.text()
        sheet.owner.set_value(opened.session.person.id)
        sheet.action.click()
        until(lambda: opened.said == ["It is changed."])
        until(lambda: any(row.roles == ("reports",) and row.name == "Hanna K." for row in _rows(page)))
    finally:
        opened.close()
    with office.as_person(COORDINATOR) as session:
        assert not session.has_desk_key
    with office.as_person(OFFICER) as session, session.context.reading() as reader:
        assert reader.get(Prisoner, prisoner).owner == session.person.id


def test_nobody_who_opens_families_is_said_not_to() -> None:
    assert does_words(("reports",)) == "Makes reports; cannot open relatives."
    assert does_words(("coordinator", "reports")) == "Works with prisoners and their families. Makes reports."


def test_a_role_that_is_given_waits_and_the_page_says_so(tmp_path: Path, until: Until) -> None:
    office = an_office(tmp_path / "casefile")
    opened = open_one_page(office.folder, OFFICER, PeoplePage, until)
    try:
        page = opened.page
        page.opened()
        until(lambda: page.model.total == 4)
        _choose(page, "Ida S.")
        page.change_roles()
        until(lambda: bool(page.findChildren(ChangeRolesSheet)))
        sheet = page.findChildren(ChangeRolesSheet)[-1]
        sheet.boxes["coordinator"].setChecked(True)
        assert sheet.action is not None
        until(sheet.action.isEnabled)
        assert "waits until a second person agrees" in sheet.told.text()
        sheet.action.click()
        until(lambda: opened.said == ["Kept: a second person has to agree."])
    finally:
        opened.close()
    with office.as_person(COORDINATOR) as session:
        assert [row.about for row in session.consent.waiting() if row.what == "person"] == ["Ida S."]


def test_an_officer_removes_somebody_and_hands_their_prisoners_over(tmp_path: Path, until: Until) -> None:
    office = an_office(tmp_path / "casefile")
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session, owner=session.person.id)
    opened = open_one_page(office.folder, OFFICER, PeoplePage, until)
    try:
        page = opened.page
        page.opened()
        until(lambda: page.model.total == 4)
        _choose(page, "Vera O.")
        assert not page.remove.isEnabled()  # nobody removes themself
        _choose(page, "Hanna K.")
        page.remove.click()
        until(lambda: bool(page.findChildren(TakeOutSheet)))
        sheet = page.findChildren(TakeOutSheet)[-1]
        assert sheet.windowTitle() == "Remove Hanna K."
        assert sheet.way_out.isDefault()
        assert "Copies made before today stay readable to them" in said_in(sheet)
        sheet.owner.set_value(opened.session.person.id)
        assert sheet.action is not None
        sheet.action.click()
        until(lambda: bool(page.findChildren(TakenOutSheet)))
        done = page.findChildren(TakenOutSheet)[-1]
        assert done.windowTitle() == "Hanna K. has no part in the case file any more"
        assert "Then make a backup" in said_in(done)
        assert "owner" not in said_in(done)
        until(lambda: page.model.total == 3)
        assert not page._unfinished.isHidden()
        done.accept()
        assert opened.went == [("case_file", str(office.folder))]
    finally:
        opened.close()
    with office.as_person(OFFICER) as session, session.context.reading() as reader:
        assert not session.removing.unfinished
        assert reader.get(Prisoner, prisoner).owner == session.person.id


def test_cancelled_nobody_is_removed(tmp_path: Path, until: Until) -> None:
    office = an_office(tmp_path / "casefile")
    opened = open_one_page(office.folder, OFFICER, PeoplePage, until)
    try:
        page = opened.page
        page.opened()
        until(lambda: page.model.total == 4)
        _choose(page, "Ida S.")
        page.remove.click()
        until(lambda: bool(page.findChildren(TakeOutSheet)))
        sheet = page.findChildren(TakeOutSheet)[-1]
        assert sheet.owner.window() is sheet
        assert not sheet.owner.isVisibleTo(sheet)  # nobody's prisoners
        sheet.reject()
        assert page.model.total == 4
    finally:
        opened.close()
    with office.as_person(REPORTS) as session:
        assert session.person.name == "Ida S."


def _choose(page: PeoplePage, name: str) -> None:
    place = next(at for at in range(page.model.total) if page.model.cell(at, 0)[1] == name)
    page.table.selectRow(place)


def said_in(sheet: QWidget) -> str:
    """Everything a sheet says."""
    return " ".join(label.text() for label in sheet.findChildren(QLabel)) + " ".join(
        one.accessibleName() for one in sheet.findChildren(QWidget)
    )


def _rows(page: PeoplePage) -> list[PersonRow]:
    found = (page.model.row_at(number) for number in range(page.model.rowCount()))
    return [row for row in found if row is not None]
