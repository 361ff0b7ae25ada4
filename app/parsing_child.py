"""The child that reads a file from outside: started fresh, without keys, with little memory and time.

It reads one line of JSON (how the file is named, which reader it is for) and then the file's bytes from
standard input, and writes lines of JSON to standard output. It opens no file and starts nothing. The parent
is `app.limited_child`; whatever happens to this process, the parent says "this file cannot be read".

Source: security.md, *hostile list or bundle*.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress

from app.child_limits import ADDRESS_BYTES, DATA_BYTES, LONGEST_SECONDS, MAX_FILE_BYTES
from app.private_memory import keep_memory_private


def main() -> int:
    """Be the child. Returns 0 when the file was read to its end or refused with a code."""
    _limit_this_process()
    untrusted, out = sys.stdin.buffer, sys.stdout.buffer
    head = json.loads(untrusted.readline(1000))
    for line in _lines(head, untrusted.read(MAX_FILE_BYTES + 1)):
        out.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n")
    out.flush()
    return 0


def _lines(head: Mapping[str, object], untrusted: bytes) -> Iterator[Mapping[str, object]]:
    ending = str(head.get("ending", ""))
    if head.get("read") == "pictures":
        from app.pixels import lines as shown

        return shown(untrusted, ending)
    if head.get("read") == "file":
        from app.reports.elsewhere.child import lines as said

        return said(untrusted, ending)
    from app.intake.child import lines

    return lines(untrusted, ending)


def _limit_this_process() -> None:
    """Ask the system to hold this process small (Linux, macOS); the parent watches everywhere."""
    keep_memory_private()
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_AS, ADDRESS_BYTES),
        (resource.RLIMIT_DATA, DATA_BYTES),
        (resource.RLIMIT_CPU, int(LONGEST_SECONDS) + 1),
        (resource.RLIMIT_FSIZE, 0),
    )
    for what, amount in wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (amount, amount))


if __name__ == "__main__":
    sys.exit(main())
