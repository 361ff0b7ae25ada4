"""Bringing a list in: looked at first, committed whole or not at all, taken back as a whole later.

Nothing a list says ever becomes an answer of a relative. Its raw cells go into sealed rows; what stands in
open fields is kept beside the prisoner as a claim of that source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparent, Godparenthood
from app.domain.prisoner import Prisoner
from app.domain.progress import Progress, no_progress, part_of
from app.domain.roles import Action
from app.domain.rows import ListRunRow
from app.domain.source import Facility
from app.i18n import _
from app.intake.column_choice import ColumnFacts, facts_of
from app.intake.how_read import HowRead, from_text
from app.intake.joining import ExistingPerson
from app.intake.parts import Part, parts_of
from app.intake.readers import read_file
from app.intake.reading import RowRead
from app.intake.sponsors import decided as decided_godparent
from app.intake.sponsors import staged_godparents
from app.intake.staged import Preview, Reading, row_of_candidate
from app.intake.staging import check_readable, decide, preview_parts
from app.services.backups import backed_up_before
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.godparents import OVER
from app.services.intake_beside import with_what_they_bring
from app.services.intake_families import Kins, compared, kin_decided
from app.services.intake_looked import Looked, Opened, how_together, with_offices
from app.services.intake_run import Run
from app.services.known_people import existing_people, godparent_name, source_named
from app.services.list_photos import photos_in
from app.services.list_reports import RunReport, report_of
from app.services.taking_back import TakenBack, take_back

__all__ = ["AS_GUESSED", "LEAVE_OUT", "Intake", "Looked", "Opened"]

AS_GUESSED: Final = HowRead()
"""Nothing chosen."""

LEAVE_OUT: Final = "leave_out"
"""In place of an id: a doubtful row that is not to be brought in."""


class Intake:
    """Lists: look, bring in, take back.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    def look(self, path: Path, source_name: str, progress: Progress = no_progress) -> Looked:
        """Read a list and compare it with the case file; writes nothing.

        Args:
            path: the file.
            source_name: whose list it is, as people call it.

        Raises:
            KnownError: NOT_ALLOWED, LIST_NO_NAMES and everything `readers.read_list` raises.
        """
        opened = self.open(path, source_name, part_of(progress, 0, 20))
        check_readable(parts_of(opened.tables, opened.remembered))
        return self.read_as(opened, progress=part_of(progress, 20, 100))

    def open(self, path: Path, source_name: str, progress: Progress = no_progress) -> Opened:
        """Read a file and what was chosen for the last list of its source; writes nothing.

        Raises:
            KnownError: NOT_ALLOWED and everything `readers.read_file` raises.
        """
        self._context.require(Action.BRING_IN_LIST)
        tables = read_file(path, progress=progress)
        name = " ".join(source_name.split())
        with self._context.reading() as reader:
            source = source_named(reader, name)
        return Opened(tables, name, from_text(source.mapping if source is not None else ""))

    def read_as(
        self,
        opened: Opened,
        how: HowRead = AS_GUESSED,
        *,
        from_memory: bool = True,
        progress: Progress = no_progress,
    ) -> Looked:
        """Compare a file with the case file, its tables and columns taken as chosen; writes nothing.

        Nothing is brought in from a file in which no column names people: its preview is empty.

        Args:
            opened: from `open`.
            how: what a person chose.
            from_memory: what was chosen for the last list of this source counts too.
            progress: called between steps; it may cancel.

        Raises:
            KnownError: NOT_ALLOWED, CANCELLED.
        """
        self._context.require(Action.BRING_IN_LIST)
        parts = parts_of(opened.tables, how_together(opened, how, from_memory=from_memory), how)
        with self._context.reading() as reader:
            existing = existing_people(reader, source_named(reader, opened.source_name))
            head = reader.head()[0]
            has_key = reader.has_desk_key
            places = reader.find(Facility)
        found = preview_parts(parts, existing, today=self._context.today(), places=places, progress=progress)
        with self._context.reading() as reader:
            sponsors = reader.find(Godparent)
            pairs = frozenset(
                (one.prisoner, one.godparent) for one in reader.find(Godparenthood) if one.state not in OVER
            )
            found = with_offices(reader, found)
        looked = Looked(
            found,
            opened.source_name,
            head,
            cells_left_out=not has_key,
            opened=opened,
            parts=parts,
            columns=_columns(parts, found),
            how=how,
            from_memory=from_memory,
            known={person.id: person for person in existing},
            godparents=staged_godparents(_brought_in(found), sponsors),
            godparent_names={one.id: godparent_name(one) for one in sponsors},
            godparented=pairs,
        )
        return self._with_kins(looked)

    def decide(self, looked: Looked, choices: Mapping[int, str | None]) -> Looked:
        """The list after a person chose for doubtful rows; writes nothing.

        Args:
            looked: from `look`.
            choices: number of the row to the id of the person it belongs to, another row of the list
                (`row_candidate`), None for somebody new, `LEAVE_OUT` for nobody. Of somebody who is not known
                here the row stays doubtful.
        """
        left_out = {row for row, person in choices.items() if person == LEAVE_OUT}
        people: dict[int, ExistingPerson | int | None] = {}
        for row, person in choices.items():
            other = row_of_candidate(person or "")
            if person is None or other is not None:
                people[row] = other
            elif person in looked.known:
                people[row] = looked.known[person]
        found = decide(looked.preview, people, left_out, looked.known)
        return self._with_kins(attrs.evolve(looked, preview=found))

    def decide_godparent(self, looked: Looked, key: str, choice: str | None) -> Looked:
        """The list after a person said who a godparent is; writes nothing.

        Args:
            looked: from `look`.
            key: of the godparent in the list.
            choice: id of a known one, None for somebody new, `LEAVE_OUT` for nobody.
        """
        known = choice if choice in looked.godparent_names else None
        if choice is not None and choice != LEAVE_OUT and known is None:
            return looked
        staged = tuple(
            decided_godparent(one, known, left_out=choice == LEAVE_OUT) if one.key == key else one
            for one in looked.godparents
        )
        return with_what_they_bring(attrs.evolve(looked, godparents=staged))

    def decide_kin(self, looked: Looked, row: int, place: int, choice: str | None) -> Looked:
        """The list after a person said who somebody of a family in doubt is; writes nothing.

        Args:
            looked: from `look`.
            row: of the list.
            place: of that person among the family the row names, from 0.
            choice: id of the known relative, None for somebody else of that relation, `LEAVE_OUT` for nobody.
        """
        chosen = {**looked.kin_choices, (row, place): choice}
        kins = _with_choices(looked.kins, chosen)
        return with_what_they_bring(attrs.evolve(looked, kin_choices=chosen, kins=kins))

    def look_photos(self, looked: Looked, folder: Path, progress: Progress = no_progress) -> Looked:
        """The list with the photos of a folder, by number; writes nothing.

        Args:
            looked: from `look`.
            folder: with files named like the numbers of the list, `12.jpg`.
            progress: called between files; it may cancel.

        Raises:
            KnownError: NOT_ALLOWED, PHOTOS_UNREADABLE, PHOTOS_TOO_MANY, CANCELLED.
        """
        self._context.require(Action.BRING_IN_LIST)
        with self._context.reading() as reader:
            people = reader.get_many(Prisoner, [row.existing for row in looked.preview.rows if row.existing])
        with_photo = frozenset(one.id for one in people.values() if one.photo)
        return attrs.evolve(looked, photos=photos_in(folder, looked.preview, with_photo, progress))

    def _with_kins(self, looked: Looked) -> Looked:
        with self._context.reading() as reader:
            kins = compared(self._context, reader, looked.preview)
        kins = _with_choices(kins, looked.kin_choices)
        return with_what_they_bring(attrs.evolve(looked, kins=kins))

    def commit(self, looked: Looked, progress: Progress = no_progress, *, even_most: bool = False) -> Saved:
        """Bring the list in: everything in one transaction and one log entry, or nothing.

        Args:
            looked: from `look`, decided.
            progress: called between steps; it may cancel.
            even_most: a person said so although nearly everybody in the case file would change.

        Raises:
            KnownError: NOT_ALLOWED, LIST_CHANGES_MOST, LIST_NO_NAMES, LIST_EMPTY, LIST_CHANGED_SINCE_PREVIEW,
                NO_SPACE, CANNOT_WRITE.
        """
        self._context.require(Action.BRING_IN_LIST)
        check_readable(looked.parts)
        if looked.changes_most and not even_most:
            raise KnownError(Code.LIST_CHANGES_MOST)
        self._check_unchanged(looked)
        head, backup = backed_up_before(self._context, part_of(progress, 0, 3, 6))
        progress = part_of(progress, 3, 6, 6)
        with self._context.writing() as work:
            if work.head()[0] != head:
                raise KnownError(Code.LIST_CHANGED_SINCE_PREVIEW)
            progress(0, 3, _("Writing the people"))
            run = Run(self._context, work, looked)
            run.write()
            progress(1, 3, _("Bringing clearances up to date"))
            renew_clearances(self._context, work, set(run.touched))
            progress(2, 3, _("Saving"))
            saved = self._context.finish(work.commit(Act.LIST_BROUGHT_IN), run.id, Act.LIST_BROUGHT_IN)
        progress(3, 3, _("Done"))
        return attrs.evolve(saved, changes=saved.changes | backup)

    def take_back(self, run: str, progress: Progress = no_progress) -> TakenBack:
        """Undo a whole list, after a backup; see `taking_back.take_back`."""
        self._context.require(Action.UNDO_LIST)
        _head, backup = backed_up_before(self._context, progress)
        taken = take_back(self._context, run)
        return attrs.evolve(taken, saved=attrs.evolve(taken.saved, changes=taken.saved.changes | backup))

    def _check_unchanged(self, looked: Looked) -> None:
        with self._context.reading() as reader:
            # A backup changes nobody, and the first of a day is often made while a list is looked at.
            if any(entry.act != Act.BACKED_UP for entry in reader.entries(looked.head + 1)):
                raise KnownError(Code.LIST_CHANGED_SINCE_PREVIEW)

    def report(self, run: str) -> RunReport:
        """What a list did when it came in, line by line. Raises KnownError NOT_ALLOWED, NOT_FOUND."""
        self._context.require_open_reading()
        return report_of(self._context, run)

    def runs(self) -> tuple[ListRunRow, ...]:
        """Lists brought in, newest first."""
        self._context.require_open_reading()
        with self._context.reading() as reader:
            rows, name = reader.list_runs(), self._context.name_of
        return tuple(attrs.evolve(row, brought_in_by=name(row.brought_in_by)) for row in rows)


def _with_choices(kins: Kins, choices: Mapping[tuple[int, int], str | None]) -> Kins:
    """The families with everybody a person decided about; what nobody is in doubt about stays."""
    found = {row: list(family) for row, family in kins.items()}
    for (row, place), choice in choices.items():
        if place < len(found.get(row, ())):
            left_out = choice == LEAVE_OUT
            kin = found[row][place]
            found[row][place] = kin_decided(kin, None if left_out else choice, left_out=left_out)
    return {row: tuple(family) for row, family in found.items()}


def _brought_in(found: Preview) -> Iterator[RowRead]:
    """The rows whose godparents are somebody's: those of a row that is refused are nobody's."""
    return (row.read for row in found.rows if row.reading is not Reading.REFUSED)


def _columns(parts: Sequence[Part], found: Preview) -> tuple[ColumnFacts, ...]:
    problems = [problem for row in found.rows for problem in row.problems]
    return tuple(facts for part in parts for facts in facts_of(part, problems))
