"""A backup of 50 MB: written, synced, read back, every page checked, its newest entry compared."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.domain.acts import Act
from app.domain.progress import at_once
from app.services.backup_places import BESIDE
from app.services.session import Session
from tests.benchmarks.figures import Figure, seconds, slices_s
from tests.services.office import OFFICER, an_office

_BYTES: Final = 50_000_000
_BLOB: Final = 2_000_000


def measure(folder: Path) -> Iterator[Figure]:
    """The figures."""
    office = an_office(folder / "casefile")
    with office.as_person(OFFICER) as session:
        fill(session)
        took = seconds(session.backups.make)
        (newest,) = session.backups.places()[0].generations
        yield Figure("backup of 50 MB, written and checked", took, "s", 5.0)
        yield Figure("its size", newest.size_bytes / 1_000_000, "MB")
        longest = max(slices_s(_slices(session)))
        yield Figure("longest time nothing else runs meanwhile", 1000 * longest, "ms")
        checked = seconds(lambda: at_once(session.backups.checking(BESIDE, newest.name)))
        yield Figure("checking one again", checked, "s", 5.0)


def _slices(session: Session) -> Iterator[None]:
    yield from session.backups.making(rotate=False)


def fill(session: Session) -> None:
    """Blobs nobody can compress, as pictures and evidence are."""
    with session.context.writing() as work:
        for _number in range(_BYTES // _BLOB):
            work.blob_put(secrets.token_bytes(_BLOB))
        work.commit(Act.PRISONER_CHANGED)
