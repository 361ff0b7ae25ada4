"""The clipboard: what is copied stays out of clipboard histories, but for what is meant to be given away."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QGuiApplication, QImage

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


def untrusted_given() -> QMimeData:
    """What somebody copied elsewhere, to be pasted here."""
    return QGuiApplication.clipboard().mimeData()


def untrusted_picture(data: QMimeData) -> bytes:
    """The picture in it as a PNG, b"" where there is none."""
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return b""
    place = QBuffer()
    place.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(place, "PNG")  # type: ignore[call-overload]
    return bytes(place.data().data())
