"""SQLCipher as the product opens it, except that memory is not locked and wiped at every allocation.

That costs two system calls each time, 40 % of what the suite took, and changes no byte of any file.
`tests/storage/test_connection.py` looks in a process of its own that the product asks for it and gets it;
whatever tests start as another process (the program, the command line, a kill at every step) has it, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from sqlcipher3 import dbapi2

_WIPING: Final = "PRAGMA cipher_memory_security = ON"
_ASKING: Final = "PRAGMA cipher_memory_security"


class Unwiped(dbapi2.Connection):  # type: ignore[misc]
    """A connection that only asks where the product would switch it on."""

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """One statement."""
        return super().execute(_ASKING if sql == _WIPING else sql, values)


def install() -> None:
    """From now on every connection of this process is one; before the first, since switching on lasts."""
    dbapi2.connect = partial(dbapi2.connect, factory=Unwiped)
