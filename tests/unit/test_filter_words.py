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
from app.services.filter_words import FilterWords, read_filter, suggestions

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
    return read_filter(line, OWNERS, TODAY)


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
