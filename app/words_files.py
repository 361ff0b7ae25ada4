"""Words for why a file made elsewhere cannot be checked; part of `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

FILES: Final[Mapping[Code, tuple[str, str]]] = {
    Code.FILE_MISSING: (
        N_("There is no such file."),
        N_("Check its name and folder, and whether the stick it is on is connected."),
    ),
    Code.FILE_EMPTY: (N_("This file is empty."), N_("Choose another file.")),
    Code.FILE_TOO_LARGE: (
        N_("This file is too large to be checked."),
        N_("It was not checked, so it must not leave. Split it into parts or make its pictures smaller."),
    ),
    Code.FILE_UNREADABLE: (
        N_("This file cannot be read, so it was not checked."),
        N_("Open it in the program it was made with, save it anew and choose it again."),
    ),
    Code.FILE_ENCRYPTED: (
        N_("This file is protected with a password, so it was not checked."),
        N_("Check a copy without the password; protect it after that."),
    ),
    Code.FILE_NO_REPORT: (
        N_("Only PDF, Word (.docx), Excel (.xlsx), CSV and web pages can be checked."),
        N_("Save it as one of these and choose that."),
    ),
}
