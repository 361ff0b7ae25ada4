"""Taking a person out of 50 MB: the entry, then everything encrypted with a new key and checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app import bootstrap
from app.domain.progress import at_once
from app.services.session import Session
from tests.benchmarks.backups import fill
from tests.benchmarks.figures import Figure, seconds
from tests.hostile.insider import person_named
from tests.services.office import OFFICER, an_office


def measure(folder: Path) -> Iterator[Figure]:
    """The figures."""
    office = an_office(folder / "casefile")
    with office.as_person(OFFICER) as session:
        fill(session)
        person = person_named(session, "Hanna")
        entry = seconds(lambda: at_once(session.removing.removing(person)))
        again: list[Session] = []
        anew = seconds(lambda: again.append(bootstrap.opened_again(session)))
        again[0].close()
    yield Figure("somebody taken out of 50 MB, in all", entry + anew, "s", 15.0)
    yield Figure("until they have no part any more", entry, "s")
    yield Figure("encrypting everything anew, and opening it", anew, "s")
