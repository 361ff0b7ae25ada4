"""What the pages of a trustee are asked for: plain values. No widget, no service."""

from __future__ import annotations

from pathlib import Path

import attrs


@attrs.frozen
class MakeKey:
    """A key file somebody wants made."""

    path: Path
    name: str
    passphrase: str = attrs.field(repr=False)


@attrs.frozen
class OpenKey:
    """A key file to be opened."""

    path: Path
    passphrase: str = attrs.field(repr=False)


@attrs.frozen
class SaveCard:
    """Save my card there."""

    path: Path


@attrs.frozen
class OpenQuestion:
    """Open a slip somebody sent."""

    path: Path


@attrs.frozen
class CloseKey:
    """Lock: forget the key."""


@attrs.frozen
class AtHome:
    """What stands on the page of an open key.

    Attributes:
        words: mine, to be read aloud.
        askers: names of those whose words were compared.
    """

    name: str
    words: str
    askers: tuple[str, ...]
