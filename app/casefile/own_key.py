"""The key file of somebody who answers slips from elsewhere: their own keys under their own passphrase.

    magic 8 | version 2 | length 4 | canonical head | nonce 12 | sealed | SHA-256 32

It opens no case file and belongs to none. Inside stand, besides the keys, the people whose slips were opened
with it: who asks the first time is compared by voice, and from then on has to have the same keys.

Source: consent.md, "a trustee abroad with a signing key and no case file"; FORMAT.md, *A trustee's key file*.
"""

from __future__ import annotations

import secrets
import struct
from datetime import datetime
from pathlib import Path
from typing import Final

import attrs
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from app.casefile.proof_files import is_taken
from app.chosen_file import open_chosen
from app.crypto.encoding import Reader, bytes_to_text
from app.crypto.hashing import SALT_BYTES, derive, same, tagged_hash
from app.crypto.keys import PersonKeys, PublicKeys
from app.crypto.passphrase import KdfParameters, check_strength, derive_k
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, PersonId
from app.durable import write_durably

MAGIC: Final = b"\x89POKEYS\n"
VERSION: Final = 1
LARGEST_BYTES: Final = 1 << 20
_FRAME: Final = struct.Struct(">8sHI")
_CHECKSUM: Final = 32
_NONCE: Final = 12
_LENGTH: Final = 4
_STEP: Final = 4096  # what is inside is padded to steps of this size


@attrs.frozen
class Asker:
    """Somebody whose slips this trustee answers.

    Attributes:
        case_file: in which they ask.
        name: as they call themself.
        public: compared by voice at their first slip.
    """

    case_file: CaseFileId
    person: PersonId
    name: str
    public: PublicKeys


@attrs.frozen
class OwnKeys:
    """What the file holds.

    Attributes:
        name: for the card; whoever adds them may call them otherwise.
        made_at: when the keys were made, by the clock of this computer.
        askers: whose slips were answered with it.
    """

    keys: PersonKeys
    name: str
    made_at: datetime
    askers: tuple[Asker, ...] = ()

    def asker(self, case_file: str, person: str) -> Asker | None:
        """Who this is, if their words were compared."""
        found = (one for one in self.askers if (one.case_file, one.person) == (case_file, person))
        return next(found, None)


@attrs.frozen
class OwnKeyFile:
    """The file, opened.

    Attributes:
        path: where it lies.
        own: what it holds.
    """

    path: Path
    own: OwnKeys = attrs.field(repr=False)
    _head: bytes = attrs.field(repr=False)
    _raw: bytes = attrs.field(repr=False)

    def keep(self, own: OwnKeys) -> OwnKeyFile:
        """Write it anew with this inside. Raises KnownError NO_SPACE, CANNOT_WRITE."""
        write_durably(self.path, _sealed(self._head, self._raw, own))
        return attrs.evolve(self, own=own)


def make_own_key(
    path: Path, name: str, passphrase: str, made_at: datetime, *, kdf: KdfParameters | None = None
) -> OwnKeyFile:
    """Fresh keys in a new file.

    Raises:
        KnownError: PASSPHRASE_TOO_WEAK, SLIP_PLACE something is there, CANNOT_READ, NO_SPACE, CANNOT_WRITE.
    """
    check_strength(passphrase, (name,))
    if is_taken(path):
        raise KnownError(Code.SLIP_PLACE)
    chosen, salt = kdf or KdfParameters(), secrets.token_bytes(SALT_BYTES)
    plain: dict[str, Plain] = {"format": VERSION, "kdf": chosen.to_plain(), "salt": bytes_to_text(salt)}
    body = canonical_bytes(plain)
    head = _FRAME.pack(MAGIC, VERSION, len(body)) + body
    raw = derive(derive_k(passphrase, salt, chosen), "own-key")
    own = OwnKeys(PersonKeys.generate(), name, made_at)
    write_durably(path, _sealed(head, raw, own))
    return _opened(path, _bytes_of(path), head, raw)  # what was written opens again


