"""A file made elsewhere that was kept, looked through again by its approver: its very bytes, with their keys.

What has to come out refuses it; what somebody has to look at, the approver judges, place by place.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.domain.errors import Code, KnownError
from app.domain.ports import Reader
from app.domain.progress import Progress, no_progress, part_of
from app.domain.report import Report
from app.file_words import found_words, place_words
from app.reports.elsewhere.reading import FileTold, read_bytes
from app.services.context import Context
from app.services.file_looking import FoundInFile, look_through
from app.services.file_ours import ours_of
from app.services.name_search import Namesake, NamesSearched
from app.services.same_person import rooted

_NAMES = frozenset({"name", "may_be_name"})


def told_again(reader: Reader, report: Report, progress: Progress = no_progress) -> FileTold:
    """The kept bytes, read again in the limited child.

    Raises:
        KnownError: NOT_FOUND once it left or was dropped; as `read_elsewhere`.
    """
    file = next((one for one in report.files if one.content), None)
    if file is None or not file.content:
        raise KnownError(Code.NOT_FOUND, report.id)
    return read_bytes(reader.blob_get(file.content), Path(file.name), progress)


def looked_at_again(ctx: Context, reader: Reader, report: Report, progress: Progress) -> NamesSearched:
    """Read and search it again; names in `found` refuse it, `to_judge` is for the approver.

    Raises:
        KnownError: REPORT_CHANGED it names others than when it was kept; REPORT_CHECK_FAILED something else
            has to come out of it; NEEDS_DESK_KEY; as `read_elsewhere`.
    """
    told = told_again(reader, report, part_of(progress, 0, 1, 3))
    ours, step = ours_of(reader, told, apart_from=report.id), part_of(progress, 1, 3, 3)
    looked = look_through(ctx, reader, told, report.recipients, report.addressed, ours, step)
    if not looked.searched:
        raise KnownError(Code.NEEDS_DESK_KEY)
    if set(looked.carried) != set(rooted(reader, report.carried)):
        raise KnownError(Code.REPORT_CHANGED)
    hidden = next((one for one in looked.found if one.must_go and one.what not in _NAMES), None)
    if hidden is not None:
        raise KnownError(Code.REPORT_CHECK_FAILED, report.id, check="elsewhere", where=hidden.what)
    found = [one for one in looked.found if one.must_go]
    judge = [one for one in looked.found if not one.must_go]
    return NamesSearched(
        tuple(each for one in found for each in _places(one, told.file_format)),
        tuple(each for one in judge for each in _places(one, told.file_format)),
        len(told.said),
    )


def _places(one: FoundInFile, file_format: str) -> tuple[Namesake, ...]:
    """Each place by itself, with what stands there: the words of the file for a name, else what it is."""
    said, other = one.said or found_words(one.what)[0], one.what not in _NAMES
    told_apart = hashlib.sha256(one.said.encode("utf-8")).hexdigest()[:16]
    return tuple(
        Namesake(f"{one.what}/{told_apart}/{place}", said, file_format, place_words(place), other)
        for place in one.places
    )
