"""The clipboard: what is copied stays out of clipboard histories, but for what is meant to be given away."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

# What programs that keep a history of the clipboard are told, so that they keep this out of it.
_KEEP_OUT: Final = (
    ("x-kde-passwordManagerHint", b"secret"),
    ("org.nspasteboard.ConcealedType", b"1"),
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"\0\0\0\0"),
    ('application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"', b"\0\0\0\0"),
    ('application/x-qt-windows-mime;value="CanUploadToCloudClipboard"', b"\0\0\0\0"),
)


def put_guarded(text: str) -> None:
    """Put it there with the marks that keep it out of histories; whoever calls takes it away again."""
    data = QMimeData()
    data.setText(text)
    for kind, value in _KEEP_OUT:
        data.setData(kind, QByteArray(value))
    QGuiApplication.clipboard().setMimeData(data)


def put_open(text: str) -> None:
    """Put there what names nobody and is meant for others, as a proof line is."""
    QGuiApplication.clipboard().setText(text)
