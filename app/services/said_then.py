"""What a report said of somebody, worked out again from the log and proved by its fingerprint of the row.

Which columns were filled then is not kept. Every way they can have been filled is tried until one has the
fingerprint; where none has, nobody can say what stood there.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from app import vocabulary
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicTexts, texts_id
from app.domain.report import Report
from app.domain.source import Facility
from app.i18n import translator
from app.reports.compose import mark
from app.reports.composed import Cell
from app.reports.kind_file import kind_of
from app.reports.kinds import KindColumn
from app.reports.spellings import in_letters_of
from app.reports.transform import Making, cell, term_cell
from app.services.as_known import Then
from app.services.same_person import roots
from app.services.since import marks_of

_MOST_WAYS = 4096


class SaidThen:
    """One report.

    Args:
        reader: of one transaction.
        report: of a kind about people.
    """

    def __init__(self, reader: Reader, report: Report) -> None:
        self._reader, self._report = reader, report
        self._kind = kind_of(report.report_kind, report.kind_version)
        self._then = Then(reader, report.decided_at_entry or 0)
        words = translator(report.language)
        self._making = Making(report.language, report.number, words, vocabulary.word, b"")
        self._marks = marks_of(reader, report.carried, report.marks)
        self._ids: dict[str, list[str]] = {}
        for one, root in roots(reader, report.carried).items():
            self._ids.setdefault(root, []).append(one)

    def of(self, prisoner: str) -> Mapping[str, str | None] | None:
        """By column (its English words) what it said; None where that cannot be known any more."""
        marks, ids = self._marks.get(prisoner, ()), self._ids.get(prisoner, [])
        if len(marks) != 1 or len(ids) != 1 or self._report.kind_version != self._kind.version:
            return None  # two records then, one now: each said something
        person = self._reader.get_many(Prisoner, ids).get(ids[0])
        if person is None or not self._then.was(person):
            return None
        person = self._then.of(person)
        for spelt in (person, in_letters_of(person, self._report.language)):
            ways = [self._ways(column, spelt) for column in self._kind.columns]
            number = 1
            for each in ways:
                number *= len(each)
            if number > _MOST_WAYS:
                continue
            for row in product(*ways):
                if mark(row) == marks[0]:
                    said = zip(self._kind.columns, row, strict=True)
                    return {column.label: None if value is None else str(value) for column, value in said}
        return None

    def _ways(self, column: KindColumn, person: Prisoner) -> list[Cell]:
        """What a column can have said, the fullest first."""
        found: list[Cell] = [cell(column, person, self._facility(person), self._making, self._texts(person))]
        if column.otherwise is not None:
            found.append(term_cell(column.otherwise, person, self._making))
        return list(dict.fromkeys((*found, None)))

    def _facility(self, person: Prisoner) -> Facility | None:
        found = self._reader.get_many(Facility, [person.facility]) if person.facility else {}
        return next((self._then.of(one) for one in found.values() if self._then.was(one)), None)

    def _texts(self, person: Prisoner) -> PublicTexts | None:
        found = self._reader.get_many(PublicTexts, [texts_id(person.id)])
        return next((self._then.of(one) for one in found.values() if self._then.was(one)), None)
