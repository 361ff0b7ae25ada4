"""Protects: a crash writes no key to the disk, from the first moment of the window and of the command line.

What the system keeps of a crashed process is all of its memory; here nothing of it may be kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.services.office import Office

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what Linux says of a process")

_WAIT_S: Final = 60
_ASK_DUMPABLE: Final = (
    "import ctypes\n"
    "from app.private_memory import keep_memory_private\n"
    "keep_memory_private()\n"
    "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
)


def _core_is_off(process: int) -> bool:
    limits = Path(f"/proc/{process}/limits").read_text(encoding="ascii")
    line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    return line.split()[4:6] == ["0", "0"]


def _comes(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + _WAIT_S
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def _with_cores() -> None:
    import resource

    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def test_the_system_is_told_that_nothing_of_it_may_be_kept_or_read() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ASK_DUMPABLE], capture_output=True, check=True, timeout=_WAIT_S
    )
    assert done.stdout.strip() == b"0"


def test_the_window_has_asked_before_a_passphrase_can_be_typed(office: Office, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    window = subprocess.Popen(
        [sys.executable, "-m", "ui.main", str(office.folder)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PORUCH_READY_FILE": str(ready)},
        preexec_fn=_with_cores,  # noqa: PLW1509 - this test starts no threads
    )
    try:
        assert _comes(ready.exists)
        assert _core_is_off(window.pid)
    finally:
        window.kill()
        window.wait()


def test_so_has_the_command_line(office: Office) -> None:
    reading, writing = os.pipe()
    command = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "log", str(office.folder), "--passphrase-fd", str(reading)],
        pass_fds=(reading,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_with_cores,  # noqa: PLW1509 - this test starts no threads
    )
    try:
        assert _comes(lambda: _core_is_off(command.pid))
        assert command.poll() is None  # it waits for the passphrase
    finally:
        command.kill()
        command.wait()
        os.close(reading)
        os.close(writing)
