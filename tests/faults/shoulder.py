"""What somebody over the shoulder, or a program that reads the screen, sees with nothing shown on purpose.

Two case files are the same but for the names, numbers and addresses of relatives. The real program is opened
on both; every page has to be the same picture on both, and whatever it tells a screen reader, a tool tip or a
title is searched for the planted texts; the same minimised and locked. That a name that is shown would make
another picture is tried in the test of this module.

Source: security.md, *Threats*, "shoulder".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import attrs
from PIL import Image, ImageChops

from app.services.identities import EditIdentity
from app.services.relatives import AddRelative
from tests import canaries
from tests.faults.needles import Needles
from tests.journeys.driving import Driven
from tests.services.office import COORDINATOR, Office, add_prisoner, an_office

_ONE: Final = {
    "full_name": canaries.RELATIVE_NAME,
    "phones": (canaries.RELATIVE_PHONE,),
    "emails": (canaries.RELATIVE_EMAIL,),
}
_OTHER: Final = {"full_name": "Other", "phones": ("+375 29 000-00-00",), "emails": ("o@example.org",)}
_TOLD: Final = ("utf-8",)


@attrs.frozen
class Looked:
    """What was found.

    Attributes:
        pages: pictures that were compared.
        differ: pages that are another picture where only closed names differ.
        told: planted texts in names for screen readers, titles and tool tips, with where.
        texts: how many of those were searched.
    """

    pages: int
    differ: tuple[str, ...]
    told: tuple[str, ...]
    texts: int


def looked(folder: Path, families: tuple[str, str] = ("Example", "Example"), *, tries: int = 3) -> Looked:
    """Open the program on both.

    Args:
        families: family names of prisoners in the one and in the other, which stand on screen.
        tries: how often it is looked where pictures differ: the log shows the minute of an opening, which may
            end between the two. A name that shows differs every time.
    """
    seen = _looked(folder / "1", families)
    for number in range(2, tries + 1):
        if not seen.differ:
            break
        again = _looked(folder / f"{number}", families)
        told = tuple(sorted({*seen.told, *again.told}))
        both = tuple(name for name in seen.differ if name in again.differ)
        seen = attrs.evolve(again, differ=both, told=told)
    return seen


def _looked(folder: Path, families: tuple[str, str]) -> Looked:
    offices = [an_office(folder / name / "case") for name in ("one", "other")]
    for office, identity, family in zip(offices, (_ONE, _OTHER), families, strict=True):
        _fill(office, identity, family)
    desks = [_look(folder / name, office) for name, office in zip(("one", "other"), offices, strict=True)]
    pictures = sorted(path.name for path in desks[0].glob("*.png"))
    differ = tuple(name for name in pictures if _differ(desks[0] / name, desks[1] / name))
    needles = Needles((*canaries.ALL, "Kvitkavets", "707-14-53"), None, _TOLD)
    told: list[str] = []
    texts = 0
    for path in sorted(desks[0].glob("*.json")):
        if path.name == "notes.json":
            continue
        for one in json.loads(path.read_text()):
            texts += 1
            told += [f"{found} on {path.stem}" for found in needles.found_in(one.encode())]
    return Looked(len(pictures), differ, tuple(sorted(set(told))), texts)


def _fill(office: Office, identity: Mapping[str, object], family: str) -> None:
    with office.as_person(COORDINATOR) as session:
        for number in range(3):
            prisoner = add_prisoner(session, family_name=f"{family} {number}")
            values = {"relation": "mother", "nickname": "gardener", "whereabouts": "outside"}
            mother = session.relatives.add(AddRelative(prisoner, values, {"full_name": "Mother"})).id
            session.relatives.edit_identity(EditIdentity(mother, 1, identity))


def _look(place: Path, office: Office) -> Path:
    desk = place / "desk"
    desk.mkdir()
    driven = Driven(desk, {"QT_QPA_PLATFORM": "offscreen"}, "shoulder_steps")
    driven.start(office.folder, "")
    try:
        driven.wait_for("looked", 240)
    finally:
        driven.kill()
    return desk


def _differ(one: Path, other: Path) -> bool:
    with Image.open(one) as left, Image.open(other) as right:
        if left.size != right.size:
            return True
        return ImageChops.difference(left.convert("RGB"), right.convert("RGB")).getbbox() is not None
