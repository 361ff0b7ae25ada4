"""The look in force: palette, fonts and sizes, and what a state looks like. Colours live in `palette.py`.

One theme is in force at a time, like one language (`app.i18n`): parts that draw themselves ask `current()`
while they draw, so a change of theme or size needs no wiring.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

import attrs
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui.palette import DARK, LIGHT, Palette
from ui.states import State

GRID: Final = 8
ROW_HEIGHT: Final = 36
CONTROL_HEIGHT: Final = 32
RADIUS: Final = 8
CONTROL_RADIUS: Final = 6
FOLD_WIDTH: Final = 1150

FAMILY: Final = "Inter"
PAPER_FAMILY: Final = "Noto Serif"
_SCALES: Final = (0.85, 0.92, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0)


class Mode(StrEnum):
    """What a person chooses in Settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Role(StrEnum):
    """What a text is on the page; decides size, weight and colour."""

    BASE = "base"
    STRONG = "strong"  # medium weight: what a row is about
    BOLD = "bold"
    MUTED = "muted"
    TITLE = "title"  # 19/600
    SECTION = "section"  # 14/600
    HEAD = "head"  # 12.5 muted: table heads
    SMALL = "small"  # 12.5 muted
    TINY = "tiny"  # 11/700: numbers in a chart


_SIZES: Final = {Role.TITLE: 19.0, Role.HEAD: 12.5, Role.SMALL: 12.5, Role.TINY: 11.0}
_WEIGHTS: Final = {
    Role.STRONG: QFont.Weight.Medium,
    Role.HEAD: QFont.Weight.Medium,
    Role.BOLD: QFont.Weight.DemiBold,
    Role.TITLE: QFont.Weight.DemiBold,
    Role.SECTION: QFont.Weight.DemiBold,
    Role.TINY: QFont.Weight.Bold,
}
_MUTED_ROLES: Final = frozenset({Role.MUTED, Role.HEAD, Role.SMALL})


@attrs.frozen
class Theme:
    """A palette at a size.

    Attributes:
        palette: see `ui.palette`.
        scale: 1.0 is 14 px text; Ctrl + and − change it.
    """

    palette: Palette = LIGHT
    scale: float = 1.0

    @property
    def dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.palette is DARK

    def px(self, size: float) -> int:
        """A length drawn at scale 1, at this scale."""
        return max(1, round(size * self.scale))

    def size(self, role: Role) -> float:
        """Text size in px."""
        return _SIZES.get(role, 14.0) * self.scale

    def weight(self, role: Role) -> int:
        """CSS weight, 400 to 700."""
        return int(_WEIGHTS.get(role, QFont.Weight.Normal).value)

    def font(self, role: Role = Role.BASE) -> QFont:
        """The font of a role (a fresh copy)."""
        return QFont(_font(role, self.size(role)))

    def face(self, role: Role = Role.BASE) -> tuple[QFont, QFontMetrics]:
        """The font of a role to draw with and how wide its words are; not to be changed."""
        return _face(role, self.size(role))

    def colour(self, name: str) -> QColor:
        """A colour of the palette by attribute name."""
        return _colour(str(getattr(self.palette, name)))

    def text_colour(self, role: Role, *, selected: bool = False) -> QColor:
        """The colour of a role's text."""
        if role in _MUTED_ROLES:
            return self.colour("muted_selected" if selected else "muted")
        return self.colour("text")

    def state_colour(self, state: State) -> QColor:
        """The colour of a state's word and mark."""
        return self.colour(_ALIKE.get(state, state).value)

    def state_fill(self, state: State) -> QColor:
        """The colour of an area standing for a state, with `on_fill` words on it."""
        return self.colour(f"fill_{_ALIKE.get(state, state).value}")


_ALIKE: Final = {State.COUNTING: State.UNASKED}
"""States that look like another."""


@lru_cache(maxsize=256)
def _colour(value: str) -> QColor:
    return QColor(value)


@lru_cache(maxsize=64)
def _font(role: Role, size_px: float) -> QFont:
    font = QFont(FAMILY)
    font.setPointSizeF(points(size_px))
    font.setWeight(_WEIGHTS.get(role, QFont.Weight.Normal))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=64)
