"""What verification can find: for every code one sentence what it is, and one what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.i18n import N_

_COPY: Final = N_("Stop working in this copy, keep it as it is, and open the newest backup beside it.")
_ASK: Final = N_("Ask the person of that entry what they did, then open the record and put it right.")
_NEWER: Final = N_("Compare with a backup from before that entry; what is right is kept there.")

FINDINGS: Final[Mapping[str, tuple[str, str]]] = {
    "entry_unreadable": (N_("An entry of the log cannot be read"), _COPY),
    "entry_foreign": (N_("An entry belongs to another case file"), _COPY),
    "entry_missing": (N_("An entry of the log is missing"), _COPY),
    "entry_out_of_order": (N_("An entry of the log is out of order"), _COPY),
    "chain_broken": (N_("An entry does not follow from the one before it"), _COPY),
    "signature_wrong": (N_("An entry is not signed by the person it names"), _COPY),
    "clock_went_back": (
        N_("The clock went back between two entries"),
        N_("Set the clock of the computer right. Nothing is lost; days near that entry may be wrong."),
    ),
    "not_by_two": (
        N_("One half of a decision is not signed by the person it names, or not so that it counts"),
        N_("Ask both whether they signed it. If not, keep this copy and go on with a backup from before it."),
    ),
    "not_allowed": (N_("Somebody wrote what their role may not write"), _ASK),
    "taken_away": (N_("Something was taken away that must stay: a no, a stop, a talk or a report"), _COPY),
    "version_skipped": (N_("A record's versions do not follow each other"), _NEWER),
    "row_not_in_log": (N_("Something is stored that the log does not know"), _NEWER),
    "row_changed": (N_("A record is not what the log says"), _NEWER),
    "row_missing": (N_("A record the log knows is missing"), _NEWER),
    "old_value_changed": (N_("An old value is not what the log says"), _NEWER),
    "old_value_missing": (N_("An old value is missing"), _NEWER),
    "schema_changed": (N_("The database has another shape than Poruch made"), _COPY),
}
