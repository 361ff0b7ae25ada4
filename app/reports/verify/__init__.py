"""The verifier: finished files opened again by other libraries, one module per known way to leak.

It shares no code with the writers. Every check must pass, or nothing is kept (reports.md, *The verifier*).
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import ParseError

import pikepdf
import pypdf.errors
import pypdfium2

from app.domain.progress import Progress, no_progress
from app.domain.report import CheckResult
from app.i18n import N_, _
from app.reports.composed import ComposedReport
from app.reports.kinds import FORMATS, ReportKind
from app.reports.occasions import FORMAT as MAIL
from app.reports.verify import (
    again,
    contacts,
    docx_parts,
    figures,
    file_name,
    formulas,
    html_parts,
    mail_parts,
    pdf_parts,
    pdf_properties,
    pdf_text,
    pictures,
    rows,
    sizes,
    words,
    xlsx_parts,
)
from app.reports.verify.looked import Check, Looked, Write
from app.reports.verify.names import NameHit, NameSearch, ProtectedName, default_fold, search_names
from app.reports.verify.opened import FinishedFile, Opened
from app.reports.verify.told_before import Published

__all__ = [
    "CHECK_WORDS",
    "NameHit",
    "NameSearch",
    "ProtectedName",
    "default_fold",
    "search_names",
    "verify",
]

_CHECKS: Final[Sequence[tuple[str, tuple[str, ...], Check]]] = (
    ("words", FORMATS, words.check),
    ("rows", FORMATS, rows.check),
    ("contacts", (*FORMATS, MAIL), contacts.check),
    ("pictures", FORMATS, pictures.check),
    ("pdf_text", ("pdf",), pdf_text.check),
    ("pdf_parts", ("pdf",), pdf_parts.check),
    ("pdf_properties", ("pdf",), pdf_properties.check),
    ("docx_parts", ("docx",), docx_parts.check),
    ("xlsx_parts", ("xlsx",), xlsx_parts.check),
    ("html_parts", ("html",), html_parts.check),
    ("formulas", ("xlsx", "csv"), formulas.check),
    ("figures", FORMATS, figures.check),
    ("mail_parts", (MAIL,), mail_parts.check),
    ("file_name", (*FORMATS, MAIL), file_name.check),
)
CHECK_WORDS: Final[Mapping[str, str]] = {
    "words": N_("Says exactly what was composed"),
    "rows": N_("Only these people and columns"),
    "contacts": N_("No phone, e-mail, handle or address"),
    "pictures": N_("Only these photos, and nothing inside them"),
    "pdf_text": N_("No text hidden on a page"),
    "pdf_parts": N_("Nothing but pages in the PDF"),
    "pdf_properties": N_("No author, date or machine in the PDF"),
    "docx_parts": N_("Nothing hidden in the document"),
    "xlsx_parts": N_("Nothing hidden in the workbook"),
    "html_parts": N_("Nothing hidden or loaded by the page"),
    "mail_parts": N_("Nothing but the message in the mail"),
    "formulas": N_("Nothing a spreadsheet would run"),
    "figures": N_("Groups large enough"),
    "attack": N_("No hidden count can be worked out"),
    "file_name": N_("A file name that tells nothing"),
    "elsewhere": N_("Nothing hidden, and nobody named who may not be"),
    "again": N_("Written twice, the same bytes"),
}
_UNREADABLE: Final = (
    OSError,
    ValueError,
    KeyError,
    IndexError,
    csv.Error,
    zipfile.BadZipFile,
    ParseError,
    pikepdf.PdfError,
    pypdf.errors.PyPdfError,
    pypdfium2.PdfiumError,
)


def verify(
    files: Sequence[FinishedFile],
    report: ComposedReport,
    kind: ReportKind,
    write: Write,
    progress: Progress = no_progress,
    published: Published | None = None,
) -> tuple[CheckResult, ...]:
    """Run every check over every file.

    Args:
        write: writes a format again (`app.reports.draft.write_one`); no check knows a writer itself.
        published: for public figures, what left the house before.

    Raises:
        Cancelled: from `progress`.
    """
    results: list[CheckResult] = []
    steps = sum(1 for file in files for _name, formats, _check in _CHECKS if file.file_format in formats)

    def goes_on() -> None:
        progress(len(results), steps + len(files), _("Checking the files"))

    for file in files:
        opened = Opened(file, published, goes_on)
        for name, formats, check in _CHECKS:
            if file.file_format in formats:
                goes_on()
                results.append(_result(name, opened, _safely(check, opened, report, kind)))
        goes_on()
        results.append(_result("again", opened, again.check(opened, report, write)))
        if kind.sized and file is files[0]:  # the same figures stand in every format
            results.append(_result("attack", opened, sizes.worked_out(report, kind, published)))
    progress(steps + len(files), steps + len(files), _("Checking the files"))
    return tuple(results)


def _safely(check: Check, file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """A file that cannot be read is a file that does not leave."""
    try:
        return check(file, report, kind)
    except _UNREADABLE:
        return Looked(0, "cannot be read")


def _result(name: str, file: Opened, looked: Looked) -> CheckResult:
    return CheckResult(
        check=name,
        file_format=file.file_format,
        passed=not looked.where,
        examined=looked.examined,
        where=looked.where,
    )
