"""What we knew of somebody on a day: the five lines, talks, stops and reviews as they were recorded then."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.consent_lines import LineState
from app.domain.dates import PartialDate
from app.domain.rows import Light
from app.i18n import _
from app.services.as_of import RelativeThen
from app.services.waiting_words import as_whom
from app.vocabulary import word
from ui import theme
from ui.messages import told_of
from ui.states import State
from ui.theme import Role
from ui.views.consent.said import SaidList, said_lines
from ui.views.consent.words import SHORT_LINES, day_words, gentle, long_day_words
from ui.widgets.date_edit import DateEdit
from ui.widgets.details import DetailGrid, Value
from ui.widgets.dialogs import Sheet
from ui.widgets.emptying import empty
from ui.widgets.fields import Field
from ui.widgets.frames import Notice, Scrolled, Tone
from ui.widgets.labels import Run, SectionHead, Text
from ui.worker import Failure
from ui.workplace import Workplace

_STATES: Final = {
    Light.YES: State.YES,
    Light.ENDS: State.ENDS,
    Light.NO: State.NO,
    Light.WAITS: State.WAITS,
}


class AsOfSheet(Sheet):
    """The dialog; another day is typed and Enter shows it.

    Args:
        parent: window.
        found: what is shown first.
    """

    def __init__(self, parent: QWidget, workplace: Workplace, relative: str, found: RelativeThen) -> None:
        super().__init__(parent, _("What we knew on a day"), width=720)
        self._workplace, self._relative = workplace, relative
        self._asked = 0
        self.when = DateEdit(_("Day"), PartialDate.of(found.day))
        self.when.changed.connect(self._on_day)
        self.when.unread.connect(lambda: self._on_day(None))
        hint = _("A month or a year means its last day.")
        self.add(Field(_("Day"), self.when, hint=hint))
        self._inside = Scrolled(gap=8)
        self._inside.body.setContentsMargins(0, 0, 12, 0)
        self._inside.setMinimumHeight(theme.current().px(280))
        self.add(self._inside, 1)
        self.way_out.setAutoDefault(False)
        self.way_out.setDefault(False)
        self.resize(theme.current().px(760), theme.current().px(640))
        self.finished.connect(lambda _result: self.deleteLater())
        self.show_then(found)
        self.when.setFocus(Qt.FocusReason.TabFocusReason)

    def show_then(self, found: RelativeThen) -> None:
        """Show a day."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in then_parts(found):
            column.addWidget(part)
        self._put(box)

    def _put(self, box: QWidget) -> None:
        body = self._inside.body
        empty(body)
        self._inside.add(box)
        body.addStretch(1)

    def _on_day(self, day: PartialDate | None) -> None:
        self._asked += 1
        if day is None or self.when.kept() != day.stored():
            self._put(QWidget())  # what was known on another day is no answer to what stands there now
            return
        asked, session, relative = self._asked, self._workplace.session, self._relative

        def done(found: RelativeThen) -> None:
            if asked == self._asked:
                self.show_then(found)

        def failed(failure: Failure) -> None:
            if asked == self._asked:
                words = _("That day is still to come.") if day.first > session.today() else ""
                self._put(Notice(words or told_of(failure).happened, Tone.AMBER))

        self._workplace.tasks.query(
            lambda: session.as_of.relative(relative, day), initiator=self, done=done, failed=failed
        )


def look_back(page: QWidget, workplace: Workplace, relative: str) -> None:
    """Open the dialog about somebody, at today."""
    if not relative:
        return
    session = workplace.session
    today = PartialDate.of(session.today())
    workplace.tasks.query(
        lambda: session.as_of.relative(relative, today),
        initiator=page,
        done=lambda found: AsOfSheet(page.window(), workplace, relative, found).open(),
    )


def then_parts(found: RelativeThen) -> list[QWidget]:
    """What was known, one part below the other."""
    when = _("At the end of {day}, entry {number} of the log.").format(
        day=long_day_words(found.day), number=found.entry
    )
    parts: list[QWidget] = [Text(when, Role.MUTED, wrap=True)]
    if not found.known or found.relative is None:
        return [*parts, Text(_("Nobody had recorded them yet."), wrap=True)]
    if found.lost:
        words = _("Something from then was erased and cannot be known any more.")
        parts.append(Notice(words, Tone.AMBER))
    parts += _stop_parts(found)
    parts.append(SectionHead(found.about))
    grid = DetailGrid(label_width=150)
    grid.set_pairs([*_who(found), *((_(SHORT_LINES[one.line]), _line_words(one)) for one in found.lines)])
    parts.append(grid)
    parts.append(SectionHead(_("What was said by then")))
    said = SaidList()
    said.set_lines(said_lines(found.conversations, {}, ()), _("Nobody had recorded a talk yet."))
    said.setMinimumHeight(theme.current().px(34 * min(len(found.conversations) + 1, 5)))
    parts.append(said)
    if found.reviews:
        parts.append(SectionHead(_("Reviews by then")))
        for review in found.reviews:
            day = day_words(review.at.astimezone().date()) if review.at else ""
            what = f"{word('review_cause', review.cause)}: {gentle(word('review_outcome', review.outcome))}"
            parts.append(Text(" · ".join(each for each in (day, what) if each), wrap=True))
    return parts


def _stop_parts(found: RelativeThen) -> list[QWidget]:
    parts: list[QWidget] = []
    if found.stops:
        reasons = ", ".join(gentle(word("hold_reason", stop.hold.reason)) for stop in found.stops)
        parts.append(Notice(reasons, Tone.RED, lead=_("Everything about them was stopped:")))
    if found.stopped:
        parts.append(
            Notice("", Tone.RED, lead=_("A stop on the case or on more kept everything in the house."))
        )
    if found.paused:
        parts.append(Notice("", Tone.AMBER, lead=_("It was paused until somebody reviewed it.")))
    return parts


def _who(found: RelativeThen) -> list[tuple[str, Value]]:
    pairs: list[tuple[str, Value]] = []
    if found.status:
        pairs.append((_("The prisoner"), gentle(word("status", found.status))))
    if found.relative is not None and found.relative.whereabouts:
        pairs.append((_("Where they were"), gentle(word("whereabouts", found.relative.whereabouts))))
    if found.relative is not None and (right := as_whom(found.relative.capacity, found.relative.mandate)):
        pairs.append((_("Speaks as"), gentle(right)))
    return pairs


def _line_words(one: LineState) -> list[Run]:
    light = one.light
    words = {
        Light.YES: _("yes"),
        Light.ENDS: _("yes, ending soon"),
        Light.NO: _("no"),
        Light.WAITS: _("waits for a second person"),
    }.get(light, _("not asked"))
    said = [Run(words, state=_STATES.get(light, State.UNASKED))]
    if one.until is not None and light in (Light.YES, Light.ENDS):
        said.append(Run(" " + _("to {day}").format(day=day_words(one.until)), Role.MUTED))
    return said
