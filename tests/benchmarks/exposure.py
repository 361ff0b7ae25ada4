"""A year after which something happened: 2,000 relatives, 24,000 entries of a log; who could, and who did.

The entries are written straight into the table, each signed by the founder and naming what is there: records
that were edited, relatives who were opened, names that were shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.casefile import files
from app.casefile.unlock import unlock
from app.crypto.keys import PersonKeys
from app.domain.acts import Act
from app.domain.log import SEALED, SIGNED, EntryRow, read_entry
from app.domain.relative import Relative
from app.domain.showing import Showing
from app.services.exposure import AskPerson, AskRelative
from app.services.session import Session
from app.storage.connection import Connection, open_existing
from app.storage.log_book import entry_hash
from app.storage.records import data, number, text
from app.storage.sealed_row import SealedRow
from tests.benchmarks.casework import PASSPHRASE
from tests.benchmarks.figures import Figure, median_s, seconds
from tests.benchmarks.relatives import large_case_file

RELATIVES: Final = 2_000
ENTRIES: Final = 24_000
_SHOWINGS: Final = 2_000
_YEAR: Final = timedelta(days=365)
_ACTS: Final = (
    *(Act.PRISONER_CHANGED, Act.PRISONER_CHANGED, Act.OPENED, Act.OPENED, Act.PRISONER_CHANGED),
    *(Act.OPENED, Act.SHOWN, Act.PRISONER_CHANGED, Act.OPENED, Act.PRISONER_CHANGED),
)


def measure(folder: Path) -> Iterator[Figure]:
    """The first answer after unlocking, when nothing is read yet, and a person who could open everybody."""
    made = large_case_file(folder, RELATIVES)
    relative = _showings(made)
    _year(made)
    session = bootstrap.open_case_file(made).unlock(PASSPHRASE)
    try:
        session.settle()
        ask = AskRelative(relative, session.today() - _YEAR, session.today())
        first = seconds(lambda: _must_tell(session, ask))
        words = f"exposure of one relative over a year of {ENTRIES:,} entries"
        yield Figure(words, first, "s", 2.0)
        again = median_s(lambda: session.exposure.relative(ask), 3)
        yield Figure("the same question again", again, "s")
        person = AskPerson(session.person.id, ask.first_on, ask.last_on)
        whole = seconds(lambda: list(session.exposure.person(person)))
        yield Figure(f"exposure of one person, {RELATIVES:,} relatives, in slices", whole, "s")
    finally:
        session.close()


def _must_tell(session: Session, ask: AskRelative) -> None:
    found = session.exposure.relative(ask)
    if not found.holders or len(found.deeds) < 2 or found.trust.breaks_at:
        raise RuntimeError("the year that was made is not told")


def _showings(made: Path) -> str:
    """Records of names shown, a few for each relative; gives the relative that will be asked about."""
    session = bootstrap.open_case_file(made).unlock(PASSPHRASE)
    ctx = session.context
    with ctx.writing() as work:
        relatives = work.find(Relative)
        work.add_many(
            Showing(ctx.lasting_id(), relative=relatives[each % RELATIVES].id, what="name", by=ctx.me)
            for each in range(_SHOWINGS)
        )
        work.commit(Act.SHOWN)
    session.close()
    return relatives[7].id


def _year(made: Path) -> None:
    opened = unlock(made, PASSPHRASE)
    connection = open_existing(made / files.DATABASE, opened.main)
    try:
        _lengthen(connection, opened.keys)
    finally:
        connection.close()


def _lengthen(connection: Connection, keys: PersonKeys) -> None:
    row = connection.one("SELECT body, signature FROM entry ORDER BY sequence DESC LIMIT 1")
    if row is None:
        raise RuntimeError("a case file has a first entry")
    entry = read_entry(data(row[0]), data(row[1]))
    closed = list(_closed(connection))
    step = _YEAR / ENTRIES
    begin = datetime.now(UTC) - _YEAR
    connection.execute("BEGIN IMMEDIATE")
    for count in range(ENTRIES - entry.sequence):
        unsigned = attrs.evolve(
            entry,
            sequence=entry.sequence + 1,
            previous=entry_hash(entry.body(), entry.signature),
            moment=(begin + count * step).replace(microsecond=0),
            act=_ACTS[count % len(_ACTS)].value,
            rows=(closed[count * 7919 % len(closed)],),
            old=(),
        )
        entry = attrs.evolve(unsigned, signature=keys.sign(SIGNED, unsigned.body()))
        connection.execute(
            "INSERT INTO entry (sequence, body, signature) VALUES (?, ?, ?)",
            (entry.sequence, entry.body(), entry.signature),
        )
    connection.execute("COMMIT")


def _closed(connection: Connection) -> Iterator[EntryRow]:
    """Every closed record as the log names it; all of them are of version 1."""
    for row in connection.rows("SELECT id, desk, epoch, blob FROM sealed ORDER BY number"):
        sealed = SealedRow(text(row[0]), text(row[1]), number(row[2]), 1, data(row[3]))
        yield EntryRow(SEALED, sealed.id, 1, sealed.hash())
