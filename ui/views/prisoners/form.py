"""A form made from the field catalogue: groups of fields, errors and remarks under them, conflicts beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.canonical import Plain
from app.domain.errors import Code, KnownError
from app.domain.fields import Field, Kind, empty_of
from app.i18n import _
from app.words import words_for
from ui import theme
from ui.states import State
from ui.theme import Role
from ui.views.prisoners.editors import FieldEditor, Offers, make_editor
from ui.views.prisoners.groups import WIDE_KINDS, Group
from ui.views.prisoners.wording import EMPTY, value_words
from ui.widgets import fields as kit
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice, Scrolled, Tone, line
from ui.widgets.labels import Run, RunText, SectionHead, beside
from ui.widgets.tabs import TabStrip


class FieldBox(QWidget):
    """One field: label, editor, what is wrong with it, what is unlikely, and whose value shall stand.

    Signals:
        settled(str): keep mine or take theirs was pressed.
    """

    settled = Signal(str)

    def __init__(self, editor: FieldEditor) -> None:
        super().__init__()
        self.editor = editor
        field = editor.field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        flag = field.kind is Kind.FLAG
        self.box = kit.Field(
            "" if flag else _(field.label), editor.widget, hint=_(field.hint), required=field.required
        )
        if flag:
            self.box.label.hide()
        column.addWidget(self.box)
        self._remark = RunText()
        self._remark.hide()
        column.addWidget(self._remark)
        column.addStretch(1)
        self._conflict: Notice | None = None

    def set_wrong(self, words: str) -> None:
        """Say what is wrong, "" for nothing."""
        self.editor.set_wrong(words)
        self.box.set_wrong(words)

    def set_remark(self, words: str) -> None:
        """Say what is unlikely, "" for nothing."""
        self._remark.set_runs([Run(words, Role.SMALL, state=State.ENDS)] if words else ())
        self._remark.setVisible(bool(words))

    def ask_whose(self, theirs: object, names: Mapping[str, str]) -> None:
        """Show the value somebody else gave it meanwhile and ask whose shall stand."""
        self.stop_asking()
        words = value_words(self.editor.field, theirs, names) or EMPTY
        notice = Notice(words, Tone.AMBER, lead=_("Changed by somebody else meanwhile to:"), lead_above=True)
        keep, take = Button(_("Keep mine")), Button(_("Take theirs"))
        keep.clicked.connect(lambda: self._settle(None))
        take.clicked.connect(lambda: self._settle(theirs, take=True))
        notice.add(beside(keep, take))
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(2, notice)
        self._conflict = notice
        keep.setFocus()

    @property
    def asks(self) -> bool:
        """Whether it still waits for an answer."""
        return self._conflict is not None

    def stop_asking(self) -> None:
        """Take the question away."""
        if self._conflict is not None:
            self._conflict.hide()
            self._conflict.deleteLater()
            self._conflict = None

    def _settle(self, value: object, *, take: bool = False) -> None:
        if take:
            self.editor.set_value(value)
        self.stop_asking()
        self.settled.emit(self.editor.field.name)


class RecordForm(QWidget):
    """Groups of fields under heads that scroll together, with a strip to jump.

    Args:
        groups: what to type.
        values: what stands there at first, by field.
        offers: what references can point to.

    Signals:
        changed(): something was typed.
    """

    changed = Signal()

    def __init__(self, groups: Sequence[Group], values: Mapping[str, object], offers: Offers) -> None:
        super().__init__()
        self.offers: Final = offers
        self.boxes: Final[dict[str, FieldBox]] = {}
        self._heads: dict[str, SectionHead] = {}
        self._stored: dict[str, object] = {}
        self._start: dict[str, Plain] = {}
        self._given: dict[str, Plain] = {}
        self._is_jumping = False
        self._build(groups)
        self.rebase(values, keep=())

    def _build(self, groups: Sequence[Group]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._strip = TabStrip(_("Parts of the form"), [(group.key, _(group.title)) for group in groups])
        self._strip.chosen.connect(self._on_jump)
        column.addWidget(self._strip)
        self._strip.setVisible(len(groups) > 1)
        self.area = Scrolled(gap=14)
        self.area.body.setContentsMargins(2, 2, 12, 4)
        self.area.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        column.addWidget(self.area, 1)
        for place, group in enumerate(groups):
            if len(groups) > 1:
                if place:
                    self.area.add(line())
                self._heads[group.key] = SectionHead(_(group.title))
                self.area.add(self._heads[group.key])
            self.area.body.addLayout(self._grid(group.fields))
        self.area.body.addStretch(1)

    def _grid(self, fields: Iterable[Field]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(20))
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        place = 0
        for field in fields:
            box = FieldBox(make_editor(field, self.offers))
            box.editor.changed.connect(self._on_changed(field.name))
            box.settled.connect(lambda _name: self.changed.emit())
            self.boxes[field.name] = box
            wide = field.kind in WIDE_KINDS
            if wide and place % 2:
                place += 1
            grid.addWidget(box, place // 2, place % 2, 1, 2 if wide else 1)
            place += 2 if wide else 1
        return grid

    def _on_changed(self, name: str) -> Callable[[], None]:
        def changed() -> None:
            self.boxes[name].set_wrong("")
            self.changed.emit()

        return changed

    # values

    def rebase(self, values: Mapping[str, object], keep: Iterable[str]) -> None:
        """Take these values as what is stored; fields in `keep` go on showing what is typed."""
        kept = frozenset(keep)
        for name, box in self.boxes.items():
            stored = values.get(name, empty_of(box.editor.field))
            typed = box.editor.typed() if name in kept else None
            box.editor.set_value(stored)
            self._stored[name] = stored
            self._start[name] = box.editor.typed()
            if name in kept:
                box.editor.take_up(typed)

    def touched(self) -> tuple[str, ...]:
        """Names of the fields where something else stands than is stored."""
        return tuple(name for name, box in self.boxes.items() if box.editor.typed() != self._start[name])

    def give(self, name: str, value: object) -> None:
        """Fill a field for the person: saved like what they type, but nothing they would lose."""
        if name in self.boxes:
            self.boxes[name].editor.set_value(value)
            self._given[name] = self.boxes[name].editor.typed()

    @property
    def last_typed(self) -> str:
        """The last field in which the person typed something, "" for none: there they go on after a lock."""
        typed = [name for name in self.touched() if self.boxes[name].editor.typed() != self._given.get(name)]
        return typed[-1] if typed else ""

    @property
    def is_typed(self) -> bool:
        """Whether the person typed something that is not stored."""
        return bool(self.last_typed)

    def values(self) -> dict[str, object]:
        """Only what changed. Fields that mean nothing are marked, and KnownError of the first is raised."""
        found: dict[str, object] = {}
        first: KnownError | None = None
        for name in self.touched():
            try:
                value = self.boxes[name].editor.value()
            except KnownError as error:
                self.mark(name, error)
                first = first or error
                continue
            if value != self._stored[name]:
                found[name] = value
        if first is not None:
            raise first
        return found

    def typed(self) -> dict[str, Plain]:
        """What is typed and not stored, for a lock."""
        return {name: self.boxes[name].editor.typed() for name in self.touched()}

    def take_up(self, typed: Mapping[str, Plain]) -> None:
        """Put back what a lock kept."""
        for name, value in typed.items():
            if name in self.boxes:
                self.boxes[name].editor.take_up(value)
        self.changed.emit()

    # saying

    def mark(self, name: str, error: KnownError) -> bool:
        """Say under a field what is wrong; False where there is no such field."""
        box = self.boxes.get(name)
        if box is None:
            return False
        told = words_for(error)
        missing = error.code is Code.INVALID_FIELD and not box.editor.typed()
        box.set_wrong(_("This is needed.") if missing else f"{told.happened} {told.advice}")
        return True

    def set_remarks(self, remarks: Mapping[str, str]) -> None:
        """Show what is unlikely, by field."""
        for name, box in self.boxes.items():
            box.set_remark(remarks.get(name, ""))

    def ask_whose(self, theirs: Mapping[str, object]) -> None:
        """Ask for each of these fields whose value shall stand."""
        for name in reversed(list(theirs)):
            if name in self.boxes:
                self.boxes[name].ask_whose(theirs[name], self.offers.names())
                self.show_field(name)

    @property
    def asks(self) -> bool:
        """Whether a field still waits for "keep mine" or "take theirs"."""
        return any(box.asks for box in self.boxes.values())

    def show_field(self, name: str) -> None:
        """Scroll to a field and put the keyboard there."""
        box = self.boxes[name]
        self.area.ensureWidgetVisible(box, 0, theme.current().px(40))
        if not box.asks:
            box.editor.widget.setFocus()

    def start(self, name: str = "") -> None:
        """Put the keyboard into a field, the first one by default."""
        if self.boxes:
            self.show_field(name if name in self.boxes else next(iter(self.boxes)))

    def _on_jump(self, key: str) -> None:
        head = self._heads.get(key)
        inner = self.area.widget()
        if head is not None and inner is not None:
            self._is_jumping = True
            self.area.verticalScrollBar().setValue(head.mapTo(inner, QPoint(0, 0)).y())
            self._is_jumping = False

    def _on_scrolled(self, top: int) -> None:
        """The strip says which part is in front, however one came there."""
        inner = self.area.widget()
        if self._is_jumping or inner is None or not self._heads:
            return
        seen = top + self.area.viewport().height() // 3
        keys = list(self._heads)
        passed = [key for key in keys if self._heads[key].mapTo(inner, QPoint(0, 0)).y() <= seen]
        if top >= self.area.verticalScrollBar().maximum() and top > 0:
            passed = keys
        with QSignalBlocker(self._strip):
            self._strip.choose(passed[-1] if passed else keys[0])
