"""Protects: what is missing stands first, with whom to ask, and asking reaches them."""

from __future__ import annotations

from tests.services.office import COORDINATOR
from tests.ui.reports.windows import BRIEFING, Windows
from ui.views.reports.left_out import LeftOutSheet, lines_of


def _opened(windows: Windows) -> LeftOutSheet:
    window = windows.as_person(COORDINATOR)
    window.begin(BRIEFING)
    window.go_on(2)
    review = window.page.making.review.review
    assert review.left_out is not None
    review.left_out.click()
    assert review.sheet is not None
    return review.sheet


def test_what_is_missing_stands_first_and_says_whom_to_ask(windows: Windows) -> None:
    window = windows.as_person(COORDINATOR)
    window.begin(BRIEFING)
    window.go_on(2)
    seen = window.page.making.seen
    assert seen is not None
    lines = lines_of(seen)
    kinds = [line.id.startswith("missing ") for line in lines]
    assert kinds == sorted(kinds, reverse=True)
    assert lines[0].codes == ("summary", "photo")
    assert all(line.ask for line in lines)


def test_asking_about_marked_people_makes_it_their_next_step(windows: Windows) -> None:
    sheet = _opened(windows)
    assert not sheet.ask.isEnabled(), "nobody is marked"
    line = lines_of(sheet.seen)[0]
    sheet.table.select(line.id)
    assert sheet.ask.isEnabled()
    sheet.ask.click()
    window = windows.open_one
    assert window is not None
    window.settle()
    session = window.session
    step = window.ask(lambda: session.prisoners.get(line.prisoner).prisoner.next_step)
    assert "Briefing for a parliament" in step
    assert "Public summary" in step
