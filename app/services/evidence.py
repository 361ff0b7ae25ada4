"""What is kept of a talk: an untrusted file becomes pixels of ours or is kept as it is, sealed.

Pictures are decoded and written anew, so that nothing a camera wrote arrives. PDF and plain sound are kept as
they are, for whoever may open them later; nothing here ever plays or renders them. Anything else is refused.
"""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.conversation import Conversation
from app.domain.errors import Code, KnownError
from app.domain.ports import UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.roles import Action
from app.picture_reading import Shape, drawn
from app.services.context import Context
from app.services.identities import checked_words, record_showing

LARGEST_BYTES: Final = 4_000_000
"""What fits, sealed in both layers, into the largest closed record."""
_LARGEST_PICTURE: Final = 30_000_000  # as it comes; it is written anew and far smaller
_SHAPE: Final = Shape(2400, 2400, 85, whole=True)
JPEG: Final = "image/jpeg"
_KEPT: Final[tuple[tuple[str, bytes, int], ...]] = (
    ("application/pdf", b"%PDF-", 0),
    ("audio/wav", b"WAVE", 8),
    ("audio/ogg", b"OggS", 0),
    ("audio/mpeg", b"ID3", 0),
    ("audio/flac", b"fLaC", 0),
)
_PICTURES: Final[tuple[tuple[bytes, int], ...]] = ((b"\xff\xd8\xff", 0), (b"\x89PNG", 0), (b"WEBP", 8))
_SHOWN_AS: Final = {Act.EVIDENCE_SHOWN: "evidence", Act.EVIDENCE_COPIED: "evidence_copied"}
_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_MPEG_FRAMES: Final = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")


@attrs.frozen
class Evidence:
    """Something to keep, or kept.

    Attributes:
        media_type: "image/jpeg" for every picture.
    """

    media_type: str
    content: bytes = attrs.field(repr=False)

    @property
    def is_picture(self) -> bool:
        """Whether it can be looked at inside the program."""
        return self.media_type == JPEG

    @property
    def sha256(self) -> str:
        """Of the content as it is kept, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def prepared(untrusted_content: bytes) -> Evidence:
    """What would be kept of a file.

    Raises:
        KnownError: EVIDENCE_TOO_LARGE, EVIDENCE_UNREADABLE (of no kind that is kept, cut off, or a bomb).
    """
    if any(untrusted_content[at : at + len(mark)] == mark for mark, at in _PICTURES):
        if len(untrusted_content) > _LARGEST_PICTURE:
            raise _too_large(_LARGEST_PICTURE)
        return Evidence(JPEG, _fitting(_picture(untrusted_content)))
    for media_type, mark, at in _KEPT:
        if untrusted_content[at : at + len(mark)] == mark:
            return Evidence(media_type, _fitting(untrusted_content))
    if untrusted_content[:2] in _MPEG_FRAMES:
        return Evidence("audio/mpeg", _fitting(untrusted_content))
    raise KnownError(Code.EVIDENCE_UNREADABLE, field="evidence")


def from_file(path: Path) -> Evidence:
    """What would be kept of a file somebody chose. Raises KnownError CANNOT_READ and as `prepared`."""
    try:
        if not path.is_file():  # a folder, or a pipe that never ends
            raise KnownError(Code.CANNOT_READ)
        with path.open("rb") as stream:
            untrusted_content = stream.read(_LARGEST_PICTURE + 1)
    except OSError as error:
        raise KnownError(Code.CANNOT_READ) from error
    return prepared(untrusted_content)


def opened(ctx: Context, conversation: str, reason: str = "", words: str = "") -> Evidence:
    """What was kept of a talk, after its log entry; the bytes never touch a file.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND (nothing was kept), UNKNOWN_TERM, INVALID_FIELD
            (`reason` or `words` are needed, as for a name), RECORD_DAMAGED (other bytes than were kept).
    """
    return _open(ctx, conversation, Act.EVIDENCE_SHOWN, reason, words)


def copied(ctx: Context, conversation: str, reason: str, place: Path, words: str = "") -> None:
    """Write what was kept to a new file that anybody can read, after its log entry.

    Raises:
        KnownError: PROOF_PLACE_TAKEN, CANNOT_WRITE, NO_SPACE and as `opened`.
    """
    if os.path.lexists(place):
        raise KnownError(Code.PROOF_PLACE_TAKEN)
    found = _open(ctx, conversation, Act.EVIDENCE_COPIED, reason, words)
    try:
        with os.fdopen(os.open(place, _NEW_FILE, 0o600), "wb") as stream:
            stream.write(found.content)
    except FileExistsError as error:
        raise KnownError(Code.PROOF_PLACE_TAKEN) from error
    except OSError as error:
        raise KnownError(Code.NO_SPACE if error.errno == errno.ENOSPC else Code.CANNOT_WRITE) from error


def _open(ctx: Context, conversation: str, act: Act, reason: str, words: str) -> Evidence:
    ctx.require(Action.SHOW_IDENTITY)
    with ctx.writing() as work:
        talk = work.get(Conversation, conversation)
        if not talk.evidence_file:
            raise KnownError(Code.NOT_FOUND, conversation)
        relative = work.get(Relative, talk.relative or "")
        words = checked_words(ctx, work, relative, reason, words)
        record_showing(ctx, work, relative.id, _SHOWN_AS[act], reason, words)
        work.mention(Conversation, conversation)
        work.commit(act)
    with ctx.reading() as reader:
        found = Evidence(talk.evidence_type, reader.blob_get(talk.evidence_file))
    if found.sha256 != talk.evidence_sha256:
        raise KnownError(Code.RECORD_DAMAGED, conversation)
    return found


def _fitting(content: bytes) -> bytes:
    if len(content) > LARGEST_BYTES:
        raise _too_large(LARGEST_BYTES)
    return content


def _too_large(most: int) -> KnownError:
    return KnownError(Code.EVIDENCE_TOO_LARGE, field="evidence", most=most // 1_000_000)


def _picture(untrusted_content: bytes) -> bytes:
    """A JPEG of pixels only, upright, no longer than `_SHAPE` on either side."""
    try:
        (whole,) = drawn([untrusted_content], _SHAPE)
    except KnownError as error:
        if error.code is not Code.PICTURE_UNREADABLE:
            raise
        whole = None
    if whole is None:
        raise KnownError(Code.EVIDENCE_UNREADABLE, field="evidence")
    return whole.content


def with_evidence(ctx: Context, work: UnitOfWork, talk: Conversation, kept: Evidence | None) -> Conversation:
    """The talk with what was kept of it, sealed under the desk whose family it is."""
    if kept is None:
        return talk
    desk = work.get(Prisoner, talk.prisoner or "").desk or ctx.keys.desks[0].desk  # never in the open
    file = work.blob_put(kept.content, desk)
    return attrs.evolve(
        talk, evidence="kept", evidence_sha256=kept.sha256, evidence_type=kept.media_type, evidence_file=file
    )
