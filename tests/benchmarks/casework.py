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


def _empty(folder: Path, name: str) -> Session:
    return bootstrap.create_case_file(
        folder / name,
        name="Bench",
        founder="Vera O.",
        passphrase=PASSPHRASE,
        desk="Bench",
        kdf=KdfParameters.for_tests(),
    )


def _list(folder: Path) -> Iterator[Figure]:
    session = _empty(folder, "list")
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


def _search(folder: Path) -> Iterator[Figure]:
    session = _empty(folder, "search")
    given = ("Siarhei", "Alena", "Maksim", "Nadzeia", "Anton", "Volha", "Pavel", "Iryna")
    with session.context.writing() as work:
        work.add_many(
            Prisoner(
                RecordId(new_id()),
                reference=f"BE-{number:05d}",
                given_name=given[number % len(given)],
                family_name=f"Zhawny{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}rovich",
                status="penal_colony",
            )
            for number in range(PEOPLE)
        )
        work.commit(Act.PRISONER_ADDED)
    typed = ["z", "zh", "zha", "zhaw", "zhawn", "жаў", "жаўня", "siarhei zh", "nad", "be-0"]
    slowest = max(median_s(partial(session.search.everywhere, text), 5) for text in typed)
    yield Figure(f"slowest keystroke of a search among {PEOPLE:,} people", slowest * 1000, "ms", 16.0)
    session.close()
    shutil.rmtree(folder / "search")
