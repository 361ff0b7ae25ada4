"""Protects: hostile attention, its review and a second person's refusal stay, also against a key holder."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from app.domain.acts import Act
from app.domain.attention import Attention
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.log import GONE, EntryRow
from app.domain.review import Occasion, Review, ReviewConfirmation
from app.services.attention import RecordAttention
from app.services.prisoners import EditPrisoner
from app.services.reviews import DecideReview
from tests.hostile.insider import PUBLIC, agreed, append, leaves, raw, save_by_hand
from tests.hostile.test_taken_away import seal_by_hand, taken_away
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office

_SEEN = frozenset({Code.LOG_BROKEN, Code.ROW_NOT_IN_LOG})


def _paused(office: Office, prisoner: str, relative: str = "") -> str:
    """A smear is recorded, about a relative where one is named; gives its id."""
    about = (
        RecordAttention("smear", relatives=(relative,))
        if relative
        else RecordAttention("smear", prisoners=(prisoner,))
    )
    with office.as_person(COORDINATOR) as session:
        return session.attention.record(about).id


def _opened_again(office: Office) -> str:
    """The coordinator decides that what was agreed still holds; gives the id of the review."""
    with office.as_person(COORDINATOR) as session:
        row = session.reviews.due()[0]
        command = DecideReview(row.cause, row.because, row.prisoner, row.relative, "still_holds")
        session.reviews.decide([command])
        with session.context.reading() as reader:
            return reader.find(Review)[0].id


def _answered(office: Office, review: str, *, granted: bool) -> str:
    """The officer's answer to it; gives the id of the confirmation."""
    with office.as_person(OFFICER) as session:
        session.reviews.confirm(review, granted=granted)
        with session.context.reading() as reader:
            return next(one.id for one in reader.find(ReviewConfirmation) if one.review == review)


def _refused(office: Office) -> Code | None:
    """Why the report is not made."""
    with office.as_person(COORDINATOR) as session:
        try:
            session.reports.make(PUBLIC)
        except KnownError as error:
            return error.code
    return None


def _removed(office: Office, record: str, *, signed_by: str = "") -> None:
    """An open row of hostile attention deleted, with or without an entry that says so."""
    with raw(office, REPORTS) as connection:
        connection.execute("DELETE FROM attention WHERE id = ?", (record,))
        if signed_by:
            gone = (EntryRow("attention", record, 2, GONE),)
            append(office, connection, gone, passphrase=signed_by)


@pytest.mark.parametrize("signed_by", ["", REPORTS, COORDINATOR, OFFICER])
def test_an_open_pause_is_not_taken_away(office: Office, tmp_path: Path, signed_by: str) -> None:
    prisoner, _mother = agreed(office)
    _removed(office, _paused(office, prisoner), signed_by=signed_by)
    assert _refused(office) in _SEEN
    assert not leaves(office, tmp_path / "out")
    with office.as_person(OFFICER) as session:
        assert not session.log.verify().ok


@pytest.mark.parametrize("by", [COORDINATOR, OFFICER])
def test_a_closed_pause_is_not_taken_away(office: Office, tmp_path: Path, by: str) -> None:
    prisoner, mother = agreed(office)
    taken_away(office, _paused(office, prisoner, mother), by=by)
    assert _refused(office) in _SEEN
    assert not leaves(office, tmp_path / "out")


def test_a_refusal_to_open_again_is_not_taken_away(office: Office, tmp_path: Path) -> None:
    """Without it the review would wait again, and somebody else could be asked."""
    prisoner, _mother = agreed(office)
    _paused(office, prisoner)
    taken_away(office, _answered(office, _opened_again(office), granted=False))
    assert _refused(office) in _SEEN
    assert not leaves(office, tmp_path / "out")


def test_a_review_is_not_taken_away(office: Office) -> None:
    prisoner, _mother = agreed(office)
    _paused(office, prisoner)
    taken_away(office, _opened_again(office))
    assert _refused(office) in _SEEN


def test_an_occasion_is_not_taken_away(office: Office) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        version = session.prisoners.get(prisoner).prisoner.version
        session.prisoners.edit(EditPrisoner(prisoner, version, {"status": "pre_trial"}))
        with session.context.reading() as reader:
            occasion = reader.find(Occasion)[0].id
    taken_away(office, occasion)
    assert _refused(office) in _SEEN


def test_a_pause_is_not_moved_to_another_family(office: Office, tmp_path: Path) -> None:
    prisoner, _mother = agreed(office)
    record = _paused(office, prisoner)
    with office.as_person(REPORTS) as session:
        with session.context.reading() as reader:
            found = reader.get(Attention, record)
        save_by_hand(session, attrs.evolve(found, families=(), prisoners=()), Act.SEALED_CHANGED)
    assert _refused(office) in _SEEN
    assert not leaves(office, tmp_path / "out")


def test_a_review_that_could_go_unseen_does_not_count(office: Office) -> None:
    prisoner, _mother = agreed(office)
    _paused(office, prisoner)
    review = _opened_again(office)
    with office.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            found = reader.get(Review, review)
        seal_by_hand(session, attrs.evolve(found, id=RecordId(new_id()), version=0))
    assert _refused(office) in _SEEN


def test_two_people_open_it_again(office: Office, tmp_path: Path) -> None:
    prisoner, _mother = agreed(office)
    _paused(office, prisoner)
    assert not leaves(office, tmp_path / "paused")
    review = _opened_again(office)
    assert not leaves(office, tmp_path / "one")
    _answered(office, review, granted=True)
    assert leaves(office, tmp_path / "out")
