"""Protects: in the lowest window somebody works in, what saving changes is seen before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.consent import Decision
from app.domain.consent_reasons import Reason
from app.domain.consent_widening import Change, Turn
from app.i18n import LANGUAGES, set_language
from app.services.consent import Effect
from ui.views.consent.draft import TalkDraft
from ui.views.consent.talk_card import TalkCard
from ui.widgets.answers import Said
from ui.widgets.frames import Notice

Until = Callable[[Callable[[], bool]], None]
pytestmark = pytest.mark.window
LOW = (607, 422)
"""What is left for the card where the window is 1093 x 574: a laptop of 1366 x 768 at 125 %."""


@pytest.fixture(params=LANGUAGES)
def card(request: pytest.FixtureRequest, application: QApplication) -> Iterator[TalkCard]:
    set_language(request.param)
    made = TalkCard(TalkDraft("relative"), date(2026, 11, 28), "mother")
    made.resize(*LOW)
    made.show()
    yield made
    made.close()
    set_language("en")


def _change(turn: Turn, purpose: str, audience: str = "public") -> Change:
    no = Decision(allowed=False, reason=Reason.NOBODY_ASKED)
    return Change(turn, "relative", purpose, audience, frozenset(), no, no)


def _much() -> Effect:
    stops = (_change(Turn.STOPS, one) for one in ("photo", "health", "family", "quote"))
    shorter = (_change(Turn.SHORTER, one, "all_godparents") for one in ("letters", "parcels"))
    waiting = (_change(Turn.WAITS, one) for one in ("name", "case_detail", "media", "own_name"))
    return Effect((*stops, *shorter), ("a", "b"), tuple(waiting), (), 3, (), counts_until=date(2027, 5, 28))


def _is_whole(card: TalkCard, box: Notice) -> bool:
    """All of its words are laid out, and all of it lies inside the card."""
    room = box.mapTo(card, box.rect().bottomRight())
    return box.height() >= box.heightForWidth(box.width()) and card.rect().contains(room)


def test_what_changes_and_what_waits_is_whole_in_a_low_window(card: TalkCard, until: Until) -> None:
    card.show_effect(_much())
    until(lambda: _is_whole(card, card.changes) and _is_whole(card, card.waits))
    for seen in (card.changes, card.waits):
        assert not seen.visibleRegion().isEmpty()
        assert seen.visibleRegion().boundingRect() == seen.rect(), "nothing of it is scrolled away"


def test_the_line_with_the_keyboard_is_in_sight(card: TalkCard, until: Until) -> None:
    card.show_effect(_much())
    until(lambda: _is_whole(card, card.changes))
    rows = card.lines.list.rows
    card.lines.list.start()
    for row in rows[:-1]:
        QTest.keyClick(row.focus_button(), Qt.Key.Key_Down)
    last = rows[-1].focus_button()
    until(lambda: last.visibleRegion().boundingRect() == last.rect())


def test_what_is_noted_stays_when_the_window_grows(card: TalkCard, until: Until) -> None:
    card.note.setPlainText("Sounded tired.")
    card.lines.list.rows[0].answer(Said.YES)
    card.resize(761, 722)
    until(lambda: card.note.visibleRegion().boundingRect() == card.note.rect())
    card.resize(*LOW)
    assert card.note.toPlainText() == "Sounded tired."
