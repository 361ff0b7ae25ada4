"""Protects: changes name kinds and ids and nothing else; a raised token stops work."""

from __future__ import annotations

import pytest

from app.domain.changes import NOTHING, Changes
from app.domain.errors import Code
from app.domain.progress import Cancelled, CancelToken, no_progress


def test_changes_join_and_forget_empty_kinds() -> None:
    both = Changes.of("prisoner", "a") | Changes({"prisoner": frozenset({"b"}), "relative": frozenset()})
    assert both.ids("prisoner") == {"a", "b"}
    assert both.ids("relative") == frozenset()
    assert both.touches("relative", "prisoner")
    assert not both.touches("relative")


def test_a_step_about_a_stop_touches_stops() -> None:
    lifted = Changes.of("hold_step", "a")
    assert lifted.touches("prisoner", "hold")
    assert not lifted.touches("trust", "relative_hold")


def test_nothing_is_false() -> None:
    assert not NOTHING
    assert not Changes.of("prisoner")
    assert Changes.of("prisoner", "a")
    assert NOTHING | NOTHING == NOTHING


def test_changes_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        Changes.of("prisoner", "a").by_kind["log"] = frozenset()  # type: ignore[index]  # that is the point


def test_a_raised_token_stops_work() -> None:
    token = CancelToken()
    token.check()
    token.cancel()
    assert token.cancelled
    with pytest.raises(Cancelled) as caught:
        token.check()
    assert caught.value.code is Code.CANCELLED
    no_progress(1, 2, "Counting")
