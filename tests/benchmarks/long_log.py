"""A log of 100,000 entries: opened, its chain checked by hashes alone, verified with every signature.

The entries are written straight into the table, each signed by the founder and naming people who are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.casefile import files
from app.casefile.unlock import unlock
from app.crypto.keys import PersonKeys
from app.crypto.passphrase import KdfParameters
from app.domain.acts import Act
from app.domain.log import SIGNED, EntryRow, read_entry
from app.services.prisoners import CreatePrisoner
from app.storage.connection import Connection, open_existing
from app.storage.log_book import LogBook, entry_hash
from app.storage.records import OpenRows, data
from tests.benchmarks.figures import Figure, seconds

ENTRIES: Final = 100_000
_PEOPLE: Final = 50
_PASSPHRASE: Final = "walnut harbour violet ladder mosaic thunder"


def measure(folder: Path) -> Iterator[Figure]:
    """Hashes only, and everything."""
    case = folder / "long-log"
    session = bootstrap.create_case_file(
        case,
        name="Bench",
        founder="Vera O.",
        passphrase=_PASSPHRASE,
        desk="Bench",
        kdf=KdfParameters.for_tests(),
    )
    for number in range(_PEOPLE):
        session.prisoners.create(
            CreatePrisoner({"family_name": f"Zhawny {number}", "status": "penal_colony"})
        )
    session.close()
    opened = unlock(case, _PASSPHRASE)
    connection = open_existing(case / files.DATABASE, opened.main)
    try:
        log = _lengthen(connection, opened.keys)
        yield Figure(f"log of {ENTRIES:,} entries, hashes only", seconds(log.load_index), "s", 2.0)
        if log.broken:
            raise RuntimeError("the log that was made does not hold")
    finally:
        connection.close()
    session = bootstrap.open_case_file(case).unlock(_PASSPHRASE)
    try:
        verified = seconds(lambda: _must_hold(session.log.verify().ok))
        yield Figure(f"log of {ENTRIES:,} entries, every signature and row", verified, "s", 15.0)
    finally:
        session.close()


def _must_hold(holds: bool) -> None:
    if not holds:
        raise RuntimeError("the log that was made does not hold")


def _lengthen(connection: Connection, keys: PersonKeys) -> LogBook:
    """Write entries behind the head; gives the log, its index not made yet."""
    row = connection.one("SELECT body, signature FROM entry ORDER BY sequence DESC LIMIT 1")
    if row is None:
        raise RuntimeError("a case file has a first entry")
    entry = read_entry(data(row[0]), data(row[1]))
    people = [
        EntryRow("prisoner", one.id, one.version, one.hash_as("prisoner"))
        for one in OpenRows(connection).all("prisoner")
    ]
    connection.execute("BEGIN IMMEDIATE")
    for number in range(entry.sequence + 1, ENTRIES + 1):
        unsigned = attrs.evolve(
            entry,
            sequence=number,
            previous=entry_hash(entry.body(), entry.signature),
            moment=entry.moment + timedelta(seconds=1),
            act=Act.PRISONER_CHANGED.value,
            rows=(people[number % _PEOPLE], people[(number + 1) % _PEOPLE]),
            old=(),
        )
        entry = attrs.evolve(unsigned, signature=keys.sign(SIGNED, unsigned.body()))
        connection.execute(
            "INSERT INTO entry (sequence, body, signature) VALUES (?, ?, ?)",
            (number, entry.body(), entry.signature),
        )
    connection.execute("COMMIT")
    return LogBook(connection, entry.case_file, entry.origin)
