"""The files that leave, locked for who has a key or asked for words; made from the very bytes approved.

A recipient with a lock gets files of their own; the open ones are written only where somebody has none. The
words are made here, given back once and kept nowhere: who loses them asks for the report again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from app.crypto.age_files import locked_for_key, locked_with_words
from app.crypto.passphrase import suggest_words
from app.domain.progress import Progress, no_progress
from app.domain.recipient import WORDS, LockedFile
from app.domain.report import Report
from app.i18n import _
from app.reports.draft import MadeFile

ENDING: Final = "age"


@attrs.frozen
class Leaving:
    """What is put into the folder.

    Attributes:
        files: all of it.
        kept: what the ledger keeps of the locked ones.
        words: by place among the recipients, from 1, for those who asked for words; shown once.
    """

    files: tuple[MadeFile, ...]
    kept: tuple[LockedFile, ...] = ()
    words: Mapping[int, str] = attrs.field(factory=dict, repr=False)


def leaving(report: Report, files: Sequence[MadeFile], progress: Progress = no_progress) -> Leaving:
    """Lock the approved files for everybody who has a lock.

    Raises:
        KnownError: RECIPIENT_KEY_WRONG.
        Cancelled: from `progress`.
    """
    locks = [(place, one) for place, one in enumerate(report.addressed, start=1) if one.lock]
    if not locks:
        return Leaving(tuple(files))
    everybody = len(locks) == max(len(report.recipients), len(report.addressed))
    made: list[MadeFile] = [] if everybody else list(files)
    kept: list[LockedFile] = []
    words: dict[int, str] = {}
    for done, (place, one) in enumerate(locks):
        progress(done, len(locks), _("Locking the files for who gets them"))
        if one.lock == WORDS:
            words[place] = suggest_words()
        for file in files:
            content = (
                locked_with_words(file.content, words[place])
                if one.lock == WORDS
                else locked_for_key(file.content, one.lock)
            )
            name = locked_name(file.name, place)
            sha256 = hashlib.sha256(content).hexdigest()
            made.append(MadeFile(ENDING, name, content, sha256))
            kept.append(LockedFile(one.recipient, name, sha256, len(content), file.sha256))
    progress(len(locks), len(locks), _("Locking the files for who gets them"))
    return Leaving(tuple(made), tuple(kept), words)


def locked_name(name: str, place: int) -> str:
    """`2026-031-parliament-briefing-de-2.pdf.age`: the place among the recipients, never who they are."""
    stem, _dot, ending = name.rpartition(".")
    return f"{stem}-{place}.{ending}.{ENDING}"
