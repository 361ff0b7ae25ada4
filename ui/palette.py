"""The colours of Poruch, light and dark, each designed for itself. Names say what a colour is for.

Contrast is a promise (`tests/ui/test_palette.py`): text 4.5:1, controls and focus 3:1.
"""

from __future__ import annotations

from typing import Final

import attrs


@attrs.frozen
class Palette:
    """One theme's colours as `#rrggbb`.

    Attributes:
        window: behind everything; `surface`: cards and fields; `rail`: left rail, table heads.
        border: card edges; `line`: between rows; `control`: edges of what can be pressed or typed in.
        accent: primary button and selection bar; `accent_text`: coloured words.
        yes, ends, no, unasked, waits: words and marks of a state; `mark_glyph`: the sign inside a mark.
        fill_*: areas with words on them (`on_fill`), in charts and pressed answers.
    """

    name: str
    window: str
    surface: str
    rail: str
    hover: str
    border: str
    line: str
    control: str
    text: str
    muted: str
    muted_selected: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    focus: str
    selection: str
    solid: str
    on_solid: str
    solid_hint: str
    danger: str
    on_danger: str
    yes: str
    ends: str
    no: str
    unasked: str
    waits: str
    mark_glyph: str
    fill_yes: str
    fill_ends: str
    fill_no: str
    fill_unasked: str
    fill_waits: str
    on_fill: str
    amber_back: str
    amber_edge: str
    amber_text: str
    red_back: str
    red_edge: str
    red_text: str
    green_back: str
    green_edge: str
    green_text: str
    neutral_edge: str
    canvas: str
    step_idle: str
    shadow: str


LIGHT: Final = Palette(
    name="light",
    window="#f4f5f7",
    surface="#ffffff",
    rail="#fbfbfc",
    hover="#eef1f4",
    border="#d3d9e0",
    line="#e4e8ec",
    control="#838d9c",
    text="#1c2430",
    muted="#5f6b7a",
    muted_selected="#495564",
    accent="#0f6b66",
    accent_hover="#0c5853",
    on_accent="#ffffff",
    accent_text="#0d5c57",
    focus="#0f6b66",
    selection="#d5e8e6",
    solid="#1c2430",
    on_solid="#ffffff",
    solid_hint="#b9c1cb",
    danger="#a02020",
    on_danger="#ffffff",
    yes="#17663a",
    ends="#855500",
    no="#a02020",
    unasked="#5f6b7a",
    waits="#35588c",
    mark_glyph="#ffffff",
    fill_yes="#17663a",
    fill_ends="#855500",
    fill_no="#a02020",
    fill_unasked="#6a7584",
    fill_waits="#35588c",
    on_fill="#ffffff",
    amber_back="#fdf6e6",
    amber_edge="#dcc07c",
    amber_text="#1c2430",
    red_back="#fdf0ef",
    red_edge="#dc9f9c",
    red_text="#8f1d1d",
    green_back="#eaf5ee",
    green_edge="#97c4a9",
    green_text="#145231",
    neutral_edge="#b4bcc7",
    canvas="#e2e6eb",
    step_idle="#dde2e8",
    shadow="#1c2430",
)

DARK: Final = Palette(
    name="dark",
    window="#13171b",
    surface="#1b2026",
    rail="#171b20",
    hover="#262d35",
    border="#343d47",
    line="#2a313a",
    control="#768393",
    text="#e5e9ee",
    muted="#a4aebb",
    muted_selected="#b9c3cd",
    accent="#17796f",
    accent_hover="#1b8177",
    on_accent="#ffffff",
    accent_text="#74cfc5",
    focus="#62c5bb",
    selection="#1e3f3d",
    solid="#e5e9ee",
    on_solid="#171b20",
    solid_hint="#56606c",
    danger="#bd4444",
    on_danger="#ffffff",
    yes="#63c98f",
    ends="#e2ac4e",
    no="#f19191",
    unasked="#a4aebb",
    waits="#9db8e6",
    mark_glyph="#12171b",
    fill_yes="#1d7443",
    fill_ends="#8a5a08",
    fill_no="#ab3838",
    fill_unasked="#5c6877",
    fill_waits="#40619a",
    on_fill="#ffffff",
    amber_back="#2b2516",
    amber_edge="#6b5828",
    amber_text="#efe3c6",
    red_back="#321c1e",
    red_edge="#7e3f42",
    red_text="#f6bcbc",
    green_back="#15271d",
    green_edge="#2f6546",
    green_text="#aee0c3",
    neutral_edge="#46515d",
    canvas="#0d1013",
    step_idle="#2d353e",
    shadow="#000000",
)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21.

    Source: WCAG 2.2, contrast ratio.
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
