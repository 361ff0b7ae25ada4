"""Photos of prisoners: an untrusted picture becomes a small one of our own, without anything beside pixels.

What a camera wrote into the file (place, time, device, a thumbnail of the uncropped picture) never arrives in
the case file: the picture is decoded in the limited child, turned upright, cropped and written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.prisoner import Prisoner
from app.domain.roles import Action, Limit
from app.picture_reading import Shape, drawn
from app.services.context import Context, Saved
from app.services.same_person import standing

WIDE: Final = 480
HIGH: Final = 600
LARGEST_FILE: Final = 30_000_000
_SHAPE: Final = Shape(WIDE, HIGH, 86)


@attrs.frozen
class SetPhoto:
    """Give a prisoner seen at `base_version` this picture; None takes it away."""

    prisoner: str
    base_version: int
    untrusted_content: bytes | None = attrs.field(repr=False)


class Pictures:
    """Use cases of photos."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def photo(self, prisoner: str) -> bytes | None:
        """The photo as JPEG, None where there is none. Raises KnownError NOT_FOUND, NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            found = reader.get(Prisoner, prisoner).photo
            return reader.blob_get(found) if found else None

    def set_photo(self, command: SetPhoto) -> Saved:
        """Keep, replace or take away a photo. Earlier ones stay for the history, as old values do.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, CONFLICT, NOTHING_CHANGED, PICTURE_UNREADABLE.
        """
        if self._ctx.require(Action.EDIT_PRISONER).limit is Limit.PUBLIC_TEXTS:
            raise KnownError(Code.NOT_ALLOWED)
        content = command.untrusted_content
        made = prepared(content) if content is not None else None
        with self._ctx.writing() as work:
            prisoner = standing(work, command.prisoner)
            photo = work.blob_put(made) if made is not None else None
            work.save(attrs.evolve(prisoner, photo=photo), command.base_version)
            committed = work.commit(Act.PRISONER_CHANGED)
        return self._ctx.finish(
            committed, command.prisoner, Act.PRISONER_CHANGED, undo=True, prisoners=[command.prisoner]
        )


def prepared(untrusted_content: bytes) -> bytes:
    """A JPEG of at most `WIDE` x `HIGH` in that shape, upright, pixels only.

    The same input gives the same bytes.

    Raises:
        KnownError: PICTURE_UNREADABLE, it is no JPEG, PNG or WebP, cut off, or far too large.
    """
    if len(untrusted_content) > LARGEST_FILE:
        raise KnownError(Code.PICTURE_UNREADABLE, field="photo")
    (small,) = prepared_together([untrusted_content])
    if small is None:
        raise KnownError(Code.PICTURE_UNREADABLE, field="photo")
    return small


def prepared_together(untrusted: Sequence[bytes]) -> tuple[bytes | None, ...]:
    """The same for some at once, which is quicker; None for what is no picture or far too large.

    Raises:
        KnownError: PICTURE_UNREADABLE, whatever was in there was too much.
    """
    return tuple(small.content if small is not None else None for small in drawn(untrusted, _SHAPE))
