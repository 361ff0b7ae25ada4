"""How a godparent is called where somebody writes to them."""

from __future__ import annotations

from app.domain.godparent import Godparent


def called(one: Godparent) -> str:
    """Title and name, as one writes to somebody."""
    return " ".join(part for part in (one.title, one.given_name, one.family_name) if part)
