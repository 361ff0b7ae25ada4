"""Relatives & consent with 20,000 relatives and 100,000 answers: opened, filtered, changed."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final

from app import bootstrap
from app.crypto.passphrase import KdfParameters
from app.domain.acts import Act
from app.domain.conversation import Answer, Conversation, Countersign
from app.domain.dates import PartialDate
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.services.findings import Findings
from app.services.people import AddPerson
from app.services.prisoners import PlaceHold
from app.services.session import Session
from tests.benchmarks.casework import PASSPHRASE
from tests.benchmarks.figures import Figure, median_s, seconds, slices_s, timed

if TYPE_CHECKING:  # the window only where it is measured
    from PySide6.QtCore import QCoreApplication

    from ui.views.consent.list_page import ListPage

RELATIVES: Final = 20_000
_PRISONERS: Final = 9_000
_ANSWERS: Final = 5
_SLICE: Final = 2_000
_SIGNED: Final = 5_000
_SECOND: Final = "granite lantern meadow oyster pilgrim quartz"
_RELATIONS: Final = ("mother", "father", "wife", "sister", "brother", "daughter")
_PURPOSES: Final = ("contact", "letters", "godparent_sought", "name", "photo")


def measure(folder: Path) -> Iterator[Figure]:
    """The list with every light decided, as it is a moment after unlocking and after every later one."""
    made = large_case_file(folder)
    session = bootstrap.open_case_file(made).unlock(PASSPHRASE)
    settled = seconds(session.settle)
    yield Figure(f"{RELATIVES:,} relatives decided for the first time, in slices", settled, "s")
    rows = median_s(lambda: session.relatives.rows(quickly=True), 5)
    yield Figure(f"{RELATIVES:,} relatives read for the list", rows * 1000, "ms")
    yield from _findings(session)
    session.close(locking=True)
    yield from _decided_by_two(made)
    yield from _window(made)
    yield from _stopped(made)
    shutil.rmtree(made)


def _findings(session: Session) -> Iterator[Figure]:
    """Found anew, with the longest a save would have had to wait for a slice of it; and kept."""
    answers = f"{RELATIVES * _ANSWERS:,} answers"

    def anew() -> list[float]:
        return slices_s(Findings(session.context).grouping())

    runs = [anew() for _run in range(3)]
    yield Figure(f"findings over {answers}", median(sum(took) for took in runs), "s", 2.0)
    yield Figure("the same, time of the processor alone", timed(anew)[1], "s")
    yield Figure("longest slice of it", median(max(took) for took in runs) * 1000, "ms")
    again = median_s(session.findings.groups, 3)
    yield Figure(f"findings over {answers}, nothing changed since", again * 1000, "ms")


def _decided_by_two(made: Path) -> Iterator[Figure]:
    """The same where a second person agreed to thousands of these answers."""
    session = bootstrap.open_case_file(made).unlock(PASSPHRASE)
    session.people.add(AddPerson("Hanna K.", ("officer",), _SECOND))
    session.close(locking=True)
    session = bootstrap.open_case_file(made).unlock(_SECOND)
    ctx = session.context
    with ctx.writing() as work:
        talks = work.find(Conversation)
        work.add_many(
            Countersign(ctx.lasting_id(), 0, each.answer, talk.id, granted=True, by=ctx.me, at=ctx.now())
            for talk in talks[:_SIGNED]
            for each in talk.answers[:1]
        )
        work.commit(Act.SEALED_CHANGED)
    del talks
    session.close(locking=True)
    session = bootstrap.open_case_file(made).unlock(_SECOND)  # on another day than the answers were given
    ctx = session.context
    session.settle()

    def anew() -> list[float]:
        return slices_s(Findings(ctx).grouping())

    anew()  # once a session the log is followed first
    runs = [anew() for _run in range(3)]
    answers = f"{RELATIVES * _ANSWERS:,} answers, {_SIGNED:,} by two"
    yield Figure(f"findings over {answers}", median(sum(took) for took in runs), "s", 2.0)
    yield Figure("longest slice of it", median(max(took) for took in runs) * 1000, "ms")
    session.close(locking=True)


def _stopped(made: Path) -> Iterator[Figure]:
    """A stop on the whole case file: placed, and whom lifting it would let out again."""
    session = bootstrap.open_case_file(made).unlock(PASSPHRASE)
    started = perf_counter()
    hold = session.prisoners.place_hold(PlaceHold("case_file", "", "danger")).id
    yield Figure(f"a stop on everybody of {RELATIVES:,} relatives", 1000 * (perf_counter() - started), "ms")
    session.prisoners.lift_hold(hold)
    started = perf_counter()
    reach = session.consent.lift_reach(hold)
    looked = perf_counter() - started
    freed = f"{len(reach.freed):,} of {reach.people:,} people"
    yield Figure(f"whom lifting it lets out: {freed}", looked, "s")
    session.close(locking=True)


def _window(made: Path) -> Iterator[Figure]:
    """What the table does with them, on the window's thread."""
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.collecting import spare_what_stays
    from ui.views.consent.closed import OpenNames
    from ui.views.consent.list_page import ListPage

    application = QApplication.instance() or QApplication([])
    session = bootstrap.open_case_file(made).unlock(PASSPHRASE)
    session.settle()
    spare_what_stays()  # as the window does then
    theme.apply(theme.Mode.LIGHT)
    page = ListPage(session.today, OpenNames(application))
    page.resize(1200, 800)
    page.show()

    def opened() -> None:
        page.set_rows(session.relatives.rows(quickly=True))
        application.processEvents()

    yield Figure(f"{RELATIVES:,} relatives opened in the page", median_s(opened, 5) * 1000, "ms", 300.0)

    yield from _narrowed(page, application)
    page.close()
    session.close()


