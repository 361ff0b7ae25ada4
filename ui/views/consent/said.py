"""What somebody said, newest first: talks and their answers as short lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.consent_purposes import default_end
from app.domain.conversation import Answer, Conversation
from app.i18n import N_, _
from app.services.waiting_words import as_whom
from app.vocabulary import word
from ui import theme
from ui.states import State
from ui.theme import Role
from ui.views.consent.draft import purposes_of
from ui.views.consent.kept_file import fingerprint_words, kind_words
from ui.views.consent.words import (
    LINES,
    SHORT_LINES,
    channel_word,
    day_words,
    gentle,
    line_of,
    partial_words,
    purpose_word,
)
from ui.widgets.buttons import Button, Look
from ui.widgets.emptying import empty
from ui.widgets.frames import Scrolled, line
from ui.widgets.labels import QuietLine, Run, RunText, Text

_STATES: Final = {
    "given": (State.YES, N_("yes")),
    "renewed": (State.YES, N_("yes, again")),
    "refused": (State.NO, N_("no")),
    "withdrawn": (State.NO, N_("withdrew")),
    "deferred": (State.UNASKED, N_("later")),
    "requested": (State.UNASKED, N_("asked")),
    "revoked": (State.NO, N_("taken back by us")),
    "invalidated": (State.NO, N_("not valid")),
    "entered_in_error": (State.UNASKED, N_("entered by mistake")),
    "bypassed": (State.ENDS, N_("used without a yes")),
}
_WAITING: Final = {
    "entered_in_error": N_("taken back, waits"),
    "invalidated": N_("taken back, waits"),
    "revoked": N_("taken back, waits"),
    "bypassed": N_("use without a yes, waits"),
}
_SAYS_YES: Final = (State.YES, State.WAITS)
_FEW: Final = 2
_ONE_LINE: Final = 30
_TWO_LINES: Final = 50
_WORD: Final = 210
_NOT_FOR: Final = {"public": N_("not in public"), "all_godparents": N_("not for all godparents")}


@attrs.frozen
class SaidLine:
    """One line of the list.

    Attributes:
        whom: for whom or for whom not, on which condition, and of a yes in what right.
        state: None where the line answers nothing.
        kept: id of the talk of which something was kept, to be opened from here.
    """

    when: str
    what: str
    state: State | None
    word: str
    how: str
    whom: str = ""
    kept: str = ""


def said_lines(
    talks: Sequence[Conversation],
    recorders: Mapping[str, str],
    waits: Collection[str],
    begun_without: Collection[str] = (),
    godparents: Mapping[str, str] = MappingProxyType({}),
    counts_from: Mapping[str, date] = MappingProxyType({}),
) -> list[SaidLine]:
    """The lines of some talks.

    Args:
        talks: newest first.
        recorders: names of who recorded them, by id.
        waits: ids of answers that wait for a second person.
        begun_without: ids of talks we began although nothing allowed it.
        godparents: names by id.
        counts_from: by id of a talk the day from which its yeses count, where it is still to come.
    """
    found: list[SaidLine] = []
    for talk in talks:
        when = partial_words(talk.held_on)
        by = recorders.get(talk.recorded_by or "", "")
        if talk.id in begun_without:
            words = _("without permission")
            found.append(SaidLine(when, _("we began this talk"), State.ENDS, words, _how(talk, by)))
        if not talk.answers:
            found.append(SaidLine(when, _("talk"), State.UNASKED, _("no answers"), _how(talk, by)))
        for what, answers in _grouped(talk.answers, waits):
            first = answers[0]
            state, words = _STATES.get(first.kind, (State.UNASKED, first.kind))
            if first.answer in waits:
                state, words = State.WAITS, _WAITING.get(first.kind, N_("yes, waits"))
            elif state is State.YES and talk.id in counts_from:
                state = State.WAITS
                words = _("counts from {day}").format(day=day_words(counts_from[talk.id]))
            right = as_whom(talk.capacity, talk.mandate) if state in _SAYS_YES else ""
            whom = " · ".join(part for part in (for_whom(first, godparents), gentle(right)) if part)
            ends = min((day for one in answers if (day := _counts_until(talk, one))), default=None)
            end = _("to {day}").format(day=day_words(ends)) if ends and state is not State.NO else by
            found.append(SaidLine(when, what, state, _(words), _how(talk, end), whom))
        if talk.evidence_file:
            prints = fingerprint_words(talk.evidence_sha256)
            what = _("kept: {kind}").format(kind=kind_words(talk.evidence_type))
            found.append(SaidLine(when, what, None, prints, "", kept=talk.id))
    return found


def _counts_until(talk: Conversation, answer: Answer) -> date | None:
    """The day an answer ends: as it was said, but no later than a yes may last."""
    if answer.ends_on is None or talk.held_on is None:
        return answer.ends_on
    return min(answer.ends_on, default_end(answer.purpose, talk.held_on.first))


def for_whom(answer: Answer, godparents: Mapping[str, str]) -> str:
    """For whom an answer is or is not, "" where it is for all it can be about; and a condition."""
    parts: list[str] = []
    is_no = answer.kind in ("refused", "withdrawn")
    if answer.recipients:
        names = "; ".join(godparents.get(one, one) for one in answer.recipients)
        parts.append((_("not for {names}") if is_no else _("for {names}")).format(names=names))
    elif is_no and answer.audience in _NOT_FOR:
        parts.append(_(_NOT_FOR[answer.audience]))
    elif not is_no and answer.audience and answer.audience != "internal":
        parts.append(gentle(word("audience", answer.audience)))
    if answer.conditions:
        parts.append(_("only if {words}: does not count").format(words=answer.conditions))
    return " · ".join(parts)


def _how(talk: Conversation, end: str) -> str:
    channel = channel_word(talk.channel) if talk.channel else ""
    return " · ".join(part for part in (channel, end) if part)


def _grouped(answers: Iterable[Answer], waits: Collection[str]) -> list[tuple[str, list[Answer]]]:
    """Answers of one talk that say the same, by line; everything at once is one line."""
    groups: dict[tuple[str, str, bool, str, tuple[str, ...], str], list[Answer]] = {}
    for one in answers:
        whom = (one.audience, one.recipients, one.conditions)
        groups.setdefault((line_of(one.purpose), one.kind, one.answer in waits, *whom), []).append(one)
    if len({key[1:] for key in groups}) == 1 and {key[0] for key in groups} == set(LINES):
        return [(_("Everything"), [one for group in groups.values() for one in group])]
    ordered = sorted(groups.items(), key=lambda item: LINES.index(item[0][0]) if item[0][0] in LINES else 9)
    return [(_what(key[0], group), group) for key, group in ordered]


def _what(line_code: str, group: Sequence[Answer]) -> str:
    """The line, or the purposes where only one or two of its several were meant."""
    codes = list(dict.fromkeys(one.purpose for one in group))
    if line_code not in SHORT_LINES:
        return ", ".join(purpose_word(code) for code in codes)
    if line_code == "stay_in_touch" or len(codes) > _FEW or len(codes) == len(purposes_of(line_code)):
        return _(SHORT_LINES[line_code])
    words = ", ".join(purpose_word(code) for code in codes)
    return words[:1].upper() + words[1:]


class SaidList(Scrolled):
    """The list, drawn as quiet rows.

    Signals:
        show_asked(str): open what was kept of this talk.
    """

    show_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=0)
        self._inside: QWidget | None = None

    def set_lines(self, lines: Sequence[SaidLine], nothing: str) -> None:
        """Show these, or words that there are none."""
        empty(self.body)
        rows = [self._row(one) for one in lines]
        for row in rows:
            self.add(row)
            self.add(line())
        # Said outright: a column of lines that may wrap is else squeezed until it is laid out anew.
        self._inner.setMinimumHeight(sum(row.height() + 1 for row in rows))
        if not lines:
            self.add(Text(nothing, Role.MUTED, wrap=True))
        self.body.addStretch(1)
        self.body.activate()  # at once: nothing is seen squeezed

    def show_newest(self) -> None:
        """Begin at the top, where somebody else is shown."""
        self.verticalScrollBar().setValue(0)

    def _row(self, one: SaidLine) -> QWidget:
        row = QWidget()
        row.setFixedHeight(theme.current().px(_TWO_LINES if one.whom else _ONE_LINE))
        cells = QGridLayout(row)
        cells.setContentsMargins(12, 2, 0, 2)
        cells.setHorizontalSpacing(8)
        cells.setVerticalSpacing(0)
        when = Text(one.when, Role.MUTED)
        when.setFixedWidth(theme.current().px(96))
        word = RunText([Run(one.word, Role.MUTED if one.state is None else Role.BASE, state=one.state)])
        word.setMinimumWidth(min(word.sizeHint().width(), theme.current().px(_WORD)))
        parts = (when, QuietLine(one.what, Role.BASE), word)
        for column, (part, stretch) in enumerate(zip(parts, (0, 4, 3), strict=True)):
            cells.addWidget(part, 0, column, Qt.AlignmentFlag.AlignVCenter)
            cells.setColumnStretch(column, stretch)
        cells.setColumnStretch(3, 6)
        if one.kept:
            show = Button(_("Open…"), Look.TAG, description=_("What is shown is recorded"))
            show.clicked.connect(lambda: self.show_asked.emit(one.kept))
            cells.addWidget(show, 0, 3, Qt.AlignmentFlag.AlignRight)
        else:
            cells.addWidget(QuietLine(one.how), 0, 3, Qt.AlignmentFlag.AlignVCenter)
        if one.whom:
            cells.addWidget(QuietLine(one.whom), 1, 1, 1, 3, Qt.AlignmentFlag.AlignTop)
        said = (one.when, one.what, one.word, one.whom, one.how)
        row.setAccessibleName(", ".join(part for part in said if part))
        return row
