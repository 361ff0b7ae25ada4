"""Forms come from the catalogue: no field is forgotten, every editor gives back what it shows."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.fields import Kind, fields_of
from app.domain.godparent import Godparent
from app.domain.prisoner import Charge, Incident, OtherName, Prisoner, Sentence
from app.domain.public_texts import PublicText, PublicTexts, told_fields
from app.domain.relative import Identity, Relative
from app.domain.source import Facility
from ui.views.prisoners.editors import Offers, make_editor
from ui.views.prisoners.form import RecordForm
from ui.views.prisoners.groups import NOT_TYPED, groups, open_groups
from ui.widgets.labels import Text
from ui.widgets.tabs import TabStrip

_VALUES: dict[str, object] = {
    "family_name": "Zhawnyarovich",
    "other_names": (OtherName("be", "Жаўняровіч", "Сяргей"), OtherName("ru", "Жавнярович", use="spelling")),
    "anonymous": True,
    "born": PartialDate(1979, 12, about=True),
    "sex": "male",
    "citizenships": ("BY", "PL"),
    "country": "BY",
    "categories": ("journalist", "activist"),
    "detained_on": PartialDate(2021, 9, 14),
    "incidents": (Incident("search", PartialDate(2021), "Minsk"),),
    "charges": (Charge("361", "3", wording="Calls"),),
    "sentences": (Sentence(132, "11 years", "colony", "general", PartialDate(2022, 3)),),
    "facility": "f" * 32,
    "owner": "0" * 32,
    "public_summary": (PublicText("en", "Two\nlines", "A. B.", "", date(2026, 8, 3)),),
    "next_step_on": date(2026, 12, 1),
    "vulnerability": ("health",),
    "labels": ("poet", "writes, often"),
    "working_notes": "A\nB",
}


def test_every_field_of_a_prisoner_is_typed_in_exactly_one_place() -> None:
    placed = [field.name for group in groups() for field in group.fields]
    assert len(placed) == len(set(placed))
    assert set(placed) | NOT_TYPED == set(told_fields())


@pytest.mark.parametrize("cls", [Prisoner, PublicTexts, Relative, Identity, Godparent, Facility])
def test_every_kind_has_an_editor_that_starts_empty(application: QApplication, cls: type) -> None:
    for field in fields_of(cls).values():
        if field.kind not in (Kind.PICTURE, Kind.MOMENT):
            editor = make_editor(field, Offers())
            before = editor.value()
            editor.take_up(editor.typed())
            assert editor.value() == before


@pytest.mark.parametrize("name", sorted(_VALUES))
def test_an_editor_gives_back_what_it_shows(application: QApplication, name: str) -> None:
    field = told_fields()[name]
    offers = Offers({"facility": [("f" * 32, "Colony")], "person": [("0" * 32, "Hanna K.")]})
    editor, other = make_editor(field, offers), make_editor(field, offers)
    editor.set_value(_VALUES[name])
    found = editor.value()
    assert set(found) == set(_VALUES[name]) if name == "categories" else found == _VALUES[name]  # type: ignore[call-overload]
    other.take_up(editor.typed())
    assert other.value() == found


def test_opening_a_form_changes_nothing(application: QApplication) -> None:
    form = RecordForm(groups(), _VALUES, Offers())
    assert form.touched() == ()
    assert form.values() == {}


def test_what_is_filled_in_for_somebody_is_saved_and_not_missed(application: QApplication) -> None:
    form = RecordForm(groups(), _VALUES, Offers({"person": [("0" * 32, "Hanna K."), ("1" * 32, "Vera O.")]}))
    form.give("owner", "1" * 32)
    assert form.values() == {"owner": "1" * 32}
    assert not form.is_typed
    form.boxes["owner"].editor.set_value("")
    assert form.is_typed


def test_the_strip_says_which_part_is_in_front(application: QApplication) -> None:
    form = RecordForm(groups(), _VALUES, Offers())
    form.resize(800, 400)
    form.show()
    application.processEvents()
    strip, bar = form.findChildren(TabStrip)[0], form.area.verticalScrollBar()
    first = strip.key()
    bar.setValue(bar.maximum())
    assert strip.currentIndex() == strip.count() - 1
    bar.setValue(0)
    assert strip.key() == first


def test_a_day_must_be_one_day(application: QApplication) -> None:
    editor = make_editor(fields_of(Prisoner)["next_step_on"], Offers())
    editor.take_up("12.2026")
    with pytest.raises(KnownError) as caught:
        editor.value()
    assert caught.value.code is Code.BAD_DATE


def test_a_number_that_is_none_is_marked_in_its_part(application: QApplication) -> None:
    form = RecordForm(groups(), _VALUES, Offers())
    editor = form.boxes["sentences"].editor
    editor.take_up([{"term_months": "eleven"}])
    with pytest.raises(KnownError):
        form.values()
    said = [one for one in editor.widget.findChildren(Text) if one.property("tone") == "error"]
    assert [bool(one.text()) for one in said if not one.isHidden()] == [True], "not beside it"


def test_without_the_key_no_closed_field_is_offered() -> None:
    closed = frozenset(name for name, field in fields_of(Prisoner).items() if field.sealed)
    offered = {
        field.name for group in open_groups(closed=closed, only_public_texts=False) for field in group.fields
    }
    assert not offered & closed
    only = {
        field.name for group in open_groups(closed=closed, only_public_texts=True) for field in group.fields
    }
    assert only == {"public_summary", "public_quote"}