def _narrowed(page: ListPage, application: QCoreApplication) -> Iterator[Figure]:
    """What a person does in the list: a filter, letters typed, another order, a screen on."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    def after(act: Callable[[], object]) -> float:
        def done() -> None:
            act()
            application.processEvents()

        return median_s(done, 6) * 1000

    def typed() -> None:
        page.needle.setText("" if page.needle.text() else "nowhere")  # looked for in every cell of every row

    def ordered() -> None:
        page.table.sort_by("godparent", descending=next(turns))

    turns = cycle((True, False))
    yield Figure(f"{RELATIVES:,} relatives filtered", after(page.chips.noes.toggle), "ms", 50.0)
    page.chips.clear()
    page.model.get_ready_to_look()  # as when the line to type in opens
    application.processEvents()
    yield Figure("the same, by letters typed", after(typed), "ms", 50.0)
    page.needle.clear()
    yield Figure("the same, in the order of a light", after(ordered), "ms", 100.0)
    yield Figure(
        "the same, a screen further",
        after(lambda: QTest.keyClick(page.table, Qt.Key.Key_PageDown)),
        "ms",
        50.0,
    )


def large_case_file(folder: Path, relatives: int = RELATIVES) -> Path:
    """A case file of invented people: two or three relatives each, who said yes, no or nothing."""
    made = folder / "relatives"
    session = bootstrap.create_case_file(
        made,
        name="Bench",
        founder="Vera O.",
        passphrase=PASSPHRASE,
        desk="Bench",
        kdf=KdfParameters.for_tests(),
    )
    chance = random.Random(20)
    prisoners = [_prisoner(number) for number in range(relatives * _PRISONERS // RELATIVES)]
    with session.context.writing() as work:
        work.add_many(prisoners)
        work.commit(Act.PRISONER_ADDED)
    for start in range(0, relatives, _SLICE):
        with session.context.writing() as work:
            for number in range(start, min(start + _SLICE, relatives)):
                prisoner = prisoners[number % len(prisoners)].id
                relative = work.add(_relative(number, prisoner))
                work.add(_talk(session, relative, chance))
            work.commit(Act.SEALED_CHANGED)
    session.close()
    return made


def _prisoner(number: int) -> Prisoner:
    name = f"Invented{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}ovich"
    return Prisoner(
        RecordId(new_id()),
        reference=f"BE-{number:05d}",
        family_name=name,
        given_name="Anton",
        status="penal_colony",
        born=PartialDate(1980),
    )


def _relative(number: int, prisoner: str) -> Relative:
    relation = _RELATIONS[number // _PRISONERS % len(_RELATIONS)]
    return Relative(RecordId(new_id()), prisoner=prisoner, relation=relation, capacity="relative_by_practice")


def _talk(session: Session, relative: Relative, chance: random.Random) -> Conversation:
    """Most said yes to most, some no, in the last year."""
    day = session.today() - timedelta(days=chance.randrange(400))
    answers = tuple(
        Answer(
            answer=new_id(),
            kind=chance.choices(("given", "refused", "deferred"), (6, 2, 2))[0],
            purpose=purpose,
            audience="internal" if purpose == "contact" else "all_godparents",
        )
        for purpose in _PURPOSES[:_ANSWERS]
    )
    return Conversation(
        session.context.lasting_id(),
        relative=relative.id,
        prisoner=relative.prisoner,
        capacity="relative_by_practice",
        held_on=PartialDate(day.year, day.month, day.day),
        direction="we_asked",
        channel="signal",
        verified_by="voice",
        whereabouts="inside",
        answers=answers,
        recorded_by=session.context.me,
        recorded_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
    )
