"""Protects: filter words find exactly whom they say, in the language of the window; nonsense finds nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import PartialDate
from app.domain.rows import Light, PrisonerRow
from app.i18n import set_language
from app.services.filter_offers import filter_word, suggestions
from app.services.filter_words import KEYS, LIGHTS, STATES, THINGS, Asker, FilterWords, read_filter
from app.vocabulary import vocabulary

TODAY = date(2026, 11, 27)
OWNERS = {"a" * 32: "Hanna K.", "b" * 32: "Vera O."}
BASE = PrisonerRow(
    id="1",
    version=1,
    reference="VI-0001",
    name="Zhawnyarovich, Siarhei",
    status="penal_colony",
    facility="No. 4, Homiel",
    godparents=0,
    name_in_public=Light.NOT_ASKED,
    name_until=None,
    next_step="call the lawyer",
    next_step_on=date(2026, 11, 20),
    detained_on=PartialDate(2024, 5),
    country="BY",
    owner="a" * 32,
    mine=True,
    stopped=False,
    labels=("poet",),
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


def read(line: str) -> FilterWords:
    return read_filter(line, Asker(OWNERS, TODAY, me="a" * 32))


@pytest.mark.parametrize(
    "line",
    [
        "status:held",
        "status:penal",
        'status:"Penal colony"',
        "STATUS:Colony",
        "since:2024",
        "since:2024-05",
        "before:2024-06",
        "no:godparent",
        "with:overdue",
        "with:label label:po",
        'place:"No. 4"',
        "place:homiel",
        "owner:hanna",
        "status:held no:godparent since:2024",
        "status:",
    ],
)
def test_who_fits_is_found(line: str) -> None:
    assert read(line).keeps(BASE)
    assert read(line).text == ""


@pytest.mark.parametrize(
    "line",
    [
        "status:free",
        "status:dead",
        "since:2025",
        "before:2024",
        "with:godparent",
        "no:overdue",
        "no:owner",
        "with:stop",
        "owner:vera",
        "label:urgent",
        "status:held with:godparent",
    ],
)
def test_who_does_not_fit_is_not_found(line: str) -> None:
    assert not read(line).wrong
    assert not read(line).keeps(BASE)


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("status:detained", True),
        ("status:dead,held", True),
        ("status:dead,free", False),
        ("label:press,poet", True),
        ("public:unasked", True),
        ("public:yes,ends", False),
        ("owner:me", True),
        ('place:"No. 4, Homiel"', True),
        ("няма:хросны", True),
        ("ohne:pate betreut:ich", True),
    ],
)
def test_several_values_and_words_of_other_languages(line: str, fits: bool) -> None:
    found = read(line)
    assert not found.wrong
    assert found.keeps(BASE) is fits


@pytest.mark.parametrize("line", ["label:poet", "no:step", "with:overdue", "no:label", "public:no,yes"])
def test_what_only_the_key_can_answer_is_said_and_finds_nobody(line: str) -> None:
    found = read_filter(line, Asker(OWNERS, TODAY, has_key=False))
    assert found.closed == (line,)
    assert not found.keeps(attrs.evolve(BASE, labels=None, next_step=None, next_step_on=None))
    assert read(line).closed == ()
    assert read(line).reads_closed


def test_one_wrong_value_of_several_is_said() -> None:
    assert read("status:held,blue").wrong == ("status:held,blue",)


def test_no_word_means_two_things_in_two_languages() -> None:
    """A search saved in one language is read in another."""
    for name in (KEYS, THINGS, STATES, LIGHTS):
        said = [
            (saying.casefold(), term.code)
            for term in vocabulary(name).terms
            for saying in term.words.values()
        ]
        assert len(dict(said)) == len(set(said)), name


def test_what_is_ticked_reads_as_words() -> None:
    assert filter_word("status", ["held", "dead"]) == "status:held,dead"
    assert filter_word("label", ["by the sea", "poet"]) == 'label:"by the sea,poet"'
    set_language("de")
    assert read(filter_word("owner", ["ich"])).keeps(BASE)


@pytest.mark.parametrize(
    "line", ["status:blue", "since:spring", "since:2024-13", "with:wings", "owner:nobody"]
)
def test_a_value_that_means_nothing_finds_nobody_and_is_said(line: str) -> None:
    found = read(f"zhaw {line}")
    assert found.wrong == (line,)
    assert not found.keeps(BASE)


def test_what_is_no_filter_word_is_a_name() -> None:
    found = read('zhawnyar VI-0001 http://example.org "Siarhei Z" no:step')
    assert found.text == 'zhawnyar VI-0001 http://example.org "Siarhei Z"'
    assert len(found.tests) == 1


def test_words_of_the_window_and_english_ones_count_alike() -> None:
    set_language("de")
    assert read("ohne:pate seit:2024 status:strafkolonie").keeps(BASE)
    assert read("status:haft").keeps(attrs.evolve(BASE, status="pre_trial"))
    assert read("no:godparent since:2024 status:penal").keeps(BASE)
    set_language("be")
    assert read("няма:хросны з:2024 стан:калонія").keeps(BASE)


def test_without_an_answer_to_when_nobody_is_found_by_date() -> None:
    unknown = attrs.evolve(BASE, detained_on=None)
    assert not read("since:1900").keeps(unknown)
    assert not read("before:2100").keeps(unknown)


def test_the_line_goes_on() -> None:
    assert suggestions("sta", (), ()) == ("status:",)
    assert "zhaw status:held" in suggestions("zhaw status:he", (), ())
    assert suggestions("no:god", (), ()) == ("no:godparent",)
    assert suggestions("owner:ha", OWNERS.values(), ()) == ('owner:"Hanna K."',)
    assert suggestions("label:", (), ("poet", "press")) == ("label:poet", "label:press")
    assert not suggestions("status:held ", (), ())
    assert suggestions("public:", (), (), has_key=False) == ("public:yes", "public:unasked")
    assert suggestions("la", (), (), has_key=False) == ()
    assert suggestions('label:"two w', (), ("two words", "two words more")) != ()
    assert suggestions('label:"two words"', (), ("two words", "two words more")) == (), "it is whole"


@given(st.text(alphabet='sta us:"noweirdgdp2024-. жхроз', max_size=30))
def test_whatever_is_typed_is_read(line: str) -> None:
    found = read(line)
    assert found.keeps(BASE) in (True, False)
    for longer in suggestions(line, OWNERS.values(), ("poet",)):
        assert not read(longer).wrong or read(line).wrong


def test_every_suggestion_is_understood() -> None:
    for language in ("en", "de", "be"):
        set_language(language)
        for start in suggestions("", (), ()) or ("status:", "no:", "with:"):
            for line in suggestions(start, OWNERS.values(), ("poet",)):
                assert not read(line).wrong, line
