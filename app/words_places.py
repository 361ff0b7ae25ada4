"""Words for where a case file lies and who else has it in hand; part of `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

PLACES: Final[Mapping[Code, tuple[str, str]]] = {
    Code.CASE_FILE_UNFINISHED: (
        N_("This is a copy that was not finished, or one that was only tried."),
        N_("It is never opened. Put the backup back once more, or open your own case file."),
    ),
    Code.IN_USE: (
        N_("This case file is already open."),
        N_("Close the other window or the program on the other computer first."),
    ),
    Code.CASE_FILE_EXCHANGED: (
        N_("Another program changed this case file while it was open here; nothing more is saved into it."),
        N_("What you typed is kept. Lock, unlock, and look what is there before you go on."),
    ),
    Code.CASE_FILE_MOVED: (
        N_("The folder of this case file was moved or taken away while it was open; nothing more is saved."),
        N_("Put it back where it was, or connect the stick again. What you typed is still here."),
    ),
    Code.PLACE_NETWORK: (
        N_("This folder lies on another computer, and two could write into it at the same time."),
        N_("Copy the whole folder to a disk of this computer, and work there. Nothing was changed."),
    ),
    Code.PLACE_SYNCED: (
        N_("{service} keeps this folder in step with other computers: an older copy could overwrite yours."),
        N_("Copy the whole folder to one that stays on this computer, and work there. Nothing was changed."),
    ),
}
