"""The command line `poruch`: the same services as the window, so that the core stays honest without Qt.

Exit codes: 0 done · 1 our own mistake (a reference number) · 2 wrong usage · 3 a known error, on one line,
without names · 4 it waits for a second person and is kept in the case file · 5 verification found something ·
6 cancelled ·
7 the second person said no.
"""

from __future__ import annotations

import io
import sys


def main() -> int:
    """Run one command; gives its exit code."""
    if sys.argv[1:2] == ["--parse"]:
        # The limited child that reads a list: keys, database and services are never imported there.
        from app.parsing_child import main as parse

        return parse()
    from app.cli.run import run
    from app.private_memory import keep_memory_private

    keep_memory_private()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A pipe on Windows may not know a letter of the language spoken: better a "?" than no answer.
            stream.reconfigure(errors="replace")
    return run(sys.argv[1:])
