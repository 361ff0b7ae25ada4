"""A process that saves one prisoner after the other and says each id once it is durable; tests kill it."""

from __future__ import annotations

from pathlib import Path

from app.crypto.keys import DeskKey, MainKey, PersonKeys
from app.domain.acts import Act
from app.domain.ids import CaseFileId, DeskId, DeviceId, PersonId
from app.storage.opening import open_store
from tests.storage.desk import HandWrittenSigners
from tests.storage.test_unit_of_work import a_prisoner


def main(arguments: list[str]) -> None:
    """Save until killed."""
    path, key, case_file, desk, desk_key, person = arguments
    raw = bytes.fromhex(key)
    who, device, signing, mlkem, x25519, drafts = person.split(",")
    keys = PersonKeys(
        PersonId(who),
        DeviceId(device),
        bytes.fromhex(signing),
        bytes.fromhex(mlkem),
        bytes.fromhex(x25519),
        bytes.fromhex(drafts),
    )
    opened = open_store(Path(path), MainKey(raw[:32], raw[32:]), CaseFileId(case_file))
    store = opened.sign_in(
        keys, HandWrittenSigners(keys), [DeskKey(DeskId(desk), 1, bytes.fromhex(desk_key))]
    )
    while True:
        prisoner = a_prisoner()
        with store.writing() as work:
            work.add(prisoner)
            work.commit(Act.PRISONER_ADDED)
        print(prisoner.id, flush=True)
