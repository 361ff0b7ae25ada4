"""What every page is given: the unlocked session, the worker that owns it, and the bus of changes.

A page asks the session only through `tasks`; what is pure (may I, what day is it) it may ask directly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol, runtime_checkable

import attrs
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.services.session import Session
from ui.change_bus import ChangeBus
from ui.tasks import Tasks

TALK: Final = "talk"
"""Where `Workplace.go` goes to record a conversation."""


HOSTILE: Final = "attention"
"""Where `Workplace.go` goes to record hostile attention; the record is "noun:id", or "" for nobody yet."""


DUPLICATES: Final = "duplicates"
"""Where `Workplace.go` goes to merge records of one person; the record is one, or "" for the queue."""


CASE_FILE: Final = "case_file"
"""Where `Workplace.go` goes to lock this case file and open another; the record is its folder."""


REVIEWS: Final = "reviews"
FACILITY: Final = "facility"
EARLIER: Final = "earlier"
FIGURE: Final = "figure"
RECIPIENT: Final = "recipient"
MAILING_LIST: Final = "mailing_list"
MESSAGE: Final = "message"
"""Places, and names, of sheets that are kept half typed; see `ui.views.kept_sheets`."""


@attrs.frozen(eq=False)
class Workplace:
    """Shared by the pages of one unlocked window.

    Attributes:
        session: belongs to the worker's thread; use it inside `tasks` only, but for `may`, `today`, `person`.
        go: brings a page to the front: `go("prisoners", id)`; the id of what to show, or "". `TALK` with the
            id of a relative begins a conversation with them.
        say: a short sentence at the foot, with Undo where `undo` is true, or is what to do then.
    """

    session: Session
    tasks: Tasks
    bus: ChangeBus
    go: Callable[[str, str], None]
    say: Callable[..., None]


@runtime_checkable
class Shows(Protocol):
    """A page that can show one record."""

    def show_record(self, record: str) -> None:
        """Select it and show its detail."""


@runtime_checkable
class Narrows(Protocol):
    """A page whose list a line of filter words can narrow."""

    def show_search(self, line: str) -> None:
        """Show whom the line finds, whatever was filtered before."""


@runtime_checkable
class Chooses(Protocol):
    """A page on which one record is chosen."""

    def chosen_record(self) -> tuple[str, str]:
        """Its noun and id; ("", "") for none."""


@runtime_checkable
class Talks(Protocol):
    """The page conversations are recorded on."""

    def start_conversation(self, relative: str) -> None:
        """Open the sheet for a talk with this relative."""


@runtime_checkable
class Keeps(Protocol):
    """A page on which something can be half typed. A lock keeps it, the next unlock brings it back."""

    def unfinished(self) -> Mapping[str, Plain] | None:
        """What is typed and not saved, dialogs of this page included; None for nothing."""

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Put it back as it was, dialog open, ready to go on."""


@runtime_checkable
class Helps(Protocol):
    """A page whose parts have help pages of their own."""

    def help_key(self) -> str:
        """Key of the help page of what is in front."""


MakePage = Callable[[Workplace], QWidget]
