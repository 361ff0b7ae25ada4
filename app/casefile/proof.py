"""Proof lines: how far the log was at some moment, as a few lines of text that live outside the case file.

A signed note (C2SP signed-note) holding a checkpoint (C2SP tlog-checkpoint): name of the log, sequence and
hash of its newest entry, the moment of that entry, and a signature of everybody who vouches for it. Pure
text: nothing here reads a file or knows a log. Nothing in it is secret or says who somebody is: names of
logs and keys are hashes.

Source: https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint; security.md, *The log is the head*.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final

import attrs

from app.crypto.encoding import bytes_from_text, bytes_to_text
from app.crypto.hashing import KEY_BYTES, tagged_hash
from app.crypto.keys import PersonKeys
from app.crypto.signing import SIGNATURE_BYTES, text_signature_holds
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, OriginId, PersonId, is_id

LONGEST: Final = 8192
"""No proof line has more characters; what is longer is something else."""
_LOG: Final = "poruch/log/"
_KEY: Final = "poruch/key/"
_NAME_DIGITS: Final = 32
_DASH: Final = "\N{EM DASH} "
_ED25519: Final = b"\x01"
_KEY_HASH_BYTES: Final = 4
_MOST_SIGNATURES: Final = 32
_LINES: Final = 4
_MOST_DIGITS: Final = 18


@attrs.frozen
class Checkpoint:
    """How far a log was.

    Attributes:
        log: its name (`log_name`).
        sequence: of its newest entry.
        entry_hash: of that entry, 64 hexadecimal digits.
        moment: of that entry.
    """

    log: str
    sequence: int
    entry_hash: str
    moment: datetime

    def text(self) -> str:
        """The lines that are signed."""
        newest = bytes_to_text(bytes.fromhex(self.entry_hash))
        return f"{self.log}\n{self.sequence}\n{newest}\n{stored_moment(self.moment)}\n"


@attrs.frozen
class NoteSignature:
    """One signature line: the name of a key, four bytes of its hash, and the signature."""

    key: str
    key_hash: bytes
    signature: bytes

    def line(self) -> str:
        """As it stands in the note."""
        return f"{_DASH}{self.key} {bytes_to_text(self.key_hash + self.signature)}\n"


@attrs.frozen
class ProofLine:
    """A checkpoint with its signatures; whether they hold is said by `signers`."""

    checkpoint: Checkpoint
    signatures: tuple[NoteSignature, ...]

    def text(self) -> str:
        """The whole note."""
        return self.checkpoint.text() + "\n" + "".join(one.line() for one in self.signatures)


def log_name(case_file: CaseFileId, origin: OriginId) -> str:
    """The name of a log; who has the case file can make it, nobody can read anything from it."""
    both = bytes.fromhex(case_file) + bytes.fromhex(origin)
    return _LOG + tagged_hash("proof-log", both).hex()[:_NAME_DIGITS]


def key_name(public: bytes) -> str:
    """The name of a signing key (32 bytes) in a note."""
    return _KEY + tagged_hash("proof-key", public).hex()[:_NAME_DIGITS]


def key_hash(public: bytes) -> bytes:
    """The first four bytes of SHA-256(name ‖ newline ‖ 01 ‖ key), as signed-note wants them for Ed25519."""
    return hashlib.sha256(key_name(public).encode() + b"\n" + _ED25519 + public).digest()[:_KEY_HASH_BYTES]


def signed(proof: ProofLine | Checkpoint, keys: PersonKeys) -> ProofLine:
    """The proof line with this person's signature; a second person's stands below the first's."""
    note = proof if isinstance(proof, ProofLine) else ProofLine(proof, ())
    public = keys.public.ed25519
    mine = NoteSignature(key_name(public), key_hash(public), keys.sign_text(note.checkpoint.text()))
    others = tuple(one for one in note.signatures if (one.key, one.key_hash) != (mine.key, mine.key_hash))
    return ProofLine(note.checkpoint, (*others, mine))


def signers(proof: ProofLine, people: Iterable[tuple[PersonId, bytes]]) -> tuple[tuple[PersonId, bytes], ...]:
    """Who of these people signed, with which key, in the order of the lines. Unknown keys say nothing.

    Args:
        proof: as read.
        people: the signing keys that may count, those somebody no longer uses too.

    Raises:
        KnownError: PROOF_FORGED, a line names the key of one of them and is not by it.
    """
    by_name = {(key_name(key), key_hash(key)): (person, key) for person, key in people}
    text = proof.checkpoint.text()
    found: dict[tuple[PersonId, bytes], None] = {}
    for one in proof.signatures:
        named = by_name.get((one.key, one.key_hash))
        if named is None:
            continue
        if not text_signature_holds(named[1], text, one.signature):
            raise KnownError(Code.PROOF_FORGED)
        found[named] = None
    return tuple(found)


def read_proof(untrusted_text: str) -> ProofLine:
    """A proof line as somebody handed it over; exactly what `ProofLine.text` writes, or nothing.

    Line ends of other systems and empty lines around it, which mail and editors add, do no harm.

    Raises:
        KnownError: PROOF_UNREADABLE.
    """
    if len(untrusted_text) > LONGEST:
        raise KnownError(Code.PROOF_UNREADABLE)
    text = untrusted_text.replace("\r\n", "\n").strip("\ufeff \t\n") + "\n"
    head, gap, tail = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or len(lines) != _LINES:
        raise KnownError(Code.PROOF_UNREADABLE)
    try:
        checkpoint = _checkpoint(lines)
        signatures = tuple(_signature(line) for line in tail.removesuffix("\n").split("\n"))
    except (KnownError, ValueError) as error:
        raise KnownError(Code.PROOF_UNREADABLE) from error
    proof = ProofLine(checkpoint, signatures)
    if proof.text() != text or len(signatures) > _MOST_SIGNATURES:  # another spelling of the same
        raise KnownError(Code.PROOF_UNREADABLE)
    return proof


def _checkpoint(lines: list[str]) -> Checkpoint:
    log, sequence, newest, moment = lines
    digits = log.removeprefix(_LOG)
    raw = bytes_from_text(newest)
    known = log.startswith(_LOG) and is_id(digits) and len(raw) == KEY_BYTES
    if not known or not sequence.isdecimal() or len(sequence) > _MOST_DIGITS or int(sequence) < 1:
        raise KnownError(Code.PROOF_UNREADABLE)
    return Checkpoint(log, int(sequence), raw.hex(), moment_from_stored(moment))


def _signature(line: str) -> NoteSignature:
    key, _space, data = line.removeprefix(_DASH).partition(" ")
    raw = bytes_from_text(data)
    if not line.startswith(_DASH) or not key or "+" in key or len(raw) <= _KEY_HASH_BYTES:
        raise KnownError(Code.PROOF_UNREADABLE)
    if key.startswith(_KEY) and len(raw) != _KEY_HASH_BYTES + SIGNATURE_BYTES:
        raise KnownError(Code.PROOF_UNREADABLE)
    return NoteSignature(key, raw[:_KEY_HASH_BYTES], raw[_KEY_HASH_BYTES:])
