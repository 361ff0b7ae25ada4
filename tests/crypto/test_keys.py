"""Keys as values: they come back as they were, and none ever shows itself."""

from __future__ import annotations

import attrs
import pytest

from app.crypto.keys import DeskKey, MainKey, PersonKeys, PublicKeys
from app.domain.canonical import canonical_bytes, from_canonical
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import DeskId, new_id


def test_a_persons_keys_survive_their_slot_form() -> None:
    keys = attrs.evolve(PersonKeys.generate(), roster="ab" * 32)
    again = PersonKeys.from_secret_plain(from_canonical(canonical_bytes(keys.to_secret_plain())))
    assert again == keys
    assert again.public == keys.public
    assert PublicKeys.from_plain(keys.public.to_plain()) == keys.public


def test_no_key_shows_itself() -> None:
    keys, main, desk = PersonKeys.generate(), MainKey.generate(), DeskKey.generate(DeskId(new_id()))
    shown = f"{keys!r} {main!r} {desk!r} {keys!s} {main} {desk}"
    for secret in (
        keys.signing_seed,
        keys.mlkem_seed,
        keys.x25519_seed,
        keys.drafts,
        main.raw,
        main.salt,
        desk.raw,
    ):
        assert secret.hex() not in shown
        assert repr(secret) not in shown
    assert desk.desk not in shown


def test_sqlcipher_gets_key_and_salt_in_hexadecimal() -> None:
    main = MainKey(bytes(range(32)), bytes(range(16)))
    assert main.sqlcipher_key() == f"x'{bytes(range(32)).hex()}{bytes(range(16)).hex()}'"


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(BugError):
        MainKey(bytes(size), bytes(16))
    with pytest.raises(BugError):
        DeskKey(DeskId(new_id()), 1, bytes(size))


@pytest.mark.parametrize(
    "change", [{"device": "x"}, {"roster": ""}, {"drafts": 0}, {"more": 1}, {"x25519": "AA=="}]
)
def test_odd_slot_contents_are_damage(change: dict[str, str | int]) -> None:
    plain = {**PersonKeys.generate().to_secret_plain(), **change}
    with pytest.raises(KnownError) as caught:
        PersonKeys.from_secret_plain(plain)
    assert caught.value.code is Code.RECORD_DAMAGED
