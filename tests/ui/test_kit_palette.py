"""Protects: everything can be read, in both themes, by computation and on the drawn page."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.palette import DARK, LIGHT, Palette, contrast
from ui.states import State
from ui.theme import Mode
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card
from ui.widgets.labels import Run, RunText

GROUNDS = ("window", "surface", "rail", "hover")
WORDS = (
    *product(("text", "muted", "accent_text", "yes", "ends", "no", "unasked", "waits"), GROUNDS),
    *product(("text", "muted_selected", "accent_text", "yes", "ends", "no", "waits"), ("selection",)),
    *product(("on_fill",), ("fill_yes", "fill_ends", "fill_no", "fill_unasked", "fill_waits")),
    *(("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_danger", "danger")),
    *(("on_solid", "solid"), ("solid_hint", "solid"), ("muted_selected", "step_idle")),
    *(("amber_text", "amber_back"), ("red_text", "red_back"), ("green_text", "green_back")),
    *(("muted", "amber_back"), ("muted", "green_back"), ("muted", "red_back")),
)
SHAPES = (
    *product(("control", "focus", "accent"), ("window", "surface", "rail")),
    *product(("focus",), ("selection",)),
    *product(("mark_glyph",), ("yes", "ends", "no")),
    *product(("danger", "solid"), ("surface", "window")),
)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda each: each.name)
@pytest.mark.parametrize(("word", "ground"), WORDS)
def test_words_have_contrast(palette: Palette, word: str, ground: str) -> None:
    assert contrast(getattr(palette, word), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda each: each.name)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_controls_and_focus_have_contrast(palette: Palette, shape: str, ground: str) -> None:
    assert contrast(getattr(palette, shape), getattr(palette, ground)) >= 3


def test_contrast_is_what_the_guideline_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_drawn_words_have_contrast(mode: Mode) -> None:
    look = theme.apply(mode, 2.0)
    for state in State:
        line = RunText([Run("██████", state=state)])
        line.resize(400, 60)
        drawn = line.grab().toImage()
        ink = {drawn.pixelColor(x, drawn.height() // 2).name() for x in range(80, 200)}
        assert max(contrast(each, look.palette.surface) for each in ink) >= 4.5


def test_primary_button_is_drawn_in_the_accent() -> None:
    theme.apply(Mode.LIGHT)
    button = Button("Save", Look.PRIMARY)
    image = button.grab().toImage()
    assert image.pixelColor(6, image.height() // 2) == QColor(LIGHT.accent)


def test_other_colours_reach_every_part_and_each_only_a_few_times(application: QApplication) -> None:
    """A sheet over a sheet is worked out by Qt once more for every part around a part: seconds."""
    whole = inner = Card()
    for _depth in range(8):
        inner.add(deeper := Card())
        inner = deeper
    inner.add(button := _Counted("Save", Look.PRIMARY))
    whole.show()
    theme.apply(Mode.LIGHT)
    button.told = 0
    theme.apply(Mode.DARK)
    assert button.grab().toImage().pixelColor(6, button.height() // 2) == QColor(DARK.accent)
    assert 0 < button.told <= 4
    theme.apply(Mode.DARK)
    assert button.told <= 4  # nothing new: nobody is told
    whole.close()


class _Counted(Button):
    """Counts how often it was told of another style."""

    told = 0

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.told += event.type() is QEvent.Type.StyleChange


def test_sizes_step_up_and_down_and_end() -> None:
    assert theme.smaller(theme.larger(1.0)) == 1.0
    assert theme.larger(2.0) == 2.0
    assert theme.smaller(0.85) == 0.85
    assert theme.apply(Mode.LIGHT, 9.0).scale == 2.0
