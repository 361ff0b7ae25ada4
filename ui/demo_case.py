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

Say = Callable[[str], None]


def demo_folder() -> Path:
    """Where the demo lies: a folder of its own among temporary files of this person."""
    name = f"poruch-demo-{os.getuid()}" if hasattr(os, "getuid") else "poruch-demo"
    return Path(tempfile.gettempdir()) / name / "case-file"


def make_demo_case(
    folder: Path, progress: Progress, say: Say | None = None
) -> tuple[Path, tuple[DemoPerson, ...]]:
    """Make the demo where it is not there, or is of another state of the program.

    What lies at `folder` and is not known to be the demo is left alone: the demo gets a number behind
    its name.

    Args:
        say: told what was made, line by line, on the worker.

    Returns:
        Where it is, and who can open it, the coordinator first.
    """
    from app.demo import demo_people
    from app.demo_state import Kept, kept

    place, number = folder, 1
    while (found := kept(place)) is Kept.NOT_THE_DEMO:
        number += 1
        place = folder.with_name(f"{folder.name}-{number}")
    if found is not Kept.CURRENT:
        _make(place, progress, say or _in_silence)
    people = sorted(demo_people(), key=lambda person: "coordinator" not in person.roles)
    return place, tuple(people)


def _make(place: Path, progress: Progress, say: Say) -> None:
    from app.demo import make_demo
    from app.demo_state import mark

    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    making, reports, outdated = (
        place.with_name(f"{place.name}-{end}") for end in ("in-the-making", "reports", "outdated")
    )
    for left in (making, reports, outdated):
        shutil.rmtree(left, ignore_errors=True)
    make_demo(making, say, reports=reports, progress=progress)
    # Somebody may stop it anywhere: only a whole demo gets its name, and the marker is there before it.
    if place.exists():
        place.rename(outdated)
    mark(place, making)
    making.rename(place)
    shutil.rmtree(outdated, ignore_errors=True)


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
