"""Random ways to change a log and its records behind the program, each tried on a real encrypted file.

The insider holds MAIN and signing keys of their own (a coordinator) and edits the database beside Poruch. For
every change the file is opened as the officer would, verified, and compared with a proof line. Seeded: the
same number gives the same changes.

Source: security.md, *Threats*, "insider with a key"; issue 3, point 12.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs

from app.casefile import files
from app.casefile.roster_rules import verify_roster
from app.casefile.unlock import Unlocked, unlock
from app.crypto.hashing import tagged_hash
from app.domain.canonical import canonical_bytes, from_canonical
from app.domain.errors import BugError, KnownError
from app.domain.ids import DeviceId, OriginId, PersonId, new_id
from app.domain.log import SIGNED, Entry, read_entry
from app.services.consent import AnswerDraft, RecordConversation
from app.services.granting import signed_grant
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.signers import RosterSigners
from app.storage.connection import Connection, Value, open_existing
from app.storage.opening import open_store
from tests.faults.forks import go_on
from tests.services.office import COORDINATOR, OFFICER, add_mother, add_prisoner, an_office

_OUTSIDE: Final = ("local_", "sqlite_", "schema_")
"""Tables that stand outside the log."""
_ORDER_ONLY: Final = ("sealed", "number")
"""Says nothing but the order in which records lie in the file."""


@attrs.frozen
class Ground:
    """A case file to change, with what the insider has and what lies outside it.

    Attributes:
        folder: of the case file, never changed itself.
        officer: who opens and verifies.
        insider: whose keys sign what is forged.
        sequence, entry_hash: of the newest entry, as a proof line keeps it.
        earlier: older copies of the database, somebody kept them.
    """

    folder: Path
    officer: Unlocked
    insider: Unlocked
    sequence: int
    entry_hash: str
    earlier: tuple[Path, ...]


@attrs.frozen
class Outcome:
    """What came of one change.

    Attributes:
        seen: by the file alone: it does not open, or verification finds something.
        against_proof: the proof line does not fit.
        how: the code it was seen by, empty where it was not.
    """

    kind: str
    seen: bool
    against_proof: bool
    how: str


Change = Callable[[Connection, random.Random, Ground], bool]
"""Makes one change; gives whether there was something to change."""


def make_ground(folder: Path) -> Ground:
    """A month of work in small: two people, prisoners, families, talks, stops."""
    office, earlier = an_office(folder / "casefile"), list[Path]()
    prisoners: list[tuple[str, str]] = []
    for number in range(5):
        with office.as_person(COORDINATOR if number % 2 else OFFICER) as session:
            one = add_prisoner(session, family_name=f"Example{number}")
            prisoners.append((one, add_mother(session, one)))
            session.prisoners.edit(EditPrisoner(one, 1, {"status": "released", "occupation": "nurse"}))
        with office.as_person(COORDINATOR) as session:
            said = (AnswerDraft("contact", "given"), AnswerDraft("name", "refused", "public"))
            session.consent.record(RecordConversation(prisoners[-1][1], {"channel": "signal"}, said))
            session.prisoners.place_hold(PlaceHold("prisoner", one, "danger"))
        earlier.append(folder / f"earlier-{number}.db")
        shutil.copyfile(office.folder / files.DATABASE, earlier[-1])
    with office.as_person(OFFICER) as session:
        session.prisoners.edit(EditPrisoner(prisoners[0][0], 2, {"occupation": "teacher"}))
        with session.context.reading() as reader:
            sequence, newest = reader.head()
    return Ground(
        office.folder,
        unlock(office.folder, OFFICER),
        unlock(office.folder, COORDINATOR),
        sequence,
        newest,
        tuple(earlier),
    )


def tried(ground: Ground, kind: str, seed: int, work: Path) -> Outcome | None:
    """Make one change in a copy and look; None where there was nothing to change.

    Args:
        ground: from `make_ground`.
        kind: one of `KINDS`.
        seed: of the random choices.
        work: a folder for the copy.
    """
    path = work / files.DATABASE
    for each in work.iterdir():
        each.unlink()
    shutil.copyfile(ground.folder / files.DATABASE, path)
    rng = random.Random(f"{kind} {seed}")
    if kind in WHOLE:
        shutil.copyfile(rng.choice(ground.earlier), path)
        if kind == FORK:
            go_on(path, rng, ground.insider, ground.sequence)
    else:
        with _opened(path, ground) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                if not CHANGES[kind](connection, rng, ground):
                    return None
            except BugError:  # a constraint of the database refused it
                return None
            connection.execute("COMMIT")
    how, fits = _look(ground, path)
    return Outcome(kind, bool(how), not fits, how)


@contextmanager
def _opened(path: Path, ground: Ground) -> Iterator[Connection]:
    connection = open_existing(path, ground.insider.main)
    try:
        yield connection
    finally:
        connection.close()


def _look(ground: Ground, path: Path) -> tuple[str, bool]:
    """What the officer sees on opening, and whether a proof line of the newest entry fits."""
    keys = ground.officer.keys
    try:
        opened = open_store(path, ground.officer.main, ground.officer.case_file)
    except KnownError as error:
        return error.code.value, False
    try:
        grants = [signed_grant(stored) for stored in opened.grants()]
        roster = verify_roster(grants, ground.officer.case_file, keys.trust_root, keys.roster)
        roster.check()
        store = opened.sign_in(keys, RosterSigners(roster))
        found = store.verify()
        how = found.findings[0].code if found.findings else ""
        with store.reading() as reader:
            head = reader.head()[0]
            fits = head >= ground.sequence and _hash_of(reader.entry(ground.sequence)) == ground.entry_hash
    except KnownError as error:
        return error.code.value, False
    finally:
        opened.close()
    return how, fits


def _hash_of(entry: Entry) -> str:
    return tagged_hash(SIGNED, entry.body() + entry.signature).hex()


# the log


def _entries(connection: Connection) -> list[Entry]:
    rows = connection.rows("SELECT body, signature FROM entry ORDER BY sequence")
    return [read_entry(bytes(row[0]), bytes(row[1])) for row in rows]  # type: ignore[arg-type]


def _put(connection: Connection, sequence: int, entry: Entry) -> None:
    connection.execute(
        "UPDATE entry SET body = ?, signature = ? WHERE sequence = ?",
        (entry.body(), entry.signature, sequence),
    )


def _signed(entry: Entry, ground: Ground) -> Entry:
    return attrs.evolve(entry, signature=ground.insider.keys.sign(SIGNED, entry.body()))


def _middle(connection: Connection, rng: random.Random) -> Entry:
    return rng.choice(_entries(connection)[:-1])


def _delete_entry(connection: Connection, rng: random.Random, _ground: Ground) -> bool:
    entry = _middle(connection, rng)
    connection.execute("DELETE FROM entry WHERE sequence = ?", (entry.sequence,))
    return True


def _cut_tail(connection: Connection, rng: random.Random, ground: Ground) -> bool:
    connection.execute(
        "DELETE FROM entry WHERE sequence > ?", (ground.sequence - rng.randint(1, ground.sequence - 1),)
    )
    return True


def _other_words(entry: Entry, rng: random.Random) -> Entry:
    """The entry saying something else: another act, person, moment, or row."""
    which = rng.randrange(5)
    if which == 0:
        return attrs.evolve(entry, act=rng.choice(["hold.lifted", "undone", "sealed.shown", ""]))
    if which == 1:
        return attrs.evolve(entry, person=PersonId(new_id()))
    if which == 2:
        return attrs.evolve(entry, automatic=not entry.automatic)
    if which == 3 and entry.rows:
        rows = list(entry.rows)
        place = rng.randrange(len(rows))
        rows[place] = attrs.evolve(rows[place], row_hash=f"{rng.getrandbits(256):064x}")
        return attrs.evolve(entry, rows=tuple(rows))
    return attrs.evolve(entry, device=DeviceId(new_id()))


def _edit_entry(connection: Connection, rng: random.Random, _ground: Ground) -> bool:
    entry = rng.choice(_entries(connection))
    _put(connection, entry.sequence, _other_words(entry, rng))
    return True


def _resign_entry(connection: Connection, rng: random.Random, ground: Ground) -> bool:
    entry = _middle(connection, rng)
    _put(connection, entry.sequence, _signed(_other_words(entry, rng), ground))
    return True


def _take_over_entry(connection: Connection, rng: random.Random, ground: Ground) -> bool:
    entry = _middle(connection, rng)
    mine = attrs.evolve(_other_words(entry, rng), person=ground.insider.keys.person)
    _put(connection, entry.sequence, _signed(mine, ground))
    return mine.body() != entry.body()  # their own may come out as it was


def _rewrite_from(connection: Connection, rng: random.Random, ground: Ground) -> bool:
    """An entry edited and everything after it linked anew and signed by the insider."""
    entries = _entries(connection)
    place = rng.randrange(len(entries) - 1)
    changed = _signed(_other_words(entries[place], rng), ground)
    _put(connection, changed.sequence, changed)
    for entry in entries[place + 1 :]:
        linked = attrs.evolve(entry, previous=_hash_of(changed))
        changed = _signed(linked, ground)
        _put(connection, entry.sequence, changed)
    return True


def _swap_entries(connection: Connection, rng: random.Random, _ground: Ground) -> bool:
    first, second = rng.sample(_entries(connection), 2)
    _put(connection, first.sequence, second)
    _put(connection, second.sequence, first)
    return True


def _back_date(connection: Connection, rng: random.Random, _ground: Ground) -> bool:
    entry = rng.choice(_entries(connection))
    earlier = entry.moment.replace(year=entry.moment.year - rng.randint(1, 9))
    _put(connection, entry.sequence, attrs.evolve(entry, moment=earlier))
    return True


def _back_date_signed(connection: Connection, rng: random.Random, ground: Ground) -> bool:
    entry = _middle(connection, rng)
    earlier = entry.moment.replace(year=entry.moment.year - rng.randint(1, 9))
    mine = attrs.evolve(entry, moment=earlier, person=ground.insider.keys.person)
    _put(connection, entry.sequence, _signed(mine, ground))
    return True


def _append(connection: Connection, sequence: int, entry: Entry) -> bool:
    connection.execute(
        "INSERT INTO entry (sequence, body, signature) VALUES (?, ?, ?)",
        (sequence, entry.body(), entry.signature),
    )
    return True


def _repeat_entry(connection: Connection, rng: random.Random, ground: Ground) -> bool:
    return _append(connection, ground.sequence + 1, rng.choice(_entries(connection)))


def _foreign_entry(connection: Connection, rng: random.Random, ground: Ground) -> bool:
    """An entry of the insider's own that claims to come from another copy of the case file."""
    entry = attrs.evolve(
        rng.choice(_entries(connection)),
        origin=OriginId(new_id()),
        sequence=ground.sequence + 1,
        previous=ground.entry_hash,
        person=ground.insider.keys.person,
    )
    return _append(connection, entry.sequence, _signed(entry, ground))


