"""Opening the demo, bringing the list in, searching."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from unittest import mock

import resources
from app import bootstrap
from app.casefile import unlock as unlocking
from app.crypto.passphrase import KdfParameters, derive_k
from app.demo import demo_people, make_demo
from app.domain.acts import Act
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.services.prisoner_filter import PrisonerFilter
from app.services.session import Session
from tests.benchmarks.figures import Figure, median_s, seconds

PEOPLE = 100_000
_UNLOCKS = 6
PASSPHRASE = "walnut harbour violet ladder mosaic thunder"


def demo(folder: Path) -> Path:
    """The demo case file with the real cost of a guess, made once per run of the benchmark."""
    made = folder / "demo"
    if not made.exists():
        make_demo(made, say=lambda line: None)
    return made


def measure(folder: Path) -> Iterator[Figure]:
    """List, unlock, search."""
    yield from _list(folder)
    yield from _unlock(demo(folder))
    yield from _search(folder)


def empty_case(folder: Path, name: str) -> Session:
    """A case file of nobody, opened by its founder."""
    return bootstrap.create_case_file(
        folder / name,
        name="Bench",
        founder="Vera O.",
        passphrase=PASSPHRASE,
        desk="Bench",
        kdf=KdfParameters.for_tests(),
    )


def _list(folder: Path) -> Iterator[Figure]:
    session = empty_case(folder, "list")
    path = resources.path("demo/list-en.csv")
    yield Figure(
        "list of 1,204 rows looked at", median_s(lambda: session.intake.look(path, "A"), 3), "s", 2.0
    )
    looked = session.intake.look(path, "A")
    yield Figure("list of 1,204 rows brought in", seconds(lambda: session.intake.commit(looked)), "s", 3.0)
    session.close()


def _unlock(demo_file: Path) -> Iterator[Figure]:
    passphrase = demo_people()[1].passphrase
    derived: list[float] = []

    def timed(secret: str, salt: bytes, kdf: KdfParameters, key_file: bytes | None = None) -> bytes:
        started = time.perf_counter()
        try:
            return derive_k(secret, salt, kdf, key_file)
        finally:
            derived.append(time.perf_counter() - started)

    page = PrisonerFilter()

    def unlock() -> Session:
        session = bootstrap.open_case_file(demo_file).unlock(passphrase)
        session.prisoners.rows(page, quickly=True)
        return session

    # Timed inside the same unlock: two derivations differ by more than all the rest takes.
    beyond: list[float] = []
    lights: list[float] = []
    with mock.patch.object(unlocking, "derive_k", timed):
        for _run in range(_UNLOCKS):
            derived.clear()
            started = time.perf_counter()
            session = unlock()
            beyond.append(time.perf_counter() - started - sum(derived))
            session.prisoners.rows(page)
            lights.append(time.perf_counter() - started - sum(derived))
            session.close()
    yield Figure("key derivation alone (meant to cost about a second)", sum(derived), "s")
    yield Figure("unlock of the demo with its first page, beyond that", median(beyond[1:]), "s", 0.3)
    yield Figure("the same, until every next step and light on it is there", median(lights[1:]), "s")


_GIVEN = ("Siarhei", "Alena", "Maksim", "Nadzeia", "Anton", "Volha", "Pavel", "Iryna")
_TYPED = (
    "z",
    "zh",
    "zha",
    "zhaw",
    "zhawn",
    "zhawnyabcr",
    "жаў",
    "жаўня",
    "siarhei zh",
    "nad",
    "be-0",
    "no one",
)


def filled(session: Session, number: int) -> None:
    """So many people, in transactions of a size a list has."""
    for start in range(0, number, 50_000):
        with session.context.writing() as work:
            work.add_many(somebody(place) for place in range(start, min(number, start + 50_000)))
            work.commit(Act.PRISONER_ADDED)


def somebody(place: int) -> Prisoner:
    """One of those whose family names all begin alike."""
    letters = "".join(chr(97 + place // 26**power % 26) for power in range(3))
    return Prisoner(
        RecordId(new_id()),
        reference=f"BE-{place:07d}",
        given_name=_GIVEN[place % len(_GIVEN)],
        family_name=f"Zhawny{letters}rovich",
        status="penal_colony",
    )


def keystrokes(session: Session, runs: int = 5) -> tuple[float, float]:
    """Seconds of the slowest key in the search box and in the Prisoners filter, medians of runs."""
    return (
        max(median_s(partial(session.search.everywhere, text), runs) for text in _TYPED),
        max(median_s(partial(session.search.prisoners, text), runs) for text in _TYPED),
    )


_FILTERS = ("status:held", "status:held no:godparent", "status:held no:godparent since:2024", "place:homiel")


def filter_words(session: Session, asked: float) -> Iterator[Figure]:
    """Filter words in the search box; everybody's line was read in behind the first page."""
    first = seconds(partial(session.search.answer, _FILTERS[0]))
    yield Figure("filter words in Ctrl+K among them, the first time", first * 1000, "ms", asked)
    words = max(median_s(partial(session.search.answer, line), 3) for line in _FILTERS)
    yield Figure("the slowest key after it", words * 1000, "ms", asked)
    both = median_s(partial(session.search.answer, "zhawn status:held"), 3)
    yield Figure("a filter word and a beginning nearly everybody has", both * 1000, "ms")
    session.search.answer("public:yes")
    with session.context.writing() as work:
        work.add(somebody(0))
        work.commit(Act.PRISONER_ADDED)
    session.search.answer("status:held")
    after = seconds(partial(session.search.answer, "public:yes"))
    yield Figure("what may be told, the first key after an entry", after * 1000, "ms", asked)


def _search(folder: Path) -> Iterator[Figure]:
    session = empty_case(folder, "search")
    filled(session, PEOPLE)
    yield Figure(f"all {PEOPLE:,} names read in, behind the first page", seconds(session.settle), "s")
    box, line = keystrokes(session)
    yield Figure(f"slowest keystroke of a search among {PEOPLE:,} people", box * 1000, "ms", 16.0)
    yield Figure("the same in the filter of the Prisoners list", line * 1000, "ms", 50.0)
    yield from filter_words(session, 16.0)
    session.close()
    shutil.rmtree(folder / "search")
