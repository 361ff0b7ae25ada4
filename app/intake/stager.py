"""Gives every row of a list its reading: new, changed, unchanged, of another row, doubtful or refused.

Nobody is joined to anybody but by a number of the source together with the name, by what the same source said
before without a number (`said_before`), or by a merged cell of the workbook; everything else is a question.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from app.domain.dates import PartialDate
from app.intake.duplicates import Double
from app.intake.family_rows import FamilyRows
from app.intake.joining import (
    STILL_ONE_NAME,
    ExistingPerson,
    FieldChange,
    join,
    name_withdrawn,
    same_name,
)  # fmt: skip
from app.intake.namesakes import Namesakes, born_of, may_be_one_day
from app.intake.problems import Problem, ProblemCode, Weight
from app.intake.reading import RowRead
from app.intake.said_before import SaidBefore
from app.intake.staged import Beside, LikelyDouble, Reading, StagedRow, row_candidate
from app.intake.table import table_of
from app.names.compare import similarity
from app.names.fold import tokens


@attrs.frozen
class _Told:
    """What rows read so far told of one person, for rows in other tables."""

    number: int
    key: str
    born: PartialDate | None


class Stager:
    """Gives every row its reading.

    Args:
        existing: everybody the case file knows.
        fields: of a prisoner the list says something about.
        language: of the names.
        doubles: pairs that may be one person.
        said_before: who rows without a number are.
    """

    def __init__(
        self,
        existing: Sequence[ExistingPerson],
        fields: frozenset[str],
        language: str,
        doubles: Sequence[Double],
        said_before: SaidBefore,
    ) -> None:
        self._by_key = {key: person for person in existing for key in person.keys}
        self._by_id = {person.id: person for person in existing}
        self._fields = fields
        self._language = language
        self._doubles = _by_row(doubles)
        self._said_before = said_before
        self._namesakes = Namesakes(existing)
        self._seen: dict[str, RowRead] = {}
        self._names: dict[frozenset[str], list[_Told]] = {}
        self._before: RowRead | None = None
        self._known: dict[int, str] = {}
        self._families = FamilyRows(existing, self._namesakes)

    def staged(self, row: RowRead, beside: Beside) -> StagedRow:
        """One row further, in the order of the file."""
        if row.of_family:
            return self._of_family(row, beside)
        same_as = self._same_row(row, beside)
        reading, person, extra = self._reading(row) if same_as is None else (Reading.JOINED, None, ())
        elsewhere = () if same_as is not None else self._elsewhere(row)
        if elsewhere and reading is Reading.NEW:
            reading, extra = Reading.DOUBTFUL, (_about(row, ProblemCode.NAMED_ELSEWHERE),)
        self._remember(row)
        if reading is Reading.CHANGED and person is not None:
            self._known[row.number] = person.id
            self._families.is_known(row.number, person.id)
        found = attrs.evolve(
            _unread(row, beside, reading, extra),
            existing=person.id if person is not None else None,
            likely_doubles=self._likely_doubles(row, person),
            candidates=self._candidates(row, person, elsewhere) if reading is Reading.DOUBTFUL else (),
            same_as=same_as,
        )
        return self.beside(found, person) if reading is Reading.CHANGED and person is not None else found

    def _of_family(self, row: RowRead, beside: Beside) -> StagedRow:
        """A relative: whose, by the number or the name of a prisoner; never somebody of their own."""
        said = self._families.whose(row)
        extra = (_about(row, said.problem),) if said.problem is not None else ()
        found = attrs.evolve(
            _unread(row, beside, said.reading, extra),
            candidates=said.candidates,
            same_as=said.same_as,
            existing=said.existing.id if said.existing is not None else None,
        )
        if said.reading is Reading.CHANGED and said.existing is not None:
            return self.beside(found, said.existing)
        return found

    def beside(self, row: StagedRow, person: ExistingPerson) -> StagedRow:
        """The row as what changes somebody known, or leaves them as they are."""
        return as_person(row, person, self._fields, self._language)

    def _same_row(self, row: RowRead, beside: Beside) -> int | None:
        """The row whose person this is without a question."""
        before = self._before
        if before is not None and beside.continues and table_of(before.number) == table_of(row.number):
            return before.number
        first = self._seen.get(row.key) if row.key else None
        if first is None or row.name.empty or row.broken or table_of(first.number) == table_of(row.number):
            return None
        known = not row.name.anonymous and not first.name.anonymous
        same = known and similarity(row.name.whole, first.name.whole) >= STILL_ONE_NAME
        return first.number if same else None

    def _remember(self, row: RowRead) -> None:
        if row.name.empty or row.broken:
            return
        self._before = row
        self._families.remember(row)
        if row.key:
            self._seen.setdefault(row.key, row)
        if not row.name.anonymous:
            told = _Told(row.number, row.key, born_of(row))
            self._names.setdefault(frozenset(tokens(row.name.whole)), []).append(told)

    def _elsewhere(self, row: RowRead) -> tuple[int, ...]:
        """Rows of other tables that name somebody so, unless number or birth date speaks against it."""
        if row.name.anonymous or row.name.empty or row.broken:
            return ()
        told = self._names.get(frozenset(tokens(row.name.whole)), [])
        return tuple(
            one.number
            for one in told
            if table_of(one.number) != table_of(row.number)
            and not (one.key and row.key and one.key != row.key)
            and may_be_one_day(one.born, born_of(row))
        )

    def _reading(self, row: RowRead) -> tuple[Reading, ExistingPerson | None, tuple[Problem, ...]]:
        if row.name.empty or row.broken:
            return Reading.REFUSED, None, ()
        if row.key and row.key in self._seen:
            # Who this is cannot be told by the number: the likely one is named and a person chooses.
            return Reading.DOUBTFUL, self._likely(row), (_about(row, ProblemCode.NUMBER_TWICE),)
        person = self._by_key.get(row.key) if row.key else None
        if person is not None:
            if same_name(row, person):
                hidden = (_about(row, ProblemCode.NAME_WITHDRAWN),) if name_withdrawn(row, person) else ()
                return Reading.CHANGED, person, hidden
            return Reading.DOUBTFUL, person, (_about(row, ProblemCode.OTHER_NAME_SAME_NUMBER),)
        again = self._said_before.of(row)
        if again is not None:
            return Reading.CHANGED, again, ()
        # From another list, typed in, or of this source without a number: a person says whether it is one.
        known = self._likely(row)
        named = [] if known is not None else self._namesakes.of(row)
        if known is None and len(named) == 1:
            known = named[0]
        if named or (known is not None and not (known.keys and row.key)):
            return Reading.DOUBTFUL, known, (_about(row, ProblemCode.KNOWN_FROM_ELSEWHERE),)
        if any(code is ProblemCode.MAY_BE_HEADING for code, _weight in row.name.doubts):
            return Reading.DOUBTFUL, None, ()
        return Reading.NEW, None, ()

    def _likely(self, row: RowRead) -> ExistingPerson | None:
        """Whom the case file knows that this may be, by name and days."""
        likely = next((double for double in self._doubles.get(row.number, ()) if double.existing), None)
        return self._by_id.get(likely.existing or "") if likely is not None else None

    def _likely_doubles(self, row: RowRead, person: ExistingPerson | None) -> tuple[LikelyDouble, ...]:
        return tuple(
            double
            for double in self._doubles.get(row.number, ())
            if person is None or double.existing != person.id
        )

    def _candidates(
        self, row: RowRead, person: ExistingPerson | None, elsewhere: Sequence[int]
    ) -> tuple[str, ...]:
        """Everybody a doubtful row may be: other rows, likely ones, whose number it is."""
        by_key = self._by_key.get(row.key) if row.key else None
        first = self._seen.get(row.key) if row.key else None
        rows = [*elsewhere, *([first.number] if first is not None and first is not row else [])]
        found = [row_candidate(number) for number in elsewhere]
        found += [person.id] if person is not None else []
        found += [double.existing for double in self._doubles.get(row.number, ()) if double.existing]
        found += [by_key.id] if by_key is not None else []
        found += [one.id for one in self._namesakes.of(row)]
        found += [row_candidate(number) for number in rows]
        # A row whose person the case file knows stands for that person.
        known = {row_candidate(number): self._known[number] for number in rows if number in self._known}
        return tuple(dict.fromkeys(known.get(one, one) for one in found))


def _unread(row: RowRead, beside: Beside, reading: Reading, extra: tuple[Problem, ...]) -> StagedRow:
    """A row as it stands, before anybody it may be is named."""
    return StagedRow(
        number=row.number,
        key=row.key,
        link=row.link,
        reading=reading,
        existing=None,
        values=row.values,
        facility=row.place.key or None,
        changes=(),
        recognised=row.listing.recognised,
        recognised_on=row.recognised_on,
        declaration=row.declaration,
        problems=row.problems + extra,
        likely_doubles=(),
        read=row,
        beside=beside,
    )


def as_person(row: StagedRow, person: ExistingPerson, fields: frozenset[str], language: str) -> StagedRow:
    """The row as what changes somebody known, or leaves them as they are."""
    joined = join(row.read, person, fields=fields, language=language)
    changes: tuple[FieldChange, ...] = joined.changes
    return attrs.evolve(
        row,
        reading=Reading.CHANGED if changes else Reading.UNCHANGED,
        existing=person.id,
        changes=changes,
        stated=joined.claim_values,
    )


def _about(row: RowRead, code: ProblemCode) -> Problem:
    return Problem(row.number, "", code, Weight.MARKED)


def _by_row(doubles: Sequence[Double]) -> dict[int, tuple[LikelyDouble, ...]]:
    found: dict[int, tuple[LikelyDouble, ...]] = {}
    for double in doubles:
        for one, two in ((double.a, double.b), (double.b, double.a)):
            if isinstance(one, int):
                row, person = (two, None) if isinstance(two, int) else (None, str(two))
                shown = LikelyDouble(row, person, double.hint.score, double.hint.reasons)
                found[one] = (*found.get(one, ()), shown)
    return found
