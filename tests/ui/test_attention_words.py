"""Protects: what is closed until a second person agrees is not said to be over."""

from __future__ import annotations

import attrs
import pytest

from app.domain.review_rows import AttentionRow
from app.i18n import set_language
from ui.views.attention.words import attention_words

_REVIEWED = AttentionRow(
    id="a",
    what="smear",
    happened_on=None,
    touched=(),
    families=1,
    paused=0,
    closed=False,
    in_error=False,
    waits=False,
    note=None,
    recorded_by="Vera O.",
    recorded_at=None,
)


@pytest.mark.parametrize("in_error", [False, True])
def test_a_review_that_waits_is_not_said_to_be_over(in_error: bool) -> None:
    set_language("en")
    over = attrs.evolve(_REVIEWED, in_error=in_error)
    before = "Recorded by mistake." if in_error else "Reviewed."
    assert attention_words(over)[1] == before
    waits = attrs.evolve(over, waits=True)
    assert attention_words(waits)[1] == f"{before} Wider audiences stay closed until a second person agrees."
