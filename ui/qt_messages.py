"""What Qt itself has to say: never printed, because its messages may hold a path or a window's title."""

from __future__ import annotations

import logging
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LOG: Final = logging.getLogger("poruch.qt")
_SERIOUS: Final = frozenset({QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg})


def keep_quiet() -> None:
    """From now on only the kind of a serious message and its category reach the log."""
    qInstallMessageHandler(_on_message)


def _on_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if kind in _SERIOUS:
        _LOG.error("qt %s %s", kind.name, context.category)
