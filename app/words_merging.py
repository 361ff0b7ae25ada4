"""Words for what can stand in the way of merging two records: one sentence what, one what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

MERGE_ERRORS: Final[Mapping[Code, tuple[str, str]]] = {
    Code.MERGED_AWAY: (
        N_("This record was merged with another one meanwhile."),
        N_("Open the other one and type it there; what you typed is still here."),
    ),
    Code.MERGE_TWO_DESKS: (
        N_("The two belong to different desks, and a family stays with its desk."),
        N_("Keep the record that has the family, or ask somebody who holds both keys."),
    ),
    Code.MERGE_WAITS: (
        N_("A change of the record that would go waits for a second person."),
        N_("Settle that first, then merge."),
    ),
    Code.MERGE_REVIEW_FIRST: (
        N_("Something that happened to the record that would go is up for review."),
        N_("Review it first, then merge."),
    ),
    Code.MERGE_RESTORE_FIRST: (
        N_("One of the two waits since a backup was put back."),
        N_("Settle that first, then merge."),
    ),
    Code.MERGE_WORK_SINCE: (
        N_("Something was written since they were merged, and it could be about either."),
        N_("They stay together, so that nothing is lost. Look at the record to see what it is."),
    ),
}
