"""Protects: nobody becomes a godparent who is none, two are two, and remarks are kept or marked."""

from __future__ import annotations

import pytest

from app.intake.cells.godparents import read_godparents
from app.intake.problems import ProblemCode
from tests.unit.intake.helpers import one


@pytest.mark.parametrize(
    "cell", ["Ja", "так", "Да", "yes", "wird gesucht", "Шукаем", "szukamy", "noch offen"]
)
def test_an_answer_or_a_search_is_no_godparent(cell: str) -> None:
    found = read_godparents(cell)
    assert (found.value, [code for code, _weight in found.doubts]) == ((), [ProblemCode.GODPARENT_UNREAD])


@pytest.mark.parametrize(
    "cell",
    ["Anna Beispiel und Karl Muster", "MdB Anna Beispiel, Karl Muster", "Anna Beispiel; Karl Muster (SPD)",
     "Anna Beispiel і Karl Muster"],
)  # fmt: skip
def test_two_godparents_in_one_cell_are_two(cell: str) -> None:
    names = [godparent.values["family_name"] for godparent in read_godparents(cell).value]
    assert names == ["Beispiel", "Muster"]


def test_family_name_first_is_one_person() -> None:
    (found,) = read_godparents("Beispiel, Anna").value
    assert found.values == {"family_name": "Beispiel", "given_name": "Anna"}
    (found,) = read_godparents("Maria von der Heide").value
    assert "Heide" in found.values["family_name"]


def test_brackets_say_title_party_and_country() -> None:
    (found,) = read_godparents("Anna Beispiel (MdB, Grüne)").value
    assert (found.values["chamber"], found.values["party"], found.state) == ("Bundestag", "Grüne", "accepted")
    found = read_godparents("Anna Beispiel (von Ida gefragt)").value[0]
    assert found.state == "proposed"


def test_since_when_stands_beside_the_name() -> None:
    row = one(("Name", "Pate"), ("Ryhor Dzikavets", "MdB Anna Beispiel, seit Mai 24"))
    (sponsor,) = row.read.sponsors
    assert sponsor.since is not None
    assert (sponsor.since.stored(), sponsor.state) == ("2024-05", "accepted")


def test_a_remark_in_capitals_is_no_name() -> None:
    found = read_godparents("Dr. Eva Probe MdL (DE), Übergabe an Karl Muster geplant")
    (godparent,) = found.value
    assert (godparent.values["family_name"], godparent.state) == ("Probe", "proposed")
    assert [code for code, _weight in found.doubts] == [ProblemCode.GODPARENT_REMARK]


def test_what_is_doubtful_about_godparents_and_families_is_said_with_the_row() -> None:
    """These doubts were found after the problems of the row had been counted, so nobody ever read them."""
    heads = ("Name", "Pate", "Angehörige", "Büro")
    said = one(heads, ("Ryhor Dzikavets", "wird gesucht", "Ina +49 30 555 66 08", "x" * 600)).problems
    assert {problem.code for problem in said} == {
        ProblemCode.GODPARENT_UNREAD,
        ProblemCode.RELATION_UNKNOWN,
        ProblemCode.TOO_LONG,
    }
    said = one(
        heads, ("Ryhor Dzikavets", "Karl Muster (wer?)", "Mutter, nicht anrufen! +49 30 555 66 08", "")
    ).problems
    assert {problem.code for problem in said} == {ProblemCode.GODPARENT_REMARK, ProblemCode.NOT_SAFE}
