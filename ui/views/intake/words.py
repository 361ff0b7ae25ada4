"""Words for what a list would do: readings of rows, columns, reasons of likely doubles. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.fields import fields_of
from app.domain.ids import RecordId
from app.domain.prisoner import Prisoner
from app.domain.source import Facility
from app.i18n import N_, _, current_language, ngettext
from app.intake.joining import ExistingPerson, FieldChange
from app.intake.problems import DECIDED_BY_A_PERSON, Weight
from app.intake.staged import (
    BRINGS_WORDS,
    READING_WORDS,
    Counts,
    LikelyDouble,
    Preview,
    Reading,
    StagedRow,
    reading_count,
    row_of_candidate,
)  # fmt: skip
from app.intake.table import row_words
from app.names.same_person import Reason
from app.place_words import place_words
from app.services.intake_looked import Looked
from ui.columns import Badge
from ui.states import State
from ui.views.intake.kin_words import totals
from ui.views.prisoners.wording import value_words

_STATES: Final = {
    Reading.NEW: State.YES,
    Reading.CHANGED: State.ENDS,
    Reading.JOINED: State.YES,
    Reading.DOUBTFUL: State.WAITS,
    Reading.REFUSED: State.NO,
    Reading.LEFT_OUT: State.NO,
}
_REASONS: Final[Mapping[Reason, str]] = {
    Reason.SAME_NAME: N_("same name"),
    Reason.OTHER_SPELLING: N_("the name in another spelling"),
    Reason.SAME_BIRTH_DATE: N_("same birth date"),
    Reason.BIRTH_DATE_FITS: N_("birth dates that fit"),
    Reason.SAME_DAY_DETAINED: N_("detained on the same day"),
    Reason.OTHER_BIRTH_DATE: N_("another birth date"),
    Reason.SIBLING_FORM: N_("a brother’s or sister’s form of the name"),
}
_WEIGHTS: Final[Mapping[Weight, tuple[State, str]]] = {
    Weight.LEFT_OUT: (State.NO, N_("left empty")),
    Weight.MARKED: (State.WAITS, N_("look at it")),
    Weight.NOTE: (State.UNASKED, N_("for information")),
}


def reading_badge(reading: Reading) -> Badge | str:
    """What a row would do."""
    words = _(READING_WORDS[reading])
    return Badge(_STATES[reading], words) if reading in _STATES else words


def row_badge(row: StagedRow) -> Badge | str:
    """What a row would do; a family alone changes no prisoner, and still comes in."""
    if row.reading is Reading.UNCHANGED and row.brings is not None:
        return Badge(State.YES, _(BRINGS_WORDS[row.brings]))
    return reading_badge(row.reading)


def weight_badge(weight: Weight) -> Badge:
    """How much a problem matters."""
    state, words = _WEIGHTS[weight]
    return Badge(state, _(words))


def row_name(row: StagedRow) -> str:
    """Family name first, as the list gives it."""
    name = row.read.name
    return ", ".join(part for part in (name.family_name, name.given_name) if part) or name.whole


def person_name(person: ExistingPerson | None) -> str:
    """Somebody known, in the first spelling."""
    return person.names[0] if person is not None and person.names else _("somebody without a name")


def field_words(row: StagedRow, field: str) -> str:
    """A value of the row in words."""
    value = row.values.get(field)
    return value_words(fields_of(Prisoner)[field], value) if value is not None else ""


def reasons_words(double: LikelyDouble) -> str:
    """The evidence, strongest first."""
    return ", ".join(_(_REASONS[reason]) for reason in double.reasons)


def place_of(key: str | None, preview: Preview) -> str:
    """A place the list names, as the window's language calls it; empty for none."""
    found = next((one for one in preview.facilities if one.key == key), None)
    if found is None:
        return ""
    name, what, number, town = (found.values.get(part, "") for part in ("name", "what", "number", "town"))
    place = Facility(RecordId(""), name=name, what=what, number=number, town=town)
    return place_words(place, current_language())


def change_words(change: FieldChange, preview: Preview) -> tuple[str, str, str]:
    """Field, before and after in words."""
    field = fields_of(Prisoner)[change.field]
    if change.field == "facility":
        before, after = (place_of(str(key), preview) or str(key) for key in (change.before, change.after))
    else:
        before, after = value_words(field, change.before), value_words(field, change.after)
    return _(field.label), before or _("nothing"), after or _("nothing")


@attrs.frozen
class Double:
    """A line of the table of likely doubles: a row beside another row or somebody known."""

    row: int
    name: str
    other: str
    where: str
    score: int
    reasons: str


def doubles_of(preview: Preview, known: Mapping[str, ExistingPerson]) -> list[Double]:
    """Every pair once, strongest first."""
    rows = {row.number: row for row in preview.rows}
    found: list[Double] = []
    for row in preview.rows:
        for double in row.likely_doubles:
            if double.row is not None and double.row < row.number:
                continue
            if double.row is not None:
                other, where = row_name(rows[double.row]), _("row {row}").format(row=row_words(double.row))
            else:
                other, where = person_name(known.get(double.existing or "")), _("in the case file")
            found.append(
                Double(
                    row.number, row_name(row), other, where, round(double.score * 100), reasons_words(double)
                )
            )
    return sorted(found, key=lambda each: -each.score)


def label_of(field: str) -> str:
    """The label of a prisoner's field."""
    return _(fields_of(Prisoner)[field].label)


def rows_left(counts: Counts) -> int:
    """How many rows are not brought in."""
    return counts.doubtful + counts.refused + counts.left_out


def known_words(person: ExistingPerson | None) -> str:
    """Somebody known, with what tells namesakes apart."""
    if person is None:
        return person_name(None)
    fields = fields_of(Prisoner)
    told = [
        f"{_(fields[name].label)} {value_words(fields[name], value)}"
        for name, value in (("born", person.born), ("detained_on", person.detained_on))
        if value is not None
    ]
    return " · ".join((person_name(person), *told[:1]))


def candidate_words(candidate: str, preview: Preview, known: Mapping[str, ExistingPerson]) -> str:
    """Somebody a row may be: known here, or another row of the list."""
    number = row_of_candidate(candidate)
    if number is None:
        return known_words(known.get(candidate))
    row = next((one for one in preview.rows if one.number == number), None)
    where = _("row {row}").format(row=row_words(number))
    return f"{row_name(row)} · {where}" if row is not None else where


def doubt_words(row: StagedRow) -> str:
    """Why a row needs a decision."""
    return next((one.words() for one in row.problems if one.code in DECIDED_BY_A_PERSON), "")


def done_words(looked: Looked) -> str:
    """What came of bringing a list in."""
    counts = looked.preview.counts
    parts = [
        ngettext("{n} new person", "{n} new people", counts.new),
        ngettext("{n} changed", "{n} changed", counts.changed),
        ngettext("{n} unchanged", "{n} unchanged", counts.unchanged),
    ]
    if counts.joined:
        parts.append(reading_count(Reading.JOINED, counts.joined))
    parts += totals(looked)
    left = rows_left(counts)
    if left:
        parts.append(ngettext("{n} row left out", "{n} rows left out", left))
    return _("The list is in: {what}.").format(what=", ".join(parts))


def consent_words(*, trusted: bool) -> str:
    """What being brought in means for consent and for what may be told in public."""
    if trusted:
        return _("Nothing was taken as consent. Two people trust this source: what it states is published.")
    return _("Nothing was taken as consent. Until two people trust the source, it publishes nobody.")
