"""Protects: cells are read right or left out with a problem; nothing a list writes stops the program."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.prisoner import Charge
from app.intake.cells.articles import read_articles
from app.intake.cells.dates import read_date
from app.intake.cells.found import Found, pieces_of
from app.intake.cells.links import read_countries, read_link
from app.intake.cells.listing import CaseFacts, read_listing
from app.intake.cells.names import read_name
from app.intake.cells.places import PlaceRead, facility_key, read_place
from app.intake.cells.terms import read_penalty, read_sex, read_term
from app.intake.problems import ProblemCode
from tests.canaries import RELATIVE_PHONE

_HELD = CaseFacts(read_place("SIZO-1; Minsk").value, declaration=True)


@pytest.mark.parametrize(
    ("cell", "family", "given_name"),
    [
        ("Aliaksandr Abrykosevich", "Abrykosevich", "Aliaksandr"),
        ("Krapiuuk Nadzeia", "Krapiuuk", "Nadzeia"),
        ("Крапіўук Надзея", "Крапіўук", "Надзея"),
        ("Krapiuuk, Nadzeia", "Krapiuuk", "Nadzeia"),
        ("Марына Сарокіна-Вецер", "Сарокіна-Вецер", "Марына"),
        ("Krapiuuk", "Krapiuuk", ""),
        ("FALSE", "", ""),
        ("—", "", ""),
        ("123", "", ""),
    ],
)
def test_names_in_any_order(cell: str, family: str, given_name: str) -> None:
    read = read_name(cell)
    assert (read.family_name, read.given_name) == (family, given_name)
    assert not read.anonymous


def test_a_name_that_no_field_takes_is_left_out_and_said() -> None:
    for cell in ("Z" * 240, "Volha " + "Z" * 240, "Kavalenka " * 24):
        read = read_name(cell)
        assert read.empty
        assert [code for code, _weight in read.doubts] == [ProblemCode.TOO_LONG]


def test_a_patronymic_is_told_from_a_surname() -> None:
    read = read_name("Жаўняровіч Сяргей Іванавіч")
    assert (read.family_name, read.given_name, read.patronymic) == ("Жаўняровіч", "Сяргей", "Іванавіч")


@pytest.mark.parametrize(
    "cell", ["Citizen K.", "Грамадзянін К.", "гражданка А. Б.", "K.", "Anonymous", "ананім"]
)
def test_somebody_without_a_name_is_anonymous(cell: str) -> None:
    read = read_name(cell)
    assert read.anonymous
    assert read.family_name == cell


def test_an_order_that_does_not_show_is_the_order_of_the_list_and_marked() -> None:
    last = read_name("Zzyzx Qwerty", given_first=True)
    first = read_name("Zzyzx Qwerty", given_first=False)
    assert (last.family_name, first.family_name) == ("Qwerty", "Zzyzx")
    assert last.given_first is None
    assert any(code is ProblemCode.NAME_ORDER_UNSURE for code, _ in last.doubts)


def test_letters_of_another_alphabet_are_put_right_and_reported() -> None:
    read = read_name("Палiна Ялінэвіч")
    assert read.given_name == "Паліна"
    assert any(code is ProblemCode.LETTERS_REPAIRED for code, _ in read.doubts)


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        ("1967-02-04", "1967-02-04"),
        ("04.02.1967", "1967-02-04"),
        ("2004-10", "2004-10"),
        ("1961", "1961"),
        ("ca. 1990", "~1990"),
        ("14 мая 2021 г.", "2021-05-14"),
        ("2021-06-14 00:00:00", "2021-06-14"),
        ("2021-06-14T10:20:30Z", "2021-06-14"),
        ("1961-00-00", "1961"),
    ],
)
def test_dates(cell: str, stored: str) -> None:
    value = read_date(cell).value
    assert value is not None
    assert value.stored() == stored


@pytest.mark.parametrize("cell", ["2021-02-31", "1954-02-29", "31.11.2020", "2021-13-01"])
def test_days_that_do_not_exist_are_left_empty(cell: str) -> None:
    read = read_date(cell)
    assert read.value is None
    assert [code for code, _ in read.doubts] == [ProblemCode.DATE_IMPOSSIBLE]


@pytest.mark.parametrize(
    ("cell", "charges"),
    [
        ("Art. 361−1 part 3", [Charge("361-1", "3")]),
        ("art. 188 — defamation", [Charge("188", wording="defamation")]),
        (
            "Part 1 of Article 14 and Part 1 of Article 342 — attempt",
            [Charge("342", "1", related="14 (1): attempt")],
        ),
        (
            "Art. 342 of the Criminal Code — active participation in actions",
            [Charge("342", code="Criminal Code", wording="active participation in actions")],
        ),
        ("ч. 2 ст. 364", [Charge("364", "2")]),
        ("арт. 369 ч. 1", [Charge("369", "1")]),
        ("Art. 368: insulting the President", [Charge("368", wording="insulting the President")]),
        ("Part 2 of Art. 293\nArt. 356", [Charge("293", "2"), Charge("356")]),
        ("ст. 342 ч. 1, ст. 368", [Charge("342", "1"), Charge("368")]),
        ("ст. 342 ч. 1, 2 УК РБ", [Charge("342", "1, 2", code="УК РБ")]),
        ("342", [Charge("342")]),
        ("Art. 356; Art. 356", [Charge("356")]),
        ("FALSE", []),
    ],
)
def test_articles(cell: str, charges: list[Charge]) -> None:
    read = read_articles(cell)
    assert list(read.value) == charges
    assert not read.doubts


def test_what_is_left_of_an_article_is_a_problem() -> None:
    assert [code for code, _ in read_articles("Art. 342 something odd").doubts] == [ProblemCode.ARTICLE_REST]
    assert [code for code, _ in read_articles("something odd").doubts] == [ProblemCode.ARTICLE_UNREAD]


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("1 year and 6 months", 18),
        ("7.5 years", 90),
        ("7,5 лет", 90),
        ("4 1/2 years", 54),
        ("4½ years", 54),
        ("19 months", 19),
        ("2 years", 24),
        ("3 гады 6 месяцаў", 42),
        ("5 лет", 60),
        ("2 Jahre 3 Monate", 27),
        ("500 base value", None),
        ("15 days", None),
        ("life imprisonment", None),
    ],
)
def test_terms(cell: str, months: int | None) -> None:
    read = read_term(cell)
    assert (read.value.months, read.value.text) == (months, cell)
    assert not read.doubts


@pytest.mark.parametrize("cell", ["soon", "7.3 years", "years", "400 years and 2000 months"])
def test_a_term_that_cannot_be_counted_stays_text_and_is_marked(cell: str) -> None:
    read = read_term(cell)
    assert read.value.months is None
    assert [code for code, _ in read.doubts] == [ProblemCode.TERM_UNREAD]


@pytest.mark.parametrize(
    ("cell", "penalty", "regime"),
    [
        ("imprisonment in a maximum-security penal colony", "colony", "strict"),
        ("imprisonment in a medium-security penal colony", "colony", "medium"),
        ("imprisonment in a general-security penal colony", "colony", "general"),
        ("imprisonment in a high security prison", "prison", "prison"),
        ("restricted freedom under home confinement", "home", ""),
        ("restricted freedom in an open penal facility (“khimiya”)", "open_facility", ""),
        ("fine", "fine", ""),
    ],
)
def test_penalties(cell: str, penalty: str, regime: str) -> None:
    read = read_penalty(cell)
    assert (read.value.penalty, read.value.regime) == (penalty, regime)


@pytest.mark.parametrize(
    ("cell", "sex"),
    [("male", "male"), ("мужчына", "male"), ("Жанчына", "female"), ("женщина", "female"), ("w", "female")],
)
def test_sex_in_several_languages(cell: str, sex: str) -> None:
    assert read_sex(cell).value == sex


@pytest.mark.parametrize("number", [RELATIVE_PHONE, RELATIVE_PHONE.replace(" ", "-"), "No. 29 707-14-53"])
def test_a_telephone_number_is_no_number_of_a_place(number: str) -> None:
    """Else "Penal colony No. 29" would be printed, which nobody wrote, and the number would go unseen."""
    read = read_place(f"Colony {number}; Minsk").value.values
    assert read == {"name": f"Colony {number}", "what": "penal_colony", "town": "Minsk"}


def test_places() -> None:
    read = read_place("SIZO-3; 246003, Homiel, Knizhnaja 1A").value
    assert read.values == {
        "name": "SIZO-3",
        "what": "pre_trial",
        "number": "3",
        "postal_code": "246003",
        "town": "Homiel",
        "address_latin": "246003, Homiel, Knizhnaja 1A",
    }
    assert read_place("Prison No. 8\n222163, Zhodzina").value.values["town"] == "Zhodzina"
    assert read_place("SIZO-1; Minsk").value.values == {
        "name": "SIZO-1",
        "what": "pre_trial",
        "number": "1",
        "town": "Minsk",
    }
    assert read_place("ИК-17; 213004, г. Шклов, ул. Заводская 8").value.values["town"] == "Шклов"
    assert facility_key("SIZO-1", "Minsk") == facility_key("SIZO-1", "Мінск")


@pytest.mark.parametrize(
    "cell", ["Released awaiting the commencement of the sentence; FALSE", "FALSE", "", "n/a"]
)
def test_no_place(cell: str) -> None:
    assert not read_place(cell).value.values


@pytest.mark.parametrize("cell", ["javascript:alert(1)", "file:///etc/passwd", "no", "http://a b", "=H(1)"])
def test_only_web_addresses_are_links(cell: str) -> None:
    assert read_link(cell).value == ""


def test_countries() -> None:
    assert read_countries("Belarus, Польшча").value == ("BY", "PL")
    assert read_countries("Atlantis").doubts


def test_recognised_needs_word_declaration_and_place() -> None:
    assert read_listing("active", _HELD).recognised
    assert read_listing("political prisoner", CaseFacts(_HELD.place)).recognised
    assert read_listing("active", CaseFacts(_HELD.place, dated=True)).recognised
    nowhere = PlaceRead({}, "awaiting_term")
    for word, facts in (
        ("np", _HELD),
        ("former", _HELD),
        ("released", _HELD),
        ("", _HELD),
        ("whatever", _HELD),
        ("active", CaseFacts(_HELD.place, declaration=False)),
        ("active", CaseFacts(nowhere, declaration=True)),
        ("active", CaseFacts(_HELD.place, died=True, declaration=True)),
        ("active", CaseFacts(_HELD.place, released=True, declaration=True)),
        ("active", CaseFacts(PlaceRead(), penalty="fine", declaration=True)),
        ("active", CaseFacts(_HELD.place)),
        ("political prisoner", CaseFacts(_HELD.place, declaration=False)),
    ):
        assert not read_listing(word, facts).recognised


_READERS: list[Callable[[str], Found[object]]] = [
    read_articles,
    read_date,
    read_link,
    read_countries,
    read_place,
    read_penalty,
    read_sex,
    read_term,
]
_PIECES = st.sampled_from(
    (
        "Art.", "ст.", "арт.", "ч.", "part", "of", "Article", "342", "361-1", "—", ":", ";", "\n", ",", "and",
        "years", "гады", "1/0", "1/2", "½", "7.5", "months", "SIZO-1", "No.", "8", "246003", "Homiel",
        "Released", "і", "FALSE", "Citizen", "K.", "Надзея", "2021-02-31", "ca.", "(", ")",
        "§", "=", "@", "\u200b", "\x00",
    )
)  # fmt: skip


@pytest.mark.parametrize("read", _READERS)
@given(cell=st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=14).map(" ".join)))
def test_no_cell_stops_the_program(read: Callable[[str], Found[object]], cell: str) -> None:
    found = read(cell)
    # What has letters is read or said to be left out, never dropped in silence.
    if any(char.isalpha() for char in "".join(pieces_of(cell))) and read is not read_place:
        assert found.doubts or found.value


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=8).map(" ".join)))
def test_no_name_stops_the_program(cell: str) -> None:
    read = read_name(cell)
    assert read.empty or read.family_name or read.given_name
    assert not read.anonymous or read.family_name


@given(st.sampled_from(["active", "np", "former", "x", ""]), st.booleans(), st.booleans(), st.booleans())
def test_recognised_never_without_its_reasons(
    word: str,
    died: bool,
    released: bool,
    declaration: bool,
) -> None:
    case = CaseFacts(_HELD.place, died=died, released=released, declaration=declaration)
    listing = read_listing(word, case)
    if listing.recognised:
        assert word == "active"
        assert declaration
        assert not died
        assert not released


@pytest.mark.parametrize("cell", ["x" * 5000, "Art. 342 " * 2000, "1 year " * 3000, "a, " * 5000])
def test_long_cells_are_left_out_quickly(cell: str) -> None:
    for read in _READERS:
        assert not isinstance(read(cell).value, str) or len(str(read(cell).value)) <= 500
    assert len(read_name(cell).family_name) <= 500
