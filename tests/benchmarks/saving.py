"""A saved edit (closed part, log entry, signature, durable) beside a bare commit of the same row.

Both on the same disk with the same settings of the encrypted database, in turn, medians compared: the ratio
holds where the machine is noisy.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app import bootstrap
from app.crypto.keys import MainKey
from app.crypto.passphrase import KdfParameters
from app.domain.canonical import canonical_bytes
from app.domain.field_values import to_plain
from app.services.prisoners import CreatePrisoner, EditPrisoner
from app.services.relatives import AddRelative, EditRelative
from app.storage import connection as connections
from tests.benchmarks.figures import Figure, seconds

RUNS = 60
PASSPHRASE = "walnut harbour violet ladder mosaic thunder"


class _Bare:
    """The same row in an encrypted database opened as a case file is, and nothing else."""

    def __init__(self, path: Path, body: str) -> None:
        self._connection = connections.create(path, MainKey.generate())
        run = self._connection.execute
        run("CREATE TABLE prisoner (id TEXT PRIMARY KEY, version INTEGER, salt BLOB, body TEXT) STRICT")
        run("INSERT INTO prisoner VALUES ('x', 1, ?, ?)", (bytes(16), body))
        self._body = body
        self._version = 1

    def commit(self) -> None:
        """One durable change of the row."""
        self._version += 1
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        run(
            "UPDATE prisoner SET version = ?, body = ? WHERE id = 'x'",
            (self._version, f"{self._body[:-1]} {self._version}"),
        )
        run("COMMIT")

    def close(self) -> None:
        self._connection.close()


def measure(folder: Path) -> Iterator[Figure]:
    """The ratio, for an open field and for a closed one."""
    session = bootstrap.create_case_file(
        folder / "saving",
        name="Bench",
        founder="Vera O.",
        passphrase=PASSPHRASE,
        desk="Bench",
        kdf=KdfParameters.for_tests(),
    )
    made = session.prisoners.create(
        CreatePrisoner({"family_name": "Zhawnyarovich", "given_name": "Siarhei", "status": "penal_colony"})
    )
    body = canonical_bytes(to_plain(session.prisoners.get(made.id).prisoner)).decode("utf-8")
    bare = _Bare(folder / "bare.db", body)
    relative = session.relatives.add(AddRelative(made.id, {"relation": "mother"}, {})).id

    # The version a screen already holds: each edit makes the next one.
    def edit(number: int) -> None:
        session.prisoners.edit(EditPrisoner(made.id, number + 1, {"occupation": f"Engineer {number}"}))

    def edit_closed(number: int) -> None:
        session.relatives.edit(EditRelative(relative, number + 1, {"nickname": f"gardener {number}"}))

    for words, save in (("edit of a prisoner", edit), ("edit of a relative, closed", edit_closed)):
        ours: list[float] = []
        theirs: list[float] = []
        for number in range(RUNS):
            theirs.append(seconds(bare.commit))
            ours.append(seconds(partial(save, number)))
        our, their = statistics.median(ours), statistics.median(theirs)
        yield Figure("bare encrypted commit of the same row", their * 1000, "ms")
        yield Figure(f"{words}, saved, signed, durable", our * 1000, "ms")
        yield Figure(f"{words}, beside the bare commit", our / their, "x", 2.0)
    bare.close()
    session.close()