def open_own_key(path: Path, passphrase: str) -> OwnKeyFile:
    """Open somebody's key file.

    Raises:
        KnownError: CANNOT_READ, KEY_FILE_UNREADABLE no such file or a damaged one, NEWER_VERSION,
            KEY_FILE_PASSPHRASE.
    """
    untrusted = _bytes_of(path)
    head, salt, kdf = _head_of(untrusted)
    raw = derive(derive_k(passphrase, salt, kdf), "own-key")
    return _opened(path, untrusted, head, raw)


def _opened(path: Path, untrusted: bytes, head: bytes, raw: bytes) -> OwnKeyFile:
    nonce, sealed = untrusted[len(head) : len(head) + _NONCE], untrusted[len(head) + _NONCE : -_CHECKSUM]
    try:
        padded = AESGCMSIV(raw).decrypt(nonce, sealed, head)
    except InvalidTag:
        raise KnownError(Code.KEY_FILE_PASSPHRASE) from None
    try:
        length = int.from_bytes(padded[:_LENGTH], "big")
        return OwnKeyFile(path, _own(from_canonical(padded[_LENGTH : _LENGTH + length])), head, raw)
    except KnownError as error:
        raise KnownError(Code.KEY_FILE_UNREADABLE) from error


def _bytes_of(path: Path) -> bytes:
    try:
        with open_chosen(path) as stream:
            return stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None


def _head_of(untrusted: bytes) -> tuple[bytes, bytes, KdfParameters]:
    """Head, salt and parameters of a file whose checksum holds."""
    least = _FRAME.size + _NONCE + _CHECKSUM
    if not least < len(untrusted) <= LARGEST_BYTES or not untrusted.startswith(MAGIC):
        raise KnownError(Code.KEY_FILE_UNREADABLE)
    if not same(tagged_hash("own-key-checksum", untrusted[:-_CHECKSUM]), untrusted[-_CHECKSUM:]):
        raise KnownError(Code.KEY_FILE_UNREADABLE)
    _magic, version, length = _FRAME.unpack_from(untrusted)
    if version > VERSION:
        raise KnownError(Code.NEWER_VERSION)
    if version != VERSION or length > len(untrusted) - least:
        raise KnownError(Code.KEY_FILE_UNREADABLE)
    head = untrusted[: _FRAME.size + length]
    try:
        read = Reader(from_canonical(head[_FRAME.size :]), ("format", "kdf", "salt"))
        read.number("format", least=VERSION, most=VERSION)
        return head, read.data("salt", SALT_BYTES), KdfParameters.from_plain(read.plain("kdf"))
    except KnownError as error:
        raise KnownError(Code.KEY_FILE_UNREADABLE) from error


def _sealed(head: bytes, raw: bytes, own: OwnKeys) -> bytes:
    content = canonical_bytes(
        {
            "askers": [
                {**attrs.asdict(one, recurse=False), "public": one.public.to_plain()} for one in own.askers
            ],
            "keys": own.keys.to_secret_plain(),
            "made_at": stored_moment(own.made_at),
            "name": own.name,
        }
    )
    inside = len(content).to_bytes(_LENGTH, "big") + content
    padded = inside.ljust(-(-len(inside) // _STEP) * _STEP, b"\0")
    nonce = secrets.token_bytes(_NONCE)
    whole = head + nonce + AESGCMSIV(raw).encrypt(nonce, padded, head)
    return whole + tagged_hash("own-key-checksum", whole)


def _own(plain: Plain) -> OwnKeys:
    read = Reader(plain, ("askers", "keys", "made_at", "name"))
    askers = read.plain("askers")
    if not isinstance(askers, list):
        raise KnownError(Code.RECORD_DAMAGED)
    return OwnKeys(
        PersonKeys.from_secret_plain(read.plain("keys")),
        read.text("name"),
        moment_from_stored(read.text("made_at")),
        tuple(_asker(one) for one in askers),
    )


def _asker(plain: Plain) -> Asker:
    read = Reader(plain, ("case_file", "name", "person", "public"))
    public = PublicKeys.from_plain(read.plain("public"))
    return Asker(CaseFileId(read.id("case_file")), PersonId(read.id("person")), read.text("name"), public)