# records


def _tables(connection: Connection) -> list[str]:
    rows = connection.rows("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name")
    return [str(row[0]) for row in rows if not str(row[0]).startswith(_OUTSIDE)]


_STORED: Final = frozenset(
    {"id", "version", "salt", "body", "content", "blob", "desk", "epoch", "record", "sequence", "position"}
    | {"field", "value", "signature", "number", "old"}
)
"""Columns that are stored; all others are made from them."""


def _columns(connection: Connection, table: str) -> list[str]:
    return [name for name in connection.columns(table) if name in _STORED and (table, name) != _ORDER_ONLY]


def _filled(connection: Connection, rng: random.Random, tables: Sequence[str]) -> str | None:
    counted = [t for t in tables if (connection.one(f'SELECT count(*) FROM "{t}"') or (0,))[0]]
    return rng.choice(counted) if counted else None


def _rowed(connection: Connection, rng: random.Random) -> str | None:
    """A table of records with something in it."""
    tables = [t for t in _tables(connection) if {"id", "salt"} <= set(_columns(connection, t))]
    return _filled(connection, rng, [*tables, "sealed"])


def _any_cell(connection: Connection, rng: random.Random, _ground: Ground) -> bool:
    """One cell of one row of any table becomes something else."""
    table = _filled(connection, rng, _tables(connection))
    if table is None:
        return False
    column = rng.choice(_columns(connection, table))
    keys = [c for c in ("id", "sequence", "position", "record") if c in _columns(connection, table)]
    rows = list(connection.rows(f'SELECT "{column}", {", ".join(keys)} FROM "{table}"'))
    row = rng.choice(rows)
    value = _other_value(row[0], rng)
    where = " AND ".join(f"{key} = ?" for key in keys)
    connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {where}', (value, *row[1:]))
    return True


