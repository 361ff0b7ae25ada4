"""Protects: an officer adds a second person in the window, with a good passphrase typed twice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from tests.services.office import COORDINATOR, OFFICER, an_office
from tests.ui.conftest import Until
from tests.ui.pages import open_one_page
from ui.views.people.add_sheet import AddPersonSheet
from ui.views.people.page import PeoplePage

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
