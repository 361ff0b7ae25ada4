"""Words for what exposure found: what somebody did, how far they got, what they are here.

Read by the window and the command line. Says no name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.exposure import Did, Reach
from app.i18n import N_

DEEDS: Final[Mapping[Did, str]] = {
    Did.SHOWN: N_("Showed the name"),
    Did.COPIED: N_("Copied a number"),
    Did.EVIDENCE: N_("Opened what was kept of a talk"),
    Did.EVIDENCE_COPIED: N_("Saved what was kept of a talk as a file"),
    Did.OPENED: N_("Opened the record"),
    Did.TALKED: N_("Recorded a conversation"),
    Did.CHANGED: N_("Added or changed something"),
    Did.ASKED: N_("Asked who could have opened this"),
    Did.REPORT: N_("Let a report leave"),
    Did.SLIP: N_("Made a slip"),
}
REACHES: Final[Mapping[Reach, str]] = {
    Reach.SEEN: N_("saw name or file"),
    Reach.OPENED: N_("opened"),
    Reach.COULD: N_("could"),
}
