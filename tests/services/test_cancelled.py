"""Protects: what is told as cancelled was not done, at whichever step somebody stops it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from app.domain.acts import Act
from app.domain.progress import Cancelled, Progress, at_once, is_over
from app.services.approval import ApproveReport
from app.services.own_passphrase import ChangePassphrase
from app.services.reports import MakeReport
from app.services.role_changes import ChangeRoles
from app.services.session import Session
from tests.hostile.insider import person_named
from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import COORDINATOR, OFFICER, Office, an_office


class _StopsAt:
    """Somebody who presses *Cancel* before one call; 0 for nobody. Counts the calls that can be stopped."""

    def __init__(self, number: int = 0) -> None:
        self._number = number
        self.calls = 0

    def __call__(self, done: int, total: int, what: str) -> None:
        if is_over(done, total):
            return
        self.calls += 1
        if self.calls == self._number:
            raise Cancelled


@attrs.frozen
class _Work:
    """Something long: what has to be there, the doing of it, and the entry that says it was done."""

    passphrase: str
    prepare: Callable[[Office], str]
    do: Callable[[Session, str, Path, Progress], object]
    act: Act


def _nothing(_office: Office) -> str:
    return ""


def _hanna(office: Office) -> str:
    with office.as_person(OFFICER) as session:
        return person_named(session, "Hanna")


def _trusted(office: Office) -> str:
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(
            session.intake.look(write_list(office.folder.with_name("list.csv"), HELD), SOURCE)
        )
        source = session.sources.rows()[0].id
        session.sources.trust(source)
    with office.as_person(OFFICER) as session:
        session.sources.trust(source)
    return ""


def _made(office: Office) -> str:
    _trusted(office)
    with office.as_person(COORDINATOR) as session:
        return session.reports.make(MakeReport("public_list", "en", ("csv",))).id


def _bring_in(session: Session, _about: str, folder: Path, progress: Progress) -> object:
    looked = session.intake.look(write_list(folder / "list.csv", HELD), SOURCE)
    return session.intake.commit(looked, progress)


WORKS = {
    "a list": _Work(COORDINATOR, _nothing, _bring_in, Act.LIST_BROUGHT_IN),
    "a report made": _Work(
        COORDINATOR,
        _trusted,
        lambda session, _about, _folder, progress: session.reports.make(
            MakeReport("public_list", "en", ("csv",)), progress
        ),
        Act.REPORT_MADE,
    ),
    "a report that leaves": _Work(
        OFFICER,
        _made,
        lambda session, about, folder, progress: session.approval.approve(
            ApproveReport(about, folder / "out"), progress
        ),
        Act.REPORT_LEAVING,
    ),
    "a backup": _Work(
        COORDINATOR,
        _nothing,
        lambda session, _about, _folder, progress: session.backups.make(progress),
        Act.BACKED_UP,
    ),
    "a passphrase": _Work(
        COORDINATOR,
        _nothing,
        lambda session, _about, _folder, progress: at_once(
            session.own_passphrase.changing(
                ChangePassphrase(COORDINATOR, "turtle wagon silver magnet planet cousin"), progress
            )
        ),
        Act.OWN_KEY_CHANGED,
    ),
    "somebody taken out": _Work(
        OFFICER,
        _hanna,
        lambda session, about, _folder, progress: at_once(session.removing.removing(about, progress)),
        Act.PERSON_REMOVED,
    ),
    "another role": _Work(
        OFFICER,
        _hanna,
        lambda session, about, _folder, progress: at_once(
            session.role_changes.changing(ChangeRoles(about, ("reports",)), progress)
        ),
        Act.PERSON_CHANGED,
    ),
}


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
def test_what_is_told_as_cancelled_was_not_done(tmp_path: Path, work: _Work) -> None:
    ground = an_office(tmp_path / "ground")
    about = work.prepare(ground)
    whole = _StopsAt()
    assert _tried(ground, tmp_path / "whole", work, about, whole)
    assert whole.calls
    stopped = 0
    for number in {1, whole.calls // 2, *range(max(1, whole.calls - 3), whole.calls + 1)} - {0}:
        folder = tmp_path / f"stopped-{number}"
        try:
            told = _tried(ground, folder, work, about, _StopsAt(number))
        except Cancelled:
            told, stopped = False, stopped + 1
        assert _is_done(ground, folder, work) is told, number
        assert (folder / "out").exists() is (told and (tmp_path / "whole" / "out").exists())
    assert stopped


def _tried(ground: Office, folder: Path, work: _Work, about: str, progress: _StopsAt) -> bool:
    folder.mkdir()
    with ground.copied(folder / "case").as_person(work.passphrase) as session:
        work.do(session, about, folder, progress)
    return _is_done(ground, folder, work)


def _is_done(ground: Office, folder: Path, work: _Work) -> bool:
    return _entries(Office(folder / "case", ground.clock), work.act) > _entries(ground, work.act)


def _entries(office: Office, act: Act) -> int:
    with office.as_person(OFFICER) as session, session.context.reading() as reader:
        return sum(one.act == act.value for one in reader.entries())
