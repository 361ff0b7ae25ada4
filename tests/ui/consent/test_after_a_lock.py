"""Protects: after a lock the list chooses again whom somebody was looking at, and opens no name for it."""

from __future__ import annotations

import pytest

from tests.ui.consent.conftest import NAME, CaseFile, OpenDesk, says

pytestmark = pytest.mark.window


def test_whoever_was_chosen_is_chosen_again_and_no_name_opens(desk: OpenDesk, made: CaseFile) -> None:
    for one in (made.sister, made.mother):
        page = desk(shown_before=one).page
        assert page.chosen_record() == ("relative", one)
        assert page.list.detail.relative == one
    assert not says(desk(shown_before=made.mother), NAME)


def test_whoever_was_asked_for_comes_before_whoever_was_chosen(desk: OpenDesk, made: CaseFile) -> None:
    again = desk(unfinished=None, shown_before=made.sister)
    again.page.show_record(made.mother)
    again.page.come_back(made.sister)  # later than the list: nobody is taken out of somebody's hand
    again.page._load_rows()
    again.settle()
    assert again.page.chosen_record()[1] == made.mother


def test_whoever_is_gone_is_not_missed(desk: OpenDesk) -> None:
    again = desk(shown_before="0" * 32)
    assert again.page.chosen_record()[1] != "0" * 32
    assert again.failed == []
