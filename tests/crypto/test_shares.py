"""Protects: any three of five shares give the secret, nothing else does, each mistake has its own name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

import pytest
from shamir_mnemonic.shamir import combine_mnemonics, generate_mnemonics

from app.crypto.shares import (
    NEEDED,
    SHARES,
    WORDS_EACH,
    Share,
    is_word,
    join,
    nearest,
    read_share,
    split,
    word_list,
)
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId

CASE = CaseFileId("0123456789abcdef0123456789abcdef")
OTHER = CaseFileId("00000000000000000000000000000007")
SECRET, WORDS = split(CASE, 2)
TEXTS = [" ".join(words) for words in WORDS]


def read(*texts: str) -> list[Share]:
    return [read_share(text, place) for place, text in zip("ABCDE", texts, strict=False)]


def code_of(texts: Sequence[str], case: CaseFileId = CASE) -> tuple[Code, dict[str, object]]:
    with pytest.raises(KnownError) as caught:
        join(read(*texts), case)
    shown = f"{caught.value!r} {caught.value} {caught.value.__cause__!r} {caught.value.__context__!r}"
    assert not [word for text in texts for word in text.split() if is_word(word) and word in shown.split()]
    assert caught.value.__cause__ is None
    return caught.value.code, dict(caught.value.details)


def test_five_shares_of_twenty_words_of_the_list() -> None:
    assert [len(words) for words in WORDS] == [WORDS_EACH] * SHARES
    assert all(is_word(word) for words in WORDS for word in words)
    assert len({tuple(words) for words in WORDS}) == SHARES
    assert [one.number for one in read(*TEXTS)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("three", list(combinations(range(SHARES), NEEDED)))
def test_every_three_in_every_order_give_the_secret(three: tuple[int, ...]) -> None:
    for order in permutations(three):
        found = join(read(*(TEXTS[place] for place in order)), CASE)
        assert (found.raw, found.kit) == (SECRET.raw, 2)


def test_any_other_slip39_program_reads_them() -> None:
    assert combine_mnemonics(TEXTS[1:4]) == SECRET.raw


@pytest.mark.parametrize("two", list(combinations(range(SHARES), 2)))
def test_no_two_give_anything(two: tuple[int, int]) -> None:
    assert code_of([TEXTS[place] for place in two]) == (Code.RECOVERY_TOO_FEW, {"given": 2})


def test_one_and_none_and_four() -> None:
    assert code_of(TEXTS[:1])[0] is Code.RECOVERY_TOO_FEW
    assert code_of([])[0] is Code.RECOVERY_TOO_FEW
    assert code_of(TEXTS[:4]) == (Code.RECOVERY_TOO_FEW, {"given": 4})


def test_the_same_sheet_twice() -> None:
    assert code_of([TEXTS[3], TEXTS[0], TEXTS[3].upper()]) == (
        Code.RECOVERY_TWICE,
        {"first": "A", "second": "C"},
    )


def test_a_sheet_of_another_kit_of_the_same_case_file() -> None:
    newer = [" ".join(words) for words in split(CASE, 3)[1]]
    assert code_of([TEXTS[0], TEXTS[1], newer[2]]) == (Code.RECOVERY_MIXED_KITS, {"share": "C"})
    assert code_of([TEXTS[0], newer[0], TEXTS[1]]) == (Code.RECOVERY_MIXED_KITS, {"share": "B"})


def test_a_sheet_of_another_case_file() -> None:
    foreign = [" ".join(words) for words in split(OTHER, 2)[1]]
    assert code_of([TEXTS[0], foreign[1], TEXTS[2]]) == (Code.RECOVERY_OTHER_CASE, {"share": "B"})
    assert code_of(foreign[:3])[0] is Code.RECOVERY_OTHER_CASE


def test_two_kits_that_begin_alike_do_not_mix() -> None:
    again = [" ".join(words) for words in split(CASE, 2 + 128)[1]]
    assert code_of([TEXTS[0], TEXTS[1], again[2]])[0] is Code.RECOVERY_SET_WRONG


def test_a_word_that_is_none_is_named_by_its_place() -> None:
    words = list(WORDS[0])
    words[6] = "zzyzx"
    with pytest.raises(KnownError) as caught:
        read_share(" ".join(words), "B")
    assert (caught.value.code, dict(caught.value.details)) == (
        Code.RECOVERY_UNKNOWN_WORD,
        {"share": "B", "word": 7},
    )
    assert "zzyzx" not in repr(caught.value)


def test_every_single_wrong_word_and_every_swap_of_neighbours_is_seen() -> None:
    for place in range(WORDS_EACH):
        words = list(WORDS[1])
        words[place] = next(one for one in ("academic", "zero") if one != words[place])
        with pytest.raises(KnownError) as caught:
            read_share(" ".join(words), "A")
        assert caught.value.code in (Code.RECOVERY_CHECKSUM, Code.RECOVERY_FOREIGN_WORDS)
    for place in range(WORDS_EACH - 1):
        words = list(WORDS[1])
        words[place : place + 2] = words[place + 1], words[place]
        if words == list(WORDS[1]):
            continue
        with pytest.raises(KnownError) as caught:
            read_share(" ".join(words), "A")
        assert caught.value.code is Code.RECOVERY_CHECKSUM


@pytest.mark.parametrize("count", [0, 1, 19, 21, 40])
def test_words_left_out_or_too_many(count: int) -> None:
    with pytest.raises(KnownError) as caught:
        read_share(" ".join((list(WORDS[0]) * 2)[:count]), "C")
    assert (caught.value.code, dict(caught.value.details)) == (
        Code.RECOVERY_WORD_COUNT,
        {"share": "C", "words": count},
    )


def test_case_spaces_line_ends_and_numbers_do_not_matter() -> None:
    numbered = "\n".join(f"{place}. {word.title()}" for place, word in enumerate(WORDS[2], 1))
    table = "  \t".join(f"{place:>2}\u00a0{word.upper()}," for place, word in enumerate(WORDS[2], 1))
    for text in (numbered, table, f"  {TEXTS[2]}\r\n"):
        assert read_share(text, "A").inner == read_share(TEXTS[2], "A").inner


def test_words_of_another_program_are_called_so() -> None:
    two_of_three = generate_mnemonics(1, [(2, 3)], b"0123456789abcdef")[0][0]
    old_sort = generate_mnemonics(1, [(3, 5)], b"0123456789abcdef", extendable=False)[0][0]
    for text in (two_of_three, old_sort):
        with pytest.raises(KnownError) as caught:
            read_share(text, "A")
        assert caught.value.code is Code.RECOVERY_FOREIGN_WORDS
    longer = generate_mnemonics(1, [(3, 5)], b"0123456789abcdef" * 2)[0][0]
    with pytest.raises(KnownError) as caught:
        read_share(longer, "A")
    assert caught.value.code is Code.RECOVERY_WORD_COUNT


def test_nearest_words_are_offered_never_taken() -> None:
    assert nearest("acadmic")[0] == "academic"
    assert nearest("zeor")[0] == "zero"
    assert nearest("xxxxxxxxxx") == ()
    assert not is_word("acadmic")
    assert len(word_list()) == 1024


def test_nothing_shows_a_secret() -> None:
    shown = f"{SECRET!r} {read(*TEXTS)!r}"
    assert SECRET.raw.hex() not in shown
    assert repr(SECRET.raw) not in shown
    assert "value" not in shown
