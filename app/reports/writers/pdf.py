"""PDF with typst: tagged (PDF/UA-1), shipped fonts only, no date, no warnings. Data goes in as JSON."""

from __future__ import annotations

import json
import re
from functools import lru_cache

import typst

import resources
from app.domain.errors import Code, KnownError
from app.reports.composed import ComposedReport

_NO_SIGN = re.compile(r"the text [`\"]+(.)[`\"]+ could not be displayed", re.DOTALL)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(resources.path("fonts"))],
    )


def write(report: ComposedReport) -> bytes:
    """The bytes of the PDF.

    Raises:
        KnownError: REPORT_CHARACTER_MISSING with the code point, REPORT_WRITING_WARNED.
    """
    template = resources.path("templates/report.typ")
    compiler = typst.Compiler(
        str(template),
        root=str(template.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(report.plain(), ensure_ascii=False)},
    )
    try:
        content, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        # typst quotes the text it stumbled over: neither its words nor the error itself may travel on
        raise _known(str(error)) from None
    if warnings or not isinstance(content, bytes):
        raise KnownError(Code.REPORT_WRITING_WARNED)
    return content


def _known(untrusted_message: str) -> KnownError:
    match = _NO_SIGN.search(untrusted_message)
    if match is None:
        return KnownError(Code.REPORT_WRITING_WARNED)
    return KnownError(Code.REPORT_CHARACTER_MISSING, character=f"U+{ord(match.group(1)):04X}")
