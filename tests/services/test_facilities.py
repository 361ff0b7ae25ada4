"""Places: made, corrected, and never overwritten unseen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.domain.errors import Code, KnownError
from app.services.facilities import SaveFacility
from app.services.session import Session
from tests.services.office import COORDINATOR, REPORTS, Office


@pytest.fixture
def coordinator(office: Office) -> Iterator[Session]:
    with office.as_person(COORDINATOR) as session:
        yield session


def test_a_place_is_made_and_corrected(coordinator: Session) -> None:
    made = coordinator.facilities.save(
        SaveFacility({"name": "Penal colony", "number": "4", "town": "Homiel"})
    )
    address = {"address_cyrillic": "вул. Прыкладная, 1", "checked_on": date(2026, 8, 3)}
    coordinator.facilities.save(SaveFacility(address, made.id, 1))
    place = coordinator.facilities.get(made.id)
    assert (place.number, place.address_cyrillic, place.checked_on) == (
        "4",
        "вул. Прыкладная, 1",
        date(2026, 8, 3),
    )
    assert [one.id for one in coordinator.prisoners.facilities()] == [made.id]


def test_a_place_needs_a_name(coordinator: Session) -> None:
    with pytest.raises(KnownError) as caught:
        coordinator.facilities.save(SaveFacility({"town": "Homiel"}))
    assert caught.value.code is Code.INVALID_FIELD
    assert caught.value.details["field"] == "name"


def test_the_same_field_changed_meanwhile_is_a_conflict(coordinator: Session) -> None:
    made = coordinator.facilities.save(SaveFacility({"name": "Prison", "town": "Hrodna"}))
    coordinator.facilities.save(SaveFacility({"town": "Zhodzina"}, made.id, 1))
    with pytest.raises(KnownError) as caught:
        coordinator.facilities.save(SaveFacility({"town": "Homiel"}, made.id, 1))
    assert (caught.value.code, caught.value.ids) == (Code.CONFLICT, ("town",))


def test_reports_staff_change_no_place(office: Office) -> None:
    with office.as_person(REPORTS) as session, pytest.raises(KnownError) as caught:
        session.facilities.save(SaveFacility({"name": "Prison"}))
    assert caught.value.code is Code.NOT_ALLOWED
