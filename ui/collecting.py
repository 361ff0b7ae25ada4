"""Python looks through all it holds for what nobody needs any more; what stays until the lock is spared.

Some hundred thousand objects of imports and of the opened case file live as long as the process. Looking them
through took longer than showing twenty thousand relatives.
"""

from __future__ import annotations

import gc


def spare_what_stays() -> None:
    """Call it once, when everything is open; what comes later is looked through as ever."""
    gc.freeze()
