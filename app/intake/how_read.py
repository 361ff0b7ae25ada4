"""How a person wants a file read: which tables, with which hidden rows and comments, what each column is.

Kept with the source as text, so that the next list is read the same way. Heads and names of sheets are kept
as fingerprints: a list without heads has a person where its heads should be, and this lies in the open part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from app.crypto.hashing import tagged_hash
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.errors import KnownError
from app.intake.mapping import MEANINGS, Meaning, plain_title

_TAG: Final = "column"
_LETTERS: Final = 20
_KINDS: Final = ("columns", "tables", "hidden", "comments")


def fingerprint(*parts: str) -> str:
    """What stands for a head or a sheet where its words must not stand."""
    return tagged_hash(_TAG, "\0".join(map(plain_title, parts)).encode("utf-8", "replace")).hex()[:_LETTERS]


@attrs.frozen
class HowRead:
    """What a person chose; whatever is not in here is as the program guesses it.

    Attributes:
        columns: what a column is, by the fingerprint of its table, head and place among equal heads.
        tables: whether a table is brought in, by its fingerprint.
        hidden: whether its hidden rows are.
        comments: whether its comments are kept as notes.
    """

    columns: Mapping[str, Meaning] = attrs.field(factory=dict)
    tables: Mapping[str, bool] = attrs.field(factory=dict)
    hidden: Mapping[str, bool] = attrs.field(factory=dict)
    comments: Mapping[str, bool] = attrs.field(factory=dict)

    @property
    def any(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.columns or self.tables or self.hidden or self.comments)

    def with_columns(self, chosen: Mapping[str, Meaning | None]) -> HowRead:
        """With these columns read so; None: as the program guesses."""
        columns = {key: meaning for key, meaning in self.columns.items() if key not in chosen}
        columns |= {key: meaning for key, meaning in chosen.items() if meaning is not None}
        return attrs.evolve(self, columns=columns)

    def with_switch(self, what: str, key: str, *, on: bool) -> HowRead:
        """With a table, its hidden rows or its comments brought in or not.

        Args:
            what: `tables`, `hidden` or `comments`.
            key: of the table.
            on: whether.
        """
        switches: dict[str, Mapping[str, bool]] = {
            "tables": self.tables,
            "hidden": self.hidden,
            "comments": self.comments,
        }
        switches[what] = {**switches[what], key: on}
        return HowRead(self.columns, **switches)

    def with_all(self, later: HowRead) -> HowRead:
        """With everything chosen later."""
        return HowRead(
            {**self.columns, **later.columns},
            {**self.tables, **later.tables},
            {**self.hidden, **later.hidden},
            {**self.comments, **later.comments},
        )

    def as_text(self) -> str:
        """To keep with the source; empty where nothing was chosen."""
        if not self.any:
            return ""
        said: dict[str, Plain] = {
            "columns": {key: meaning.value for key, meaning in self.columns.items()},
            "tables": dict(self.tables),
            "hidden": dict(self.hidden),
            "comments": dict(self.comments),
        }
        return canonical_bytes(said).decode("utf-8")


def from_text(text: str) -> HowRead:
    """What was kept with a source; text nobody understands says nothing, so that everything is guessed."""
    try:
        said = from_canonical(text.encode("utf-8")) if text else {}
    except (KnownError, ValueError):
        return HowRead()
    if not isinstance(said, dict):
        return HowRead()
    columns, *switches = (value if isinstance(value := said.get(kind), dict) else {} for kind in _KINDS)
    tables, hidden, comments = (
        {str(key): on for key, on in switch.items() if isinstance(on, bool)} for switch in switches
    )
    return HowRead(
        {str(key): MEANINGS[str(word)] for key, word in columns.items() if str(word) in MEANINGS},
        tables,
        hidden,
        comments,
    )
