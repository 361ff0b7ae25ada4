"""Data that ships with Poruch: kinds of report, vocabularies, translations, fonts, templates, demo."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The file or folder `name` (slashes between folders) under `resources/`."""
    return _ROOT / name
