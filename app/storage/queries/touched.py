"""Whose facts entries may have changed: tells what was computed before them from what must be computed anew.

Everything that is not known to be harmless touches everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.domain.log import GONE, SEALED, Entry
from app.storage.core import Core

_HARMLESS: Final = frozenset(
    {
        "attachment",
        "backup",
        "clearance",
        "clearance_ask",
        "copy_facts",
        "copy_note",
        "derived_copy",
        "drill",
        "file_check",
        "godparent",
        "finding_figure",
        "godparent_action",
        "journey",
        "list_run",
        "passphrase_change",
        "quarter_review",
        "quarter_sign",
        "recovery_drill",
        "recovery_kit",
        "recovery_use",
        "quoted_figure",
        "recipient",
        "mailing_list",
        "report",
        "report_series",
        "report_series_end",
        "own_kind",
        "own_kind_step",
        "text_stamp",
    }
)
"""Open nouns no decision reads."""
_OF: Final = {
    "relative": 'SELECT prisoner FROM temp."relative" WHERE id = ?',
    "prisoner_closed": 'SELECT id FROM temp."prisoner_closed" WHERE sealed = ?',
    "conversation": 'SELECT r.prisoner FROM temp."conversation" c JOIN temp."relative" r ON r.id = c.relative WHERE c.id = ?',  # noqa: E501
    "finding_review": "SELECT '' FROM temp.\"finding_review\" WHERE id = ?",
    "quarter_list": "SELECT '' FROM temp.\"quarter_list\" WHERE id = ?",
    "quarter_mark": "SELECT '' FROM temp.\"quarter_mark\" WHERE id = ?",
}
"""Closed records whose prisoner the opened register tells."""


def touched_since(core: Core, sequence: int, entry_hash: str) -> frozenset[str] | None:
    """Prisoners whose facts entries after this one may have changed.

    Args:
        core: the open store, registers opened.
        sequence: of the last entry that is known.
        entry_hash: its hash; another one means another past.

    Returns:
        Ids of prisoners; None when it may be anybody.
    """
    head = core.log.sequence
    if sequence == head:
        return frozenset() if entry_hash == core.log.newest_hash else None
    if sequence > head:
        return None
    touched: set[str] = set()
    for entry in core.log.entries(sequence + 1):
        if entry.sequence == sequence + 1 and entry.previous != entry_hash:
            return None
        found = _by(core, entry)
        if found is None:
            return None
        touched |= found
    return frozenset(touched)


_OPEN_OF: Final = {"single_use": 'SELECT prisoner FROM "single_use" WHERE id = ?'}
"""Open records about one prisoner whose facts they are."""


def _by(core: Core, entry: Entry) -> set[str] | None:
    touched: set[str] = set()
    for row in entry.rows:
        if row.kind in _HARMLESS:
            continue
        whose = row.record if row.kind == "prisoner" else None
        if row.kind in _OPEN_OF:
            whose = _whose(core, [_OPEN_OF[row.kind]], row.record)
        if row.kind == SEALED and row.row_hash != GONE:
            whose = _whose(core, _OF.values(), row.record)
        if whose is None:
            return None
        touched.add(whose)
    return touched


def _whose(core: Core, queries: Iterable[str], record: str) -> str | None:
    for query in queries:
        found = core.connection.one(query, (record,))
        if found is not None:
            return str(found[0])
    return None