def _other_value(value: Value, rng: random.Random) -> Value:
    if isinstance(value, int):
        return value + rng.choice([1, 2, 1000])
    if isinstance(value, bytes):
        if not value:
            return b"x"
        place = rng.randrange(len(value))
        return value[:place] + bytes([value[place] ^ (1 << rng.randrange(8))]) + value[place + 1 :]
    text = str(value)
    place = rng.randrange(len(text) + 1)
    other = rng.choice([each for each in "abcdef0123456789" if each != text[place : place + 1]])
    return text[:place] + other + text[place + 1 :]


def _change_field(connection: Connection, rng: random.Random, _ground: Ground) -> bool:
    """A value of an open record, well-formed, as the program would have written it."""
    rows = list(connection.rows("SELECT id, body FROM prisoner"))
    row = rng.choice(rows)
    plain = from_canonical(str(row[1]).encode())
    if not isinstance(plain, dict):
        return False
    plain["occupation"] = rng.choice(["driver", "poet", "judge"])
    connection.execute("UPDATE prisoner SET body = ? WHERE id = ?", (canonical_bytes(plain).decode(), row[0]))
    return True


def _delete_row(connection: Connection, rng: random.Random, _ground: Ground) -> bool:
    table = _rowed(connection, rng)
    if table is None:
        return False
    row = rng.choice(list(connection.rows(f'SELECT id FROM "{table}"')))
    connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (row[0],))
    return True


