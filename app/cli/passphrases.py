"""Where passphrases come from: a prompt, or lines of a file descriptor. Never an argument, never echoed."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.domain.errors import Code, KnownError
from app.i18n import _

_LONGEST: Final = 4096


class Passphrases:
    """Hands out passphrases in the order they are asked for.

    Args:
        descriptor: read lines from here; None asks the person.
        key_file: needed beside the passphrase, for a person who uses one.
    """

    def __init__(self, descriptor: int | None, key_file: Path | None = None) -> None:
        self._descriptor: Final = descriptor
        self.key_file: Final = key_file
        self._lines: list[str] | None = None

    def __repr__(self) -> str:
        return "Passphrases()"

    @property
    def interactive(self) -> bool:
        """Whether a person sits there."""
        return self._descriptor is None

    def ask(self, question: str) -> str:
        """The next passphrase.

        Raises:
            KnownError: BAD_ARGUMENT where none is left, CANCELLED where whoever is asked ends the asking.
        """
        if self._descriptor is None:
            return answered(getpass.getpass, question)
        if self._lines is None:
            self._lines = _read(self._descriptor)
        if not self._lines:
            raise KnownError(Code.BAD_ARGUMENT, what="--passphrase-fd")
        return self._lines.pop(0)

    def ask_new(self, question: str) -> str:
        """A new passphrase, typed twice where a person types it.

        Raises:
            KnownError: BAD_ARGUMENT where none is left, WRONG_PASSPHRASE where the two differ.
        """
        first = self.ask(question)
        if self.interactive and self.ask(_("The same again")) != first:
            raise KnownError(Code.WRONG_PASSPHRASE)
        return first


def answered(ask: Callable[[str], str], question: str) -> str:
    """What a person answers.

    Raises:
        KnownError: CANCELLED where they end the asking (Ctrl+D), or nobody sits there.
    """
    try:
        return ask(f"{question}: ")
    except EOFError as ended:
        raise KnownError(Code.CANCELLED) from ended


def _read(descriptor: int) -> list[str]:
    read = b""
    try:
        while len(read) < _LONGEST and (chunk := os.read(descriptor, _LONGEST)):
            read += chunk
        return read.decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(Code.BAD_ARGUMENT, what="--passphrase-fd") from error
