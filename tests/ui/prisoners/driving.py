"""What tests of the page do with hands and eyes."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.services.views import PrisonerView
from tests.ui.prisoners.conftest import Desk
from ui.views.prisoners.edit_sheet import EditSheet
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice
from ui.widgets.labels import RunText

CTRL = Qt.KeyboardModifier.ControlModifier


def names(desk: Desk) -> list[str]:
    rows = (desk.page.model.row(one) for one in desk.page.model.shown_ids())
    return [row.name for row in rows if row is not None]


def words_of(desk: Desk) -> str:
    """Everything the detail says."""
    shown = [
        one.accessibleName() for one in desk.page.detail.findChildren(RunText) if one.isVisibleTo(desk.page)
    ]
    return " | ".join(shown + [one.accessibleName() for one in desk.page.detail.findChildren(Notice)])


def view_of(desk: Desk, prisoner: str) -> PrisonerView:
    return cast(PrisonerView, desk.ask(lambda: desk.session.prisoners.get(prisoner)))


def edit(desk: Desk) -> EditSheet:
    return cast(EditSheet, desk.sheet())


def typed(sheet: EditSheet, name: str, text: str) -> None:
    """Type into a line of the form, instead of what stands there."""
    control = sheet.form.boxes[name].editor.widget
    assert isinstance(control, QLineEdit)
    control.setFocus()
    control.selectAll()
    QTest.keyClicks(control, text)


def press(sheet: object, words: str) -> None:
    button = next(one for one in sheet.findChildren(Button) if one.text() == words)  # type: ignore[attr-defined]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
