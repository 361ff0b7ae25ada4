"""How wide columns are drawn when there is less room than they want. Numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_CUT: Final = 4  # one part of so many may be cut off the column that gives way


def fitted(wanted: Sequence[int], needed: Sequence[int], room: int, taker: int) -> list[int]:
    """Widths that fill the room where they can.

    Where there is room, all get what they want and `taker` what is left. Where that is too little, for all or
    for `taker`, who needs less than it wants gives to whom something is cut. Where a little is still missing
    `taker` is cut; only when that is not enough either is the table wider than its window.

    Args:
        wanted: width of each column as declared or chosen, px.
        needed: width at which nothing in it is cut.
        room: of all together.
        taker: place of the column that takes what is left.
    """
    spare = room - sum(wanted)
    if spare >= 0 and (wanted[taker] + spare >= needed[taker] or list(needed) == list(wanted)):
        widths = list(wanted)
        widths[taker] += spare
        return widths
    widths = [min(want, need) for want, need in zip(wanted, needed, strict=True)]
    left = room - sum(widths)
    for place in range(len(widths)):
        more = min(max(needed[place] - widths[place], 0), max(left, 0))
        widths[place] += more
        left -= more
    missing = sum(widths) - room
    if 0 < missing <= widths[taker] // _CUT:
        widths[taker] -= missing
    share, over = divmod(max(left, 0), len(widths))
    widths = [width + share for width in widths]
    widths[taker] += over
    return widths
