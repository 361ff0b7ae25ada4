"""A list somebody looked at: preview, the families and godparents it names, what it was compared with."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from app.domain.ports import Reader
from app.domain.report import Desk
from app.intake.cells.found import marked
from app.intake.joining import ExistingPerson
from app.intake.problems import Problem, ProblemCode
from app.intake.sponsors import StagedGodparent
from app.intake.staged import Preview
from app.services.intake_families import Kins


@attrs.frozen
class Looked:
    """A list somebody looked at: what it would do, and the state of the case file it was compared with.

    Attributes:
        known: everybody it was compared with, by id, for `Intake.decide` and for their names.
        kins: of the families it names, row by row.
        godparents: it names, each once.
        godparent_names: of those the case file knows, by id.
    """

    preview: Preview
    source_name: str
    head: int
    cells_left_out: bool
    known: Mapping[str, ExistingPerson] = attrs.field(factory=dict, repr=False)
    kins: Kins = attrs.field(factory=dict, repr=False)
    godparents: tuple[StagedGodparent, ...] = ()
    godparent_names: Mapping[str, str] = attrs.field(factory=dict)


def with_offices(reader: Reader, found: Preview) -> Preview:
    """The preview, with rows marked whose office is no desk of this case file."""
    known = {desk.name.casefold() for desk in reader.find(Desk)}
    rows = tuple(
        attrs.evolve(
            row, problems=(*row.problems, Problem(row.number, "", *marked(ProblemCode.DESK_UNKNOWN)))
        )
        if row.read.desk and row.read.desk.casefold() not in known
        else row
        for row in found.rows
    )
    return attrs.evolve(found, rows=rows)
