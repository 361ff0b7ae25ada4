"""Photos that lie in a folder beside a list, by its numbers: `12.jpg` is of whoever has number 12.

Decoded and written anew before anything is saved, so that what is no picture is seen with the rows. Nothing
that stands is overwritten: who has a photo keeps it, and whose name a list hides gets none.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.domain.progress import Progress
from app.i18n import N_, _
from app.intake.staged import Preview, Reading, StagedRow
from app.services.pictures import LARGEST_FILE, prepared_together

_ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp"})
_MOST_FILES: Final = 20_000
_TOGETHER: Final = 20
"""So many photos are read by one child."""
_MOST_BYTES: Final = 400_000_000
"""Of photos as they are kept: some ten thousand of them."""
_LEADING = re.compile(r"0*(\d+)(?!\d)")
_NOT_BROUGHT_IN: Final = frozenset({Reading.REFUSED, Reading.LEFT_OUT})


class PhotoState(StrEnum):
    """What becomes of a photo, or of a row that may have one."""

    READY = "ready"
    HAS_ONE = "has_one"
    HIDDEN = "hidden"  # the list gives no name: a face would
    TWICE = "twice"  # several files or several people have this number
    NO_PICTURE = "no_picture"
    NOBODY = "nobody"  # no row has this number
    MISSING = "missing"  # a row without a file


PHOTO_WORDS: Final[Mapping[PhotoState, str]] = {
    PhotoState.READY: N_("comes in"),
    PhotoState.HAS_ONE: N_("has a photo already, which stays"),
    PhotoState.HIDDEN: N_("the list hides the name"),
    PhotoState.TWICE: N_("one number, several files or people"),
    PhotoState.NO_PICTURE: N_("cannot be read as a picture"),
    PhotoState.NOBODY: N_("nobody has this number"),
    PhotoState.MISSING: N_("no file for this number"),
}


@attrs.frozen
class PhotoLine:
    """A file, or a row without one.

    Attributes:
        file: its name; empty for a row without one.
        row: of the list; None for a file of nobody.
        state: what becomes of it.
        content: our own small picture of it, for those that come in.
    """

    file: str
    row: int | None
    state: PhotoState
    content: bytes | None = attrs.field(default=None, repr=False)


@attrs.frozen
class ListPhotos:
    """The photos of one folder beside the rows of a list."""

    lines: tuple[PhotoLine, ...] = attrs.field(default=(), repr=False)
    _by_row: Mapping[int, bytes] = attrs.field(init=False, repr=False, eq=False)

    @_by_row.default
    def _ready_by_row(self) -> Mapping[int, bytes]:
        return {
            line.row: line.content
            for line in self.lines
            if line.row is not None and line.content is not None and line.state is PhotoState.READY
        }

    def of(self, row: int) -> bytes | None:
        """The photo that comes in with a row."""
        return self._by_row.get(row)

    @property
    def ready(self) -> int:
        """How many come in."""
        return len(self._by_row)


def photos_in(folder: Path, found: Preview, with_photo: frozenset[str], progress: Progress) -> ListPhotos:
    """Look at a folder of photos; writes nothing.

    Args:
        folder: a person chose it; folders inside it are not looked into.
        found: the list.
        with_photo: ids of people who have a photo.
        progress: called between files; it may cancel.

    Raises:
        KnownError: PHOTOS_UNREADABLE, PHOTOS_TOO_MANY, CANCELLED.
    """
    rows = _rows_by_number(found.rows)
    files = _files_by_number(folder, rows)
    lines: list[PhotoLine] = []
    ready: list[tuple[int, Path]] = []
    size = 0
    for done, (number, paths) in enumerate(files.items()):
        progress(done, len(files), _("Reading the photos"))
        for path in paths:
            same = rows.get(number, ())
            lines.append(
                PhotoLine(path.name, same[0].number if same else None, _state(paths, same, with_photo))
            )
            if lines[-1].state is PhotoState.READY:
                ready.append((len(lines) - 1, path))
        if len(ready) >= _TOGETHER or done == len(files) - 1:
            for place, content in _contents(ready):
                state = PhotoState.READY if content is not None else PhotoState.NO_PICTURE
                lines[place] = attrs.evolve(lines[place], state=state, content=content)
                size += len(content or b"")
            ready = []
        if size > _MOST_BYTES:
            raise KnownError(Code.PHOTOS_TOO_MANY)
    lines += [
        PhotoLine("", same[0].number, PhotoState.MISSING)
        for number, same in rows.items()
        if number not in files and same[0].existing not in with_photo
    ]
    return ListPhotos(tuple(lines))


def _contents(files: Sequence[tuple[int, Path]]) -> Iterator[tuple[int, bytes | None]]:
    """What is kept of each file; None where it cannot be read as a picture."""
    untrusted: list[tuple[int, bytes]] = []
    for place, path in files:
        try:
            with path.open("rb") as stream:
                untrusted.append((place, stream.read(LARGEST_FILE + 1)))
        except OSError:
            yield place, None
    small = [(place, content) for place, content in untrusted if len(content) <= LARGEST_FILE]
    yield from ((place, None) for place, content in untrusted if len(content) > LARGEST_FILE)
    yield from zip(
        (place for place, _content in small), _together([one for _place, one in small]), strict=True
    )


def _together(untrusted: Sequence[bytes]) -> Sequence[bytes | None]:
    """All at once; each by itself where one of them is too much for whoever reads it."""
    try:
        return prepared_together(untrusted)
    except KnownError:
        if len(untrusted) <= 1:
            return [None] * len(untrusted)
        return [_together([one])[0] for one in untrusted]


def _state(paths: Sequence[Path], rows: Sequence[StagedRow], with_photo: frozenset[str]) -> PhotoState:
    if not rows:
        return PhotoState.NOBODY
    if len(paths) > 1 or len(rows) > 1:
        return PhotoState.TWICE
    if rows[0].read.name.anonymous:
        return PhotoState.HIDDEN
    return PhotoState.HAS_ONE if rows[0].existing in with_photo else PhotoState.READY


def _rows_by_number(rows: Sequence[StagedRow]) -> dict[str, list[StagedRow]]:
    """Rows that are somebody of their own, by their number.

    A number that only counts the rows will do: folder and list lie side by side today, and somebody sees each
    photo beside its name before anything is saved.
    """
    found: dict[str, list[StagedRow]] = {}
    for row in rows:
        number = row.key or row.read.counted
        if number and row.same_as is None and row.reading not in _NOT_BROUGHT_IN:
            found.setdefault(_plain(number), []).append(row)
    return found


def _files_by_number(folder: Path, known: Mapping[str, object]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for count, path in enumerate(_pictures(folder), start=1):
        if count > _MOST_FILES:
            raise KnownError(Code.PHOTOS_TOO_MANY)
        whole = _plain(path.stem)
        leading = _LEADING.match(whole)
        number = whole if whole in known or leading is None else leading[1]
        found.setdefault(number, []).append(path)
    return found


def _pictures(folder: Path) -> Iterator[Path]:
    """Files that are named like pictures, by name; what is no plain file is passed over."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    except OSError as error:
        raise KnownError(Code.PHOTOS_UNREADABLE) from error
    return (folder / name for name in names if Path(name).suffix.casefold() in _ENDINGS)


def _plain(number: str) -> str:
    """A number as rows and files are compared: 0012 and 12 are one."""
    plain = unicodedata.normalize("NFKC", number).casefold().strip()
    return plain.lstrip("0") or plain if plain.isdecimal() else plain
