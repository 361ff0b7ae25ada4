"""The pages of a PDF as its readers will see them: scroll, zoom. Drawn from bytes, never from a file."""

from __future__ import annotations

from functools import partial
from typing import Final

import pypdfium2
from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from app.i18n import _
from app.one_pdfium import PDFIUM
from ui import theme

MARGIN: Final = 18
GAP: Final = 16
_STEPS: Final = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_KEPT: Final = 12


class PageViewer(QAbstractScrollArea):
    """A PDF, page below page.

    Args:
        name: what is shown, for screen readers.

    Signals:
        page_changed(int, int): page now in view from 1, and how many there are.
    """

    page_changed = Signal(int, int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._document: pypdfium2.PdfDocument | None = None
        self._sizes: list[tuple[float, float]] = []
        self._zoom = 1.0
        self._page = 0
        self._images: dict[tuple[int, int], QImage] = {}
        self.setProperty("frame", "canvas")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def open(self, pdf: bytes) -> None:
        """Show a document from its bytes; b"" shows nothing.

        Raises:
            pypdfium2.PdfiumError: these bytes are no PDF.
        """
        self.close_document()
        if pdf:
            with PDFIUM:
                self._document = pypdfium2.PdfDocument(pdf)
                self._sizes = [self._document.get_page_size(place) for place in range(len(self._document))]
            # A viewer that goes takes its document along then, not whenever it is collected.
            self.destroyed.connect(partial(_close, self._document))
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._say_page()

    def close_document(self) -> None:
        """Forget the document and its pictures."""
        if self._document is not None:
            _close(self._document)
        self._document = None
        self._sizes = []
        self._images.clear()
        self._page = 0
        self.viewport().update()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def set_zoom(self, zoom: float) -> None:
        """1.0 fits the width, up to a comfortable size."""
        self._zoom = min(max(zoom, _STEPS[0]), _STEPS[-1])
        self._images.clear()
        self._arrange()

    def zoom_in(self) -> None:
        """One step larger."""
        self.set_zoom(next((step for step in _STEPS if step > self._zoom + 0.01), _STEPS[-1]))

    def zoom_out(self) -> None:
        """One step smaller."""
        self.set_zoom(next((step for step in reversed(_STEPS) if step < self._zoom - 0.01), _STEPS[0]))

    def go_to(self, page: int) -> None:
        """Bring a page into view, from 1."""
        boxes = self._boxes()
        if 1 <= page <= len(boxes):
            self.verticalScrollBar().setValue(boxes[page - 1].y() - MARGIN)

    # geometry

    def _page_width(self) -> float:
        look = theme.current()
        fit = self.viewport().width() - 2 * MARGIN
        return max(120.0, min(fit, look.px(640)) * self._zoom)

    def _boxes(self) -> list[QRect]:
        width, top = self._page_width(), float(MARGIN)
        left = max((self.viewport().width() - width) / 2, MARGIN)
        boxes = []
        for wide, high in self._sizes:
            height = width * high / max(wide, 1.0)
            boxes.append(QRect(round(left), round(top), round(width), round(height)))
            top += height + GAP
        return boxes

    def _arrange(self) -> None:
        boxes = self._boxes()
        view = self.viewport().size()
        total = boxes[-1].bottom() + MARGIN if boxes else 0
        upright, across = self.verticalScrollBar(), self.horizontalScrollBar()
        upright.setPageStep(view.height())
        upright.setSingleStep(48)
        upright.setRange(0, max(0, total - view.height()))
        wide = boxes[0].width() + 2 * MARGIN if boxes else 0
        across.setPageStep(view.width())
        across.setRange(0, max(0, wide - view.width()))
        self.viewport().update()

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shift_x, shift_y = -self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
        shadow = QColor(look.colour("shadow"))
        shadow.setAlpha(46)
        for place, box in enumerate(self._boxes()):
            on_screen = box.translated(shift_x, shift_y)
            if not on_screen.intersects(self.viewport().rect()):
                continue
            painter.fillRect(on_screen.adjusted(-1, 0, 1, 2), shadow)
            painter.drawImage(on_screen, self._image(place, box.width()))

    def _image(self, place: int, width: int) -> QImage:
        pixels = round(width * self.devicePixelRatioF())
        key = (place, pixels)
        if key not in self._images:
            while len(self._images) >= _KEPT:
                self._images.pop(next(iter(self._images)))
            self._images[key] = self._render(place, pixels)
        return self._images[key]

    def _render(self, place: int, pixels: int) -> QImage:
        if self._document is None:
            return QImage()
        with PDFIUM:
            page = self._document[place]
            bitmap = page.render(scale=pixels / self._sizes[place][0], rev_byteorder=True)
            form = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBA8888
            image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form).copy()
            bitmap.close()
            page.close()
        return image

    # moving

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._images.clear()
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_in() if event.angleDelta().y() > 0 else self.zoom_out()
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        upright = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                upright.setValue(0)
            case Qt.Key.Key_End:
                upright.setValue(upright.maximum())
            case Qt.Key.Key_Plus:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case _:
                super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self._sizes:
            self._images.clear()
        return super().viewportEvent(event)

    def _on_scrolled(self, value: int) -> None:
        self.viewport().update()
        self._say_page()

    def _say_page(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        boxes = self._boxes()
        page = next((at for at, box in enumerate(boxes, start=1) if box.bottom() >= middle), len(boxes))
        words = _("Page {page} of {pages}").format(page=page, pages=len(boxes)) if boxes else ""
        self.setAccessibleDescription(words)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page, len(boxes))


def _close(document: pypdfium2.PdfDocument, *_destroyed: object) -> None:
    with PDFIUM:
        document.close()
