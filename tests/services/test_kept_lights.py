"""Protects: kept lights are those the ledger gives now; whatever may have changed is decided anew."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from app.domain.changes import Changes
from app.domain.rows import Light
from app.services import kept_lights
from app.services.consent import AnswerDraft, RecordConversation
from app.services.kept import LIGHTS
from app.services.prisoners import PlaceHold
from app.services.session import Session
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

_TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}


@pytest.fixture
def families(office: Office, monkeypatch: pytest.MonkeyPatch) -> tuple[Office, list[str]]:
    """Three families of which every mother said yes to contact; everything counts as many."""
    monkeypatch.setattr(kept_lights, "FEW", 0)
    with office.as_person(COORDINATOR) as session:
        mothers = [add_mother(session, add_prisoner(session)) for _ in range(3)]
        for mother in mothers:
            _says(session, mother, "given")
        session.settle()
    return office, mothers


def _says(session: Session, relative: str, kind: str) -> None:
    session.consent.record(RecordConversation(relative, _TALK, (AnswerDraft("contact", kind),)))


def _touch(session: Session, *, quickly: bool = True) -> dict[str, Light]:
    return {row.id: row.lines[0] for row in session.relatives.rows(quickly=quickly)}


def test_lights_are_there_at_once_after_unlocking(families: tuple[Office, list[str]]) -> None:
    office, mothers = families
    with office.as_person(COORDINATOR) as session:
        assert _touch(session) == dict.fromkeys(mothers, Light.YES)
        assert not kept_lights.missing(session.context, [row.prisoner for row in session.relatives.rows()])


def test_somebody_elses_lights_are_counted_first(families: tuple[Office, list[str]]) -> None:
    office, mothers = families
    with office.as_person(OFFICER) as session:
        assert _touch(session) == dict.fromkeys(mothers, Light.COUNTING)
        session.settle()
        assert _touch(session) == dict.fromkeys(mothers, Light.YES)


def test_a_no_somebody_else_recorded_since_is_seen(families: tuple[Office, list[str]]) -> None:
    office, mothers = families
    with office.as_person(OFFICER) as session:
        _says(session, mothers[0], "refused")
    with office.as_person(COORDINATOR) as session:
        seen = _touch(session)
        assert seen.pop(mothers[0]) is Light.COUNTING
        assert set(seen.values()) == {Light.YES}, "families nobody touched are still known"
        assert _touch(session, quickly=False)[mothers[0]] is Light.NO


def test_a_stop_on_everything_leaves_nothing_as_it_was(families: tuple[Office, list[str]]) -> None:
    office, mothers = families
    with office.as_person(OFFICER) as session:
        session.prisoners.place_hold(PlaceHold("case_file", "", "danger"))
    with office.as_person(COORDINATOR) as session:
        assert _touch(session) == dict.fromkeys(mothers, Light.COUNTING)
        assert all(row.stopped for row in session.relatives.rows())


def test_a_no_in_this_session_is_seen_at_once(families: tuple[Office, list[str]]) -> None:
    office, mothers = families
    with office.as_person(COORDINATOR) as session:
        _touch(session)
        _says(session, mothers[1], "refused")
        assert _touch(session, quickly=False)[mothers[1]] is Light.NO


def test_a_year_later_nothing_is_taken_for_granted(families: tuple[Office, list[str]]) -> None:
    office, mothers = families
    office.clock.turn(days=400)
    with office.as_person(COORDINATOR) as session:
        assert _touch(session) == dict.fromkeys(mothers, Light.COUNTING)
        session.settle()
        assert _touch(session) == dict.fromkeys(mothers, Light.NOT_ASKED)


def test_a_new_relative_and_a_new_name_are_in_the_list(families: tuple[Office, list[str]]) -> None:
    from app.services.relatives import EditRelative

    office, mothers = families
    with office.as_person(COORDINATOR) as session:
        before = session.relatives.rows()
        row = next(row for row in before if row.id == mothers[0])
        session.relatives.edit(EditRelative(row.id, row.version, {"nickname": "violinist"}))
        father = add_mother(session, row.prisoner)
        after = {one.id: one for one in session.relatives.rows()}
        assert after[row.id].nickname == "violinist"
        assert father in after
        assert len(after) == len(before) + 1


def test_nothing_of_it_lies_open(families: tuple[Office, list[str]], tmp_path: Path) -> None:
    """Sealed like a draft: without the passphrase of who computed it nothing of it can be read."""
    from tests.hostile.insider import raw

    office, mothers = families
    with raw(office, OFFICER) as connection:
        for row in connection.rows("SELECT blob FROM local_draft"):
            assert all(mother.encode() not in bytes(row[0]) for mother in mothers)  # type: ignore[arg-type]


def test_a_line_is_made_again_only_for_a_family_that_changed(families: tuple[Office, list[str]]) -> None:
    office, mothers = families
    with office.as_person(COORDINATOR) as session:
        before = {row.id: row for row in session.relatives.rows()}
        assert all(before[row.id] is row for row in session.relatives.rows())
        _says(session, mothers[0], "refused")
        after = {row.id: row for row in session.relatives.rows()}
        assert after[mothers[0]].lines[0] is Light.NO
        assert after[mothers[1]] is before[mothers[1]]


def _names(session: Session) -> dict[str, Light]:
    return {row.id: row.name_in_public for row in session.prisoners.rows(quickly=True)}


@pytest.mark.parametrize(
    "stop", [("case_file", ""), ("country", "BY")], ids=["the whole case file", "a country nobody wrote down"]
)
def test_whoever_a_wide_stop_reaches_may_not_be_named_at_once(
    families: tuple[Office, list[str]], stop: tuple[str, str]
) -> None:
    """Also those without a family: nothing decides them later, and "…" would stand there."""
    office, _mothers = families
    with office.as_person(OFFICER) as session:
        alone = add_prisoner(session)
        session.settle()
        session.prisoners.place_hold(PlaceHold(stop[0], stop[1], "danger"))
        assert set(_names(session).values()) == {Light.NO}
        assert alone in _names(session)


def test_a_stop_elsewhere_leaves_the_others_alone(families: tuple[Office, list[str]]) -> None:
    office, _mothers = families
    with office.as_person(OFFICER) as session:
        here = add_prisoner(session, country="PL")
        session.settle()
        session.prisoners.place_hold(PlaceHold("prisoner", here, "danger"))
        found = _names(session)
        assert found.pop(here) is Light.NO
        assert Light.NO not in found.values()


def test_what_one_change_made_unknown_is_decided_anew_in_the_same_session(
    families: tuple[Office, list[str]],
) -> None:
    office, mothers = families
    with office.as_person(OFFICER) as session:
        session.settle()
        session.prisoners.place_hold(PlaceHold("case_file", "", "danger"))
        assert _touch(session) == dict.fromkeys(mothers, Light.COUNTING)
        (changes,) = _run(session)
        assert changes.touches(LIGHTS)
        assert _touch(session) == dict.fromkeys(mothers, Light.YES), "what they said, a stop beside it"
        assert not _run(session)[0], "nothing is decided twice"


def _run(session: Session) -> list[Changes]:
    found: list[Changes] = []

    def whole() -> Generator[None, None, None]:
        found.append((yield from session.recounting()))

    for _slice in whole():
        pass
    return found
