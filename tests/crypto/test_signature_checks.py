"""Protects: two processors say of every signature what one would, in order; nothing unlooked-at is signed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.crypto import signing
from app.crypto.signature_checks import Question, SignatureChecks
from app.domain.log import SIGNED


@pytest.fixture(params=[1, 2], ids=["one processor", "two"])
def checks(request: pytest.FixtureRequest) -> Iterator[SignatureChecks]:
    made = SignatureChecks(request.param)
    yield made
    made.close()


def _questions(number: int, wrong: Sequence[int] = ()) -> list[Question]:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    found: list[Question] = []
    for each in range(number):
        body = b"entry %d" % each
        signed = body if each not in wrong else b"another entry"
        found.append((public, body, signing.sign(private, SIGNED, signed)))
    return found


@pytest.mark.parametrize("number", [0, 1, 2, 3, 50])
def test_each_wrong_signature_is_found_where_it_stands(checks: SignatureChecks, number: int) -> None:
    assert checks.hold(_questions(number)) == [True] * number
    for place in range(number):
        said = checks.hold(_questions(number, wrong=(place,)))
        assert said == [each != place for each in range(number)]


def test_keys_and_signatures_of_odd_sizes_hold_nothing(checks: SignatureChecks) -> None:
    asked = _questions(4)
    asked[0] = (b"short", asked[0][1], asked[0][2])
    asked[3] = (asked[3][0], asked[3][1], asked[3][2] + b"\0")
    assert checks.hold(asked) == [False, True, True, False]


def test_what_goes_wrong_in_the_thread_is_no_answer() -> None:
    checks = SignatureChecks(2)
    asked: list[Question] = _questions(4)
    asked[0] = (asked[0][0], None, asked[0][2])  # type: ignore[assignment]
    with pytest.raises(TypeError):
        checks.hold(asked)
    checks.close()


def test_closed_it_keeps_no_thread_and_still_checks() -> None:
    checks = SignatureChecks(2)
    checks.hold(_questions(4))
    checks.close()
    assert not [one for one in threading.enumerate() if one.name.startswith("signatures")]
    assert checks.hold(_questions(4, wrong=(1,))) == [True, False, True, True]
