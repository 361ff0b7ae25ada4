"""What somebody writes in a message, what it would be, and what left."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs

from app.domain.changes import Changes
from app.domain.report import TextBlock
from app.reports.occasions import FORMAT
from app.services.context import Saved
from app.services.report_views import LeftOut, Missing
from app.services.reports import MakeReport

COPIED: Final = "text"
"""Format of what went over the clipboard, as the ledger keeps it."""


@attrs.frozen
class WriteMessage:
    """What somebody writes.

    Attributes:
        prisoner: id of whom it is about.
        recipient: id of a godparent or a recipient.
        report_kind: an occasion for the audience of that recipient (`MessageReader.kinds`).
        words: own words, each line a paragraph.
    """

    prisoner: str
    recipient: str
    report_kind: str
    language: str
    words: str = attrs.field(default="", repr=False)

    @property
    def as_report(self) -> MakeReport:
        """The same as an order for a report."""
        texts = (TextBlock("paragraph", self.words),) if self.words.strip() else ()
        return MakeReport(
            self.report_kind, self.language, (FORMAT,), (self.prisoner,), texts, (self.recipient,)
        )


@attrs.frozen
class MessageSeen:
    """What a message would be now.

    Attributes:
        lines: its paragraphs; none where it may not be told.
        to: how who gets it is called.
        needs_second: somebody else has to let it leave.
        left_out: why it may not be told, as far as this role may know.
        missing: what it would say, too, or what was checked too long ago.
        locked: what goes to them is locked.
    """

    lines: tuple[str, ...] = attrs.field(repr=False)
    to: str
    needs_second: bool
    left_out: tuple[LeftOut, ...] = ()
    missing: tuple[Missing, ...] = ()
    locked: bool = False


@attrs.frozen
class SentMessage:
    """A message that left or, for the clipboard, may leave now.

    Attributes:
        text: for the clipboard.
        path: where the draft for a mail program is.
        words: that open it where it is locked with words, shown once.
    """

    saved: Saved
    text: str = attrs.field(default="", repr=False)
    path: Path | None = attrs.field(default=None, repr=False)
    words: str = attrs.field(default="", repr=False)

    @property
    def changes(self) -> Changes:
        """For screens."""
        return self.saved.changes
