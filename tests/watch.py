"""The canary watch: sees what a test logs, raises and leaves in temporary files. Used by `conftest.py` only.

Files in the temporary folder are looked at when they are removed and again at the end, so that a file which
lived for a moment counts too.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

from app.domain.errors import BugError, KnownError
from tests.canaries import leaks_in, leaks_in_file, leaks_in_folder

_active: list[Watch] = []


class Watch:
    """What was seen during one test.

    Args:
        temporary: the folder that `tempfile` uses during the test.
    """

    def __init__(self, temporary: Path) -> None:
        self.temporary: Final = temporary
        self.findings: Final[list[str]] = []
        self._errors: list[KnownError | BugError] = []
        self._undo: list[Callable[[], None]] = []

    def __enter__(self) -> Watch:
        self._watch_logs()
        self._watch_errors(KnownError)
        self._watch_errors(BugError)
        _active.append(self)
        _install_hook()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _active.remove(self)
        for undo in reversed(self._undo):
            undo()
        for raised in self._errors:
            self.look("an error", " ".join(map(repr, (raised, raised.args, vars(raised)))))
        for name, found in leaks_in_folder(self.temporary).items():
            self.findings.append(f"a temporary file ({Path(name).suffix or 'no suffix'}): {found[0]!r}")

    def look(self, where: str, text: str) -> None:
        """Note every planted text in `text`."""
        self.findings.extend(f"{where}: {leak!r}" for leak in leaks_in(text)[:1])

    def removed(self, path: Path) -> None:
        """A file is about to be removed: look at it while it is there."""
        if path.is_relative_to(self.temporary) and path.is_file():
            found = leaks_in_file(path)[:1]
            self.findings.extend(f"a temporary file, since removed: {leak!r}" for leak in found)

    def _watch_logs(self) -> None:
        make = logging.getLogRecordFactory()
        root = logging.getLogger()
        level = root.level

        def watched(*args: object, **kwargs: object) -> logging.LogRecord:
            record: logging.LogRecord = make(*args, **kwargs)
            values = [record.args, record.exc_info[1] if record.exc_info else ""]
            self.look(f"a log record of {record.name}", f"{record.msg} {values!r} {record.getMessage()}")
            return record

        def undo() -> None:
            logging.setLogRecordFactory(make)
            root.setLevel(level)

        logging.setLogRecordFactory(watched)
        root.setLevel(logging.DEBUG)
        self._undo.append(undo)

    def _watch_errors(self, kind: type[KnownError] | type[BugError]) -> None:
        original = kind.__new__
        watch = self

        def watched(
            cls: type[KnownError | BugError], /, *args: object, **kwargs: object
        ) -> KnownError | BugError:
            error: KnownError | BugError = Exception.__new__(cls, *args)
            watch._errors.append(error)
            return error

        def undo() -> None:
            if original is Exception.__new__:
                del kind.__new__
            else:
                setattr(kind, "__new__", original)  # noqa: B010 - mypy forbids the plain assignment

        setattr(kind, "__new__", watched)  # noqa: B010 - as above
        self._undo.append(undo)


_hooked: list[bool] = []


def _install_hook() -> None:
    if not _hooked:  # an audit hook can never be taken away again, so there is only ever one
        _hooked.append(True)
        sys.addaudithook(_on_event)


def _on_event(event: str, arguments: tuple[object, ...]) -> None:
    if event == "os.remove" and _active and arguments:
        target = arguments[0]
        if isinstance(target, str | bytes | os.PathLike):
            _active[-1].removed(Path(os.fsdecode(target)))
