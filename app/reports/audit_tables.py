"""The tables a consent audit can have: their columns, what may stand in them, how their rows are called.

What is counted is said in `app.domain.consent_audit`; which tables a report has, their headings and notes, in
its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

import attrs

from app.domain.case_findings import TITLES, Rule
from app.domain.consent_reasons import Reason, reason_words
from app.i18n import N_, Translator
from app.reports.transform import TermWords

RowWords = Callable[[str, Translator, TermWords], str]
"""Key of a row, the report's language, its terms: what the row is called."""


class Cells(StrEnum):
    """What stands in a table."""

    COUNTS = "counts"
    FACTS = "facts"  # counts of the office's own work, moments, fingerprints: as they are


@attrs.frozen
class TableShape:
    """One table.

    Attributes:
        columns: heads of the columns of figures, English.
        row_words: how its rows are called.
        of_families: what families said or what was done about them: such a table is always guarded.
        sums: see `KindTable`.
    """

    columns: tuple[str, ...]
    row_words: RowWords
    of_families: bool = True
    sums: str = ""
    cells: Cells = Cells.COUNTS


def _terms(vocabulary: str, also: Mapping[str, str] | None = None) -> RowWords:
    def words(key: str, translate: Translator, term: TermWords) -> str:
        other = (also or {}).get(key)
        return translate(other) if other is not None else term(vocabulary, key, translate.language)

    return words


def _named(names: Mapping[str, str]) -> RowWords:
    return lambda key, translate, _term: translate(names.get(key, key))


def _reason(key: str, translate: Translator, _term: TermWords) -> str:
    return translate(MAY_BE_TOLD if key == ALLOWED else reason_words(Reason(key))).rstrip(".")


def _rule(key: str, translate: Translator, _term: TermWords) -> str:
    return translate(TITLES[Rule(key)])


ALLOWED: Final = "allowed"
MAY_BE_TOLD: Final = N_("May be told")
RELATIVE: Final = "relative"
WITH_A_YES: Final = "with_a_yes"

_PEOPLE_OF_REPORTS: Final = {
    "named": N_("People named"),
    "figures_only": N_("People in the figures only"),
    "left_out": N_("People left out of the figures too"),
}
_DECIDED: Final = {
    "two": N_("Decisions a second person confirmed"),
    "one": N_("Decisions one person took alone"),
    "bypass": N_("Used without a yes to save a life"),
}
_REVIEWED: Final = {
    "attention": N_("Hostile attention recorded"),
    "reviews": N_("Reviews decided"),
    "talks": N_("Conversations recorded"),
}
_QUARTERS: Final = {
    "in_order": N_("In order"),
    "asked": N_("Asked the owner"),
    "stopped": N_("Stopped"),
    "own": N_("Own work"),
}
_REPORTS: Final = {
    "made": N_("Made"),
    "left": N_("Left the house"),
    "refused": N_("Refused by a check, or could not be written"),
    "came_back": N_("Sent back by the second person"),
    "dropped": N_("Dropped by who made them"),
}
_LOG: Final = {
    "entries": N_("Entries in the period"),
    "people": N_("People who wrote them"),
    "automatic": N_("Of these, written by the program on its own"),
    "opened": N_("Times a relative was opened"),
    "quarters": N_("Quarter reviews signed"),
    "joined": N_("People let in, or given the key of a desk"),
    "roles": N_("Times it was changed what somebody does here"),
    "removed": N_("People taken out"),
    "slips": N_("Approval slips made"),
    "doubts": N_("Proof lines found not to fit"),
    "restored": N_("Times an officer signed that a backup was restored"),
    "clocks": N_("Times a wrong clock was confirmed by two"),
}
_STATE: Final = {
    "checked": N_("Checked from entry 1 to entry"),
    "moment": N_("Moment of that entry"),
    "fingerprint": N_("Its proof line says"),
    "standing": N_("Proof lines that do not fit and are not settled"),
}

TABLES: Final[Mapping[str, TableShape]] = {
    "answers": TableShape(
        (N_("Yes"), N_("No"), N_("Withdrew"), N_("Cancelled"), N_("Ran out")),
        _terms("purpose"),
        sums="answers",
    ),
    "audiences": TableShape(
        (N_("Yes"), N_("No"), N_("Withdrew"), N_("Cancelled"), N_("Ran out")),
        _terms("audience"),
        sums="answers",
    ),
    "denied": TableShape((N_("Name"), N_("Case detail"), N_("Photo")), _reason, sums="across"),
    "report_people": TableShape((N_("People"),), _named(_PEOPLE_OF_REPORTS)),
    "decided": TableShape((N_("Count"),), _named(_DECIDED)),
    "reviewed": TableShape((N_("Count"),), _named(_REVIEWED)),
    "stops": TableShape(
        (N_("Placed"), N_("Lifted"), N_("In force at the end")),
        _terms("hold_target", {RELATIVE: N_("Relative")}),
    ),
    "showing": TableShape(
        (N_("Name shown"), N_("Number copied"), N_("What was kept")),
        _terms("show_reason", {WITH_A_YES: N_("With a valid yes for contact")}),
    ),
    "findings": TableShape((N_("To review"), N_("Reviewed in the period")), _rule),
    "quarters": TableShape((N_("Count"),), _named(_QUARTERS)),
    "reports": TableShape((N_("Count"),), _named(_REPORTS), of_families=False),
    "log": TableShape((N_("Count"),), _named(_LOG), of_families=False),
    "log_state": TableShape((N_("State"),), _named(_STATE), of_families=False, cells=Cells.FACTS),
    "how": TableShape((), _named({}), of_families=False),
}
"""Every table there is; `how` has no rows, only the words on how this report counts."""
