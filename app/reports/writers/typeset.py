"""Typesetting with typst: tagged (PDF/UA-1), shipped fonts only, no date, no warnings. Data goes in as JSON.

Nothing is written to disk: the template is read, the bytes of the PDF come back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import typst

import resources
from app.domain.errors import Code, KnownError

_NO_SIGN: Final = re.compile(r"the text [`\"]+(.)[`\"]+ could not be displayed", re.DOTALL)


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """The bytes of a PDF.

    Args:
        template: its file in `resources/templates`.
        data: what stands in it; only ever text there, never markup.

    Raises:
        KnownError: REPORT_CHARACTER_MISSING with the code point, REPORT_WRITING_WARNED.
    """
    path = resources.path(f"templates/{template}")
    compiler = typst.Compiler(
        str(path),
        root=str(path.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    try:
        content, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        # typst quotes the text it stumbled over: neither its words nor the error itself may travel on
        raise _known(str(error)) from None
    if warnings or not isinstance(content, bytes):
        raise KnownError(Code.REPORT_WRITING_WARNED)
    return content


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(resources.path("fonts"))],
    )


def _known(untrusted_message: str) -> KnownError:
    match = _NO_SIGN.search(untrusted_message)
    if match is None:
        return KnownError(Code.REPORT_WRITING_WARNED)
    return KnownError(Code.REPORT_CHARACTER_MISSING, character=f"U+{ord(match.group(1)):04X}")
