"""What is kept of a talk: chosen or dropped on the sheet, and looked at again inside the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _
from app.services.evidence import Evidence, from_file, prepared
from app.services.views import RelativeView
from app.vocabulary import word
from ui import clipboard
from ui.drops import local_path
from ui.file_choice import choose_evidence, choose_new_file
from ui.messages import told_of
from ui.theme import Role
from ui.views.consent.closed import OPEN_MS
from ui.views.consent.draft import NOT_KEPT, TalkDraft
from ui.views.consent.kept_file import evidence_words, fingerprint_words
from ui.views.consent.show import ShowSheet, reason_needed
from ui.views.consent.words import gentle
from ui.widgets.buttons import Button, InlineDrop
from ui.widgets.dialogs import Sheet, tell
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Text, beside
from ui.worker import Failure
from ui.workplace import Workplace

_FILE: Final = "file"
_ANOTHER: Final = "another"
_ENDINGS: Final = {"application/pdf": "pdf", "image/jpeg": "jpg", "audio/mpeg": "mp3"}


class EvidencePart(QWidget):
    """One line of the sheet: heard, not kept, or a file; what cannot be kept is said below it.

    Args:
        name: of the line, for screen readers.
        draft: written to.
        workplace: of the window.

    Signals:
        changed(): something is kept now, or no longer.
    """

    changed = Signal()

    def __init__(self, name: str, draft: TalkDraft, workplace: Workplace) -> None:
        super().__init__()
        self._draft, self._workplace = draft, workplace
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.drop = InlineDrop(name)
        self.drop.chosen.connect(self._on_chosen)
        self._print = Text("", Role.SMALL)
        self._print.setContentsMargins(8, 0, 0, 0)
        self.problem = Text("", Role.SMALL, wrap=True)
        self.problem.setContentsMargins(8, 0, 0, 0)
        for part in (beside(self.drop), self._print, self.problem):
            column.addWidget(part)
        self._show()

    def take(self, untrusted_path: Path) -> None:
        """Read a file away from the window, and keep what comes of it."""
        self._read(lambda: from_file(untrusted_path))

    def paste(self) -> None:
        """Keep the picture or the file that was copied elsewhere; anything else is nothing to keep."""
        untrusted_data = clipboard.untrusted_given()
        untrusted_path = local_path(untrusted_data)
        untrusted_picture = b"" if untrusted_path else clipboard.untrusted_picture(untrusted_data)
        if untrusted_path is not None:
            self.take(untrusted_path)
        elif untrusted_picture:
            self._read(lambda: prepared(untrusted_picture))

    def _read(self, read: Callable[[], Evidence]) -> None:
        self.problem.setText(_("Reading…"))
        self.problem.show()
        self._workplace.tasks.query(read, initiator=self, done=self._on_read, failed=self._on_failed)

    def _on_chosen(self, value: str) -> None:
        if value == NOT_KEPT:
            self._keep(None)
            return
        self._show()
        chosen = choose_evidence(self.window(), _("Choose what is kept of this talk"))
        if chosen is not None:
            self.take(chosen)

    def _on_read(self, kept: Evidence) -> None:
        self._keep(kept)

    def _on_failed(self, failure: Failure) -> None:
        self.problem.setText(told_of(failure).text)
        self.problem.show()
        if failure.error is None:
            self._workplace.tasks.failed.emit(failure)

    def _keep(self, kept: Evidence | None) -> None:
        self._draft.kept = kept
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        kept = self._draft.kept
        choices = [(NOT_KEPT, gentle(word("evidence", NOT_KEPT)))]
        if kept is not None:
            choices.append((_FILE, evidence_words(kept)))
            choices.append((_ANOTHER, _("another file…")))
            self._print.setText(fingerprint_words(kept.sha256))
        else:
            choices.append((_FILE, _("a file… (or drop or paste one here)")))
        self.drop.set_choices(choices, _FILE if kept is not None else NOT_KEPT)
        self._print.setVisible(kept is not None)
        self.problem.hide()


class PictureView(QScrollArea):
    """A picture as large as there is room, or pixel by pixel; it scrolls then.

    Args:
        name: for screen readers.
        content: a JPEG of ours.
    """

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__()
        self.setProperty("frame", "canvas")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(name)
        self._whole = True
        self._picture = QPixmap.fromImage(QImage.fromData(content))
        self._label = QLabel()
        self._label.setAccessibleName(name)
        self.setWidget(self._label)
        self._draw()

    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return self._picture.isNull()

    def set_whole(self, *, whole: bool) -> None:
        """All of it, or every pixel."""
        self._whole = whole
        self._draw()

    def sizeHint(self) -> QSize:
        return QSize(720, 520)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        seen = self._picture
        room = self.viewport().size()
        if self._whole and not seen.isNull() and not room.isEmpty():
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            seen = seen.scaled(room.boundedTo(seen.size()), keep, smooth)
        self._label.setPixmap(seen)
        self._label.resize(seen.size())


class EvidenceSheet(Sheet):
    """What was kept, for one look: nothing of it touches a file unless somebody asks for a copy.

    Args:
        parent: window.
        title: of whose talk.
        kept: opened and recorded.
    """

    copy_asked = Signal()

    def __init__(self, parent: QWidget, title: str, kept: Evidence) -> None:
        super().__init__(parent, title, width=760)
        self.add(Text(f"{evidence_words(kept)} · SHA-256 {kept.sha256}", Role.SMALL, wrap=True))
        if kept.is_picture:
            self.picture = PictureView(title, kept.content)
            self.add(self.picture, 1)
            self.larger = Button(_("Every pixel"))
            self.larger.setCheckable(True)
            self.larger.setAutoDefault(False)
            self.larger.toggled.connect(lambda on: self.picture.set_whole(whole=not on))
            self.buttons.insertWidget(0, self.larger)
        else:
            words = _(
                "Poruch opens pictures only. A copy lies open on the disk: delete it once it is not needed."
            )
            self.add(Notice(words, Tone.AMBER))
        self.copy = Button(_("Save an open copy…"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self.copy_asked)
        self.buttons.insertWidget(1, self.copy)
        QTimer.singleShot(OPEN_MS, self, self.reject)
        self.finished.connect(lambda _result: self.deleteLater())


def show_evidence(page: QWidget, workplace: Workplace, view: RelativeView, talk: str) -> None:
    """Open what was kept of a talk, after a reason where no valid yes says why."""
    if reason_needed(view):
        text = _("No valid yes says why. What you pick is recorded with the time and your name.")
        asks = ShowSheet(page.window(), view, text, _("Open what was kept"))
        asks.accepted.connect(lambda: _open(page, workplace, view, talk, asks.reason, asks.words))
        asks.open()
    else:
        _open(page, workplace, view, talk)


def _open(
    page: QWidget, workplace: Workplace, view: RelativeView, talk: str, reason: str = "", words: str = ""
) -> None:
    session = workplace.session

    def done(kept: Evidence) -> None:
        sheet = EvidenceSheet(page.window(), _("Kept of a talk: {who}").format(who=gentle(view.spoken)), kept)
        sheet.copy_asked.connect(lambda: _copy(sheet, workplace, kept, talk, reason, words))
        sheet.open()

    workplace.tasks.query(lambda: session.consent.evidence(talk, reason, words), initiator=page, done=done)


def _copy(
    sheet: EvidenceSheet, workplace: Workplace, kept: Evidence, talk: str, reason: str, words: str
) -> None:
    session = workplace.session
    ending = _ENDINGS.get(kept.media_type, kept.media_type.partition("/")[2])
    place = choose_new_file(sheet, _("Save an open copy"), f"copy.{ending}")
    if place is None:
        return

    def failed(failure: Failure) -> None:
        told = told_of(failure)
        tell(sheet, told.happened, told.advice, told.reference)

    workplace.tasks.query(
        lambda: session.consent.copy_evidence(talk, reason, place, words),
        initiator=sheet,
        done=lambda nothing: workplace.say(_("The copy is saved. Anybody who finds it can open it.")),
        failed=failed,
    )
