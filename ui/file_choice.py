"""Choosing a file or a folder without leaving a trace of where: Qt would keep visited folders in a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import _


def keep_no_traces() -> None:
    """Point Qt's own settings to a place that cannot be written to; call before the first dialog."""
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, "/dev/null/nowhere")


def choose_folder(parent: QWidget, title: str, start: Path | None = None) -> Path | None:
    """An existing folder, or None when the person thought better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(start or Path.home()))
    _forget()
    return Path(chosen) if chosen else None


def choose_file(parent: QWidget, title: str, endings: tuple[str, ...], called: str = "") -> Path | None:
    """An existing file with one of these endings ("csv", "xlsx"), or None; `called` is a word for them."""
    wanted = " ".join(f"*.{ending}" for ending in endings)
    kinds = f"{called or _('Lists')} ({wanted});;{_('All files')} (*)"
    chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(Path.home()), kinds)
    _forget()
    return Path(chosen) if chosen else None


def choose_evidence(parent: QWidget, title: str) -> Path | None:
    """An existing picture, PDF or sound, or None."""
    kinds = f"{_('Pictures, PDF and sound')} (*.jpg *.jpeg *.png *.webp *.pdf *.wav *.mp3 *.ogg *.flac)"
    chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(Path.home()), kinds)
    _forget()
    return Path(chosen) if chosen else None


def choose_new_file(parent: QWidget, title: str, name: str) -> Path | None:
    """A place for a new small text, under this name if nothing else is typed; or None."""
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, title, str(Path.home() / name), f"{_('All files')} (*)",
        options=QFileDialog.Option.DontConfirmOverwrite,
    )  # fmt: skip
    _forget()
    return Path(chosen) if chosen else None


def choose_text_file(parent: QWidget, title: str) -> Path | None:
    """An existing file of any name, or None."""
    chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(Path.home()), f"{_('All files')} (*)")
    _forget()
    return Path(chosen) if chosen else None


def _forget() -> None:
    """Windows and macOS keep Qt's settings elsewhere: take out what the dialog left."""
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.remove("FileDialog")
