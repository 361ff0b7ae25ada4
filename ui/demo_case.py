"""The case file of invented people to look around in: where it lies, how it is made, who can open it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.progress import Progress
from app.i18n import _
from ui.views.start.asked import Guest

if TYPE_CHECKING:
    from app.demo import DemoPerson


def demo_folder() -> Path:
    """Where the demo lies: a folder of its own among temporary files of this person."""
    name = f"poruch-demo-{os.getuid()}" if hasattr(os, "getuid") else "poruch-demo"
    return Path(tempfile.gettempdir()) / name / "case-file"


def make_demo_case(
    folder: Path, progress: Progress, say: Callable[[str], None] | None = None
) -> tuple[DemoPerson, ...]:
    """Make the demo where it is not there; gives who can open it, the coordinator first.

    Args:
        say: told what was made, line by line, on the worker.
    """
    from app.demo import demo_people, make_demo

    if not folder.exists():
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Somebody may stop it half-way: only a whole demo gets its name.
        making, reports = folder.with_name("in-the-making"), folder.parent / "reports"
        for left in (making, reports):
            shutil.rmtree(left, ignore_errors=True)
        make_demo(making, say or _in_silence, reports=reports, progress=progress)
        making.rename(folder)
    return tuple(sorted(demo_people(), key=lambda person: "coordinator" not in person.roles))


def _in_silence(line: str) -> None:
    """Where a bar says how far it is, nobody reads lines."""


def guest(person: DemoPerson) -> Guest:
    """Somebody of the demo as the unlock page offers them."""
    words = {
        "coordinator": (_("coordinator"), _("Forty prisoners of her own, their families and godparents.")),
        "officer": (_("security officer"), _("Agrees as the second person and approves reports.")),
        "reports": (_("reports staff"), _("Makes reports; the families stay closed to her.")),
    }
    role, sentence = words.get(person.roles[0], (person.roles[0], ""))
    return Guest(person.name, role, sentence, person.passphrase)
