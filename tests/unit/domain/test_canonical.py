"""Canonical bytes: one value, one spelling; anything else is refused on the way in and on the way out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.errors import BugError, Code, KnownError

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=30,
)


@given(PLAIN)
def test_what_is_written_is_read_back_and_written_the_same(value: Plain) -> None:
    data = canonical_bytes(value)
    again = from_canonical(data)
    assert again == value
    assert canonical_bytes(again) == data


@given(st.dictionaries(TEXT, st.integers(), min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    turned: dict[str, Plain] = dict(reversed(value.items()))
    assert canonical_bytes(turned) == canonical_bytes(dict(value))


@given(PLAIN, PLAIN)
def test_different_values_never_share_their_bytes(one: Plain, two: Plain) -> None:
    # Python calls 1 and True equal; their bytes differ, and that is what matters.
    if canonical_bytes(one) == canonical_bytes(two):
        assert one == two


def test_text_stays_as_typed() -> None:
    """Composed and decomposed letters stay different; nothing is escaped that need not be."""
    assert canonical_bytes({"b": "é", "a": "e\u0301\n"}) == '{"a":"e\u0301\\n","b":"é"}'.encode()


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), {"a": 1.0}, b"x", {1: "a"}, {"a": {1, 2}}, object(), "\ud800"]
)
def test_what_is_not_plain_is_our_mistake(value: Plain) -> None:
    with pytest.raises(BugError) as caught:
        canonical_bytes(value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" {}",
        b"{} ",
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"NaN",
        b"Infinity",
        b'"\\u00e9"',
        b'"\\/"',
        b'"\\ud800"',
        b"\xff",
        b"\xef\xbb\xbf{}",
        b"{} {}",
        b"[" * 5000 + b"]" * 5000,
        b"9" * 5000,
    ],
)
def test_another_spelling_is_damage(data: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        from_canonical(data)
    assert caught.value.code is Code.RECORD_DAMAGED


def test_damage_does_not_carry_the_text() -> None:
    """An error that hangs on to what could not be read would take it into a log."""
    with pytest.raises(KnownError) as caught:
        from_canonical(b'{"name":"Invented Person"')
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@given(st.binary(max_size=200))
def test_nonsense_is_damage_and_no_other_error(data: bytes) -> None:
    try:
        value = from_canonical(data)
    except KnownError as error:
        assert error.code is Code.RECORD_DAMAGED  # noqa: PT017 - any bytes may also be fine
    else:
        assert canonical_bytes(value) == data
