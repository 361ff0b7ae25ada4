"""What the first windows are asked for and told: plain values. No widget, no service."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from app.crypto.shares import Share


@attrs.frozen
class NewCase:
    """A case file somebody wants made."""

    folder: Path
    name: str
    person: str
    desk: str
    passphrase: str = attrs.field(repr=False)


@attrs.frozen
class Guest:
    """One of the invented people of the demo, with words for what they may do."""

    name: str
    role: str
    sentence: str
    passphrase: str = attrs.field(repr=False)


@attrs.frozen
class Verdict:
    """What is thought of a passphrase somebody is choosing.

    Attributes:
        share: how far it is on the way to being strong, 0 to 1.
        enough: whether it may be used.
        words: why, in one sentence.
    """

    share: float
    enough: bool
    words: str


@attrs.frozen
class ComeIn:
    """Somebody comes in with three sheets of a recovery kit.

    Attributes:
        folder: of the case file, or the new one a backup goes into.
        backup: put back first, if one is.
        shares: of the three sheets, as `app.crypto.shares` read them.
    """

    folder: Path
    backup: Path | None
    shares: tuple[Share, ...] = attrs.field(repr=False)
    passphrase: str = attrs.field(repr=False)


Judge = Callable[[str, tuple[str, ...], Callable[[Verdict], None]], None]
"""Takes a passphrase, words an attacker tries first, and whom to tell; answers later, off the window."""

Suggest = Callable[[], str]
"""Gives a passphrase of six words by chance."""
