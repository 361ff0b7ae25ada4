"""Words for columns and tables of a list: what they were taken for, how sure that is, why one stays out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.fields import fields_of
from app.domain.prisoner import Prisoner
from app.i18n import N_, _, ngettext, number_words
from app.intake.column_choice import REFUSAL_WORDS, ColumnFacts, Refusal, Sure
from app.intake.mapping import FIELDS_OF, ColumnReading, Meaning, Target, Why
from app.intake.parts import Part, WhyNot
from ui.columns import Badge
from ui.states import State

_WHY: Final[Mapping[Why, str]] = {
    Why.CLOSED: N_("kept closed with the row"),
    Why.CONSENT: N_("speaks of consent: kept closed as asked, never taken for an answer"),
    Why.FAMILY: N_("speaks of families or contacts: read into closed records only"),
    Why.TWICE: N_("an earlier column says this already: kept closed"),
    Why.COUNTER: N_("only counts the rows: joins nobody to a newer list"),
    Why.UNMATCHED: N_("not understood: kept closed with the row"),
    Why.LEFT_OUT: N_("left out: nothing of it is kept"),
}
_MEANINGS: Final[Mapping[Meaning, str]] = {
    Why.FAMILY: N_("Families and contacts, closed"),
    Why.CONSENT: N_("What was said of consent, kept as asked"),
    Why.CLOSED: N_("Only kept closed with the row"),
    Why.LEFT_OUT: N_("Leave this column out"),
}
_OTHER_TARGETS: Final[Mapping[str, str]] = {
    "key": N_("Number in the source"),
    "link": N_("Address"),
    "name": N_("Name"),
    "declaration": N_("Statement of recognition"),
    "recognised_on": N_("Recognised on"),
    "term": N_("Sentence: length"),
    "penalty": N_("Sentence: penalty"),
    "judge": N_("Sentence: judge"),
    "starts_on": N_("Sentence: starts"),
    "ends_on": N_("Sentence: ends"),
    "verdict_on": N_("Sentence: verdict"),
    "appeal_on": N_("Sentence: appeal"),
    "godparent": N_("Godparent"),
    "godparenthood_state": N_("Godparenthood: state"),
    "godparent_since": N_("Godparenthood: since"),
    "godparent_until": N_("Godparenthood: until"),
    "godparent_chamber": N_("Godparent: chamber"),
    "godparent_country": N_("Godparent: country"),
    "desk": N_("Desk"),
}
_SURE: Final[Mapping[Sure, tuple[State, str]]] = {
    Sure.CHOSEN: (State.YES, N_("chosen")),
    Sure.REMEMBERED: (State.YES, N_("as last time")),
    Sure.SURE: (State.YES, N_("sure")),
    Sure.LOOK: (State.ENDS, N_("look at it")),
    Sure.UNKNOWN: (State.WAITS, N_("not understood")),
    Sure.KEPT: (State.UNASKED, N_("closed")),
    Sure.EMPTY: (State.UNASKED, N_("empty")),
}
_WHY_NOT: Final[Mapping[WhyNot, str]] = {
    WhyNot.HIDDEN: N_("The workbook does not show this sheet. It stays out unless you bring it in."),
    WhyNot.NO_NAMES: N_("No column of it was understood as names of people. Choose one under Columns."),
    WhyNot.NO_ROWS: N_("There is nobody in it."),
}


def meaning_words(meaning: Meaning) -> str:
    """What a column can be, as it is offered."""
    if not isinstance(meaning, Target):
        return _(_MEANINGS[meaning])
    named = _OTHER_TARGETS.get(meaning.value)
    if named is not None:
        return _(named)
    field = FIELDS_OF.get(meaning, (meaning.value,))[0]
    return _(fields_of(Prisoner)[field].label)


def column_words(column: ColumnReading) -> str:
    """What a column was taken for."""
    return meaning_words(column.target) if column.target is not None else _(_WHY[column.why])


def column_title(column: ColumnReading) -> str:
    """Its head as written, or its number."""
    return column.title.strip() or _("Column {number}").format(number=number_words(column.index + 1))


def sure_badge(facts: ColumnFacts) -> Badge:
    """How sure it is."""
    state, words = _SURE[facts.sure]
    return Badge(state, _(words))


def filled_words(facts: ColumnFacts) -> str:
    """How many cells say something, and how many of them were read."""
    filled = ngettext("{n} cell says something", "{n} cells say something", facts.filled)
    if not facts.unread:
        return filled
    unread = ngettext("{n} of them could not be read", "{n} of them could not be read", facts.unread)
    return f"{filled} · {unread}"


def example_words(facts: ColumnFacts) -> str:
    """One cell of it, unless its cells are closed."""
    if facts.closed:
        return _("closed") if facts.filled else ""
    return facts.samples[0] if facts.samples else ""


def refusal_words(refused: Refusal) -> str:
    """Why a column cannot be what was chosen."""
    return _(REFUSAL_WORDS[refused])


def part_title(part: Part) -> str:
    """A table of a file as people call it."""
    sheet = part.read.sheet or _("The list")
    return (
        sheet
        if part.nth == 1
        else _("{sheet}, table {number}").format(sheet=sheet, number=number_words(part.nth))
    )


def holds_words(part: Part) -> str:
    """What a table seems to hold."""
    targets = {column.target for column in part.columns}
    whys = {column.why for column in part.columns}
    people = _("people") if part.names_people else _("no people")
    parts = [
        _("relatives, one in each row") if part.of_families and Why.FAMILY in whys else people,
        _("families") if Why.FAMILY in whys and not part.of_families else "",
        _("godparents") if Target.GODPARENT in targets else "",
        _("what was said of consent") if Why.CONSENT in whys else "",
    ]
    return ", ".join(one for one in parts if one)


def why_not_words(part: Part) -> str:
    """Why a table stays out unless somebody says so, or empty."""
    return _(_WHY_NOT[part.why_not]) if part.why_not is not None else ""


def taken_badge(part: Part) -> Badge:
    """Whether a table is brought in."""
    if part.taken:
        return Badge(State.YES, _("read"))
    return Badge(State.NO if part.why_not is None else State.UNASKED, _("left out"))
