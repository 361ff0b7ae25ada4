"""Words for why a quarter review is not signed; part of `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

QUARTER: Final[Mapping[Code, tuple[str, str]]] = {
    Code.QUARTER_OPEN: (
        N_("Not everything of this review is decided: {open} left."),
        N_("Decide what is open. What cannot be settled today is a question to the owner with a day."),
    ),
    Code.QUARTER_DOUBTED: (
        N_("Something of this review does not fit the log, so it cannot be signed."),
        N_("Press Verify now on the Log page: it says what was changed and by whom."),
    ),
}
