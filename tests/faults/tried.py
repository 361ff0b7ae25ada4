"""What a try of an operation cut at one system call came to, and the table of many: one for every harness."""

from __future__ import annotations

from collections.abc import Container, Sequence

import attrs

from tests.faults.cuts import Cut, Ended


@attrs.frozen
class Tried:
    """What one try came to.

    Attributes:
        ended: how the child ended.
        wrong: what is not as promised afterwards, in words; empty where everything is.
        may_say: codes a refusal may have; any other, or a bug, is a wrong word.
        operation: which one, where a harness has several.
    """

    cut: Cut
    ended: Ended
    wrong: str
    may_say: Container[str] = attrs.field(repr=False)
    operation: str = ""

    @property
    def told(self) -> bool:
        """Whether it was killed, was not disturbed, or said something it may say."""
        return self.ended.told(self.may_say)

    @property
    def holds(self) -> bool:
        """Whether everything is as promised."""
        return not self.wrong and self.told

    @property
    def line(self) -> str:
        """In which line of the table it is counted."""
        return ": ".join(part for part in (self.operation, self.cut.way) if part)


def table(what: str, found: Sequence[Tried]) -> str:
    """What came of them, by operation and way, in the order they were tried."""
    lines = [f"| {what} | tries | not as promised | wrong words | held |", "|---|---|---|---|---|"]
    for name in dict.fromkeys(one.line for one in found):
        mine = [one for one in found if one.line == name]
        wrong, untold = sum(bool(one.wrong) for one in mine), sum(not one.told for one in mine)
        held = sum(one.holds for one in mine)
        lines.append(f"| {name} | {len(mine)} | {wrong} | {untold} | {held} |")
    return "\n".join(lines)
