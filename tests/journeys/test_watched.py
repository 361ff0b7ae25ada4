"""Protects: a day's work leaves no trace, opens no connection, and a lock leaves no key in memory.

What `python3 dev.py faults --only traces,memory` runs, once; and that a trace would be seen.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import canaries
from tests.faults import locked_memory, whole_journeys
from tests.faults.needles import ENCODINGS, Needles, _encoded
from tests.faults.system_log import OPTIONS, read

pytestmark = pytest.mark.window
_CAREFUL = """
import socket, sys, tempfile, os
from pathlib import Path
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
folder = Path(sys.argv[1])
with tempfile.NamedTemporaryFile(dir=folder) as gone:
    gone.write(sys.argv[2].encode("utf-16-le"))
    gone.flush()
(folder / "made").mkdir()
(folder / "moved").write_bytes(b"")
(folder / "moved").rename(folder / "elsewhere")
"""


@pytest.mark.slow
@pytest.mark.skipif(not whole_journeys.can_watch(), reason="no strace here")
def test_a_days_work_leaves_nothing_outside_and_opens_no_connection(tmp_path: Path) -> None:
    seen = whole_journeys.watched(tmp_path)
    assert (seen.unfinished, seen.outside, seen.leaks, seen.left) == ((), (), (), ())
    assert (seen.internet, seen.reached, seen.dumping) == (0, (), 0)
    assert seen.buffers > 1000


@pytest.mark.skipif(not locked_memory.can_search(), reason="may not read the memory of others here")
def test_two_seconds_after_a_lock_nothing_is_in_memory(tmp_path: Path) -> None:
    seen = locked_memory.searched(tmp_path)
    assert {told.split(" in ")[0] for told in seen.before} == set(locked_memory.SOUGHT)
    assert seen.after == ()
    assert seen.same


@pytest.mark.skipif(not whole_journeys.can_watch(), reason="no strace here")
def test_a_trace_would_be_seen(tmp_path: Path) -> None:
    folder, log = tmp_path / "somewhere", tmp_path / "log"
    folder.mkdir()
    command = [sys.executable, "-c", _CAREFUL, str(folder), canaries.RELATIVE_NAME]
    subprocess.run(["strace", "-o", str(log), *OPTIONS, "--", *command], check=True, env=dict(os.environ))
    seen = read(log)
    assert seen.sockets["AF_INET"] == 1
    assert {folder / "made", folder / "moved", folder / "elsewhere"} <= seen.written
    needles = Needles([canaries.RELATIVE_NAME])
    told = [(where, needles.found_in(content)) for where, content in seen.buffers]
    assert [found for where, found in told if where.startswith(str(folder)) and found] == [
        [f"{canaries.RELATIVE_NAME} in utf-16-le"]
    ]
    assert (seen.starts, seen.no_dumps) == (1, 0)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [canaries.RELATIVE_NAME_BE, canaries.NOTE])
def test_every_encoding_is_found(text: str, encoding: str) -> None:
    for pattern in _encoded(text, encoding):
        if pattern:
            assert Needles([text]).found_in(b"\0\1" + pattern + b"\xff") != []
    assert Needles([text]).found_in(b"somebody else, somewhere else") == []
