"""That a file made elsewhere was checked, as the case file remembers it: these very bytes, what came of it.

Open, so that whoever holds no key sees that somebody who does has searched them. No name of the file stands
here, nothing it says, and no place of a finding.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN


@noun("file_check")
@attrs.frozen
class FileCheck:
    """One file looked through.

    Attributes:
        sha256: of its bytes.
        public: for everybody to read; else for one institution.
        must_go: how much has to come out of it.
        to_look: how much somebody has to look at.
        searched: whether it was searched for the names of relatives, by somebody with every desk's key.
        names: places that name somebody protected, sure or not.
        head: number of the newest entry then: a name that came in later was not searched for.
    """

    id: RecordId
    version: int = 0
    by: str | None = stored(N_("Checked by"), Kind.REFERENCE, _OPEN, refers_to="person")
    at: datetime | None = stored(N_("Checked"), Kind.MOMENT, _OPEN)
    file_format: str = stored(N_("Format"), Kind.TEXT, _OPEN)
    sha256: str = stored(N_("SHA-256"), Kind.TEXT, _OPEN)
    size: int | None = stored(N_("Bytes"), Kind.NUMBER, _OPEN)
    public: bool = stored(N_("For everybody to read"), Kind.FLAG, _OPEN)
    must_go: int | None = stored(N_("To take out"), Kind.NUMBER, _OPEN)
    to_look: int | None = stored(N_("To look at"), Kind.NUMBER, _OPEN)
    searched: bool = stored(N_("Searched for names"), Kind.FLAG, _OPEN)
    names: int | None = stored(N_("Names found"), Kind.NUMBER, _OPEN)
    head: int | None = stored(N_("Newest entry then"), Kind.NUMBER, _OPEN)


def of_these_bytes(checks: Iterable[FileCheck], sha256: str) -> tuple[FileCheck, ...]:
    """The checks of one file, newest first, in the order of the log and never of a clock."""
    found = (one for one in checks if one.sha256 == sha256)
    return tuple(sorted(found, key=lambda one: one.head or 0, reverse=True))
