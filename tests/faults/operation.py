"""One operation cut at every system call that changes or reads disks: what such harnesses share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Container, Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

from app.domain.errors import Code
from tests.faults.cuts import Cut, places, run
from tests.faults.tried import Tried
from tests.faults.tried import table as table_of

SAID: Final = frozenset(
    {
        *(Code.NO_SPACE, Code.CANNOT_WRITE, Code.CANNOT_READ, Code.CASE_FILE_MISSING, Code.DATA_DAMAGED),
        *(Code.CASE_FILE_INCOMPLETE, Code.HEADER_DAMAGED, Code.IN_USE, Code.UNSAFE_LIBRARY),
        *(Code.NOT_A_CASE_FILE, Code.CASE_FILE_MOVED),
    }
)
"""What a refusal may be called; any other code, or a bug, is a wrong word."""


@attrs.frozen
class Operation:
    """An operation on a case file, tried on a copy each time.

    Attributes:
        name: in words, as the table says it.
        folder: copied for each try.
        work: what the child does in the copy; gives the code it was refused with, or "".
        wrong: what is not as promised in the copy afterwards, in words, or "".
        may_say: codes a refusal may have; any other, or a bug, is a wrong word.
    """

    name: str
    folder: Path
    work: Callable[[Path], str]
    wrong: Callable[[Path], str]
    may_say: Container[str] = SAID

    def cuts(self, work: Path) -> Iterator[Cut]:
        """Every place an undisturbed run can be cut at."""
        return places(self.folder, work, lambda: self.work(work))

    def tried(self, work: Path, cut: Cut) -> Tried:
        """One try, on a copy."""
        shutil.copytree(self.folder, work)
        try:
            ended = run(lambda: self.work(work), cut)
            return Tried(cut, ended, self.wrong(work), self.may_say)
        finally:
            shutil.rmtree(work)

    def table(self, found: Sequence[Tried]) -> str:
        """What came of it."""
        return table_of(f"{self.name}, cut at every system call", found)
