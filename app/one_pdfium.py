"""pdfium works for one thread of a process at a time, and says so nowhere: two at once end the program.

Whoever reads or draws a PDF with it holds this, a page at a time, so that the window never waits for a whole
document somebody checks behind it.

Source: pypdfium2's notes on thread safety.
"""

from __future__ import annotations

from threading import RLock
from typing import Final

PDFIUM: Final = RLock()
