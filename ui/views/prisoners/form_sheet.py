"""A sheet around a form: saves through the worker, shows errors under fields, survives a lock.

Which command is given lies with whoever opens the sheet; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.canonical import Plain
from app.domain.errors import Code, KnownError
from app.domain.ids import is_id, new_id
from app.i18n import _
from app.services.context import Saved
from ui import actions, theme
from ui.messages import told_of
from ui.views.prisoners.editors import Offers
from ui.views.prisoners.form import RecordForm
from ui.views.prisoners.groups import Group
from ui.widgets.dialogs import Sheet, ask_to_throw_away
from ui.widgets.frames import Notice, Tone
from ui.worker import Failure
from ui.workplace import Workplace

Save = Callable[[Mapping[str, object]], Saved]

_LOW_PX: Final = 400  # of a short form: its fields stand in a part that scrolls, which asks for little


class FormSheet(Sheet):
    """A form in a dialog.

    Args:
        workplace: where to save.
        parent: page it belongs to.
        title: what it is about.
        action: words of the button that saves.
        groups: what to type.
        values: what is stored.
        offers: what references can point to.
        save: runs on the worker with the changed values.
        kind: name under which a lock keeps what is typed.
        about: the record it is about, for the same.
        preset: values saved with those typed.
        new: there is no record yet: an empty form says what is needed instead of closing.

    Attributes:
        record_id: the id of the record a new form makes. It is kept with what is typed, so that a form a
            crash brings back after its record was saved does not make another.

    Signals:
        saved(str): the id of what was saved.
        typed_on(): something changed, for remarks.
    """

    saved = Signal(str)
    typed_on = Signal()

    def __init__(
        self,
        workplace: Workplace,
        parent: QWidget,
        *,
        title: str,
        action: str,
        groups: Sequence[Group],
        values: Mapping[str, object],
        offers: Offers,
        save: Save,
        kind: str,
        about: str = "",
        preset: Mapping[str, object] | None = None,
        width: int = 860,
        new: bool = True,
    ) -> None:
        super().__init__(parent.window(), title, action, width=width)
        self.kind: Final = kind
        self.about: Final = about
        self._workplace, self._save = workplace, save
        self._preset = dict(preset or {})
        self._is_new = new
        self.record_id = new_id()
        self._saving = False
        self.notice = Notice("", Tone.AMBER)
        self.notice.hide()
        self.add(self.notice)
        self.form = RecordForm(groups, values, offers)
        self.add(self.form, 1)
        self.form.changed.connect(self._on_changed)
        if self.action is not None:
            self.action.clicked.disconnect(self.accept)
            self.action.clicked.connect(self.save)
        for keys in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        lock = QShortcut(QKeySequence(actions.LOCK.shortcut), self)
        lock.activated.connect(self._on_lock)

    def show_over(self, *, tall: bool = True, field: str = "") -> None:
        """Open it over its window, as large as there is room for."""
        look, home = theme.current(), self.parentWidget()
        room = home.size() if home is not None else self.screen().size()
        wish = look.px(700) if tall else max(look.px(_LOW_PX), self.sizeHint().height())
        self.resize(min(self.minimumWidth(), room.width() - 32), min(wish, room.height() - 32))
        self.open()
        self.form.start(field)

    # saving

    def save(self) -> None:
        """Save what changed."""
        if self._saving or self.form.asks:
            return
        try:
            values = {**self._preset, **self.form.values()}
        except KnownError:
            self.say(_("Look at the marked fields."))
            return
        if not values and not self._is_new:
            self.done(int(Sheet.DialogCode.Rejected))
            return
        self._set_saving(on=True)
        self._workplace.tasks.command(self._save, values, initiator=self, done=self._done, failed=self.failed)

    def _done(self, saved: Saved) -> None:
        self.saved.emit(saved.id)
        self.accept()
        self.deleteLater()

    def failed(self, failure: Failure) -> None:
        """Say what went wrong where it belongs."""
        self._set_saving(on=False)
        error = failure.error
        if error is not None and error.code is Code.NEEDS_SECOND_PERSON:
            self._workplace.say(told_of(failure).text)
            self.accept()
            self.deleteLater()
            return
        if error is not None and error.code is Code.ALREADY_SAVED:
            self.saved.emit(self.record_id)
            self._workplace.say(told_of(failure).text)
            self.accept()
            self.deleteLater()
            return
        if error is not None and error.code is Code.NOTHING_CHANGED:
            self.done(int(Sheet.DialogCode.Rejected))
            return
        name = str(error.details.get("field", "")) if error is not None else ""
        if error is None or not self.form.mark(name, error):
            told = told_of(failure)
            reference = (
                _("Reference number: {number}").format(number=told.reference) if told.reference else ""
            )
            self.say(f"{told.text} {reference}".strip())

    def say(self, words: str) -> None:
        """Words over the form, "" for none."""
        self.notice.set_text(words)
        self.notice.setVisible(bool(words))

    def _set_saving(self, *, on: bool) -> None:
        self._saving = on
        if self.action is not None:
            self.action.setEnabled(not on and not self.form.asks)

    def _on_changed(self) -> None:
        self.say("")
        self._set_saving(on=self._saving)
        self.typed_on.emit()

    # leaving

    def kept(self) -> dict[str, Plain] | None:
        """What a lock keeps; None when nothing was typed."""
        if not self.form.is_typed:
            return None
        kept: dict[str, Plain] = {"sheet": self.kind, "about": self.about, "typed": self.form.typed()}
        return {**kept, "record": self.record_id} if self._is_new else kept

    def take_up(self, kept: Mapping[str, Plain]) -> None:
        """Put back what a lock kept."""
        record, typed = kept.get("record"), kept.get("typed")
        if isinstance(record, str) and is_id(record):
            self.record_id = record
        if isinstance(typed, Mapping):
            self.form.take_up(typed)

    def reject(self) -> None:
        """Close; what was typed is only thrown away on purpose."""
        if self.form.is_typed and not ask_to_throw_away(self):
            return
        super().reject()
        self.deleteLater()

    def _on_lock(self) -> None:
        """Locking must work from here: the window below is shut out while a sheet is open."""
        home = self.parentWidget()
        found = home.findChild(QAction, actions.LOCK.key) if home is not None else None
        if found is not None:
            found.trigger()
