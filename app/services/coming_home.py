"""A derived copy comes home: what was written in it beside what stands here, and taking in what is chosen.

Nothing is taken in by itself and nothing overwrites what changed here meanwhile unless somebody says so. A
second look at the same copy finds nothing twice, because it compares words and not what was done before.

Source: security.md, *Derived copies* (what comes home is reviewed and never widens).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.changes import NOTHING, Changes
from app.domain.derived_copy import CopyState, DerivedCopy
from app.domain.errors import Code, KnownError
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.progress import Progress, no_progress
from app.domain.roles import Action
from app.i18n import _
from app.services import stops
from app.services.context import Context
from app.services.copy_contents import came_from
from app.services.copy_reading import CopyRead
from app.services.home_sorting import DRAFT, NOTE, STOP, TEXT, HomeItem, Sorting
from app.services.public_texts import save_texts
from app.services.reports import MakeReport, Reports
from app.services.validate import with_values


@attrs.frozen
class HomeReview:
    """A copy that came home, before anything is taken in.

    Attributes:
        copy: id of the office's record of it.
        holder: who carried it.
        gone: how many things are about somebody who is not here any more.
    """

    copy: str
    holder: str
    items: tuple[HomeItem, ...]
    gone: int
    read: CopyRead = attrs.field(repr=False)


@attrs.frozen
class TakenIn:
    """What came of it.

    Attributes:
        changes: for screens.
        taken: how many things were taken in.
        refused: why a draft could not be made again, one for each.
    """

    changes: Changes
    taken: int
    refused: tuple[KnownError, ...] = ()


class ComingHome:
    """Use cases of a copy that came home; for officers.

    Args:
        ctx: the session at home.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def known(self, case_file: str) -> None:
        """See that this is a copy something may be taken in from, before anything of it is read.

        Raises:
            KnownError: NOT_ALLOWED, COPY_NOT_FROM_HERE, COPY_IS_LOST, COPY_UNFINISHED.
        """
        self._ctx.require(Action.MAKE_COPY)
        with self._ctx.reading() as reader:
            _record(reader, case_file)

    def review(self, read: CopyRead) -> HomeReview:
        """What it brings beside what is here.

        Raises:
            KnownError: as `known`; COPY_ALTERED.
        """
        self._ctx.require(Action.MAKE_COPY)
        with self._ctx.reading() as reader:
            record = _checked(reader, read)
            items, gone = Sorting(reader, record, read).items()
        return HomeReview(record.id, record.holder, tuple(items), gone, read)

    def take(self, review: HomeReview, chosen: Collection[str], progress: Progress = no_progress) -> TakenIn:
        """Take in what was chosen: stops at once, texts and notes in one entry, drafts made again.

        Args:
            review: what was looked at.
            chosen: keys of its items.
            progress: called between drafts.

        Raises:
            KnownError: as `review`; CONFLICT something chosen changed here since it was looked at, TOO_LONG a
                note and those that are here are more than notes hold, LOG_DOUBTED, NO_SPACE, CANNOT_WRITE.
        """
        ctx = self._ctx
        ctx.require(Action.MAKE_COPY)
        wanted = [one for one in review.items if one.key in set(chosen)]
        with ctx.reading() as reader:
            record = _checked(reader, review.read)
            sorting = Sorting(reader, record, review.read)
            now = {one.key: one for one in sorting.items()[0]}
            gone = [one.key for one in wanted if now.get(one.key) != one]
            if gone:
                raise KnownError(Code.CONFLICT, *[key.split(":")[0] for key in gone])
            placed = [sorting.stop_at_home(one.key) for one in wanted if one.what == STOP]
            asked = {one.key: sorting.draft_at_home(one.key) for one in wanted if one.what == DRAFT}
            self._fits(sorting, [one.key for one in wanted if one.what == NOTE], record)
        changes = NOTHING
        for hold in placed:
            changes |= stops.place(ctx, hold.on_noun, hold.on_id, hold.reason).changes
        changes |= self._written(record, review, [one for one in wanted if one.what in (TEXT, NOTE)])
        made, refused = self._drafts(record.id, asked, progress)
        changes |= made
        return TakenIn(changes, len(wanted) - len(refused), tuple(refused))

    def _written(self, record: DerivedCopy, review: HomeReview, wanted: list[HomeItem]) -> Changes:
        """Texts and notes, and that the copy is home, in one entry that may be undone."""
        ctx = self._ctx
        with ctx.writing() as work:
            sorting = Sorting(work, record, review.read)
            for prisoner, texts in sorting.texts_at_home([one.key for one in wanted if one.what == TEXT]):
                save_texts(ctx, work, texts)
                work.mention(Prisoner, prisoner.id)
            for prisoner, note in sorting.notes_at_home([one.key for one in wanted if one.what == NOTE]):
                work.save(self._with_note(prisoner, note, record), prisoner.version)
            home = attrs.evolve(record, state=CopyState.HOME.value, ended_by=ctx.me)
            work.save(attrs.evolve(home, ended_at=ctx.moment(work)), record.version)
            committed = work.commit(Act.COPY_CAME_HOME)
        return ctx.finish(committed, record.id, Act.COPY_CAME_HOME, undo=bool(wanted), prisoners=()).changes

    def _with_note(self, prisoner: Prisoner, note: str, record: DerivedCopy) -> Prisoner:
        """With the note at the end of the notes. Raises KnownError TOO_LONG."""
        told = _("Note from the copy of {name}, {day}").format(
            name=record.holder, day=self._ctx.today().isoformat()
        )
        notes = "\n\n".join(part for part in (prisoner.working_notes, f"{told}:\n{note}") if part)
        return with_values(prisoner, {"working_notes": notes})

    def _fits(self, sorting: Sorting, keys: Collection[str], record: DerivedCopy) -> None:
        """See that every note fits behind those that are here, before anything is taken in."""
        for prisoner, note in sorting.notes_at_home(keys):
            self._with_note(prisoner, note, record)

    def _drafts(
        self, copy: str, asked: Mapping[str, tuple[str, MakeReport]], progress: Progress
    ) -> tuple[Changes, list[KnownError]]:
        ctx, changes = self._ctx, NOTHING
        refused: list[KnownError] = []
        done: list[str] = []
        for number, (draft, command) in enumerate(asked.values()):
            progress(number, len(asked), _("Making drafts again from what may be told today"))
            try:
                changes |= Reports(ctx).make(command).changes
                done.append(draft)
            except KnownError as error:
                if error.code in (Code.NO_SPACE, Code.CANNOT_WRITE, Code.CANCELLED):
                    raise
                refused.append(error)
        if done:
            with ctx.writing() as work:
                record = work.get(DerivedCopy, copy)
                work.save(attrs.evolve(record, drafts=(*record.drafts, *done)), record.version)
                committed = work.commit(Act.COPY_CAME_HOME)
            changes |= ctx.finish(committed, copy, Act.COPY_CAME_HOME, prisoners=()).changes
        return changes, refused


def _record(reader: Reader, case_file: str) -> DerivedCopy:
    found = reader.find(DerivedCopy, copy_file=case_file)
    if len(found) != 1:
        raise KnownError(Code.COPY_NOT_FROM_HERE)
    reader.check_rows(DerivedCopy, [found[0].id])
    if found[0].state == CopyState.LOST:
        raise KnownError(Code.COPY_IS_LOST)
    if found[0].state == CopyState.MAKING:
        raise KnownError(Code.COPY_UNFINISHED)
    return found[0]


def _checked(reader: Reader, read: CopyRead) -> DerivedCopy:
    """The office's record of a copy that is the very one. Raises KnownError as `ComingHome.review`."""
    record = _record(reader, read.case_file)
    after = reader.entry((record.at_entry or 0) + 1)
    expected = (record.root, record.first, came_from(record.seed, after.previous))
    if (read.root, read.first, read.came_from) != expected:
        raise KnownError(Code.COPY_ALTERED)
    return record
