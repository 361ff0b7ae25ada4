"""Protects: the demo list is brought in as its keeper knows it: rows, people, doubles, who is recognised."""

from __future__ import annotations

from collections import Counter

from app.domain.field_values import from_plain
from app.domain.fields import fields_of
from app.domain.prisoner import HELD, Charge, Prisoner
from app.intake.joining import canonical_text
from app.intake.mapping import Why
from app.intake.problems import ProblemCode
from app.intake.staging import Reading, preview
from app.vocabulary import vocabulary
from tests.unit.intake.helpers import TODAY, brought_in, demo, demo_preview
from tests.unit.intake.truth import ANONYMOUS, NAMESAKES, PEOPLE, ROWS, SAME_PERSON


def test_counts_are_those_of_the_truth() -> None:
    counts = demo_preview().counts
    assert (counts.rows, counts.people, counts.anonymous) == (ROWS, PEOPLE, ANONYMOUS)
    assert counts.new == ROWS


def test_doubles_are_found_and_namesakes_are_not() -> None:
    found = demo_preview()
    key = {row.number: int(row.key) for row in found.rows}
    pairs = {
        tuple(sorted((key[row.number], key[double.row])))
        for row in found.rows
        for double in row.likely_doubles
        if double.row is not None
    }
    assert pairs == SAME_PERSON
    assert not pairs & NAMESAKES


def test_every_column_is_recognised_or_announced() -> None:
    columns = demo_preview().columns
    assert len(columns) == 23
    assert {column.title for column in columns if column.why is not Why.KNOWN} == {
        "photo",
        "description",
        "councel",
        "fake_terrorist_list",
        "clusters",
    }
    assert all(column.why is Why.CLOSED for column in columns if column.why is not Why.KNOWN)


def test_recognised_means_recognised_and_held_by_the_source_itself() -> None:
    for row in demo_preview().rows:
        raw = {cell.column: cell.text for cell in row.raw}
        held = raw["status"] == "active" and not raw["prison"].startswith("Released") and not raw.get("died")
        assert row.recognised == held
        assert not row.recognised or (row.values["status"] in HELD and row.declaration)


def test_nothing_of_a_comment_reaches_an_open_field() -> None:
    found = demo_preview()
    descriptions = {cell.text for row in found.rows for cell in row.raw if cell.column == "description"}
    assert len(descriptions) == 10
    for row in found.rows:
        values = " ".join(value.value for value in row.claim_values)
        assert not any(text in values for text in descriptions)
        assert "working_notes" not in row.values


def test_every_value_is_one_the_case_file_can_store() -> None:
    fields = fields_of(Prisoner)
    for row in demo_preview().rows:
        for name, value in row.values.items():
            assert fields[name].importable
            assert not fields[name].sealed
            canonical_text(name, value)
        assert row.values["status"] in vocabulary("status")
        assert row.values["sex"] in vocabulary("sex")
    for place in demo_preview().facilities:
        assert place.values["what"] in vocabulary("facility_kind")
    assert from_plain(Charge, {"article": "342"}).article == "342"


def test_five_grammars_of_articles_are_read_without_a_rest() -> None:
    codes = Counter(problem.code for row in demo_preview().rows for problem in row.problems)
    assert not codes[ProblemCode.ARTICLE_REST]
    assert not codes[ProblemCode.ARTICLE_UNREAD]
    assert codes[ProblemCode.DATE_IMPOSSIBLE] == 3
    articles = {
        (charge.article, charge.part, bool(charge.related))
        for row in demo_preview().rows
        for charge in _charges(row.values.get("charges"))
    }
    assert articles == {
        ("361-1", "3", False),
        ("361-4", "1", False),
        ("188", "", False),
        ("293", "2", False),
        ("411", "", False),
        ("342", "1", True),
        ("342", "", False),
        ("368", "", False),
        ("364", "2", False),
        ("356", "", False),
        ("130", "1", False),
        ("369", "1", False),
    }


def _charges(value: object) -> tuple[Charge, ...]:
    return tuple(charge for charge in value if isinstance(charge, Charge)) if isinstance(value, tuple) else ()


def test_nine_places_are_named_once_each() -> None:
    found = demo_preview()
    assert len({place.key for place in found.facilities}) == len(found.facilities) == 9
    keys = {place.key for place in found.facilities}
    assert all(row.facility in keys for row in found.rows if row.facility is not None)


def test_the_same_list_again_changes_nothing() -> None:
    people = [brought_in(row) for row in demo_preview().rows]
    again = preview(demo("en"), people, today=TODAY)
    assert again.counts.unchanged == ROWS
    assert not again.gone
    for row, first in zip(again.rows, demo_preview().rows, strict=True):
        assert row.claim_values == first.claim_values


def test_the_belarusian_list_joins_the_same_people_and_adds_their_names() -> None:
    people = [brought_in(row) for row in demo_preview().rows]
    second = preview(demo("be"), people, today=TODAY)
    assert second.language == "be"
    assert second.counts.changed == ROWS
    assert second.counts.doubtful == second.counts.new == 0
    for row, person in zip(second.rows, people, strict=True):
        assert row.existing == person.id
        assert [change.field for change in row.changes] == ["other_names"]
        stated = {value.field: value.value for value in row.claim_values}
        assert stated["family_name"] == person.stated["family_name"]
        assert '"language":"be"' in stated["other_names"]


def test_all_rows_stay_rows() -> None:
    assert {row.reading for row in demo_preview().rows} == {Reading.NEW}
    assert all(len(row.raw) <= 23 and row.raw for row in demo_preview().rows)
