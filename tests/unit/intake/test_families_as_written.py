"""Protects: a no is never lost, a number never made up, and nobody made a wife or a mother who is none."""

from __future__ import annotations

import pytest

from app.intake.cells.family import KinRead, read_family
from app.intake.families import Families
from app.intake.mapping import Why, recognise
from app.intake.table import RawRow


def kin(heads: tuple[str, ...], *cells: str) -> tuple[KinRead, ...]:
    """The family of one row."""
    return Families(recognise(heads)).of(RawRow(2, cells))


def test_consent_below_a_head_of_families_is_consent() -> None:
    columns = recognise(("Родныя: тэлефон", "Родныя: згода", "Family: agrees?"))
    assert [column.why for column in columns] == [Why.FAMILY, Why.CONSENT, Why.CONSENT]
    (mother,) = kin(("Родныя: тэлефон", "Родныя: згода"), "маці +375 29 555-66-01", "не")
    assert (mother.refuses, mother.name, mother.note) == (True, "", "")


@pytest.mark.parametrize("word", ["нет", "Нет!", "ні", "проти", "катэгарычна супраць", "lehnt ab", "nie"])
def test_every_no_below_a_head_that_asks_is_a_no(word: str) -> None:
    """Below every other head *нет* means nothing."""
    (mother,) = kin(("сваякі", "згода"), "маці +375 29 555-66-01", word)
    assert mother.refuses


@pytest.mark.parametrize(
    "cell",
    ["маці +375 29 555-66-01, не згодная", "мать против публикации +375 29 555-66-01",
     "mother (refuses to be named) +375 29 555-66-01", "Mutter lehnt Veröffentlichung ab +49 30 5556601"],
)  # fmt: skip
def test_a_no_beside_a_number_is_a_no(cell: str) -> None:
    (mother,) = read_family(cell)
    assert (mother.relation, mother.refuses, len(mother.phones)) == ("mother", True, 1)


def test_a_number_that_is_only_hard_to_reach_is_no_refusal() -> None:
    (mother,) = read_family("маці +375 29 555-66-01, вечарам не бярэ")
    assert not mother.refuses


def test_an_answer_below_the_head_of_the_mother_is_hers_alone() -> None:
    heads = ("маці (тэлефон)", "бацька (тэлефон)", "згода маці")
    mother, father = kin(heads, "+375 29 555-66-01", "+375 29 555-66-02", "так")
    assert (mother.said, father.said) == ((("згода маці", "так"),), ())
    (alone,) = kin(heads, "", "", "не")
    assert (alone.relation, alone.refuses) == ("mother", True)


@pytest.mark.parametrize(
    "cell",
    ["бывшая жена 8029 555-66-03", "ex-wife 8029 555-66-03", "былая жонка 8029 555-66-03",
     "сестра жены 8029 555-66-03", "мать мужа 8029 555-66-03", "маці жонкі 8029 555-66-03"],
)  # fmt: skip
def test_who_is_only_somehow_related_is_for_a_person_to_say(cell: str) -> None:
    (one,) = read_family(cell)
    assert (one.relation, one.note) == ("other", cell)


@pytest.mark.parametrize(
    ("cell", "relation"),
    [("двоюродный брат 8029 555-66-03", "cousin"), ("mother-in-law 8029 555-66-03", "in_law"),
     ("тел. матери: 8029 555-66-03", "mother"), ("донька 8029 555-66-03", "daughter"),
     ("teściowa 8029 555-66-03", "in_law")],
)  # fmt: skip
def test_relations_in_other_forms_and_languages(cell: str, relation: str) -> None:
    (one,) = read_family(cell)
    assert (one.relation, one.note) == (relation, "")


@pytest.mark.parametrize("written", ["80295556604", "375295556604", "8 029 555-66-04"])
def test_a_number_dialled_at_home_gets_no_country(written: str) -> None:
    """8 and 0 are dialled at home; with a plus sign it would ring somebody in another country."""
    (one,) = read_family(f"маці {written}")
    assert one.phones == (f"+{written}" if written.startswith("375") else written,)


@pytest.mark.parametrize("day", ["12.05.1960", "12.05.60", "1960-05-12"])
def test_a_birthday_is_no_number_to_call(day: str) -> None:
    (one,) = read_family(f"маці Зоя {day} +375 29 555-66-05")
    assert (one.phones, one.name) == (("+375 29 555-66-05",), "Зоя")
    assert day in one.note


def test_two_numbers_with_a_space_between_are_two() -> None:
    (one,) = read_family("маці 8029 555 66 06 8033 555 66 07")
    assert one.phones == ("8029 555 66 06", "8033 555 66 07")
    (one,) = read_family("маці 80295556606 555 66 07 12")
    assert (one.phones, bool(one.note)) == ((), True)


def test_a_number_cut_off_by_a_spreadsheet_is_kept_as_written_and_nobodys_name() -> None:
    (one,) = read_family("@invented_18 (жена), 3,75296E+11")
    assert (one.relation, one.name, one.phones, one.handles) == ("wife", "", (), ("@invented_18",))
    assert "3,75296E+11" in one.note
