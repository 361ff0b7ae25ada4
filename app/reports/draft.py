"""The files of a report from its composed values: which writer, which name, which fingerprint."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Final

import attrs

from app.domain.errors import BugError, Code, KnownError
from app.domain.progress import Progress, no_progress
from app.i18n import _
from app.reports.composed import ComposedReport
from app.reports.kinds import FORMATS
from app.reports.occasions import FORMAT
from app.reports.writers import csv, docx, eml, html, pdf, xlsx

_WRITERS: Final[dict[str, Callable[[ComposedReport], bytes]]] = {
    "pdf": pdf.write,
    "docx": docx.write,
    "xlsx": xlsx.write,
    "csv": csv.write,
    "html": html.write,
    FORMAT: eml.write,
}
_SHAPE: Final = re.compile(
    rf"[0-9]{{4}}-[0-9]{{3,}}-[a-z0-9-]+-[a-z]{{2}}(-[A-Z]{{2}})?\.({'|'.join((*FORMATS, FORMAT))})"
)


@attrs.frozen
class MadeFile:
    """One finished file."""

    file_format: str
    name: str
    content: bytes = attrs.field(repr=False)
    sha256: str


def make_files(
    report: ComposedReport, formats: Sequence[str], progress: Progress = no_progress
) -> tuple[MadeFile, ...]:
    """Write every format once.

    Raises:
        KnownError: REPORT_FORMAT_UNKNOWN, REPORT_CHARACTER_MISSING, REPORT_WRITING_WARNED.
        Cancelled: from `progress`.
    """
    made: list[MadeFile] = []
    for index, file_format in enumerate(formats):
        progress(index, len(formats), _("Writing the files"))
        content = write_one(report, file_format)
        name = file_name(report, file_format)
        made.append(MadeFile(file_format, name, content, hashlib.sha256(content).hexdigest()))
    progress(len(formats), len(formats), _("Writing the files"))
    return tuple(made)


def write_one(report: ComposedReport, file_format: str) -> bytes:
    """The bytes of one format.

    Raises:
        KnownError: REPORT_FORMAT_UNKNOWN, REPORT_CHARACTER_MISSING, REPORT_WRITING_WARNED.
    """
    writer = _WRITERS.get(file_format)
    if writer is None:
        raise KnownError(Code.REPORT_FORMAT_UNKNOWN)
    return writer(report)


def file_name(report: ComposedReport, file_format: str) -> str:
    """The name of the file: number, kind and language, nothing else.

    Raises:
        BugError: a number or kind that does not fit the pattern.
    """
    name = f"{report.number}-{report.kind.replace('_', '-')}-{report.language}.{file_format}"
    if _SHAPE.fullmatch(name) is None:
        raise BugError("a file name outside the pattern")
    return name
