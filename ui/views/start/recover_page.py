"""The way in for somebody who has lost the passphrase: three sheets of the recovery kit and a new one.

Everything typed is forgotten when it is handed on, and when the page is left.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.i18n import _
from ui.messages import Told
from ui.theme import Role
from ui.views.start.asked import ComeIn, Judge, Suggest
from ui.views.start.wizard_steps import PassphraseStep
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Card, Notice, Tone
from ui.widgets.labels import QuietLine, Text, paragraph, stacked

if TYPE_CHECKING:
    from ui.views.recovery.words_edit import ThreeSheets


class RecoverPage(Card):
    """One card; its fields are made when it is first shown: they load the list of words.

    Args:
        judge: asked what a passphrase is worth.
        suggest: gives one of six words by chance.

    Signals:
        come_in_asked(ComeIn): open this with these sheets.
        left(): back to the passphrase.
    """

    come_in_asked = Signal(object)
    left = Signal()

    def __init__(self, judge: Judge, suggest: Suggest) -> None:
        super().__init__(padding=32, gap=16)
        self._folder = Path()
        self._backup: Path | None = None
        self._judge, self._suggest = judge, suggest
        self.sheets: ThreeSheets | None = None
        self.secret: PassphraseStep | None = None
        self.add(Text(_("Come in with the recovery kit"), Role.TITLE))
        self.place = QuietLine("", Role.SMALL)
        told = _(
            "Type three of the five sheets, in any order. Before anything changes they are tried. Then your "
            "old passphrase and the kit end, and every security officer sees that somebody came in."
        )
        self.add(stacked(self.place, paragraph(told, Role.MUTED), gap=8))
        self._room = QVBoxLayout()
        self._room.setSpacing(16)
        self.body.addLayout(self._room)
        self.answer = Notice("", Tone.RED)
        self.answer.setObjectName("answer")
        self.add(self.answer)
        row = QHBoxLayout()
        self.back = Button(_("Back"))
        self.come_in = Button(_("Come in"), Look.PRIMARY)
        self.come_in.setObjectName("come in")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.come_in)
        self.body.addLayout(row)
        self.answer.hide()
        self.back.clicked.connect(self._on_back)
        self.come_in.clicked.connect(self._on_come_in)

    @property
    def asked_for(self) -> tuple[Path, Path | None]:
        """The folder it is about, and the backup."""
        return self._folder, self._backup

    def begin(self, folder: Path, backup: Path | None) -> None:
        """Ask for three sheets.

        Args:
            folder: of the case file, or the new one a backup goes into.
            backup: the file, if one is put back first.
        """
        self._folder, self._backup = folder, backup
        self.place.setText(str(backup or folder))
        sheets, _secret = self._fields()
        self.forget()
        self.answer.hide()
        sheets.setFocus()

    def say_failure(self, told: Told) -> None:
        """What went wrong; the sheets are still there, the passphrase is asked for again."""
        self.answer.set_text(f"{told.advice} {told.reference}".strip(), lead=told.happened)
        self.answer.show()

    def forget(self) -> None:
        """Empty everything."""
        if self.sheets is not None and self.secret is not None:
            self.sheets.forget()
            self.secret.forget()

    def _fields(self) -> tuple[ThreeSheets, PassphraseStep]:
        if self.sheets is None or self.secret is None:
            from ui.views.recovery.words_edit import ThreeSheets

            words = _("The new passphrase. Nobody can reset it but three sheets of the next kit.")
            self.sheets, self.secret = ThreeSheets(), PassphraseStep(self._judge, self._suggest, words)
            self._room.addWidget(self.sheets)
            self._room.addWidget(self.secret)
            self.secret.done.connect(self._on_come_in)
        return self.sheets, self.secret

    def _on_back(self) -> None:
        self.forget()
        self.left.emit()

    def _on_come_in(self) -> None:
        self.answer.hide()
        sheets, secret = self._fields()
        shares = sheets.shares()
        if shares is not None and secret.is_complete():
            self.come_in_asked.emit(ComeIn(self._folder, self._backup, tuple(shares), secret.take()))
