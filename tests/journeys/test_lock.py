"""Locking in the middle of typing, in the real program: the process is replaced and nothing typed is lost."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from app.services.godparents import CreateGodparent
from tests.journeys.driving import Driven
from tests.rules import ROOT
from tests.services.office import COORDINATOR, add_mother, add_prisoner, an_office

pytestmark = pytest.mark.window


def test_a_lock_in_the_middle_of_typing_loses_nothing(tmp_path: Path, screen: dict[str, str]) -> None:
    office = an_office(tmp_path / "case")
    driven = Driven(tmp_path, screen, "lock_steps")
    command = driven.command(office.folder)
    done = subprocess.run(command, env=driven.env, cwd=ROOT, timeout=60, capture_output=True, check=False)
    said = driven.said()
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert said["typed"] == said["typed_after"] == "Halfword"
    if os.name != "nt":
        assert said["pid"] == said["pid_after"]
    assert said["page_after"] == ["start"]
    left = [path.name for path in driven.home.rglob("*") if path.is_file() and "fontconfig" not in str(path)]
    assert left == [], "the program left something in the home folder"


def test_after_a_lock_every_list_shows_who_was_shown(tmp_path: Path, screen: dict[str, str]) -> None:
    office = an_office(tmp_path / "case")
    with office.as_person(COORDINATOR) as session:
        for name in ("Barsukova", "Krapivuk"):
            add_mother(session, add_prisoner(session, family_name=name))
            session.godparents.create(CreateGodparent({"family_name": name, "country": "DE"}))
    driven = Driven(tmp_path, screen, "chosen_steps")
    command = driven.command(office.folder)
    # Where it stands when it stands still, instead of nothing.
    env = {**driven.env, "PYTHONFAULTHANDLER": "1"}
    with subprocess.Popen(command, env=env, cwd=ROOT, stderr=subprocess.PIPE) as running:
        try:
            _out, wrong = running.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGABRT)
            _out, wrong = running.communicate(timeout=10)
    said = driven.said()
    assert running.returncode == 0, f"{said}\n{wrong.decode()[-2000:]}"
    for page in ("prisoners", "relatives", "godparents"):
        assert said[f"{page}_after"] == said[page], page
