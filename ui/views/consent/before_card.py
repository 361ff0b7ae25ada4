"""Left of the Conversation sheet: how to reach them safely, what to read out, facts about this talk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.consent_check import needs_mandate
from app.domain.conversation import Conversation
from app.domain.dates import PartialDate
from app.domain.fields import Field, Kind, fields_of
from app.i18n import _
from app.services.views import RelativeView
from app.vocabulary import pairs
from ui.drops import Drops
from ui.theme import Role
from ui.views.consent.contact import care_words, plan_lead, plan_words, stay_away_words, warning_words
from ui.views.consent.draft import TalkDraft
from ui.views.consent.evidence import EvidencePart
from ui.views.consent.list_filters import care_sentences
from ui.views.consent.read_out import read_out
from ui.views.consent.show import show_button
from ui.views.consent.who import Who
from ui.views.consent.words import channel_word, gentle, language_word, spoken_for
from ui.widgets.buttons import Button, Choice, InlineDrop, Look
from ui.widgets.date_edit import DateEdit
from ui.widgets.details import DetailGrid
from ui.widgets.fields import LineEdit
from ui.widgets.frames import Notice, ScrollCard, Tone
from ui.widgets.labels import SectionHead, beside, paragraph
from ui.workplace import Workplace

_ALWAYS: Final = ("direction", "verified_by", "whereabouts", "pressure")
_MORE: Final = ("channel", "language", "capacity", "interpreter", "intermediary")
LANGUAGES: Final = ("be", "ru", "en", "de", "pl", "lt", "uk", "fr")


class BeforeCard(ScrollCard):
    """What to know before calling.

    Args:
        view: with whom.
        draft: written to as it is typed.
        today: the day it is.
        workplace: of the window.

    Signals:
        changed(): something about this talk.
        day_changed(): the day of the talk, from which answers count.
    """

    changed = Signal()
    day_changed = Signal()

    def __init__(self, view: RelativeView, draft: TalkDraft, today: date, workplace: Workplace) -> None:
        super().__init__()
        self._view, self._draft, self._today = view, draft, today
        self.evidence = EvidencePart(self._label("evidence"), draft, workplace)
        self.evidence.changed.connect(self.changed)
        Drops(self, Path.is_file, self.evidence.take)
        self.show_name = show_button()
        head = SectionHead(_("Before you call"))
        head.title.setWordWrap(True)  # gives way on narrow windows
        head.add(self.show_name)
        self.add(head)
        self.who = Who()
        self.add(self.who)
        self._notices = QWidget()
        self._notice_column = QVBoxLayout(self._notices)
        self._notice_column.setContentsMargins(0, 0, 0, 0)
        self._notice_column.setSpacing(self.body.spacing())
        self.add(self._notices)
        self._show_notices()
        self._build_text()
        self._build_talk()
        self.body.addStretch(1)

    # building

    def show_view(self, view: RelativeView) -> None:
        """Say what stands now before a call, after something changed; what is typed stays as it is."""
        self._view = view
        while (item := self._notice_column.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._show_notices()
        self._show_mandate()

    def notices(self) -> list[str]:
        """What stands before a call, as a screen reader says it, top first."""
        places = range(self._notice_column.count())
        found = (self._notice_column.itemAt(place) for place in places)
        widgets = (item.widget() for item in found if item is not None)
        return [widget.accessibleName() for widget in widgets if widget is not None]

    def _show_notices(self) -> None:
        for notice in self._notices_now():
            self._notice_column.addWidget(notice)

    def _notices_now(self) -> Iterator[Notice]:
        plan = self._view.relative.plan[0] if self._view.relative.plan else None
        away, care = stay_away_words(self._view), care_words(self._view)
        careful = care_sentences(self._view.care, self._view.disagreed)
        if away:
            yield Notice(away, Tone.RED, lead=_("Do not contact."))
            care = warning_words(self._view)
        care = f"{care} {careful}".strip()
        if care:
            yield Notice(care, Tone.AMBER)
        if plan is None:
            words = _("Nobody wrote down how to reach them safely.")
            yield Notice(words, Tone.AMBER, lead=_("No safe-contact plan."))
            return
        yield Notice(plan_words(plan), lead=plan_lead(plan))
        if plan.never_mention:
            words = _("Never mention: {what}").format(what=gentle(plan.never_mention))
            yield Notice(words, Tone.RED)

    def _build_text(self) -> None:
        self._text_head = SectionHead("")
        self._text = paragraph("", Role.MUTED)
        self.add(self._text_head)
        self.add(self._text)
        self._show_text()

    def _show_text(self) -> None:
        found = read_out(self._draft.values.get("language", ""))
        words = _("Read out (text {number}, {language})")
        head = words.format(number=found.number, language=language_word(found.language))
        self._text_head.title.setText(head)
        self._text.deleteLater()
        fresh = paragraph(found.text, Role.MUTED)
        self.body.replaceWidget(self._text, fresh)
        self._text = fresh
        self._draft.values["text_version"] = found.stored

    def _build_talk(self) -> None:
        self.add(SectionHead(_("This talk")))
        grid = DetailGrid(gap=12)
        for name in _ALWAYS:
            grid.add(self._label(name), beside(self._drop(name)))
        grid.add(self._label("evidence"), self.evidence)
        self.add(grid)
        self._mandate = DetailGrid(gap=12)
        self._mandate.add(self._label("mandate"), beside(self._drop("mandate")))
        self.add(self._mandate)
        self._show_mandate()
        self._more = DetailGrid(gap=12)
        when = _("When")
        self.day = DateEdit(when, self._draft.held_on or PartialDate.of(self._today))
        self.day.changed.connect(self._on_day)
        self.day.unread.connect(self.changed)
        self._more.add(when, self.day)
        for name in _MORE:
            self._more.add(self._label(name), self._control(name))
        self._more.hide()
        self.more = Button(_("More about this talk"), Look.INLINE, arrow=True)
        self.more.clicked.connect(self._on_more)
        self.add(beside(self.more))
        self.add(self._more)

    def _label(self, name: str) -> str:
        if name == "whereabouts":
            relation = self._view.relative.relation
            return spoken_for(relation, _("Where she is"), _("Where he is"), _("Where they are"))
        return _(_declared(name).label)

    def _control(self, name: str) -> QWidget:
        declared = _declared(name)
        if declared.kind in (Kind.TERM, Kind.LANGUAGE):
            return beside(self._drop(name))
        edit = LineEdit(_(declared.label), self._draft.values.get(name, ""))
        edit.textEdited.connect(lambda text, which=name: self._on_value(which, text))
        return edit

    def _drop(self, name: str) -> InlineDrop:
        value = self._draft.values.get(name, "")
        drop = InlineDrop(self._label(name), _choices(_declared(name), value), value)
        drop.chosen.connect(lambda chosen, which=name: self._on_value(which, chosen))
        return drop

    # typing

    def _on_value(self, name: str, value: str) -> None:
        self._draft.values[name] = value
        if name == "language":
            self._show_text()
        if name == "capacity":
            self._show_mandate()
        self.changed.emit()

    def _show_mandate(self) -> None:
        """Who represents the prisoner in this talk is asked how far that goes."""
        capacity = self._draft.values.get("capacity", "")
        self._mandate.setVisible(needs_mandate(self._view.relative, capacity))

    def _on_day(self, day: PartialDate | None) -> None:
        self._draft.held_on = None if day == PartialDate.of(self._today) else day
        self.day_changed.emit()
        self.changed.emit()

    def wrong_day_words(self) -> str:
        """Why nothing can be said about this talk yet: no day stands under *When*; "" where one does."""
        if self.day.reads():
            return ""
        return self.day.toolTip() or _("What stands under “When” is no date yet.")

    def show_wrong_day(self) -> bool:
        """Whether what stands under *When* is no date; then it is shown, also where it was put away."""
        if self.day.is_valid():
            return False
        if self._more.isHidden():
            self._on_more()
        self.day.setFocus()
        return True

    def _on_more(self) -> None:
        self._more.setVisible(not self._more.isVisible())
        open_now = not self._more.isHidden()
        self.more.setText(_("Less about this talk") if open_now else _("More about this talk"))


def _declared(name: str) -> Field:
    return fields_of(Conversation)[name]


def _choices(declared: Field, value: str) -> Sequence[Choice]:
    if declared.kind is Kind.LANGUAGE:
        codes = [*LANGUAGES, *([value] if value and value not in LANGUAGES else [])]
        found = [(code, language_word(code)) for code in codes]
    else:
        name = declared.vocabulary or ""
        found = [
            (code, channel_word(code) if name == "channel" else gentle(words)) for code, words in pairs(name)
        ]
    return [("", _("not said")), *found]
