"""One row read: every cell through its module in `cells/`, then what they say of each other (dates: `life`).

Yields values of a prisoner's fields and a list of problems; compares with nobody (that is `joining.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final, TypeVar

import attrs

from app.domain.dates import PartialDate
from app.domain.field_values import is_empty
from app.domain.prisoner import Sentence
from app.intake.cells.articles import read_articles
from app.intake.cells.dates import read_date
from app.intake.cells.family import KinRead
from app.intake.cells.found import Doubt, Found, left_out, marked, noted, read_text, text_of
from app.intake.cells.godparents import Sponsor, read_godparents, read_state
from app.intake.cells.links import read_countries, read_link
from app.intake.cells.listing import CaseFacts, Listing, status_from_place
from app.intake.cells.names import NameRead
from app.intake.cells.places import PlaceRead, read_place
from app.intake.cells.terms import penalty_beside_term, read_penalty, read_sex, read_term
from app.intake.life import DATES, Life
from app.intake.mapping import ColumnReading, Target
from app.intake.problems import Problem, ProblemCode
from app.intake.read_once import ReadOnce
from app.intake.table import RawRow
from app.names.given_names import sex_of_given_name

_T = TypeVar("_T")
_LONGEST_KEY: Final = 80
_NO_SENTENCE: Final = Sentence()


@attrs.frozen
class RowRead:
    """What one row says.

    Attributes:
        number: of the row (`RawRow.key`).
        key: its number in the source, or empty.
        link: its page in the source, or empty.
        name: taken apart.
        values: fields of a prisoner, only those that say something; without the facility.
        place: where they are held.
        listing: status and recognition.
        declaration: address of the statement of recognition.
        recognised_on: date of recognition.
        problems: everything that is wrong.
        broken: nothing of it can be trusted.
        kin: everybody of the family the row names; closed.
        sponsors: its godparents, each with where the godparenthood stands.
        desk: the office the row belongs to, as written.
        refers: in a table of relatives, number of the prisoner.
        counted: the number that only counts the row, for tables that refer to it.
        of_family: the row is a relative's.
    """

    number: int
    key: str
    link: str
    name: NameRead
    values: Mapping[str, object]
    place: PlaceRead
    listing: Listing
    declaration: str
    recognised_on: PartialDate | None
    problems: tuple[Problem, ...]
    broken: bool = False
    kin: tuple[KinRead, ...] = attrs.field(default=(), repr=False)
    sponsors: tuple[Sponsor, ...] = ()
    desk: str = ""
    refers: str = ""
    counted: str = ""
    of_family: bool = False


class RowReader(ReadOnce):
    """Reads the rows of one list; a cell that comes again is read once.

    Args:
        columns: what each column is.
        today: no detention, verdict or death lies after this day.
        of_families: each row is a relative.
    """

    def __init__(self, columns: Sequence[ColumnReading], today: date, *, of_families: bool = False) -> None:
        super().__init__(columns, today)
        self.of_families: Final = of_families

    def read(self, row: RawRow) -> RowRead:
        """Read one row; never fails, whatever stands in it."""
        return _Row(self, row).read()


class _Row:
    """The work on one row: collects problems while it reads."""

    def __init__(self, reader: RowReader, row: RawRow) -> None:
        self._reader, self._row = reader, row
        self._problems: list[Problem] = []

    def read(self) -> RowRead:
        reader, row = self._reader, self._row
        self._check_width()
        name = NameRead() if self._is_nobody() else self._name()
        dates = self._dates()
        place = self._take(Target.FACILITY, read_place)
        declaration = self._take(Target.DECLARATION, read_link)
        sentence = self._sentence(dates)
        listing = self._listing(place, sentence, dates, declaration)
        key = read_text(reader.cell(row, Target.KEY)).value[:_LONGEST_KEY]
        if not key and reader.has(Target.KEY) and not reader.of_families:
            self._say(Target.KEY, [noted(ProblemCode.NO_NUMBER)])
        values = self._values(name, dates, sentence, listing)
        kin, sponsors, desk = self._kin(name), self._sponsors(), self._take(Target.DESK, read_text)
        return RowRead(  # every problem is known by now
            number=row.key,
            key="" if reader.of_families else key,
            link=self._take(Target.LINK, read_link),
            name=name,
            values={field: value for field, value in values.items() if not is_empty(value)},
            place=place,
            listing=listing,
            declaration=declaration,
            recognised_on=dates[Target.RECOGNISED_ON],
            problems=tuple(dict.fromkeys(self._problems)),
            broken=row.broken,
            kin=kin,
            sponsors=sponsors,
            desk=desk,
            refers=key if reader.of_families else "",
            counted=reader.counted(row),
            of_family=reader.of_families,
        )

    def _kin(self, name: NameRead) -> tuple[KinRead, ...]:
        kin = self._reader.families.of(self._row)
        if not kin or (name.empty and not self._refers()) or self._row.broken:
            return ()
        if self._reader.shared(self._row):
            self._problems.append(Problem(self._row.key, "", *left_out(ProblemCode.FAMILY_OF_TWO)))
            return ()
        doubts = [(ProblemCode.RELATION_UNKNOWN, any(one.relation == "other" and one.known for one in kin))]
        doubts.append((ProblemCode.NOT_SAFE, any(one.unsafe for one in kin)))
        for code, there in doubts:
            if there:
                self._problems.append(Problem(self._row.key, "", *marked(code)))
        return kin

    def _sponsors(self) -> tuple[Sponsor, ...]:
        if not self._reader.names_sponsors:
            return ()
        found = self._take(Target.GODPARENT, read_godparents)
        since, until = (
            self._take(target, partial(read_date, years=self._reader.years(target)))
            for target in (Target.GODPARENT_SINCE, Target.GODPARENT_UNTIL)
        )
        chamber = self._take(Target.GODPARENT_CHAMBER, read_text)
        country = self._take(Target.GODPARENT_COUNTRY, read_countries)
        state = self._take(Target.GODPARENTHOOD_STATE, read_state)
        more = {"chamber": chamber, "country": country[0] if len(country) == 1 else ""}
        return tuple(
            Sponsor(
                one.with_more(more if len(found) == 1 else {}), state or one.state, since or one.since, until
            )
            for one in found
        )

    def _values(
        self,
        name: NameRead,
        dates: Mapping[Target, PartialDate | None],
        sentence: Sentence | None,
        listing: Listing,
    ) -> dict[str, object]:
        countries = self._take(Target.COUNTRY, read_countries)
        return {
            "family_name": name.family_name,
            "given_name": name.given_name,
            "patronymic": name.patronymic,
            "anonymous": name.anonymous,
            "born": dates[Target.BORN],
            "sex": self._sex(name),
            "citizenships": self._take(Target.CITIZENSHIPS, read_countries),
            "country": countries[0] if len(countries) == 1 else "",
            "occupation": self._take(Target.OCCUPATION, read_text),
            "status": listing.status,
            "detained_on": dates[Target.DETAINED_ON],
            "released_on": dates[Target.RELEASED_ON],
            "died_on": dates[Target.DIED_ON],
            "charges": self._take(Target.CHARGES, read_articles),
            "sentences": (sentence,) if sentence is not None else (),
        }

    def _check_width(self) -> None:
        if self._row.broken:
            self._problems.append(Problem(self._row.key, "", *left_out(ProblemCode.ROW_BROKEN)))
        elif len(self._row.cells) > self._reader.width:
            extra = self._row.cells[self._reader.width :]
            if any(text_of(cell) for cell in extra):
                self._problems.append(Problem(self._row.key, "", *marked(ProblemCode.ROW_LONG)))

    def _is_nobody(self) -> bool:
        why = self._reader.nobody(self._row)
        if why is not None:
            self._problems.append(Problem(self._row.key, "", *noted(why)))
        return why is not None

    def _name(self) -> NameRead:
        name = self._reader.name_of(self._row)
        column = Target.NAME if self._reader.has(Target.NAME) else Target.FAMILY_NAME
        self._say(column, name.doubts)
        if self._reader.shared(self._row):
            self._say(column, [marked(ProblemCode.TWO_PEOPLE)])
        if name.empty and not self._refers():
            self._say(column, [left_out(ProblemCode.NO_NAME)])
        return name

    def _refers(self) -> bool:
        """Whether the row says by a number whose relative stands in it."""
        return self._reader.of_families and bool(text_of(self._reader.cell(self._row, Target.KEY)))

    def _dates(self) -> dict[Target, PartialDate | None]:
        reader = self._reader
        read: dict[Target, PartialDate | None] = dict.fromkeys(DATES)
        for target, read_one in reader.dates.items():
            read[target] = self._take(target, read_one)
        if read[Target.BORN] is not None and reader.shared(self._row):
            read[Target.BORN] = None
            self._say(Target.BORN, [left_out(ProblemCode.BORN_OF_TWO)])
        life = Life(read, reader.today)
        for target, doubt in life.doubts:
            self._say(target, [doubt])
        return life.dates

    def _sentence(self, dates: Mapping[Target, PartialDate | None]) -> Sentence | None:
        term = self._take(Target.TERM, read_term)
        penalty = self._take(Target.PENALTY, read_penalty)
        if not self._reader.has(Target.PENALTY):
            penalty = penalty_beside_term(self._reader.cell(self._row, Target.TERM))
        sentence = Sentence(
            term_months=term.months,
            term_text=term.text,
            penalty=penalty.penalty,
            regime=penalty.regime,
            verdict_on=dates[Target.VERDICT_ON],
            appeal_on=dates[Target.APPEAL_ON],
            starts_on=dates[Target.STARTS_ON],
            ends_on=dates[Target.ENDS_ON],
            judge=self._take(Target.JUDGE, read_text),
        )
        return sentence if sentence != _NO_SENTENCE else None

    def _listing(
        self,
        place: PlaceRead,
        sentence: Sentence | None,
        dates: Mapping[Target, PartialDate | None],
        declaration: str,
    ) -> Listing:
        reader, row = self._reader, self._row
        facts = CaseFacts(
            place=place,
            penalty=sentence.penalty if sentence is not None else "",
            sentenced=dates[Target.VERDICT_ON] is not None,
            # Whatever stands there, even if it is no date, speaks against being held.
            died=bool(text_of(reader.cell(row, Target.DIED_ON))),
            released=bool(text_of(reader.cell(row, Target.RELEASED_ON))),
            declaration=bool(declaration) if reader.has(Target.DECLARATION) else None,
            dated=dates[Target.RECOGNISED_ON] is not None,
        )
        listing = reader.listing(row, facts)
        self._say(Target.STATUS, listing.doubts)
        if not reader.has(Target.STATUS) and not listing.status:
            listing = status_from_place(place)
            self._say(Target.FACILITY, listing.doubts)
        return listing

    def _sex(self, name: NameRead) -> str:
        sex = self._take(Target.SEX, read_sex)
        usual = sex_of_given_name(name.given_name) if name.given_name else ""
        if sex in ("male", "female") and usual and usual != sex:
            self._say(Target.SEX, [marked(ProblemCode.SEX_AGAINST_NAME)])
        return sex

    def _take(self, target: Target, read: Callable[[str], Found[_T]]) -> _T:
        found = self._reader.found(target, self._row, read)
        if found.doubts:
            self._say(target, found.doubts)
        return found.value

    def _say(self, target: Target, doubts: Sequence[Doubt]) -> None:
        title = self._reader.title(target)
        self._problems += [Problem(self._row.key, title, code, weight) for code, weight in doubts]