def _add_row(connection: Connection, rng: random.Random, _ground: Ground) -> bool:
    table = _rowed(connection, rng)
    if table is None:
        return False
    columns = [c for c in _columns(connection, table) if c not in ("id", "number")]
    row = rng.choice(list(connection.rows(f'SELECT {", ".join(columns)} FROM "{table}"')))
    marks = ", ".join("?" * (len(columns) + 1))
    connection.execute(
        f'INSERT INTO "{table}" (id, {", ".join(columns)}) VALUES ({marks})',
        (new_id(), *row),
    )
    return True


def _swap_rows(connection: Connection, rng: random.Random, _ground: Ground) -> bool:
    """What two records say changes places."""
    table = _rowed(connection, rng)
    if table is None:
        return False
    columns = [c for c in _columns(connection, table) if c not in ("id", "number")]
    rows = list(connection.rows(f'SELECT id, {", ".join(columns)} FROM "{table}"'))
    if len(rows) < 2:
        return False
    one, two = rng.sample(rows, 2)
    sets = ", ".join(f"{column} = ?" for column in columns)
    for to, said in ((one, two), (two, one)):
        connection.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', (*said[1:], to[0]))
    return True


def _older_row(connection: Connection, rng: random.Random, ground: Ground) -> bool:
    """A record put back as it was in an older copy."""
    with _opened(rng.choice(ground.earlier), ground) as old:
        table = rng.choice(["prisoner", "sealed", "hold"])
        columns = [c for c in _columns(old, table) if c not in ("id", "number")]
        before = {row[0]: row for row in old.rows(f'SELECT id, {", ".join(columns)} FROM "{table}"')}
    now = {row[0]: row for row in connection.rows(f'SELECT id, {", ".join(columns)} FROM "{table}"')}
    different = sorted(
        str(key) for key, row in before.items() if key in now and tuple(now[key]) != tuple(row)
    )
    if not different:
        return False
    row = before[rng.choice(different)]
    sets = ", ".join(f"{column} = ?" for column in columns)
    connection.execute(f'UPDATE "{table}" SET {sets} WHERE id = ?', (*row[1:], row[0]))
    return True


def _schema(connection: Connection, rng: random.Random, _ground: Ground) -> bool:
    connection.execute(
        rng.choice(
            [
                "CREATE TRIGGER quiet AFTER INSERT ON hold BEGIN DELETE FROM hold; END",
                "CREATE VIEW other AS SELECT * FROM prisoner",
                "CREATE TABLE beside (x)",
                "DROP INDEX hold_by_target",
            ]
        )
    )
    return True


OLD_COPY: Final = "an old copy put back as a whole"
FORK: Final = "an old copy that went on by itself"
WHOLE: Final = (OLD_COPY, FORK)
"""Sound in themselves: only what lies outside the file, a proof line, shows them."""
CUT_TAIL: Final = "newest entries cut off"
CHANGES: Final[dict[str, Change]] = {
    "entry deleted": _delete_entry,
    CUT_TAIL: _cut_tail,
    "entry edited": _edit_entry,
    "entry edited and signed with another key": _resign_entry,
    "entry taken over": _take_over_entry,
    "log rewritten from an entry on": _rewrite_from,
    "two entries exchanged": _swap_entries,
    "entry back-dated": _back_date,
    "entry back-dated and signed with another key": _back_date_signed,
    "entry repeated": _repeat_entry,
    "entry of another copy": _foreign_entry,
    "any cell of any table": _any_cell,
    "value of a record changed": _change_field,
    "record deleted": _delete_row,
    "record added": _add_row,
    "two records exchanged": _swap_rows,
    "record put back as it was": _older_row,
    "shape of the database": _schema,
}
KINDS: Final = (*CHANGES, *WHOLE)
