"""Protects: what is kept of a half made report comes back as it was, and nothing odd comes back at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.canonical import Plain
from ui.views.reports.plan import People, Plan

_TEXT = st.text(max_size=12)


@given(
    st.builds(
        Plan,
        kind=_TEXT,
        language=_TEXT,
        formats=st.lists(_TEXT, max_size=3).map(tuple),
        recipient=_TEXT,
        title=_TEXT,
        people=st.sampled_from(People),
        chosen=st.lists(_TEXT, max_size=3).map(tuple),
        blocks=st.lists(st.tuples(_TEXT, _TEXT), max_size=3).map(tuple),
        replaces=_TEXT,
    )
)
def test_a_plan_comes_back_as_it_was_kept(plan: Plan) -> None:
    assert Plan.read(plan.plain()) == plan


@given(st.dictionaries(st.sampled_from(["kind", "people", "blocks", "chosen"]), st.none() | st.integers()))
def test_kept_values_that_are_not_right_are_empty(values: dict[str, Plain]) -> None:
    assert Plan.read(values).people is People.EVERYONE
