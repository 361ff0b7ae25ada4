"""Drafts in files of their own beside the database, for when it is no longer the file that was opened.

They are sealed as those inside are and read again at every opening, until they are taken up or thrown away.
"""

from __future__ import annotations

import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.crypto.keys import PersonKeys
from app.domain.ids import CaseFileId, RecordId, new_id
from app.domain.port_values import Draft
from app.durable import write_durably
from app.storage.local import opened_draft, sealed_draft

_FRONT: Final = "typed-"
_ENDING: Final = ".sealed"
_NAME: Final = re.compile(_FRONT + "[0-9a-f]{32}" + re.escape(_ENDING))
_MOST: Final = 100
_LARGEST_BYTES: Final = 5_000_000


class Aside:
    """Drafts of one person in files beside the database.

    Args:
        folder: of the case file.
    """

    def __init__(self, folder: Path, case_file: CaseFileId, keys: PersonKeys) -> None:
        self._folder: Final = folder
        self._case_file: Final = case_file
        self._keys: Final = keys

    def put(self, draft: Draft) -> None:
        """Keep one. Raises KnownError NO_SPACE, CANNOT_WRITE."""
        kept = {one.key: record for record, one in self._found()}
        record = RecordId(kept.get(draft.key, new_id()))
        write_durably(self._path(record), sealed_draft(self._keys, self._case_file, record, draft))

    def all(self) -> list[Draft]:
        """Those that are mine."""
        return [draft for _, draft in self._found()]

    def drop(self, key: str) -> None:
        """Take one away, whether or not it is there."""
        for record, draft in self._found():
            if draft.key == key:
                with suppress(OSError):  # it is offered once more
                    self._path(record).unlink()

    def _path(self, record: str) -> Path:
        return self._folder / (_FRONT + record + _ENDING)

    def _found(self) -> list[tuple[str, Draft]]:
        found: list[tuple[str, Draft]] = []
        try:
            names = sorted(path.name for path in self._folder.iterdir() if _NAME.fullmatch(path.name))
        except OSError:
            return found
        for name in names[:_MOST]:
            record = name.removeprefix(_FRONT).removesuffix(_ENDING)
            blob = _small_file(self._folder / name)
            draft = opened_draft(self._keys, self._case_file, RecordId(record), blob) if blob else None
            if draft is not None:
                found.append((record, draft))
        return found


def _small_file(path: Path) -> bytes:
    """Its bytes; none of one that is too large, no file, or not to be read."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST_BYTES:
            return b""
        return path.read_bytes()
    except OSError:
        return b""
