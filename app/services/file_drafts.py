"""A file made elsewhere that may leave: kept as a draft until a second person lets it go.

It goes through the ledger as a report does: a number, whom it names, who gets it, its fingerprint. Only a
file in which nothing was found that has to come out is kept.

Source: reports.md, *Check a file*.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.progress import Progress, no_progress, part_of
from app.domain.report import CheckResult, Report, ReportFile
from app.domain.roles import Action
from app.i18n import _, current_language
from app.reports.elsewhere.kinds import elsewhere_kind_for
from app.reports.elsewhere.reading import FileTold, read_bytes, untrusted_bytes
from app.reports.elsewhere.told import Said
from app.services.addressing import letter_for
from app.services.context import Context, Saved
from app.services.file_again import told_again
from app.services.file_looking import FoundInFile, look_through
from app.services.file_ours import OursChanged, changed_of_ours, ours_of
from app.services.report_keeping import next_number, snapshot_of

ELSEWHERE_CHECK: Final = "elsewhere"


@attrs.frozen
class KeepFile:
    """Keep a file that was checked.

    Attributes:
        path: of the file.
        sha256: of the bytes that were checked; others are refused.
        institution: who will read it, a recipient's name or one that is none; empty for everybody.
    """

    path: Path = attrs.field(repr=False)
    sha256: str
    institution: str = attrs.field(default="", repr=False)


@attrs.frozen
class KeptFile:
    """A kept file as its approver sees it.

    Attributes:
        said: everything it says, with its places.
        to_look: what somebody has to look at.
        ours: what changed, where it is a report of ours.
    """

    said: tuple[Said, ...] = attrs.field(repr=False)
    to_look: tuple[FoundInFile, ...]
    ours: OursChanged | None


class FileDrafts:
    """Use cases of kept files; approving is `Approval`'s.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    def keep(self, command: KeepFile, progress: Progress = no_progress) -> Saved:
        """Look it through again and keep it for a second person.

        Raises:
            KnownError: NOT_ALLOWED, CLOCK_BEHIND, LOG_DOUBTED; FILE_OTHER_BYTES, FILE_HAS_TO_CHANGE;
                RECIPIENT_…; as `read_elsewhere`.
        """
        ctx = self._context
        ctx.refuse_in_copy()
        ctx.require(Action.CHECK_FILE)
        ctx.require(Action.COMPOSE_REPORT)
        untrusted = untrusted_bytes(command.path)
        if hashlib.sha256(untrusted).hexdigest() != command.sha256:
            raise KnownError(Code.FILE_OTHER_BYTES)
        told = read_bytes(untrusted, command.path, part_of(progress, 0, 30, 100))
        kind = elsewhere_kind_for(command.institution)
        with ctx.reading() as reader:
            if ctx.clock_is_behind(reader):
                raise KnownError(Code.CLOCK_BEHIND)
            ctx.refuse_doubted(reader)
            letter = letter_for(reader, kind, (command.institution,) if command.institution else ())
            step = part_of(progress, 30, 95, 100)
            ours = ours_of(reader, told)
            looked = look_through(ctx, reader, told, letter.recipients, letter.addressed, ours, step)
        if any(one.must_go for one in looked.found):
            raise KnownError(Code.FILE_HAS_TO_CHANGE)
        progress(95, 100, _("Keeping the draft"))
        with ctx.writing() as work:
            number = next_number(work, ctx.today())
            name = f"{number}-checked-file.{told.file_format}"
            blob = work.blob_put(untrusted)
            row = Report(
                RecordId(new_id()),
                number=number,
                report_kind=kind.name,
                kind_version=kind.version,
                language=current_language(),
                day=ctx.today(),
                state="checked",
                prisoners=looked.carried,
                everyone=False,
                recipients=letter.recipients,
                addressed=letter.addressed,
                formats=(told.file_format,),
                named=len(looked.carried),
                carried=looked.carried,
                composed_sha256=told.sha256,
                files=(ReportFile(told.file_format, name, told.sha256, told.size, blob),),
                checks=(_passed(told),),
                decided_at_entry=looked.head,
                made_by=ctx.me,
                made_at=ctx.now(),
            )
            work.add(row)
            if work.has_desk_key and looked.carried:
                only = attrs.evolve(
                    looked.composition,
                    named=tuple(RecordId(one) for one in looked.carried),
                    figures_only=(),
                    left_out=(),
                )
                work.add(snapshot_of(ctx.lasting_id(), row, only))
            saved = ctx.finish(work.commit(Act.REPORT_MADE), row.id, Act.REPORT_MADE, prisoners=())
        progress(100, 100, _("Done"))
        return saved

    def look(self, report: str, progress: Progress = no_progress) -> KeptFile:
        """What a kept file says, read from its very bytes.

        Raises:
            KnownError: NOT_ALLOWED; NOT_FOUND once it left or was dropped; as `read_elsewhere`.
        """
        ctx = self._context
        ctx.require_open_reading()
        with ctx.reading() as reader:
            found = reader.get(Report, report)
            told = told_again(reader, found, part_of(progress, 0, 60, 100))
            step = part_of(progress, 60, 100, 100)
            ours = ours_of(reader, told, apart_from=found.id)
            looked = look_through(ctx, reader, told, found.recipients, found.addressed, ours, step)
            changed = changed_of_ours(ctx, reader, told, ours)
        return KeptFile(told.said, tuple(one for one in looked.found if not one.must_go), changed)


def _passed(told: FileTold) -> CheckResult:
    return CheckResult(ELSEWHERE_CHECK, told.file_format, passed=True, examined=len(told.said))
