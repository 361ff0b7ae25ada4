"""Keeping what is in memory out of files: no core dump of a process that holds keys, on any system.

A crash would otherwise leave every key on the disk, or with a service of the system that collects crashes.
Beyond that, on Linux no other program of the same user may read this memory.

Source: security.md, *Traces* (core dumps).
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

_PR_SET_DUMPABLE: Final = 4
_NO_HEAP: Final = 1  # WER_FAULT_REPORTING_FLAG_NOHEAP
_NO_CRASH_BOX: Final = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX


def keep_memory_private() -> None:
    """Ask the system for it, before any key is there; one that does not know it goes on without."""
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            kernel = ctypes.windll.kernel32
            kernel.SetErrorMode(kernel.GetErrorMode() | _NO_CRASH_BOX)
            kernel.WerSetFlags(_NO_HEAP)
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # The limit alone does not hold where a crash is piped to a program (systemd-coredump, apport).
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
