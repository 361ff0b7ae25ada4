"""Very many signatures, checked on two processors at a time.

A thread is enough for that: libsodium lets the other one run while it works, and there is nobody in between
whose word would have to be believed. What goes wrong in the thread goes wrong here; nothing counts as signed
that was not looked at.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from app.crypto.bulk_signing import signature_holds
from app.domain.log import SIGNED

Question = tuple[bytes, bytes, bytes]
"""Public key, body of an entry, signature."""


class SignatureChecks:
    """Checks signatures of entries, some hundreds at a time; close it when done.

    Args:
        processors: how many this program may use; None to ask the system.
    """

    def __init__(self, processors: int | None = None) -> None:
        several = (processors if processors is not None else _processors()) > 1
        self._second = ThreadPoolExecutor(1, "signatures") if several else None

    def hold(self, questions: Sequence[Question]) -> list[bool]:
        """Whether each signature holds."""
        if self._second is None:
            return _all_of(questions)
        half = len(questions) // 2
        first = self._second.submit(_all_of, questions[:half])
        last = _all_of(questions[half:])
        return [*first.result(), *last]

    def close(self) -> None:
        """Let the second processor go; what is asked after this is checked on one."""
        second, self._second = self._second, None
        if second is not None:
            second.shutdown()


def _all_of(questions: Sequence[Question]) -> list[bool]:
    return [signature_holds(public, SIGNED, body, signature) for public, body, signature in questions]


def _processors() -> int:
    """How many this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
