"""Composition: only what is allowed is in the report, whatever the record holds."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BugError
from app.domain.field_values import from_plain, to_plain
from app.domain.fields import fields_of
from app.domain.prisoner import OtherName, Prisoner
from app.domain.public_texts import told_fields
from app.domain.report import TextBlock
from app.i18n import translator
from app.reports.compose import Request, compose
from app.reports.composed import Citation, ComposedReport
from app.reports.figures import figures
from app.reports.kind_file import shipped, shipped_kind
from app.reports.kinds import Ground, GroupRules, KindColumn, Transform
from app.reports.standing import FieldDecision
from app.reports.text import plain_line
from app.reports.transform import Making, cell
from app.vocabulary import word
from tests.reports.making import AGREED, COLONY, PEOPLE, PUBLISHED, candidate, decisions, made, prisoner


def _said(report: ComposedReport) -> str:
    return str(report.plain())


def test_who_is_not_cleared_is_counted_and_never_named() -> None:
    composition = made(hidden=12)
    assert len(composition.named) == 4
    assert len(composition.figures_only) == 12
    assert "Canary" not in _said(composition.report)
    assert [(f.key, f.value) for f in composition.report.figures] == [
        ("all", "15"),
        ("named", "4"),
        ("figures_only", "10"),
    ]


def test_small_rest_hides_itself_and_the_total() -> None:
    found = made(hidden=3).report.figures
    assert [(f.key, f.value) for f in found] == [("named", "4"), ("figures_only", "fewer than 10")]


def test_institution_sees_exact_counts_from_five() -> None:
    values = {f.key: f.value for f in made("parliament_briefing", hidden=7).report.figures}
    assert values == {"all": "11", "named": "4", "figures_only": "7"}


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((12, 13), "10"),  # one who is gone from the rows and counted still: alone it would be 15
        ((13, 12), "15"),  # one who refused to be counted
        ((12, 13, 14), "10"),
        ((12, 13, 15), "15"),
        ((14, 10, 9), "fewer than 10"),
        ((9, 12), "10"),
        ((12, 9, 13), "15"),
    ],
)
def test_a_count_that_was_published_stays_until_it_has_moved(counts: tuple[int, ...], told: str) -> None:
    shown = {f.key: f.value for f in figures(GroupRules(10, 5), 40, counts, translator("en"))}
    assert shown["figures_only"] == told
    assert ("all" in shown) is told.isdecimal()


@given(named=st.integers(0, 3000), rest=st.integers(0, 3000))
def test_shown_figures_are_rounded_and_a_total_adds_nothing(named: int, rest: int) -> None:
    shown = {f.key: f.value for f in figures(GroupRules(10, 5), named, (rest,), translator("en"))}
    if rest < 10:
        assert "all" not in shown
        assert shown["figures_only"] == "fewer than 10"
        return
    told = int(shown["figures_only"].replace(",", ""))
    assert told % 5 == 0
    assert abs(told - rest) <= 2
    total = int(shown["all"].replace(",", ""))
    assert total == (2 * (named + told) + 5) // 10 * 5


def test_a_refused_count_is_nowhere() -> None:
    kind = shipped_kind("public_list")
    people = (candidate(PEOPLE[0], {}, counted=False),)
    composition = compose(Request(kind, "en", "2026-031", date(2026, 11, 22), people))
    assert composition.left_out == (PEOPLE[0].id,)
    assert composition.figures_only == ()
    assert composition.report.lead.startswith("This report names nobody.")


def test_missing_decision_is_a_no() -> None:
    only_name = {"family_name": PUBLISHED, "given_name": PUBLISHED}
    kind = shipped_kind("public_list")
    people = (candidate(PEOPLE[0], only_name),)
    report = compose(Request(kind, "en", "2026-031", date(2026, 11, 22), people)).report
    assert report.rows == (("Dubnianskaya, Alena", None, None, None),)


def test_half_a_name_names_nobody() -> None:
    people = (candidate(PEOPLE[0], {"family_name": PUBLISHED}),)
    request = Request(shipped_kind("public_list"), "en", "2026-031", date(2026, 11, 22), people)
    assert compose(request).named == ()


def test_a_ground_the_kind_does_not_take_is_a_no() -> None:
    allowed = {**decisions("parliament_briefing"), "public_summary": PUBLISHED}
    people = (candidate(PEOPLE[0], allowed),)
    request = Request(shipped_kind("parliament_briefing"), "en", "2026-031", date(2026, 11, 22), people)
    assert compose(request).report.rows[0][-1] is None


def test_anonymous_people_are_only_counted() -> None:
    nobody = prisoner(9, "Citizen", "K.", anonymous=True)
    assert made(people=(nobody,)).named == ()


def test_held_at_or_status_and_year() -> None:
    rows = {str(row[0]): row for row in made().report.rows}
    assert rows["Dubnianskaya, Alena"][1:] == (
        "Дубнянская",
        "Penal colony No. 4, Homiel",
        2021,
        "342 part 1; 361-1",
    )
    assert rows["Krapivuk, Siarhei"][2] == word("status", "released", "en")


def test_sources_are_cited_once_and_never_beside_a_person() -> None:
    report = made().report
    assert len(report.sources) == 1
    assert all("list.example" not in str(cell) for row in report.rows for cell in row)


def test_missing_summary_is_told_to_the_maker() -> None:
    missing = made("parliament_briefing").missing
    assert {(m.prisoner, m.column) for m in missing[:2]} == {
        (PEOPLE[2].id, "summary"),
        (PEOPLE[3].id, "summary"),
    }
    assert [m.column for m in missing[2:]] == ["photo"] * 4  # nobody has one: it stands last


@pytest.mark.parametrize("kind_name", [kind.name for kind in shipped() if kind.columns])
def test_every_field_that_is_not_listed_stays_inside(kind_name: str) -> None:
    kind = shipped_kind(kind_name)
    listed = {field.name for column in kind.columns for field in column.fields if field.noun == "prisoner"}
    listed |= {one.field for one in kind.decided()}
    secret = {
        name: f"CANARY{name}"
        for name, field in fields_of(Prisoner).items()
        if name not in listed
        and isinstance(getattr(PEOPLE[0], name), str)
        and field.kind.value != "reference"
    }
    secret.pop("country", None)
    if kind.select is not None:
        secret.pop("status", None)  # who is not held is not written to
    person = from_plain(Prisoner, {**to_plain(PEOPLE[0]), **secret}, id=PEOPLE[0].id)
    everything = dict.fromkeys(told_fields(), AGREED)
    everything = {**everything, "facility": AGREED, **{one.field: AGREED for one in kind.decided()}}
    request = Request(kind, "en", "2026-031", date(2026, 11, 22), (candidate(person, everything),))
    report = compose(request).report
    assert report.rows
    assert "CANARY" not in _said(report)
    assert "Canary" not in _said(report)


def _column(transform: Transform, field: str, cls: type = Prisoner) -> KindColumn:
    return KindColumn("x", "X", (fields_of(cls)[field],), "p", transform, frozenset({Ground.AGREED}))


def _making(number: str = "2026-031", key: bytes = b"k" * 32) -> Making:
    return Making("en", number, translator("en"), word, key)


def test_transforms() -> None:
    person = PEOPLE[0]
    assert cell(_column(Transform.INITIALS, "given_name"), person, COLONY, _making()) == "A."
    assert cell(_column(Transform.YEAR, "detained_on"), person, COLONY, _making()) == 2021
    assert cell(_column(Transform.YEAR_BAND, "detained_on"), person, COLONY, _making()) == "2020–2024"
    assert cell(_column(Transform.REGION, "status"), person, COLONY, _making()) == "Brest region"
    assert cell(_column(Transform.COUNTRY, "country"), person, COLONY, _making()) == "Belarus"
    assert cell(_column(Transform.COUNT_ONLY, "family_name"), person, COLONY, _making()) is None
    assert cell(_column(Transform.TERM, "status"), person, COLONY, _making()) == "Penal colony"


def test_pseudonyms_differ_per_report_and_key() -> None:
    column = _column(Transform.PSEUDONYM, "family_name")
    one = cell(column, PEOPLE[0], COLONY, _making())
    assert one == cell(column, PEOPLE[0], COLONY, _making())
    others = {
        cell(column, PEOPLE[1], COLONY, _making()),
        cell(column, PEOPLE[0], COLONY, _making("2026-032")),
        cell(column, PEOPLE[0], COLONY, _making(key=b"q" * 32)),
    }
    assert one not in others
    with pytest.raises(BugError):
        cell(column, PEOPLE[0], COLONY, _making(key=b""))


def test_unseen_characters_do_not_leave() -> None:
    assert plain_line("Серге\u0301й q\u0304 й") == "Сергей q й"
    assert plain_line("a\u202eb\u200bc\u00add\x07e\ufefff\tg\n h") == "abcdef g h"


@given(st.text())
def test_plain_text_is_stable_and_on_one_line(text: str) -> None:
    once = plain_line(text)
    assert plain_line(once) == once
    assert "\n" not in once
    assert "\u202e" not in once


def test_a_text_block_is_split_into_paragraphs() -> None:
    report = made(
        blocks=(TextBlock(what="heading", text="One"), TextBlock(what="x", text="Two\n\nThree"))
    ).report
    assert [(b.what, b.text) for b in report.blocks] == [
        ("heading", "One"),
        ("paragraph", "Two"),
        ("paragraph", "Three"),
    ]


def test_german_dates_and_order() -> None:
    report = made("parliament_briefing", language="de").report
    assert "22. November 2026" in report.subtitle
    assert [row[0] for row in report.rows] == [
        "Alena Dubnianskaya",
        "Volha Kachanovich",
        "Siarhei Krapivuk",
        "Yauhen Lazouski",
    ]


def test_a_decision_until_a_day_is_still_only_a_yes_today() -> None:
    decision = FieldDecision(allowed=False, ground=Ground.AGREED, until=date(2027, 1, 1))
    people = (candidate(PEOPLE[0], {"family_name": decision, "given_name": decision}),)
    request = Request(shipped_kind("public_list"), "en", "2026-031", date(2026, 11, 22), people)
    assert compose(request).named == ()


def test_the_first_page_says_what_the_list_is_and_how_the_figures_are_counted() -> None:
    report = made(hidden=24).report
    assert "It is not complete" in report.foreword[0]
    whom, how = report.figures_notes
    assert "not the number of people in prison" in whom
    assert "rounded to 5" in how
    assert "under 10" in made(hidden=3).report.figures_notes[1]
    assert len(made("parliament_briefing", hidden=24).report.figures_notes) == 1


@pytest.mark.parametrize(("language", "words"), [("de", "Stand: 26. November 2026"), ("en", "as of 26 Nov")])
def test_a_source_says_its_day(language: str, words: str) -> None:
    dated = FieldDecision(allowed=True, ground=Ground.PUBLISHED, source=Citation("A list", "", "2026-11-26"))
    kind = shipped_kind("public_list")
    people = (candidate(PEOPLE[0], {wanted.field: dated for wanted in kind.decided()}),)
    composed = compose(Request(kind, language, "2026-031", date(2026, 11, 22), people))
    assert words in composed.report.sources[0].line()


def test_places_are_named_in_the_language_of_the_report() -> None:
    sizo = attrs.evolve(COLONY, name="SIZO-3", what="pre_trial", number="3")
    kind = shipped_kind("public_list")
    people = (attrs.evolve(candidate(PEOPLE[0], decisions("public_list")), facility=sizo),)
    report = compose(Request(kind, "de", "2026-031", date(2026, 11, 22), people)).report
    assert "U-Haftanstalt Nr. 3, Homel" in report.rows[0]


def _spelled(number: int, given: str, family: str, *others: OtherName) -> Prisoner:
    return attrs.evolve(prisoner(number, given, family), other_names=others)


_SPELLED = (
    _spelled(1, "Alena", "Zubko", OtherName("be", "Зубко", "Алена")),
    _spelled(2, "Ivan", "Yelski", OtherName("ru", "Ельский", "Иван"), OtherName("be", "Ельскі", "Іван")),
    _spelled(3, "Ihar", "Yolkin", OtherName("be", "Ёлкін", "Ігар")),
    _spelled(4, "Nina", "Abramava", OtherName("be", "Песня", "Ніна", "", "pen_name")),
    _spelled(5, "Уладзімір", "Ўсцінаў", OtherName("en", "Ustsinau", "Uladzimir")),
)


def test_a_belarusian_report_leads_with_its_own_letters_in_its_own_order() -> None:
    found = made(people=_SPELLED, language="be").report
    assert [row[:2] for row in found.rows] == [
        ("Ельскі, Іван", "Yelski, Ivan"),
        ("Ёлкін, Ігар", "Yolkin, Ihar"),
        ("Зубко, Алена", "Zubko, Alena"),
        ("Ўсцінаў, Уладзімір", "Ustsinau, Uladzimir"),
        (
            "Abramava, Nina",
            None,
        ),  # a pen name is no spelling of the name, and the column is for Latin letters
    ]
    assert found.columns[1].label == translator("be")("Name in Latin letters")
    assert found == made(people=tuple(reversed(_SPELLED)), language="be").report


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_report_in_latin_letters_leads_with_those(language: str) -> None:
    rows = made(people=_SPELLED, language=language).report.rows
    assert [row[0] for row in rows] == [
        "Abramava, Nina",
        "Ustsinau, Uladzimir",
        "Yelski, Ivan",
        "Yolkin, Ihar",
        "Zubko, Alena",
    ]
    assert rows[1][1] == "Ўсцінаў, Уладзімір"
    assert rows[4][1] == "Зубко, Алена"


def test_a_briefing_shows_one_spelling_and_only_one_that_may_leave() -> None:
    people = _SPELLED[:1]
    assert made("parliament_briefing", people=people, language="be").report.rows[0][0] == "Алена Зубко"
    assert made("parliament_briefing", people=people, language="de").report.rows[0][0] == "Alena Zubko"
    decided = {**decisions("parliament_briefing"), "other_names": FieldDecision(allowed=False)}
    kind = shipped_kind("parliament_briefing")
    one = (candidate(people[0], decided),)
    report = compose(Request(kind, "be", "2026-031", date(2026, 11, 22), one, addressee="Committee")).report
    assert report.rows[0][0] == "Alena Zubko"


@pytest.mark.parametrize("kind", ["solidarity_day", "godparent_sheet"])
def test_nobody_is_asked_to_write_to_a_prison_for_who_is_free(kind: str) -> None:
    found = made(kind)
    keys = [column.key for column in found.report.columns]
    for person, row in zip(found.named, found.report.rows, strict=True):
        free = person == PEOPLE[2].id
        said = dict(zip(keys, row, strict=True))
        assert free == (said["envelope"] is None) == (said["address"] is None)
        assert not free or {one.column for one in found.missing if one.prisoner == person} <= {
            "summary",
            "photo",
        }
