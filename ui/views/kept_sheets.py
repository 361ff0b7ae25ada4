"""Sheets over the window that a lock or a crash closes half typed: how each opens again from what was kept.

A sheet that is kept has its place as object name and is `Keeps`. What belongs to a page is kept with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtWidgets import QDialog

from app.domain.canonical import Plain
from ui.views.main_window import MainWindow
from ui.workplace import (
    EARLIER,
    FACILITY,
    FIGURE,
    HOSTILE,
    MAILING_LIST,
    MESSAGE,
    RECIPIENT,
    REVIEWS,
    Workplace,
)

INTAKE: Final = "intake"
Ready = Callable[[QDialog | None], None]
"""Gets the sheet once it is there, or None where there is nothing to open it for any more."""
Reopen = Callable[[Workplace, MainWindow, Mapping[str, Plain], Ready], None]


def reopeners() -> Mapping[str, Reopen]:
    """By place: opens the sheet and hands it over once it is there, to be filled again."""
    return {
        INTAKE: _intake,
        HOSTILE: _attention,
        REVIEWS: _reviews,
        FACILITY: _facility,
        FIGURE: _figure,
        RECIPIENT: partial(_addressed, RECIPIENT),
        MAILING_LIST: partial(_addressed, MAILING_LIST),
        EARLIER: _earlier,
        MESSAGE: _message,
    }


def _intake(workplace: Workplace, window: MainWindow, _values: Mapping[str, Plain], ready: Ready) -> None:
    from ui.views.intake.sheet import open_intake

    ready(open_intake(workplace, window))


def _attention(workplace: Workplace, window: MainWindow, values: Mapping[str, Plain], ready: Ready) -> None:
    from ui.views.attention.sheet import open_attention

    noun, record = str(values.get("noun") or ""), str(values.get("record") or "")
    open_attention(workplace, window, noun, record, ready)


def _reviews(workplace: Workplace, window: MainWindow, values: Mapping[str, Plain], ready: Ready) -> None:
    from ui.views.consent.review_sheet import go_through_reviews

    go_through_reviews(workplace, window, mine=values.get("mine") is True, ready=ready)


def _facility(workplace: Workplace, window: MainWindow, values: Mapping[str, Plain], ready: Ready) -> None:
    from ui.views.prisoners.facility_sheet import open_facility

    open_facility(workplace, window, str(values.get("about") or ""), lambda _id: None, ready)


def _figure(workplace: Workplace, window: MainWindow, values: Mapping[str, Plain], ready: Ready) -> None:
    from ui.views.settings.figure_sheet import open_figure

    open_figure(workplace, window, str(values.get("about") or ""), ready)


def _addressed(
    place: str, workplace: Workplace, window: MainWindow, values: Mapping[str, Plain], ready: Ready
) -> None:
    from ui.views.reports.recipient_sheets import reopen

    reopen(workplace, window, place, str(values.get("about") or ""), ready)


def _earlier(workplace: Workplace, window: MainWindow, _values: Mapping[str, Plain], ready: Ready) -> None:
    from ui.views.intake.earlier_sheet import open_earlier

    open_earlier(workplace, window, ready)


def _message(workplace: Workplace, window: MainWindow, values: Mapping[str, Plain], ready: Ready) -> None:
    from ui.views.message.sheet import open_message

    open_message(workplace, window, str(values.get("about") or ""), ready)
