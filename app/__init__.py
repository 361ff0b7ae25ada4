"""Poruch without a window: everything the program knows and decides. Nothing in here knows Qt."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"
