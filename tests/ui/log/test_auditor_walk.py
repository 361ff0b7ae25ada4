"""Protects: with an auditor's real keys, no page and no service that reads tells who a relative is."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.domain.errors import KnownError
from app.services.consent import AnswerDraft, RecordConversation
from app.services.identities import ShowIdentity
from app.services.session import Session
from tests import canaries
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, add_mother, add_prisoner, an_office
from tests.ui.conftest import Until
from tests.ui.pages import open_one_page
from ui.table_contract import RowsModel
from ui.views.pages import PAGES
from ui.widgets.table import TableView

_PRISONER = "Zhawnyarovich"
_TALK = {"channel": "signal", "verified_by": "voice", "note": canaries.NOTE}
_ROUNDS = 6  # what a page asks may lead to more it asks
_WRITES = ("close", "forget", "put_aside", "take_up")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A case file with a relative who was named, asked, shown and counted; the ids somebody might try."""
    office = an_office(tmp_path_factory.mktemp("auditor") / "casefile")
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(
            session, prisoner, full_name=canaries.RELATIVE_NAME, phones=(canaries.RELATIVE_PHONE,)
        )
        refused = (AnswerDraft("contact", "refused", "internal"),)
        talk = session.consent.record(RecordConversation(mother, _TALK, refused)).id
        session.relatives.show(ShowIdentity(mother, "danger", "They search his flat today"))
    with office.as_person(OFFICER) as session:
        session.settle()
        assert session.findings.figures()
    return office.folder, [prisoner, mother, talk]


def named_in(told: str) -> list[str]:
    """What of it stands in these words."""
    words = (*canaries.ALL, "Kvitkavets", "gardener", "Mother of", _PRISONER)
    return [word for word in words if word in told]


def readings(session: Session, ids: list[str]) -> Iterator[tuple[str, object]]:
    """Everything services tell somebody who asks for all or for one of these ids."""
    members = [one for cls in Session.__mro__ for one in vars(cls).items()]
    for name, member in members:
        if not isinstance(member, cached_property):
            continue
        service = getattr(session, name)
        for method in sorted(each for each in dir(type(service)) if not each.startswith("_")):
            call = getattr(service, method)
            if method in _WRITES or not callable(call):
                continue
            needed = [
                one
                for one in inspect.signature(call).parameters.values()
                if one.default is one.empty and one.kind is not one.VAR_KEYWORD
            ]
            for values in [()] if not needed else [(each,) * len(needed) for each in ids]:
                yield from _answer(f"{name}.{method}", call, values)


def _answer(name: str, call: Callable[..., object], values: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    try:
        told = call(*values)
        yield name, list(told) if isinstance(told, Iterator) else told
    except (KnownError, AttributeError, TypeError, ValueError) as error:
        yield name, "" if not isinstance(error, KnownError) else str(error)


@pytest.mark.plants("a relative the auditor must not see")
def test_no_service_tells(made: tuple[Path, list[str]]) -> None:
    folder, ids = made
    from app import bootstrap

    session = bootstrap.open_case_file(folder).unlock(AUDITOR)
    try:
        told = [(name, named_in(repr(answer))) for name, answer in readings(session, ids)]
    finally:
        session.close()
    assert len({name for name, _words in told}) > 50, "the walk reached the services"
    assert [one for one in told if one[1]] == []


@pytest.mark.plants("a relative the auditor must not see")
def test_no_page_tells(made: tuple[Path, list[str]], until: Until) -> None:
    folder, _ids = made
    for kind in PAGES:
        desk = open_one_page(folder, AUDITOR, kind.make, until)
        try:
            if not kind.allowed(desk.session):
                continue
            opened = getattr(desk.page, "opened", None)
            if opened is not None:
                opened()
            for _round in range(_ROUNDS):
                desk.ask(lambda: True)
            assert named_in(" ".join(words_of(desk.page))) == [], kind.key
        finally:
            desk.close()


def words_of(page: QWidget) -> Iterator[str]:
    """Everything a page says, to eyes and to a screen reader."""
    for one in [page, *page.findChildren(QWidget)]:
        yield from (one.accessibleName(), one.accessibleDescription(), one.toolTip(), one.windowTitle())
        if isinstance(one, QLabel | QAbstractButton):
            yield one.text()
        if isinstance(one, TableView) and isinstance(model := one.model(), RowsModel):
            for row in range(model.rowCount()):
                for column in range(model.columnCount()):
                    yield str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole))
