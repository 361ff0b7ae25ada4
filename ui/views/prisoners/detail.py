"""The card beside the table: who this is, and five tabs about them. Asks the page to do things, does none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.prisoner import display_name
from app.domain.rows import HistoryRow, Light
from app.i18n import _
from ui import actions
from ui.theme import Role
from ui.views.prisoners.case_tab import case_tab
from ui.views.prisoners.facts import Facts, also_words, tag_words
from ui.views.prisoners.history_tab import history_tab
from ui.views.prisoners.other_tabs import FamilyDoings, family_tab, godparents_tab, timeline_tab
from ui.views.prisoners.photo import PhotoDrop, image_of
from ui.widgets.buttons import Button
from ui.widgets.emptying import empty
from ui.widgets.flow import FlowLayout, TagChips
from ui.widgets.frames import Card, EmptyPage, Scrolled
from ui.widgets.labels import Text, paragraph
from ui.widgets.tabs import TabStrip

CASE, TIMELINE, FAMILY, GODPARENTS, HISTORY = "case", "timeline", "family", "godparents", "history"


@attrs.frozen
class May:
    """What this person may do, as the table of roles says."""

    edit: bool = False
    edit_all: bool = False  # not only public texts
    godparents: bool = False
    relatives: bool = False
    stop: bool = False
    lift: bool = False
    merge: bool = False
    rows: bool = False  # what lists said, as it was written
    message: bool = False
    hostile: bool = False
    note: bool = False  # this is a copy: what is to be taken home is written down


class DetailCard(Card):
    """One prisoner.

    Signals:
        edit_asked(), note_asked(), stop_asked(), hostile_asked(), merge_asked(), rows_asked(): buttons.
        message_asked(): write to somebody about them.
        photo_chosen(bytes), photo_removed(): an untrusted picture, or none.
        photo_unreadable(): a file could not be read.
        relative_asked(), godparent_asked(): add one.
        talk_asked(str), godparent_chosen(str): id of a relative, of a godparent.
        lift_asked(str): id of a stop.
        restore_asked(str, int): field and entry.
        history_asked(): the History tab came to the front.
        tab_changed(str): key of the tab in front.
    """

    edit_asked = Signal()
    note_asked = Signal()
    stop_asked = Signal()
    hostile_asked = Signal()
    merge_asked = Signal()
    rows_asked = Signal()
    message_asked = Signal()
    photo_chosen = Signal(bytes)
    photo_removed = Signal()
    photo_unreadable = Signal()
    relative_asked = Signal()
    godparent_asked = Signal()
    talk_asked = Signal(str)
    godparent_chosen = Signal(str)
    lift_asked = Signal(str)
    restore_asked = Signal(str, int)
    history_asked = Signal()
    tab_changed = Signal(str)

    def __init__(self, may: May) -> None:
        super().__init__(padding=0, gap=0)
        self._may = may
        self._facts: Facts | None = None
        self._history: tuple[HistoryRow, ...] | None = None
        self._names: dict[str, str] = {}
        self._build()
        self.show_nobody("")

    def _build(self) -> None:
        self._above = QWidget()
        upper = QVBoxLayout(self._above)
        upper.setContentsMargins(16, 14, 0, 0)
        upper.setSpacing(6)
        self._who = QVBoxLayout()
        upper.addLayout(self._who)
        self.tabs = TabStrip(
            _("About this prisoner"),
            [
                (CASE, _("Case")),
                (TIMELINE, _("Timeline")),
                (FAMILY, _("Family")),
                (GODPARENTS, _("Godparents")),
                (HISTORY, _("History")),
            ],
        )
        self.tabs.chosen.connect(self._on_tab)
        upper.addWidget(self.tabs)
        self.add(self._above)
        self.inside = Scrolled(padding=16, gap=12)
        self.add(self.inside, 1)

    # showing

    @property
    def shown(self) -> str:
        """The id of who is shown, "" for nobody."""
        return self._facts.prisoner.id if self._facts is not None else ""

    @property
    def facts(self) -> Facts | None:
        """Who is shown."""
        return self._facts

    def show_nobody(self, words: str) -> None:
        """Say why nobody is shown."""
        self._facts = None
        self._above.hide()
        self._fill([EmptyPage(words)] if words else [])

    def show_facts(self, facts: Facts) -> None:
        """Show a prisoner; the same one keeps its place and tab."""
        same = self.shown == facts.prisoner.id
        place = self.inside.verticalScrollBar().value() if same else 0
        self._facts, self._history = facts, None
        self._above.show()
        self._show_who(facts)
        self._show_tab()
        self.inside.verticalScrollBar().setValue(place)
        if self.tabs.key() == HISTORY:
            self.history_asked.emit()

    def show_history(self, prisoner: str, rows: tuple[HistoryRow, ...], names: dict[str, str]) -> None:
        """The rows of the History tab, if that prisoner is still shown."""
        if prisoner == self.shown:
            self._history, self._names = rows, names
            if self.tabs.key() == HISTORY:
                self._show_tab()

    def _show_who(self, facts: Facts) -> None:
        empty(self._who)
        row = QWidget()
        top = QHBoxLayout(row)
        top.setContentsMargins(0, 0, 16, 0)
        top.setSpacing(12)
        photo = self._photo(facts)
        top.addWidget(photo, 0, Qt.AlignmentFlag.AlignTop)
        names = QWidget()
        column = QGridLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setVerticalSpacing(6)
        column.addWidget(paragraph(display_name(facts.prisoner), Role.TITLE), 0, 0)
        column.addWidget(paragraph(also_words(facts.prisoner), Role.MUTED), 1, 0)
        tags = tag_words(facts)
        if tags:
            column.addWidget(TagChips(tags), 2, 0)
        top.addWidget(names, 1)
        if self._may.edit:
            edit = Button(_("Edit"))
            edit.clicked.connect(self.edit_asked)
            top.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        self._who.addWidget(row)

    def _photo(self, facts: Facts) -> PhotoDrop:
        image = image_of(facts.photo)
        light, _until = facts.view.public_lights.get("photo", (Light.NOT_ASKED, None))
        public = light in (Light.YES, Light.ENDS)
        words = _("no photo") if facts.prisoner.photo is None else _("photo")
        says = _("photo: may be shown in public") if public else _("photo: not for public")
        box = PhotoDrop(words, image, name=says if image is not None else words, may=self._may.edit_all)
        if image is not None:
            box.setToolTip("\n".join(part for part in (says, box.toolTip()) if part))
        box.chosen.connect(self.photo_chosen)
        box.removed.connect(self.photo_removed)
        box.unreadable.connect(self.photo_unreadable)
        return box

    # tabs

    def _on_tab(self, key: str) -> None:
        self.inside.verticalScrollBar().setValue(0)
        self._show_tab()
        if key == HISTORY and self._history is None and self._facts is not None:
            self.history_asked.emit()
        self.tab_changed.emit(key)

    def _show_tab(self) -> None:
        facts = self._facts
        if facts is None:
            return
        match self.tabs.key():
            case "timeline":
                self._fill(timeline_tab(facts))
            case "family":
                add = self.relative_asked.emit if self._may.relatives else None
                self._fill(family_tab(facts, FamilyDoings(add, self.talk_asked.emit)))
            case "godparents":
                give = self.godparent_asked.emit if self._may.godparents else None
                self._fill(godparents_tab(facts, give, self.godparent_chosen.emit))
            case "history":
                self._show_history()
            case _:
                lift = self.lift_asked.emit if self._may.lift else None
                self._fill([*case_tab(facts, lift), *self._case_buttons(facts)])

    def _show_history(self) -> None:
        if self._history is None:
            self._fill([Text(_("Reading…"), Role.MUTED)])
            return
        restore: Callable[[str, int], None] | None = self.restore_asked.emit if self._may.edit_all else None
        self._fill(history_tab(self._history, self._names, restore, all_shown=False))

    def _case_buttons(self, facts: Facts) -> Sequence[QWidget]:
        stopped = any(stop.hold.on_noun == "prisoner" for stop in facts.view.stopped)
        note = self._note_button()
        if not self._may.stop or stopped:
            return [*note, *self._message_button(), *self._rows_button(facts)]
        stop = Button(_("Stop…"), description=_("Nothing about this person leaves the house from then on"))
        stop.clicked.connect(self.stop_asked)
        doings = QWidget()
        flow = FlowLayout(doings)  # beside the table they stand in two lines, and leave the table its columns
        more = (*self._hostile_button(), *self._merge_button(), *self._rows_button(facts))
        for button in (*note, *self._message_button(), stop, *more):
            flow.addWidget(button)
        return [doings]

    def _note_button(self) -> list[Button]:
        if not self._may.note:
            return []
        words = _("Kept in this copy until it comes home and somebody looks at it")
        note = Button(_("Note to take home…"), description=words)
        note.clicked.connect(self.note_asked)
        return [note]

    def _hostile_button(self) -> list[Button]:
        if not self._may.hostile:
            return []
        words = _("What it touches pauses until it is reviewed")
        hostile = Button(actions.ATTENTION.words, description=words)
        hostile.clicked.connect(self.hostile_asked)
        return [hostile]

    def _message_button(self) -> list[Button]:
        if not self._may.message:
            return []
        message = Button(
            actions.MESSAGE.words,
            hint=actions.MESSAGE.keys,
            description=_("A few sentences to one recipient"),
        )
        message.clicked.connect(self.message_asked)
        return [message]

    def _merge_button(self) -> list[Button]:
        if not self._may.merge:
            return []
        words = _("Two records of one person become one, and can be taken apart again")
        merge = Button(_("Merge with…"), description=words)
        merge.clicked.connect(self.merge_asked)
        return [merge]

    def _rows_button(self, facts: Facts) -> list[Button]:
        if not self._may.rows or not facts.view.claims:
            return []
        words = _("Each row as it was written; what is opened is recorded")
        rows = Button(_("What lists said…"), description=words)
        rows.clicked.connect(self.rows_asked)
        return [rows]

    def _fill(self, widgets: Sequence[QWidget]) -> None:
        body = self.inside.body
        empty(body)
        for widget in widgets:
            body.addWidget(widget)
        body.addStretch(1)
        body.activate()  # at once: nothing is seen squeezed
