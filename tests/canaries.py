"""Planted people: invented names, numbers and addresses that may show up nowhere they do not belong.

A test that needs personal data takes it from here. The watch in `conftest.py` then fails any test after
which one of these texts stands in a log record, in what was printed, in an error of ours or in a temporary
file. Files a test makes on purpose (reports, case files) are looked through with `leaks_in_file` and
`leaks_in_folder`, or by the fixture `no_leaks`.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

# A relative, as different people would write her.
RELATIVE_NAME: Final = "Zoryna Kvitkavets"
RELATIVE_NAME_BE: Final = "Зарына Квіткавец"
RELATIVE_NAME_RU: Final = "Зорина Квитковец"
RELATIVE_NAME_PL: Final = "Żoryna Kwitkaviec"
RELATIVE_NAME_DE: Final = "Soryna Kwitkawez"
RELATIVE_PHONE: Final = "+375 29 707-14-53"
RELATIVE_EMAIL: Final = "zoryna.kvitkavets@example.org"
RELATIVE_HANDLE: Final = "@kvitka_canary"
RELATIVE_ADDRESS: Final = "вуліца Канарэйкавая 71"
# A sentence as a conversation would hold it, and a note that came with a list.
NOTE: Final = "her sister Kvitkavets hides the letters in the blue stove"
# A passphrase. Long enough for every rule, and never anything else.
PASSPHRASE: Final = "canary stove violet ladder mosaic thunder"

ALL: Final = (
    RELATIVE_NAME,
    RELATIVE_NAME_BE,
    RELATIVE_NAME_RU,
    RELATIVE_NAME_PL,
    RELATIVE_NAME_DE,
    RELATIVE_PHONE,
    RELATIVE_EMAIL,
    RELATIVE_HANDLE,
    RELATIVE_ADDRESS,
    NOTE,
    PASSPHRASE,
)
# Parts that give a person away on their own: a family name, the number without its spaces.
_PARTS: Final = (
    "Kvitkavets",
    "Квіткавец",
    "Квитковец",
    "Kwitkaviec",
    "Kwitkawez",
    "707-14-53",
    "7071453",
    "blue stove",
)
_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "cp1251")
_PDF_STREAM: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
# A file that claims to unpack to more than this is not ours.
_UNPACK_LIMIT_BYTES: Final = 64_000_000


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


_NEEDLES: Final = tuple((planted, _plain(planted)) for planted in (*ALL, *_PARTS))


def leaks_in(text: str) -> list[str]:
    """The planted texts that stand in `text`, whatever the case and the form of the letters."""
    plain = _plain(text)
    return [planted for planted, needle in _NEEDLES if needle in plain]


def leaks_in_bytes(content: bytes) -> list[str]:
    """The planted texts that stand in `content` in any encoding a program would write."""
    return sorted({leak for encoding in _ENCODINGS for leak in leaks_in(content.decode(encoding, "ignore"))})


def leaks_in_file(path: Path) -> list[str]:
    """The planted texts in a file, its name, its zipped parts and its packed PDF streams."""
    found = set(leaks_in(path.name))
    for part in parts_of(path):
        found.update(leaks_in_bytes(part))
    return sorted(found)


def leaks_in_folder(folder: Path) -> dict[str, list[str]]:
    """The planted texts in every file under `folder`, by path inside it."""
    files: Iterable[Path] = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): found for path in files if (found := leaks_in_file(path))}


def parts_of(path: Path) -> Iterator[bytes]:
    """A file as it lies, and everything packed in it."""
    content = path.read_bytes()
    yield content
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if entry.file_size <= _UNPACK_LIMIT_BYTES:
                    yield entry.filename.encode()
                    yield archive.read(entry)
    for packed in _PDF_STREAM.findall(content):
        try:
            yield zlib.decompressobj().decompress(packed, _UNPACK_LIMIT_BYTES)
        except zlib.error:
            continue  # not packed this way; its raw bytes were looked at already
