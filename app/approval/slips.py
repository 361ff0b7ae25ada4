"""What an approval slip and its answer say, as bytes that are signed; who may say it is asked elsewhere.

A slip shows what is asked; the answer is a statement over exactly that. The statement is also what is kept
in the step it becomes, with its signature, because the entry in the log is signed by whoever brings it in.

Source: consent.md, *Widening takes two*; FORMAT.md, *Approval slips*.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Self

import attrs

from app.approval.statement import ANSWER, FORMAT, Signed, Statement, plain_fingerprint
from app.crypto.encoding import Reader, bytes_to_text
from app.crypto.hashing import tagged_hash
from app.crypto.keys import PersonKeys, PublicKeys
from app.crypto.signing import SIGNATURE_BYTES
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, DeviceId, PersonId, RecordId

MOST_WORDS: Final = 1000
_SLIP: Final = "slip"
_SALT_BYTES: Final = 16


@attrs.frozen
class SlipRequest:
    """What a slip says.

    Attributes:
        slip: its id.
        what, record, part: the thing that waits, as in the queue.
        asked: `app.domain.asked`, the written-once records.
        beside: what else it rests on today and may have changed when the answer comes.
        about, detail: the sentence of the queue, in the words of who asks.
        made_by, device: who asks, and with which keys.
        salt: random, so that the fingerprint in the log tells nothing.
        asker: name and public keys of who asks, where the reader has no list of people (`Asker` there);
            nothing for people of the case file.
    """

    slip: RecordId
    case_file: CaseFileId
    what: str
    record: str
    part: str
    asked: Plain = attrs.field(repr=False)
    beside: Plain = attrs.field(repr=False)
    about: str = attrs.field(repr=False)
    detail: str = attrs.field(repr=False)
    made_by: PersonId
    device: DeviceId
    recipient: PersonId
    made_at: datetime
    salt: bytes = attrs.field(repr=False)
    asker: Plain = attrs.field(default=None, repr=False)

    def body(self) -> bytes:
        """The canonical bytes that are signed."""
        plain: dict[str, Plain] = {
            **{name: getattr(self, name) for name in _TEXTS},
            "asked": self.asked,
            "asker": self.asker,
            "beside": self.beside,
            "format": FORMAT,
            "made_at": stored_moment(self.made_at),
            "salt": bytes_to_text(self.salt),
        }
        return canonical_bytes(plain)

    def fingerprint(self) -> str:
        """Stands for all of it."""
        return tagged_hash("slip-body", self.body()).hex()

    @classmethod
    def from_body(cls, body: bytes) -> Self:
        """Read what was signed. Raises KnownError RECORD_DAMAGED, BAD_DATE."""
        read = Reader(from_canonical(body), (*_TEXTS, *_OTHERS))
        read.number("format", least=FORMAT, most=FORMAT)
        return cls(
            slip=RecordId(read.id("slip")),
            case_file=CaseFileId(read.id("case_file")),
            what=read.text("what"),
            record=read.id("record"),
            part=read.text("part"),
            asked=read.plain("asked"),
            beside=read.plain("beside"),
            about=read.text("about"),
            detail=read.text("detail"),
            made_by=PersonId(read.id("made_by")),
            device=DeviceId(read.id("device")),
            recipient=PersonId(read.id("recipient")),
            made_at=moment_from_stored(read.text("made_at")),
            salt=read.data("salt", _SALT_BYTES),
            asker=read.plain("asker"),
        )

    def asker_keys(self) -> tuple[str, PublicKeys]:
        """Name and public keys of who asks, as they say themself. Raises KnownError SLIP_UNREADABLE."""
        try:
            read = Reader(self.asker, ("name", "public"))
            return read.text("name"), PublicKeys.from_plain(read.plain("public"))
        except KnownError as error:
            raise KnownError(Code.SLIP_UNREADABLE) from error


_OTHERS: Final = ("asked", "asker", "beside", "format", "made_at", "salt")
_TEXTS: Final = (
    "about",
    "case_file",
    "detail",
    "device",
    "made_by",
    "part",
    "recipient",
    "record",
    "slip",
    "what",
)


@attrs.frozen
class Reply:
    """An answer as it travels.

    Attributes:
        signed, statement: what they signed.
        what, record, part: where to look for what was asked; that it is the same, the statement says.
        words: what they wrote beside it.
    """

    signed: Signed
    statement: Statement
    what: str
    record: str
    part: str
    words: str = attrs.field(repr=False)


def signed_request(request: SlipRequest, keys: PersonKeys) -> bytes:
    """The content of a slip's file."""
    body = request.body()
    return _content(_SLIP, Signed(body, keys.sign(_SLIP, body)).to_plain())


def signed_answer(
    request: SlipRequest, keys: PersonKeys, at: datetime, words: str, *, granted: bool
) -> bytes:
    """The content of an answer's file."""
    statement = Statement(
        slip=request.slip,
        fingerprint=request.fingerprint(),
        case_file=request.case_file,
        asked=plain_fingerprint(request.asked),
        beside=plain_fingerprint(request.beside),
        by=keys.person,
        device=keys.device,
        granted=granted,
        at=at,
        words=_words_fingerprint(request, words),
    )
    body = statement.body()
    # The salt of the slip keeps short words from being guessed by whoever reads the step.
    beside: dict[str, Plain] = {
        "part": request.part,
        "record": request.record,
        "salt": bytes_to_text(request.salt),
        "what": request.what,
        "words": words,
    }
    return _content(ANSWER, {**Signed(body, keys.sign(ANSWER, body)).to_plain(), **beside})


def read_content(untrusted: bytes) -> tuple[Signed, SlipRequest] | Reply:
    """A slip, or the answer to one; who signed it is still to be asked.

    Raises:
        KnownError: SLIP_UNREADABLE.
    """
    try:
        plain = from_canonical(untrusted)
        if not isinstance(plain, Mapping):
            raise KnownError(Code.RECORD_DAMAGED)
        inner = {name: value for name, value in plain.items() if name != "kind"}
        if plain.get("kind") == _SLIP:
            signed = Signed.from_plain(inner)
            return signed, SlipRequest.from_body(signed.body)
        return _reply(plain.get("kind"), inner)
    except KnownError as error:
        raise KnownError(Code.SLIP_UNREADABLE) from error


def _reply(kind: Plain, inner: Mapping[str, Plain]) -> Reply:
    read = Reader(inner, ("body", "part", "record", "salt", "signature", "what", "words"))
    signed = Signed(read.data("body"), read.data("signature", SIGNATURE_BYTES))
    statement, words = Statement.from_body(signed.body), read.text("words")
    told = _salted(read.data("salt", _SALT_BYTES), words)
    if kind != ANSWER or len(words) > MOST_WORDS or told != statement.words:
        raise KnownError(Code.RECORD_DAMAGED)
    return Reply(signed, statement, read.text("what"), read.id("record"), read.text("part"), words)


def request_holds(signed: Signed, public: bytes) -> bool:
    """Whether a slip is signed by the holder of this key."""
    return signed.holds(_SLIP, public)


def _words_fingerprint(request: SlipRequest, words: str) -> str:
    if len(words) > MOST_WORDS:
        raise KnownError(Code.INVALID_FIELD, "words", field="words")
    return _salted(request.salt, words)


def _salted(salt: bytes, words: str) -> str:
    return tagged_hash("slip-words", salt + words.encode("utf-8")).hex()


def _content(kind: str, plain: Mapping[str, Plain]) -> bytes:
    return canonical_bytes({**plain, "kind": kind})
