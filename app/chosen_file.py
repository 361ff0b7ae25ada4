"""Opening a file that a person chose or that lies where others write: a file, never a pipe that never ends.

Opening a pipe waits until somebody writes into it, and everything that was asked for later waits behind it.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


def open_chosen(untrusted_path: Path) -> BinaryIO:
    """Open it for reading. Raises OSError, also for what is no file: a pipe, a device, a folder."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(untrusted_path, flags)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise
