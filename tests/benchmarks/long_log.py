"""A log of 100,000 entries: opened, its chain checked by hashes alone, verified with every signature.

The entries are written straight into the table, each signed by the founder and naming people who are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.casefile import files
from app.casefile.unlock import unlock
from app.crypto import bulk_signing, signing
from app.crypto.keys import PersonKeys
from app.crypto.passphrase import KdfParameters
from app.domain.acts import Act
from app.domain.log import SIGNED, EntryRow, read_entry
from app.services.log import LogFilter
from app.services.prisoners import CreatePrisoner
from app.storage.connection import Connection, open_existing
from app.storage.log_book import LogBook, entry_hash
from app.storage.records import OpenRows, data
from tests.benchmarks.figures import Figure, timed

ENTRIES: Final = 100_000
_BARE: Final = 20_000
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
        hashes, used = timed(log.load_index)
        yield Figure(f"log of {ENTRIES:,} entries, hashes only", hashes, "s", 2.0)
        yield Figure("the same, time of the processor alone", used, "s")
        _must_hold(not log.broken)
        yield from _bare(log, opened.keys)
    finally:
        connection.close()
    session = bootstrap.open_case_file(case).unlock(_PASSPHRASE)
    try:
        verified, used = timed(lambda: _must_hold(session.log.verify().ok))
        yield Figure(f"log of {ENTRIES:,} entries, every signature and row", verified, "s", 15.0)
        yield Figure("the same, time of the processor alone", used, "s")
        shown = session.log
        shown.rows()  # the search index is made once a session
        for what, wanted in (
            ("newest 500", LogFilter()),
            ("words that are nowhere", LogFilter(words="nobody knows")),
            ("a name among all", LogFilter(words="zhawny 49 vera")),
            ("a far day", LogFilter(last=session.context.today() - timedelta(days=400))),
        ):
            took, _used = timed(partial(shown.rows, wanted))
            yield Figure(f"log of {ENTRIES:,} entries shown: {what}", took, "s", 0.3)
    finally:
        session.close()


def _bare(log: LogBook, keys: PersonKeys) -> Iterator[Figure]:
    """As many signatures as the log has and nothing else, by both libraries: what this computer can do."""
    some = [(body, signature) for _sequence, body, signature in log.stored(ENTRIES - _BARE + 1)]
    public = keys.public.ed25519
    for name, library in (("OpenSSL", signing), ("libsodium", bulk_signing)):

        def check(holds: Callable[[bytes, str, bytes, bytes], bool] = library.signature_holds) -> None:
            _must_hold(all(holds(public, SIGNED, body, signature) for body, signature in some))

        took, used = timed(check)
        times = ENTRIES / len(some)
        yield Figure(f"{ENTRIES:,} signatures alone, {name}", took * times, "s")
        yield Figure("the same, time of the processor alone", used * times, "s")


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
