"""Reports staff and auditors with their real keys and the files, without the program's rules.

Reading: each sealed record is tried with every key such a person holds, in the place of the desk's key.
Writing: each open record there is of each kind is changed and taken away through the storage itself, signed
with their real key; kinds that their role may write are left out. What must hold: nothing opens, and what was
written is refused or seen by the next verification. That the desk's key opens the same records is tried, too.

Source: security.md, *Threats*, "people without the key".
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, cast

import attrs

from app import bootstrap
from app.casefile.unlock import Unlocked
from app.crypto.keys import DeskKey
from app.crypto.sealing import SealedRef, open_register
from app.domain.acts import Act
from app.domain.errors import BugError, KnownError
from app.domain.ports import Record
from app.services.session import Session
from app.storage.layout import layouts
from app.storage.store import CaseStore
from tests.services.copies import carried
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    REPORTS,
    Office,
    add_mother,
    add_prisoner,
    an_office,
)

ROLES: Final = {"reports staff": REPORTS, "auditor": AUDITOR}
_FAMILIES: Final = 4
_RECORDS: Final = 3
READ, CHANGE, REMOVE = "opens a sealed record", "changes a record", "takes a record away"


@attrs.frozen
class Tried:
    """What one try came to.

    Attributes:
        role, deed: who tried what.
        what: kind of record, or the name of the key.
        held: whether it was denied, or seen before it counts.
    """

    role: str
    deed: str
    what: str
    held: bool


def outcomes(folder: Path, every: int = 1) -> Iterator[Tried]:
    """Everything, or every so many records; raises where the desk's own key opens nothing."""
    office = an_office(folder / "case")
    carried(office)
    with office.as_person(COORDINATOR) as session:
        for number in range(_FAMILIES):
            prisoner = add_prisoner(session, family_name=f"Example{number}")
            add_mother(session, prisoner, full_name=f"Mother {number}")
    sealed = _sealed(office)
    with office.as_person(COORDINATOR) as session:
        (desk,) = session.context.keys.desks
        nouns = [(one.noun, one.cls) for one in layouts() if one.has_table]
        with session.context.reading() as reader:
            there = {noun: [one.id for one in reader.find(cls)][:_RECORDS] for noun, cls in nouns}
    if not all(_opens(desk, ref, blob) for ref, blob in sealed):
        raise RuntimeError("the desk's own key does not open what is sealed")
    for role, passphrase in ROLES.items():
        for name, raw in _keys(office, passphrase).items():
            for ref, blob in sealed:
                key = DeskKey(ref.desk, ref.epoch, raw)
                yield Tried(role, READ, name, not _opens(key, ref, blob))
        for noun, cls in nouns:
            deeds = [(record, deed) for record in there[noun] for deed in (REMOVE, *_texts(cls))]
            for record, deed in deeds[::every]:
                held = _written(office, folder / "work", passphrase, deed, cls, record)
                if held is not None:
                    yield Tried(role, REMOVE if deed == REMOVE else CHANGE, noun, held)


def _texts(cls: type[Record]) -> list[str]:
    """Fields that hold texts."""
    kept = ("id", "version")
    return [
        one.name for one in attrs.fields(cast(Any, cls)) if one.type in ("str", str) and one.name not in kept
    ]


def _sealed(office: Office) -> list[tuple[SealedRef, bytes]]:
    """Every sealed record, with what it is bound to."""
    opened = bootstrap.open_case_file(office.folder).unlock(OFFICER, office.clock)
    try:
        store = opened.context.store
        if not isinstance(store, CaseStore):
            raise TypeError
        registers = store._core.registers
        rows = [registers.sealed_row(record) for record, _hash in registers.all()]
        return [(registers._ref(row), row.blob) for row in rows if row is not None]
    finally:
        opened.close()


def _keys(office: Office, passphrase: str) -> dict[str, bytes]:
    """Every key of 32 bytes such a person has."""
    with office.as_person(passphrase) as session:
        if session.context.keys.desks:
            raise RuntimeError("they hold a desk's key")
        mine: Unlocked = session.context.keys.opened()
        return {
            "key of the case file": mine.main.raw,
            "signing key": mine.keys.signing_seed,
            "private key": mine.keys.x25519_seed,
            "other private key": mine.keys.mlkem_seed[:32],
            "key of drafts": mine.keys.drafts,
        }


def _opens(key: DeskKey, ref: SealedRef, blob: bytes) -> bool:
    try:
        open_register(key, ref, blob)
    except KnownError:
        return False
    return True


def _written(
    office: Office, work: Path, passphrase: str, deed: str, cls: type[Record], record: str
) -> bool | None:
    """Whether it was refused or seen; None where the role may."""
    copy = office.copied(work)
    try:
        with copy.as_person(passphrase) as session:
            if _may(session, cls):
                return None
            try:
                _do(session, deed, cls, record)
            except (KnownError, BugError, ValueError):  # the storage itself refuses
                return True
        try:
            with copy.as_person(OFFICER) as session:
                return not session.log.verify().ok
        except KnownError:
            return True
    finally:
        shutil.rmtree(work)


def _may(session: Session, cls: type[Record]) -> bool:
    noun = next(one.noun for one in layouts() if one.cls is cls)
    return session.context.keys.signers.may_write(session.context.roles, noun)


def _do(session: Session, deed: str, cls: type[Record], record: str) -> None:
    with session.context.store.writing() as work:
        if deed == REMOVE:
            work.remove(cls, record)
        else:
            found: Any = work.get(cls, record)
            work.save(attrs.evolve(found, **{deed: f"{getattr(found, deed)}x"}), found.version)
        work.commit(Act.SEALED_CHANGED)


def table(found: Sequence[Tried]) -> str:
    """What came of them, by role and deed."""
    lines = ["| who, with their real keys | tries | of so many kinds | denied or seen |", "|---|---|---|---|"]
    tried = Counter((one.role, one.deed) for one in found)
    for (role, deed), number in tried.items():
        mine = [one for one in found if (one.role, one.deed) == (role, deed)]
        kinds = len({one.what for one in mine})
        lines.append(f"| {role}: {deed} | {number} | {kinds} | {sum(one.held for one in mine)} |")
    return "\n".join(lines)
