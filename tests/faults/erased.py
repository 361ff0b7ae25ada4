"""Erased people, looked for in every page of the database with every key, the unused pages among them.

So many prisoners with relatives, each with words of their own, are saved, changed and taken away again. Then
every page is decrypted by hand: no word may stand in any of them, and none of the sealed records that held
the words either. That the same search finds the words of whoever was not erased is tried, too.

Source: security.md, *Threats*, "deleted means deleted".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.casefile import files
from app.domain.acts import Act
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.domain.relative import Identity, Relative
from app.services.session import Session
from app.storage.records import data
from app.storage.store import CaseStore
from tests.services.office import OFFICER, an_office

_PAGE: Final = 4096
_SPARE: Final = 80
"""At the end of a page: 16 bytes of nonce, 64 of authentication."""
_SALT: Final = 16
_SLICE: Final = 500
_FRONT: Final = 24
"""So many bytes of a sealed record tell it from any other."""


@attrs.frozen
class Looked:
    """What was found.

    Attributes:
        people: how many were erased.
        pages: looked through.
        left: words or sealed records of erased people still there.
        sighted: whether the words of somebody who stayed were found.
        beside: other files in the folder that hold a word.
    """

    people: int
    pages: int
    left: int
    sighted: bool
    beside: tuple[str, ...]


def looked(folder: Path, people: int) -> Looked:
    """Erase so many, then look."""
    office = an_office(folder / "case")
    with office.as_person(OFFICER) as session:
        main = session.context.keys.opened().main
        stays = _added(session, ["stays"])[0]
        gone: list[tuple[str, str]] = []
        blobs: list[bytes] = []
        for start in range(0, people, _SLICE):
            words = [_word(number) for number in range(start, min(start + _SLICE, people))]
            added = _added(session, words)
            gone += added
            blobs += _sealed_of(session)
            _changed(session, added)
            blobs += _sealed_of(session)
            _removed(session, added)
        kept = {blob[:_FRONT] for blob in _sealed_of(session)}
        stays_there = stays is not None
        verified = session.log.verify().ok
    pages = list(_pages(office.folder / files.DATABASE, main.raw))
    whole = b"\n".join(pages)
    wanted = {blob[:_FRONT] for blob in blobs} - kept
    left = sum(_word(number).encode() in whole for number in range(people))
    left += sum(front in whole for front in wanted)
    beside = tuple(
        path.name
        for path in sorted(office.folder.iterdir())
        if path.is_file() and path.name != files.DATABASE and b"erasedword" in path.read_bytes()
    )
    return Looked(people, len(pages), left, stays_there and verified and b"stays" in whole, beside)


def _word(number: int) -> str:
    return f"erasedword{number:06d}x"


def _added(session: Session, words: list[str]) -> list[tuple[str, str]]:
    """A prisoner and a relative for each word, which stands in open and in closed fields."""
    prisoners = [
        Prisoner(
            RecordId(new_id()),
            reference=f"E-{word[-9:]}",
            family_name=word,
            given_name=word,
            status="penal_colony",
            occupation=word,
            working_notes=word,
        )
        for word in words
    ]
    identities = [Identity(RecordId(new_id()), full_name=word, phones=(word,)) for word in words]
    relatives = [
        Relative(RecordId(new_id()), prisoner=one.id, relation="mother", nickname=word, identity=each.id)
        for one, each, word in zip(prisoners, identities, words, strict=True)
    ]
    with session.context.writing() as work:
        work.add_many(prisoners)
        work.add_many(identities)
        work.add_many(relatives)
        work.commit(Act.PRISONER_ADDED)
    return [(one.id, each.id) for one, each in zip(prisoners, relatives, strict=True)]


def _changed(session: Session, added: list[tuple[str, str]]) -> None:
    """So that old values are kept, too."""
    with session.context.writing() as work:
        for prisoner, relative in added:
            found = work.get(Prisoner, prisoner)
            work.save(attrs.evolve(found, occupation="", working_notes=found.family_name * 2), found.version)
            mother = work.get(Relative, relative)
            work.save(attrs.evolve(mother, nickname=""), mother.version)
        work.commit(Act.SEALED_CHANGED)


def _removed(session: Session, added: list[tuple[str, str]]) -> None:
    with session.context.writing() as work:
        for prisoner, relative in added:
            identity = work.get(Relative, relative).identity
            work.remove(Relative, relative)
            work.remove(Identity, identity or "")
            work.remove(Prisoner, prisoner)
        work.commit(Act.SEALED_CHANGED)


def _sealed_of(session: Session) -> list[bytes]:
    store = session.context.store
    if not isinstance(store, CaseStore):
        raise TypeError
    return [data(row[0]) for row in store._core.connection.rows("SELECT blob FROM sealed")]


def _pages(path: Path, key: bytes) -> Iterator[bytes]:
    """Every page as it is, used or not; SQLCipher 4 with a raw key."""
    content = path.read_bytes()
    for start in range(0, len(content), _PAGE):
        page = content[start : start + _PAGE]
        first = _SALT if start == 0 else 0
        nonce = page[_PAGE - _SPARE : _PAGE - _SPARE + 16]
        opener = Cipher(algorithms.AES(key), modes.CBC(nonce)).decryptor()
        yield opener.update(page[first : _PAGE - _SPARE]) + opener.finalize()
