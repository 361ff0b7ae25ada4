"""A second person's statement: what they sign over a slip, and what the step it becomes keeps of it.

The entry in the log is signed by whoever brings an answer in; that the step is the second person's is said
by these bytes and their signature alone.

Source: consent.md, *Widening takes two*; FORMAT.md, *Approval slips*.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Self

import attrs

from app.crypto.encoding import Reader, bytes_to_text
from app.crypto.hashing import tagged_hash
from app.crypto.signing import SIGNATURE_BYTES, signature_holds
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.ids import CaseFileId, DeviceId, PersonId, RecordId

FORMAT: Final = 1
ANSWER: Final = "slip-answer"


@attrs.frozen
class Statement:
    """A second person's yes or no over exactly what a slip showed.

    Attributes:
        slip, fingerprint: of the slip.
        asked, beside: fingerprints of what it showed (`plain_fingerprint`).
        by, device: who answers, and with which keys: two halves on one device can be told.
        words: fingerprint of what they wrote beside it, which is not kept.
    """

    slip: RecordId
    fingerprint: str
    case_file: CaseFileId
    asked: str
    beside: str
    by: PersonId
    device: DeviceId
    granted: bool
    at: datetime
    words: str

    def body(self) -> bytes:
        """The canonical bytes that are signed."""
        plain = {**attrs.asdict(self), "at": stored_moment(self.at), "format": FORMAT}
        return canonical_bytes(plain)

    @classmethod
    def from_body(cls, body: bytes) -> Self:
        """Read what was signed. Raises KnownError RECORD_DAMAGED, BAD_DATE."""
        names = [field.name for field in attrs.fields(cls)]
        read = Reader(from_canonical(body), (*names, "format"))
        read.number("format", least=FORMAT, most=FORMAT)
        return cls(
            slip=RecordId(read.id("slip")),
            fingerprint=read.fingerprint("fingerprint"),
            case_file=CaseFileId(read.id("case_file")),
            asked=read.fingerprint("asked"),
            beside=read.fingerprint("beside"),
            by=PersonId(read.id("by")),
            device=DeviceId(read.id("device")),
            granted=read.flag("granted"),
            at=moment_from_stored(read.text("at")),
            words=read.fingerprint("words"),
        )


@attrs.frozen
class Signed:
    """Bytes and a signature over them."""

    body: bytes = attrs.field(repr=False)
    signature: bytes = attrs.field(repr=False)

    def holds(self, thing: str, public: bytes) -> bool:
        """Whether the holder of this Ed25519 key signed."""
        return signature_holds(public, thing, self.body, self.signature)

    def text(self) -> str:
        """As a step keeps it."""
        return canonical_bytes(self.to_plain()).decode("utf-8")

    def to_plain(self) -> dict[str, Plain]:
        """As plain values."""
        return {"body": bytes_to_text(self.body), "signature": bytes_to_text(self.signature)}

    @classmethod
    def from_plain(cls, plain: Plain) -> Self:
        """Read plain values. Raises KnownError RECORD_DAMAGED."""
        read = Reader(plain, ("body", "signature"))
        return cls(read.data("body"), read.data("signature", SIGNATURE_BYTES))


def answer_holds(signed: Signed, public: bytes) -> bool:
    """Whether an answer is signed by the holder of this key."""
    return signed.holds(ANSWER, public)


def kept_answer(text: str) -> tuple[Signed, Statement]:
    """What a step keeps of an answer. Raises KnownError RECORD_DAMAGED, BAD_DATE."""
    signed = Signed.from_plain(from_canonical(text.encode("utf-8")))
    return signed, Statement.from_body(signed.body)


def plain_fingerprint(shown: Plain) -> str:
    """Stands for plain values that were shown."""
    return tagged_hash("slip-asked", canonical_bytes(shown)).hex()
