"""A real case file with a few invented people, opened by the page's own worker."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from PySide6.QtWidgets import QWidget

from app import bootstrap
from app.domain.dates import PartialDate
from app.domain.prisoner import Charge, OtherName, Sentence
from app.domain.public_texts import PublicText
from app.domain.rows import Light, PrisonerRow
from app.services.godparents import CreateGodparent, StartGodparenthood
from app.services.session import Session
from tests.services.office import COORDINATOR, add_mother, add_prisoner, an_office
from tests.ui.conftest import Until
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.views.prisoners.page import PrisonersPage
from ui.worker import Failure
from ui.workplace import Workplace

Open = Callable[..., "Desk"]


@attrs.define
class Desk:
    """The page in a window of its own, and what it said."""

    page: PrisonersPage
    session: Session
    tasks: Tasks
    until: Until
    said: list[str]
    went: list[tuple[str, str]]
    failures: list[Failure]
    is_closed: bool = False

    def loaded(self) -> None:
        """Wait until rows and detail are there."""
        self.until(lambda: bool(self.page.detail.shown))

    def settled(self) -> None:
        """What the window does behind its first page: everything closed is open and shown."""
        self.tasks.long(self.session.counting_mine, initiator=None, announces=True)
        self.until(lambda: all(row.name_in_public is not Light.COUNTING for row in self.rows()))

    def rows(self) -> list[PrisonerRow]:
        """The rows in sight."""
        found = (self.page.model.row(one) for one in self.page.model.shown_ids())
        return [row for row in found if row is not None]

    def ask(self, work: Callable[[], object]) -> object:
        """Ask the session something where it lives."""
        found: list[object] = []
        self.tasks.query(work, initiator=self.page, done=found.append, failed=self.failures.append)
        self.until(lambda: bool(found) or bool(self.failures))
        return found[0]

    def sheet(self) -> QWidget:
        """The form that is open."""
        self.until(lambda: self.page.doings.sheet is not None)
        sheet = self.page.doings.sheet
        assert sheet is not None
        return sheet

    def close(self) -> None:
        """End of the session."""
        if not self.is_closed:
            self.is_closed = True
            sheet = self.page.doings.sheet
            if sheet is not None:
                sheet.done(0)
            self.page.window().close()
            self.tasks.stop(last=self.session.close)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with four prisoners; three of them Hanna's."""
    folder = tmp_path_factory.mktemp("prisoners") / "casefile"
    office = an_office(folder)
    with office.as_person(COORDINATOR) as session:
        me = session.person.id
        first = add_prisoner(
            session,
            patronymic="Siarheevich",
            owner=me,
            next_step="Birthday card",
            labels=("poet",),
            other_names=(OtherName("be", "Жаўняровіч", "Сяргей", "", "official"),),
            charges=(Charge("361", "3"),),
            sentences=(Sentence(132, regime="general", ends_on=PartialDate(2032, 9)),),
            public_summary=(PublicText("en", "Editor of a newspaper."),),
            vulnerability=("health",),
        )
        add_mother(session, first, full_name="Zhawnyarovich Halina")
        for family, given in (("Barsukova", "Iryna"), ("Krapivuk", "Siarhei")):
            add_prisoner(session, family_name=family, given_name=given, owner=me)
        add_prisoner(session, family_name="Abadouski", given_name="Ales", status="released")
        godparent = session.godparents.create(CreateGodparent({"family_name": "Example", "country": "DE"})).id
        session.godparents.propose(StartGodparenthood(first, godparent, "active", PartialDate(2022, 2)))
    return folder


@pytest.fixture
def open_page(made_once: Path, tmp_path: Path, until: Until) -> Iterator[Open]:
    """Opens the page on a copy of the case file, as the coordinator or somebody else."""
    folder = tmp_path / "copy"
    shutil.copytree(made_once, folder)
    desks: list[Desk] = []

    def opened(passphrase: str = COORDINATOR, *, start: bool = True, settled: bool = True) -> Desk:
        bus = ChangeBus()
        failures: list[Failure] = []
        tasks = Tasks(bus)
        tasks.failed.connect(failures.append)
        found: list[Session] = []
        tasks.query(
            lambda: bootstrap.open_case_file(folder).unlock(passphrase),
            initiator=None,
            done=found.append,
            failed=failures.append,
        )
        until(lambda: bool(found or failures))
        said: list[str] = []
        went: list[tuple[str, str]] = []
        workplace = Workplace(
            found[0],
            tasks,
            bus,
            lambda page, record: went.append((page, record)),
            lambda words, undo=False: said.append(words),
        )
        page = PrisonersPage(workplace)
        page.resize(1200, 800)
        page.show()
        desk = Desk(page, found[0], tasks, until, said, went, failures)
        desks.append(desk)
        if start:
            page.opened()
            desk.loaded()
        if start and settled:
            desk.settled()
        return desk

    yield opened
    for desk in desks:
        desk.close()
