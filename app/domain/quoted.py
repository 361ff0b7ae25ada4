"""Figures of others: what a named source said for a day; not all of it can be counted here."""

from __future__ import annotations

from typing import Final

import attrs

from app.domain.dates import PartialDate
from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN: Final = FieldClass.OPEN
LONGEST: Final = 120


@noun("quoted_figure")
@attrs.frozen
class QuotedFigure:
    """One figure as its source said it; it stands in reports beside what the case file counts for that day.

    Attributes:
        measure: what it counts; the first ones of the vocabulary are counted here too.
        said: the figure in the words of the source, *over 100*.
        left_out: reports do not carry it any more.
    """

    id: RecordId
    version: int = 0
    measure: str = stored(N_("What it counts"), Kind.TERM, _OPEN, vocabulary="figure_measure", required=True)
    said: str = stored(N_("In the words of the source"), Kind.TEXT, _OPEN, required=True, longest=LONGEST)
    on: PartialDate | None = stored(N_("As of"), Kind.PARTIAL_DATE, _OPEN, required=True)
    source: str = stored(N_("Source"), Kind.TEXT, _OPEN, required=True, longest=LONGEST)
    link: str = stored(N_("Link"), Kind.LINK, _OPEN)
    left_out: bool = stored(N_("Not in reports"), Kind.FLAG, _OPEN)
