"""The style sheet of Qt made from a theme. Parts that a style sheet cannot draw well draw themselves."""

from __future__ import annotations

from string import Template
from typing import Final

import attrs

import resources
from ui.theme import Role, Theme, points

# Names in capitals are lengths and font sizes at the theme's scale; the others are colours of the palette.
_SHEET: Final = """
QWidget#frame, QDialog, QMainWindow { background: $window; }
QToolTip { background: $solid; color: $on_solid; border: none; padding: ${P4} ${P8}; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${F_TITLE}; font-weight: 600; color: $text; }
QLabel[role="section"] { font-weight: 600; color: $text; }
QLabel[role="bold"] { font-weight: 600; color: $text; }
QLabel[role="strong"] { font-weight: 500; color: $text; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="head"] { font-size: ${F_SMALL}; font-weight: 500; color: $muted; }
QLabel[role="small"] { font-size: ${F_SMALL}; color: $muted; }
QLabel[tone="amber"] { color: $amber_text; }
QLabel[tone="red"] { color: $red_text; }
QLabel[tone="green"] { color: $green_text; }
QLabel[tone="accent"] { color: $accent_text; }
QLabel[tone="error"] { color: $no; }

QFrame[frame="card"] { background: $surface; border: 1px solid $border; border-radius: ${P8}; }
QFrame[frame="plain"] { background: transparent; border: none; }
QFrame[frame="canvas"] { background: $canvas; border: 1px solid $border; border-radius: ${P8}; }
QFrame[frame="line"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[frame="upright"] { background: $border; border: none; max-width: 1px; min-width: 1px; }
QFrame[frame="amber"] { background: $amber_back; border: 1px solid $amber_edge; border-radius: ${P6}; }
QFrame[frame="red"] { background: $red_back; border: 1px solid $red_edge; border-radius: ${P6}; }
QFrame[frame="green"] { background: $green_back; border: 1px solid $green_edge; border-radius: ${P6}; }
QFrame[frame="neutral"] { background: $surface; border: 1px solid $neutral_edge; border-radius: ${P6}; }
QFrame[frame="photo"] { background: $step_idle; border: none; border-radius: ${P6}; }
QFrame[frame="toast"] { background: $solid; border: none; border-radius: ${P8}; }
QFrame[frame="toast"] QLabel { color: $on_solid; }
QFrame[frame="top"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[frame="rail"] { background: $rail; border: none; border-right: 1px solid $border; }
QFrame[frame="status"] { background: $surface; border: none; border-top: 1px solid $border; }
QFrame[frame="popup"] { background: $surface; border: 1px solid $control; border-radius: ${P8}; }

QPushButton { background: $surface; color: $text; border: 1px solid $control; border-radius: ${P6};
  outline: none; padding: 0 ${P12}; min-height: ${CONTROL}; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:disabled { color: $muted; border-color: $border; background: $window; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: 600; }
QPushButton[look="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[look="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[look="danger"] { background: $surface; color: $no; border-color: $danger; font-weight: 600; }
QPushButton[look="danger"]:hover { background: $danger; color: $on_danger; }
QPushButton[look="danger"]:disabled { background: $window; color: $muted; border-color: $border; }
QPushButton[look="quiet"] { background: transparent; border-color: transparent; color: $accent_text;
  padding: 0 ${P8}; }
QPushButton[look="quiet"]:hover { background: $hover; }
QPushButton[look="solid"] { background: $solid; color: $on_solid; border-color: $solid; font-weight: 500; }
QPushButton[look="toast"] { background: transparent; color: $on_solid; border: 1px solid $solid_hint;
  font-weight: 600; }
QPushButton[look="chip"]:checked { background: $selection; color: $accent_text; border-color: $accent;
  font-weight: 600; }
QPushButton[look="answer"] { min-height: ${ANSWER}; padding: 0 ${P14}; }
QPushButton[look="answer"]:checked { color: $on_fill; font-weight: 600; }
QPushButton[look="answer"][answer="yes"]:checked { background: $fill_yes; border-color: $fill_yes; }
QPushButton[look="answer"][answer="no"]:checked { background: $fill_no; border-color: $fill_no; }
QPushButton[look="answer"][answer="later"]:checked { background: $fill_unasked; border-color: $fill_unasked; }
QPushButton[look="inline"] { background: transparent; border: none; padding: 0 ${P4}; min-height: ${P24}; }
QPushButton[look="inline"]:hover { background: $hover; }
QPushButton[look="small"] { background: transparent; border: none; padding: 0 ${P4}; min-height: ${P24};
  color: $muted; font-size: ${F_SMALL}; }
QPushButton[look="small"]:hover { background: $hover; }
QPushButton[look="foot"] { background: transparent; border: none; padding: 0 ${P4}; min-height: ${P20};
  color: $muted; font-size: ${F_SMALL}; }
QPushButton[look="foot"]:hover { background: $hover; color: $text; }
QPushButton[look="foot"][care="yes"] { color: $amber_text; font-weight: 600; }
QPushButton[look="tag"] { min-height: ${P20}; border-radius: ${P10}; border-color: $neutral_edge;
  padding: 0 ${P10}; font-size: ${F_SMALL}; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit { background: $surface; color: $text;
  border: 1px solid $control; border-radius: ${P6}; padding: 0 ${P10}; min-height: ${CONTROL};
  selection-background-color: $selection; selection-color: $text; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $muted; }
QPlainTextEdit, QTextEdit { padding: ${P4} ${P8}; }
QComboBox { padding: 0 ${P12}; }
QTextBrowser, QTextBrowser:focus { border: none; padding: 0; background: transparent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 2px solid $focus; padding: 0 ${P9}; }
QPlainTextEdit:focus, QTextEdit:focus { padding: ${P3} ${P7}; }
QComboBox:focus { padding: 0 ${P11}; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $no;
  padding: 0 ${P9}; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $muted; background: $window;
  border-color: $border; }
QLineEdit[frame="bare"] { border: none; padding: 0; background: transparent; min-height: ${P24}; }
QTableView QLineEdit, QTableView QComboBox { border-radius: 0; border: 2px solid $focus; padding: 0 ${P9};
  min-height: ${P24}; }
QComboBox::drop-down { border: none; width: ${P24}; }
QComboBox::down-arrow { image: url("$icons/down-$name.svg"); width: ${P12}; height: ${P12}; }
QComboBox[look="inline"] { border: 1px solid transparent; background: transparent; padding: 0 ${P4}; }
QComboBox[look="inline"]:hover { background: $hover; }
QComboBox[look="inline"]:focus { border: 2px solid $focus; padding: 0 ${P3}; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $control;
  selection-background-color: $selection; selection-color: $text; padding: ${P4}; outline: none; }
QComboBox QAbstractItemView::item { min-height: ${P28}; padding: 0 ${P6}; }
QSpinBox::up-button, QSpinBox::down-button { border: none; width: ${P20}; }
QSpinBox::up-arrow { image: url("$icons/up-$name.svg"); width: ${P10}; height: ${P10}; }
QSpinBox::down-arrow { image: url("$icons/down-$name.svg"); width: ${P10}; height: ${P10}; }

QCheckBox, QRadioButton { spacing: ${P8}; min-height: ${P24}; color: $text; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator, QTreeView::indicator, QListView::indicator {
  width: ${P16}; height: ${P16}; border: 1px solid $control; border-radius: ${P4}; background: $surface; }
QRadioButton::indicator { border-radius: ${P8}; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: $accent; border-color: $accent;
  image: url("$icons/check-light.svg"); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent;
  image: url("$icons/part-light.svg"); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent;
  image: url("$icons/dot-light.svg"); }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }

QMenu { background: $surface; border: 1px solid $control; border-radius: ${P6}; padding: ${P4}; }
QMenu::item { padding: ${P6} ${P28} ${P6} ${P12}; border-radius: ${P4}; color: $text; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: ${P4} ${P8}; }
QMenu::indicator { width: ${P16}; height: ${P16}; left: ${P4}; }
QMenu::indicator:checked { image: url("$icons/tick-$name.svg"); }

QTableView, QListView, QTreeView { background: transparent; border: none; outline: none;
  selection-background-color: $selection; selection-color: $text; }
QListView::item { min-height: ${P32}; padding: 0 ${P8}; border-radius: ${P4}; }
QListView::item:selected { background: $selection; color: $text; }
QListView::item:hover:!selected { background: $hover; }
QHeaderView { background: transparent; border: none; }
.QListView, QListView#suggestions { background: $surface; color: $text; border: 1px solid $border; }
QFileDialog QTreeView, QFileDialog QListView, QFileDialog QHeaderView { background: $surface; }
QTableCornerButton::section { background: $rail; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget[frame="scrolled"] { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${P10}; margin: ${P2}; }
QScrollBar:horizontal { background: transparent; height: ${P10}; margin: ${P2}; }
QScrollBar::handle { background: $control; border-radius: ${P3}; min-height: ${P32}; min-width: ${P32}; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QProgressBar { background: $line; border: none; border-radius: ${P3}; max-height: ${P6}; min-height: ${P6}; }
QProgressBar::chunk { background: $accent; border-radius: ${P3}; }
QProgressBar[tone="amber"]::chunk { background: $fill_ends; }
QTabWidget::pane { border: none; }
QTabBar QToolButton { background: $surface; border: 1px solid $border; border-radius: ${P4}; width: ${P20}; }
QTabBar QToolButton::left-arrow { image: url("$icons/left-$name.svg"); width: ${P12}; height: ${P12}; }
QTabBar QToolButton::right-arrow { image: url("$icons/right-$name.svg"); width: ${P12}; height: ${P12}; }
QTabBar::scroller { width: ${P24}; }
QGroupBox { border: none; font-weight: 600; margin-top: ${P20}; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QCalendarWidget QToolButton { background: transparent; color: $text; border: none; padding: ${P4}; }
"""


def style_sheet(theme: Theme) -> str:
    """The sheet for a theme."""
    values: dict[str, str] = {key: str(value) for key, value in attrs.asdict(theme.palette).items()}
    values |= {f"P{size}": f"{theme.px(size)}px" for size in (*range(2, 13), 14, 16, 20, 24, 28, 32)}
    values |= {
        "CONTROL": f"{theme.px(30)}px",
        "ANSWER": f"{theme.px(28)}px",
        "F_TITLE": f"{points(theme.size(Role.TITLE))}pt",
        "F_SMALL": f"{points(theme.size(Role.SMALL))}pt",
        "icons": resources.path("icons").as_posix(),
    }
    return Template(_SHEET).substitute(values)
