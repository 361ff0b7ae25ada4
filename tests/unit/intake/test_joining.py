"""Protects: a second list overwrites nothing in silence, joins no strangers, deletes nothing."""

from __future__ import annotations

import pytest

from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.intake.problems import ProblemCode
from app.intake.staging import ExistingPerson, Preview, Reading, decide
from app.intake.table import Note
from tests.unit.intake.helpers import brought_in, look, one

_TITLES = ("id", "name", "birthday", "arrested", "prison", "judge", "comment", "family agrees")
_ROW = (
    "7",
    "Надзея Крапіўук",
    "1949-12-12",
    "2022-08-14",
    "SIZO-1; Minsk",
    "Lyzhnevich",
    "her mother Iryna",
    "yes",
)


_BORN_LATER = PartialDate(1950)


def _known(**edits: object) -> ExistingPerson:
    return brought_in(one(_TITLES, _ROW), **edits)


def _with(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(title, cell) for title, cell in zip(_TITLES, _ROW, strict=True))


def _codes(found: Preview) -> set[ProblemCode]:
    return {problem.code for row in found.rows for problem in row.problems}


def test_a_change_in_the_list_is_listed() -> None:
    row = one(_TITLES, _with(birthday="1949-12-13"), [_known()])
    assert row.reading is Reading.CHANGED
    assert [(change.field, change.edited) for change in row.changes] == [("born", False)]


def test_a_value_a_person_edited_is_listed_as_theirs() -> None:
    row = one(
        _TITLES,
        _with(birthday="1949-12-14"),
        [_known(born=one(_TITLES, _with(birthday="1950")).values["born"])],
    )
    assert [(change.field, change.edited) for change in row.changes] == [("born", True)]


def test_what_the_source_says_again_undoes_no_edit() -> None:
    assert one(_TITLES, _ROW, [_known(born=_BORN_LATER)]).reading is Reading.UNCHANGED


def test_an_empty_cell_deletes_nothing_and_is_stated_no_more() -> None:
    row = one(_TITLES, _with(birthday="FALSE"), [_known()])
    assert row.reading is Reading.UNCHANGED
    assert "born" not in {value.field for value in row.claim_values}


def test_a_column_the_list_does_not_have_stays_stated() -> None:
    row = one(_TITLES[:2], _ROW[:2], [_known()])
    assert row.reading is Reading.UNCHANGED
    assert "born" in {value.field for value in row.claim_values}


def test_a_place_that_changed_is_listed() -> None:
    row = one(_TITLES, _with(prison="Prison No. 8; Zhodzina"), [_known()])
    assert "facility" in {change.field for change in row.changes}


def test_another_name_under_the_same_number_waits_for_a_person() -> None:
    found = look(_TITLES, _with(name="Антон Ёдкаўскі"), existing=[_known()])
    assert found.rows[0].reading is Reading.DOUBTFUL
    assert not found.rows[0].changes
    assert ProblemCode.OTHER_NAME_SAME_NUMBER in _codes(found)


def test_a_number_that_stands_twice_waits_for_a_person() -> None:
    found = look(_TITLES, _ROW, _with(name="Антон Ёдкаўскі", birthday="1980"))
    assert [row.reading for row in found.rows] == [Reading.NEW, Reading.DOUBTFUL]


def test_a_number_that_stands_twice_may_be_anybody_known_or_nobody() -> None:
    namesake = brought_in(one(_TITLES, _with(id="9", name="Антон Ёдкаўскі", birthday="1980-02-03")))
    found = look(
        _TITLES, _ROW, _with(name="Антон Ёдкаўскі", birthday="1980-02-03"), existing=[_known(), namesake]
    )
    first, second = found.rows
    assert first.existing == "id-7"
    assert (second.existing, second.candidates) == ("id-9", ("id-9", "id-7"))
    joined = decide(found, {3: namesake}).rows[1]
    assert (joined.reading, joined.existing) == (Reading.UNCHANGED, "id-9")
    out = decide(found, {}, {3})
    assert (out.rows[1].reading, out.rows[1].existing) == (Reading.LEFT_OUT, None)
    assert (out.counts.left_out, out.counts.doubtful) == (1, 0)


def test_somebody_known_from_elsewhere_is_never_joined_by_itself() -> None:
    elsewhere = ExistingPerson(
        "id-1", ("Nadzeia Krapiuuk",), _known().born, _known().detained_on, fields={"family_name": "Krapiuuk"}
    )
    found = look(_TITLES, _ROW, existing=[elsewhere])
    assert found.rows[0].reading is Reading.DOUBTFUL
    assert found.rows[0].existing == "id-1"
    joined = decide(found, {2: elsewhere}).rows[0]
    assert joined.reading is Reading.CHANGED
    assert "other_names" in {change.field for change in joined.changes}
    fresh = decide(found, {2: None})
    assert fresh.rows[0].reading is Reading.NEW
    assert (fresh.counts.new, fresh.counts.doubtful) == (1, 0)


def test_who_stands_in_the_list_no_more_is_named_and_nothing_is_deleted() -> None:
    found = look(
        _TITLES, _with(id="8", name="Антон Ёдкаўскі", birthday="1980", arrested="2021"), existing=[_known()]
    )
    assert found.gone == ("id-7",)
    assert Note.PEOPLE_GONE in found.notes


def test_somebody_anonymous_gets_a_name() -> None:
    nameless = brought_in(one(_TITLES, _with(name="Citizen K.")))
    row = one(_TITLES, _ROW, [nameless])
    assert row.reading is Reading.CHANGED
    assert {"anonymous", "family_name", "given_name"} <= {change.field for change in row.changes}


def test_a_name_the_source_hides_is_kept_and_no_longer_stated() -> None:
    found = look(_TITLES, _with(name="Citizen K."), existing=[_known()])
    assert found.rows[0].reading is Reading.UNCHANGED
    assert "family_name" not in {value.field for value in found.rows[0].claim_values}
    assert ProblemCode.NAME_WITHDRAWN in _codes(found)


def test_comments_and_consent_stay_closed() -> None:
    row = one(_TITLES, _ROW)
    said = " ".join(value.value for value in row.claim_values) + repr(row.values)
    assert "Iryna" not in said
    assert "yes" not in said
    assert {cell.column: cell.text for cell in row.raw}["family agrees"] == "yes"
    assert "Iryna" not in repr(row)


def test_a_broken_row_stops_no_other() -> None:
    found = look(_TITLES, _ROW, ("9", "FALSE"), _with(id="10", name="Антон Ёдкаўскі", birthday="2021-02-31"))
    assert [row.reading for row in found.rows] == [Reading.NEW, Reading.REFUSED, Reading.NEW]
    assert {ProblemCode.NO_NAME, ProblemCode.DATE_IMPOSSIBLE} <= _codes(found)
    problem = found.rows[1].problems[0]
    assert (problem.row, problem.column) == (3, "name")
    assert problem.words()


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"birthday": "2023-01-01"}, "born", ProblemCode.BORN_AFTER_DETAINED),
        ({"arrested": "2030-01-01"}, "detained_on", ProblemCode.DATE_IN_FUTURE),
    ],
)
def test_dates_that_cannot_be_are_left_empty(cells: dict[str, str], field: str, code: ProblemCode) -> None:
    found = look(_TITLES, _with(**cells))
    assert field not in found.rows[0].values
    assert code in _codes(found)


def test_a_list_without_names_is_refused() -> None:
    with pytest.raises(KnownError) as caught:
        look(("id", "colour"), ("1", "red"))
    assert caught.value.code is Code.LIST_NO_NAMES
