"""Passphrases: typed on any keyboard they mean the same; weak ones are refused; parameters stay in reason."""

from __future__ import annotations

import unicodedata

import pytest

from app.crypto.passphrase import KdfParameters, check_strength, derive_k
from app.domain.canonical import Plain
from app.domain.errors import Code, KnownError

CHEAP = KdfParameters.for_tests()
SALT = bytes(16)


def test_composed_and_decomposed_letters_are_the_same_passphrase() -> None:
    typed = "Жаўняровіч Ўладзімір é"
    forms = {derive_k(unicodedata.normalize(form, typed), SALT, CHEAP) for form in ("NFC", "NFD")}
    assert len(forms) == 1


def test_case_spaces_salt_cost_and_key_file_all_count() -> None:
    made = [
        derive_k("six words", SALT, CHEAP),
        derive_k("Six words", SALT, CHEAP),
        derive_k("six  words", SALT, CHEAP),
        derive_k("six words", b"\1" * 16, CHEAP),
        derive_k("six words", SALT, KdfParameters(memory_kib=8 * 1024, iterations=2, lanes=1)),
        derive_k("six words", SALT, CHEAP, b""),
        derive_k("six words", SALT, CHEAP, b"key file"),
    ]
    assert len(set(made)) == len(made)


def test_the_default_is_what_the_design_measured() -> None:
    assert KdfParameters() == KdfParameters(memory_kib=256 * 1024, iterations=3, lanes=4)
    assert KdfParameters.from_plain(KdfParameters().to_plain()) == KdfParameters()


@pytest.mark.parametrize(
    "change",
    [
        {"memory_kib": 16 * 1024 * 1024},
        {"memory_kib": 1024 * 1024},
        {"memory_kib": 1},
        {"iterations": 0},
        {"iterations": 16},
        {"lanes": 0},
        {"lanes": 1000},
        {"lanes": True},
        {"name": "argon2i"},
        {"extra": 1},
    ],
)
def test_a_header_cannot_ask_for_unreasonable_work(change: dict[str, Plain]) -> None:
    with pytest.raises(KnownError) as caught:
        KdfParameters.from_plain({**KdfParameters().to_plain(), **change})
    assert caught.value.code is Code.RECORD_DAMAGED


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "short",
        "password1234",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "qwertyuiop12",
        "one one one one one one",
        "11111111111111",
        "minsk2020minsk",
        "BelarusFree2020!",
        "Viasna96forever",
        "   ",
    ],
)
def test_weak_passphrases_are_refused(weak: str) -> None:
    with pytest.raises(KnownError) as caught:
        check_strength(weak)
    assert caught.value.code is Code.PASSPHRASE_TOO_WEAK


@pytest.mark.parametrize(
    "strong",
    [
        "harbour violet engine seven maple drum",
        "гавань ліловы рухавік сямёра клён барабан",
        "t7#Lq-vZp29!mxR",
        "correct-Horse7 battery%staple " * 20,
    ],
)
def test_strong_passphrases_pass(strong: str) -> None:
    check_strength(strong)


def test_ones_own_name_does_not_count_as_words() -> None:
    with pytest.raises(KnownError):
        check_strength("nina kavaliova viasna desk two words", ("Nina Kavaliova", "Viasna Desk Two Words"))
