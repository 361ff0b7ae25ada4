"""`poruch` as a test runs it: passphrases through a descriptor, exit code and both outputs back."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from app.cli.run import run

Run = Callable[..., tuple[int, str, str]]
"""Takes every line the descriptor gives (one, or several in a tuple), then the arguments."""


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command; gives exit code, output and what went wrong."""

    def call(said: tuple[str, ...] | str, *arguments: object) -> tuple[int, str, str]:
        lines = (said,) if isinstance(said, str) else said
        reading, writing = os.pipe()
        os.write(writing, "".join(f"{line}\n" for line in lines).encode())
        os.close(writing)
        try:
            code = run([*map(str, arguments), "--passphrase-fd", str(reading)])
        finally:
            os.close(reading)
        told = capsys.readouterr()
        return code, told.out, told.err

    return call
