"""Checking a file made or changed elsewhere before it leaves the house: what it carries, whom it names.

The file is read in the limited child; what it says comes back as text and is searched here: by everybody for
ways to reach somebody and for prisoners who may not be named to these readers, by whoever holds every desk's
key for the names of relatives. Nothing of the file is kept but its fingerprint and what came of it;
keeping one for a second person is `file_drafts`.

Source: reports.md, *Check a file* and *The verifier*.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.changes import Changes
from app.domain.file_check import FileCheck, of_these_bytes
from app.domain.ids import RecordId, new_id
from app.domain.progress import Progress, no_progress, part_of
from app.domain.roles import Action
from app.i18n import _
from app.reports.elsewhere.kinds import elsewhere_kind_for
from app.reports.elsewhere.reading import FileTold, read_elsewhere
from app.services.addressing import letter_for
from app.services.context import Context, Saved
from app.services.file_looking import FoundInFile, look_through
from app.services.file_ours import OursChanged, changed_of_ours, ours_of
from app.services.protected_names import searches_all

__all__ = ["CheckFile", "CheckedFile", "FileChecks", "FoundInFile"]
_STEPS: Final = 100


@attrs.frozen
class CheckFile:
    """Look through a file.

    Attributes:
        path: of the file.
        institution: who will read it; empty for everybody.
    """

    path: Path = attrs.field(repr=False)
    institution: str = attrs.field(default="", repr=False)


@attrs.frozen
class CheckedFile:
    """What came of it.

    Attributes:
        saved: the entry.
        found: what must go first.
        texts: how many texts were looked through.
        searched: whether the names of relatives were searched for.
        before: earlier checks of the same bytes, newest first.
        ours: what is other than in a report of ours, where it is one.
    """

    saved: Saved
    told: FileTold
    found: tuple[FoundInFile, ...]
    texts: int
    searched: bool
    before: tuple[FileCheck, ...]
    ours: OursChanged | None = None

    @property
    def changes(self) -> Changes:
        """For screens."""
        return self.saved.changes

    @property
    def must_go(self) -> tuple[FoundInFile, ...]:
        """What has to come out of the file."""
        return tuple(one for one in self.found if one.must_go)

    @property
    def to_look(self) -> tuple[FoundInFile, ...]:
        """What somebody has to look at."""
        return tuple(one for one in self.found if not one.must_go)


class FileChecks:
    """Use cases of files made elsewhere.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    @property
    def searches_names(self) -> bool:
        """Whether I hold what it takes to search for the names of relatives."""
        with self._context.reading() as reader:
            return searches_all(self._context, reader)

    def check(self, command: CheckFile, progress: Progress = no_progress) -> CheckedFile:
        """Look a file through and write down that it was.

        Raises:
            KnownError: NOT_ALLOWED; FILE_MISSING, FILE_EMPTY, FILE_TOO_LARGE, FILE_UNREADABLE,
                FILE_ENCRYPTED, FILE_NO_REPORT; LOG_DOUBTED, NO_SPACE, CANNOT_WRITE; CANCELLED, in which
                case nothing was written.
        """
        ctx = self._context
        ctx.require(Action.CHECK_FILE)
        told = read_elsewhere(command.path, part_of(progress, 0, 30, _STEPS))
        with ctx.reading() as reader:
            ctx.refuse_doubted(reader)
            to = (command.institution,) if command.institution else ()
            letter = letter_for(reader, elsewhere_kind_for(*to), to)
            step = part_of(progress, 30, 95, _STEPS)
            ours = ours_of(reader, told)
            looked = look_through(ctx, reader, told, letter.recipients, letter.addressed, ours, step)
            changed = changed_of_ours(ctx, reader, told, ours)
        found, searched, head = looked.found, looked.searched, looked.head
        progress(95, _STEPS, _("Writing down that it was checked"))
        saved, before = self._record(command, told, found, head, searched=searched)
        progress(_STEPS, _STEPS, _("Done"))
        return CheckedFile(saved, told, found, len(told.said), searched, before, changed)

    # parts

    def _record(
        self, command: CheckFile, told: FileTold, found: Sequence[FoundInFile], head: int, *, searched: bool
    ) -> tuple[Saved, tuple[FileCheck, ...]]:
        ctx = self._context
        with ctx.writing() as work:
            before = of_these_bytes(work.find(FileCheck), told.sha256)
            row = FileCheck(
                RecordId(new_id()),
                by=ctx.me,
                at=ctx.moment(work),
                file_format=told.file_format,
                sha256=told.sha256,
                size=told.size,
                public=not command.institution,
                must_go=sum(one.must_go for one in found),
                to_look=sum(not one.must_go for one in found),
                searched=searched,
                names=sum(len(one.places) for one in found if one.what in ("name", "may_be_name")),
                head=head,
            )
            work.add(row)
            committed = work.commit(Act.FILE_CHECKED)
        return ctx.finish(committed, row.id, Act.FILE_CHECKED, prisoners=()), before
