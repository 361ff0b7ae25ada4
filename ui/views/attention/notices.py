"""Hostile attention in the detail of whom it touches."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from app.domain.review_rows import AttentionRow
from ui.views.attention.words import attention_words
from ui.widgets.frames import Notice, Tone


def attention_notices(rows: Iterable[AttentionRow]) -> list[QWidget]:
    """One notice for each, amber while it pauses."""
    shown: list[QWidget] = []
    for row in rows:
        lead, words = attention_words(row)
        pauses = row.waits or (not row.in_error and row.paused != 0)
        shown.append(Notice(words, Tone.AMBER if pauses else Tone.NEUTRAL, lead=lead))
    return shown
