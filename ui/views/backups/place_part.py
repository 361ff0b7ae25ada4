"""One place for backups in the card: where it is, how much fits, what lies there, checking all of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import attrs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.backup import Generation
from app.i18n import _
from app.services.backup_places import BESIDE
from app.services.backup_sight import Place
from ui.states import State
from ui.theme import Role
from ui.views.backups.words import fault_words, generation_runs
from ui.views.reports.wording import size_words
from ui.widgets.buttons import Button, Look
from ui.widgets.emptying import empty
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import QuietLine, Run, RunText, SectionHead, beside, paragraph
from ui.workplace import Workplace


class PlacePart(QWidget):
    """The part.

    Signals:
        check_asked(): look at every byte of everything here.
        choose_asked(), forget_asked(): of the second place.
        restore_asked(Path, Generation): put this one back.
    """

    check_asked = Signal()
    choose_asked = Signal()
    restore_asked = Signal(Path, Generation)
    forget_asked = Signal()

    def __init__(self, workplace: Workplace, key: str) -> None:
        super().__init__()
        self._workplace, self.key = workplace, key
        self.place: Place | None = None
        self._checked: set[str] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        title = _("Beside the case file") if key == BESIDE else _("Second place")
        self._head = SectionHead(title)
        column.addWidget(self._head)
        self._body = QVBoxLayout()
        self._body.setSpacing(6)
        column.addLayout(self._body)
        self.check = Button(_("Check now"), description=_("Read every backup here and open it"))
        self.check.clicked.connect(self.check_asked)
        self.choose = Button(_("Choose a place…"))
        self.choose.clicked.connect(self.choose_asked)
        self.forget = Button(_("Use none"), description=_("What lies there stays"))
        self.forget.clicked.connect(self.forget_asked)
        own = (self.check,) if key == BESIDE else (self.choose, self.check, self.forget)
        for other in (self.choose, self.forget) if key == BESIDE else ():
            other.setParent(self)
            other.hide()
        column.addWidget(beside(*own))

    def show_place(self, place: Place) -> None:
        """Show it as it is now."""
        self.place = place
        empty(self._body)
        free = size_words(place.free_bytes)
        self._head.aside.setText(_("{size} free").format(size=free) if free and place.there else "")
        if place.folder is None:
            self._body.addWidget(self._none_yet())
        else:
            self._body.addWidget(QuietLine(str(place.folder)))
            self._body.addWidget(self._inside(place))
        self.choose.setText(_("Choose a place…") if place.folder is None else _("Choose another place…"))
        self.check.setVisible(bool(place.generations))
        self.forget.setVisible(place.folder is not None and self.key != BESIDE)
        self._body.activate()

    def show_checked(self, generations: tuple[Generation, ...]) -> None:
        """All of them were looked at in every byte."""
        self._checked = {one.checksum for one in generations if one.good}
        if self.place is not None:
            self.show_place(attrs.evolve(self.place, generations=generations))

    def _none_yet(self) -> QWidget:
        words = _(
            "A laptop that is lost or breaks takes the backups beside the case file along. "
            "Choose a stick or a folder elsewhere, or drop one here."
        )
        return Notice(words, Tone.AMBER, lead=_("There is no second place yet."))

    def _inside(self, place: Place) -> QWidget:
        if place.fault:
            return Notice(fault_words(place.fault), Tone.RED)
        if not place.there:
            words = _("Connect the stick or drive. Until then backups are made beside the case file only.")
            return Notice(words, Tone.AMBER, lead=_("This place is not there now."))
        if not place.generations:
            return paragraph(_("Nothing lies here yet."), Role.MUTED)
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        today = self._workplace.session.today()
        for one in place.generations:
            runs = generation_runs(one, today)
            if one.good and one.checksum in self._checked:
                runs.append(Run("  "))
                runs.append(Run(_("checked now"), state=State.YES))
            lines.addWidget(self._line(place, one, runs))
        return box

    def _line(self, place: Place, one: Generation, runs: Sequence[Run]) -> QWidget:
        """One backup, with a button to put it back where it is good."""
        words = RunText(runs)
        if not one.good or place.folder is None:
            return words
        said = _("Put back the backup of {when}").replace("{when}", words.accessibleName())
        back = Button(_("Put it back beside…"), Look.QUIET, description=said)
        path = place.folder / one.name
        back.clicked.connect(lambda: self.restore_asked.emit(path, one))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(back)
        return holder
