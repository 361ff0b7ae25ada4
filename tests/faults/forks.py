"""A fork: an older copy of the file goes on by itself, through the program, while the other went on too.

Nothing in such a file is wrong by itself: every entry is signed, follows and stands for its records. Only
somebody who kept a proof line of the other half can tell the two apart.

Source: security.md, *The log is the head*; issue 3, point 12.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

import attrs

from app.casefile.roster_rules import verify_roster
from app.casefile.unlock import Unlocked
from app.domain.acts import Act
from app.domain.prisoner import Prisoner
from app.services.granting import signed_grant
from app.services.signers import RosterSigners
from app.storage.opening import open_store

_BEYOND: Final = 4
_WORK: Final = ("driver", "poet", "judge", "nurse", "welder")


def go_on(path: Path, rng: random.Random, insider: Unlocked, sequence: int) -> None:
    """Work in a copy as the insider, so that its log ends before, at or beyond the entry of a proof line.

    Args:
        path: of the older copy's database.
        rng: chooses how much is done, and what.
        insider: who works there.
        sequence: of the proof line's entry.
    """
    opened = open_store(path, insider.main, insider.case_file)
    try:
        grants = [signed_grant(stored) for stored in opened.grants()]
        roster = verify_roster(grants, insider.case_file, insider.keys.trust_root, insider.keys.roster)
        store = opened.sign_in(insider.keys, RosterSigners(roster))
        with store.reading() as reader:
            lacks = max(sequence - reader.head()[0], 0)
        for _edit in range(rng.randint(1, lacks + _BEYOND)):
            with store.writing() as work:
                one = rng.choice(work.find(Prisoner))
                other = rng.choice([each for each in _WORK if each != one.occupation])
                work.save(attrs.evolve(one, occupation=other), one.version)
                work.commit(Act.PRISONER_CHANGED)
    finally:
        opened.close()