def _face(role: Role, size_px: float) -> tuple[QFont, QFontMetrics]:
    font = _font(role, size_px)
    return font, QFontMetrics(font)


@cache
def _dots_per_inch() -> float:
    return float(QGuiApplication.primaryScreen().logicalDotsPerInchY())


def points(size_px: float) -> float:
    """Pixels as points: Qt keeps halves of points but cuts pixels to whole ones."""
    return round(size_px * 72 / _dots_per_inch(), 2)


class _InForce:
    """Holds the one theme and how it was chosen; only `apply` writes them."""

    theme = Theme()
    mode = Mode.SYSTEM
    sheet = ""  # what the application was last given


def mode() -> Mode:
    """Light, dark or as the system says, as it was chosen."""
    return _InForce.mode


def current() -> Theme:
    """The theme in force."""
    return _InForce.theme


def apply(mode: Mode = Mode.SYSTEM, scale: float = 1.0) -> Theme:
    """Put a theme in force for the whole program (fonts, palette, style sheet).

    Args:
        mode: light, dark, or as the system says.
        scale: clipped to the sizes `larger` and `smaller` walk through.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a theme needs the application first")
    _load_fonts()
    dark = mode is Mode.DARK or (mode is Mode.SYSTEM and _system_is_dark())
    theme = Theme(DARK if dark else LIGHT, min(max(scale, _SCALES[0]), _SCALES[-1]))
    _InForce.theme, _InForce.mode = theme, mode
    from ui.stylesheet import style_sheet  # knows Theme, so it comes after this module

    sheet = style_sheet(theme)
    if sheet != _InForce.sheet or not app.styleSheet():
        _dress(app, theme, sheet)
        _InForce.sheet = sheet
    return theme


def _dress(app: QApplication, theme: Theme, sheet: str) -> None:
    """Give it all to Qt, each part once: it looks at every part of every window each time.

    A sheet put in the place of another is worked out for every part as often as it has parts around it, ten
    times and more; one put where there is none, once. So the old one goes first.
    """
    if app.styleSheet():
        app.setStyleSheet("")
    else:
        app.setStyle("fusion")
    if app.font() != theme.font():
        app.setFont(theme.font())
    app.setPalette(_qt_palette(theme))
    app.setStyleSheet(sheet)


def larger(scale: float) -> float:
    """The next size up."""
    return next((step for step in _SCALES if step > scale + 0.001), _SCALES[-1])


def smaller(scale: float) -> float:
    """The next size down."""
    return next((step for step in reversed(_SCALES) if step < scale - 0.001), _SCALES[0])


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


@cache
def _load_fonts() -> None:
    for file in sorted(resources.path("fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))


def _qt_palette(theme: Theme) -> QPalette:
    palette, roles = QPalette(), QPalette.ColorRole
    for role, name in {
        roles.Window: "window",
        roles.Base: "surface",
        roles.AlternateBase: "rail",
        roles.Button: "surface",
        roles.ToolTipBase: "surface",
        roles.WindowText: "text",
        roles.Text: "text",
        roles.ButtonText: "text",
        roles.ToolTipText: "text",
        roles.BrightText: "no",
        roles.PlaceholderText: "muted",
        roles.Highlight: "selection",
        roles.HighlightedText: "text",
        roles.Link: "accent_text",
        roles.LinkVisited: "accent_text",
        roles.Accent: "accent",
        roles.Mid: "border",
        roles.Midlight: "line",
        roles.Light: "surface",
        roles.Dark: "control",
        roles.Shadow: "shadow",
    }.items():
        palette.setColor(role, theme.colour(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("control"))
    return palette


@lru_cache(maxsize=128)
def _icon(name: str, colour: str) -> QIcon:
    import qtawesome  # 50 ms and a font: only when an icon is drawn

    icon: QIcon = qtawesome.icon(name, color=colour)
    return icon


def icon(name: str, colour: str = "muted") -> QIcon:
    """An icon by its qtawesome name ("mdi6.lock-outline") in a colour of the palette."""
    return _icon(name, str(getattr(_InForce.theme.palette, colour)))
