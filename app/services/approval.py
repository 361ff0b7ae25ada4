"""What lets a report leave: the search for names, a second person's yes, one write that is all or nothing.

A report leaves in three steps that survive a cut: *intent* (state `leaving`, in the transaction that decided
again from the ledger), the files put into place, *done*. An intent without a done is shown as *may have
left*.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ports import Reader, UnitOfWork
from app.domain.progress import Progress, no_progress, part_of
from app.domain.report import Report
from app.domain.roles import Action
from app.i18n import _
from app.reports.compose import Composition
from app.reports.draft import MadeFile, write_one
from app.reports.kind_file import shipped_kind
from app.reports.leave import put_in_place
from app.reports.occasions import MESSAGE
from app.reports.verify import verify
from app.reports.verify.names import NameHit, NameSearch, search_names
from app.services.addressing import check_as_made
from app.services.composing import Wanted, compose_today, period_of
from app.services.context import Context, Saved
from app.services.locking import Leaving, leaving
from app.services.pending import approves_own, reports_to_approve
from app.services.protected_names import everybody, not_cleared, others_than, relatives
from app.services.public_figures import for_checks
from app.services.report_keeping import drop_bytes
from app.services.vouched import maker_of

APPROVAL_ENDS_AFTER: Final = timedelta(days=3)


@attrs.frozen
class ApproveReport:
    """Let a report leave.

    Attributes:
        report: its id.
        out_dir: the folder the files are put into.
        judged: names the approver looked at and found to be somebody else's (`Namesake.key`).
    """

    report: str
    out_dir: Path
    judged: frozenset[str] = frozenset()


@attrs.frozen
class Namesake:
    """A place that may name somebody protected: a namesake, a family name alone, one spelt alike."""

    key: str
    name: str = attrs.field(repr=False)
    file_format: str
    where: str


@attrs.frozen
class NamesSearched:
    """What the search for names found in the files of a report."""

    found: tuple[Namesake, ...]
    to_judge: tuple[Namesake, ...]
    examined: int


@attrs.frozen
class Written:
    """A report that left.

    Attributes:
        words: names of recipients with the words their files are locked with: told once, kept nowhere.
    """

    saved: Saved
    paths: tuple[Path, ...]
    words: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)


class Approval:
    """Searching, approving, sending back.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    def pending(self) -> tuple[str, ...]:
        """Ids of reports that wait for an approval I could give."""
        return reports_to_approve(self._context)

    def search_names(self, report: str, progress: Progress = no_progress) -> NamesSearched:
        """Search the files of a draft for every protected name; writes nothing.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, REPORT_CHANGED.
        """
        self._context.require(Action.SEARCH_NAMES)
        with self._context.reading() as reader:
            found = reader.get(Report, report)
            composition = self._composed_again(reader, found)
            files = _files(reader, found)
            return self._search(reader, files, composition, progress)

    def approve(self, command: ApproveReport, progress: Progress = no_progress) -> Written:
        """Search for names, decide again, and let the very bytes leave, all of them or none.

        Raises:
            KnownError: NOT_ALLOWED, SAME_PERSON_TWICE, ALREADY_DONE, REPORT_APPROVAL_ENDED, REPORT_CHANGED,
                REPORT_CHECK_FAILED, REPORT_NAME_FOUND, REPORT_FILE_EXISTS, CANNOT_WRITE, NO_SPACE.
        """
        self._context.require(Action.APPROVE_REPORT)
        self._context.require(Action.SEARCH_NAMES)
        progress(0, 4, _("Opening and checking every file"))
        with self._context.reading() as reader:
            report = reader.get(Report, command.report)
            self._refuse(reader, report)
            composition = self._composed_again(reader, report)
            files = _files(reader, report)
            _check_again(reader, files, composition, report)
            progress(1, 4, _("Searching for names"))
            searched = self._search(reader, files, composition, part_of(progress, 1, 2, 4))
            searched_at = reader.head()[0]
        unjudged = [hit for hit in searched.to_judge if hit.key not in command.judged]
        if searched.found or unjudged:
            raise KnownError(Code.REPORT_NAME_FOUND, command.report)
        going = leaving(report, files, part_of(progress, 2, 3, 4))
        progress(3, 4, _("Deciding again and putting the files into place"))
        intent = self._intend(command, searched_at, going)  # from here on nobody can stop it
        try:
            paths = put_in_place(going.files, command.out_dir)
        except KnownError:
            self._failed(intent)
            raise
        saved = self._done(intent)
        progress(4, 4, _("Done"))
        return Written(saved, paths, _words_for(report, going))

    def send_back(self, report: str, words: str) -> Saved:
        """Send a draft back to its maker with a few words."""
        self._context.require(Action.APPROVE_REPORT)
        with self._context.writing() as work:
            found = work.get(Report, report)
            if found.state != "checked":
                raise KnownError(Code.ALREADY_DONE)
            changed = attrs.evolve(found, state="came_back", came_back_because=" ".join(words.split()))
            work.save(changed, found.version)
            return self._context.finish(
                work.commit(Act.REPORT_CAME_BACK), report, Act.REPORT_CAME_BACK, prisoners=()
            )

    # steps

    def _refuse(self, reader: Reader, report: Report) -> None:
        mine = self._context.me in (report.made_by, maker_of(reader, report.id))
        if mine and not approves_own(self._context, report.report_kind):
            raise KnownError(Code.SAME_PERSON_TWICE)
        if report.state != "checked" or report.made_at is None:
            raise KnownError(Code.ALREADY_DONE)
        if self._context.clock_is_behind(reader):
            raise KnownError(Code.CLOCK_BEHIND)
        self._context.refuse_doubted(reader)
        if self._context.now() - report.made_at > APPROVAL_ENDS_AFTER:
            raise KnownError(Code.REPORT_APPROVAL_ENDED)

    def _composed_again(self, reader: Reader, report: Report) -> Composition:
        """What the report would be today; anything else than what was made is refused."""
        reader.check_rows(Report, [report.id])
        kind = shipped_kind(report.report_kind)
        check_as_made(reader, kind, report)
        composition = compose_today(self._context, reader, Wanted.again(report, kind))
        if composition.report.fingerprint() != report.composed_sha256:
            raise KnownError(Code.REPORT_CHANGED)
        return composition

    def _search(
        self, reader: Reader, files: Sequence[MadeFile], composition: Composition, progress: Progress
    ) -> NamesSearched:
        progress(0, 0, _("Searching for names"))
        names = relatives(reader)
        if report_counts(composition):
            names += everybody(self._context, reader)
        elif composition.report.layout == MESSAGE:
            names += others_than(reader, composition.named)
        else:
            names += not_cleared(reader, composition)
        return _as_found(search_names(files, composition.report, names, progress=progress))

    def _intend(self, command: ApproveReport, searched_at: int, going: Leaving) -> Report:
        """Decide again and write the intent, in one transaction."""
        with self._context.writing() as work:
            if work.head()[0] != searched_at:  # a name may have come in after the search
                raise KnownError(Code.REPORT_CHANGED)
            report = work.get(Report, command.report)
            self._refuse(work, report)
            self._composed_again(work, report)
            now = self._context.now()
            intent = work.save(
                attrs.evolve(
                    report,
                    state="leaving",
                    names_searched_by=self._context.me,
                    names_searched_at=now,
                    names_searched_entry=searched_at,
                    approved_by=self._context.me,
                    approved_at=now,
                    locked=going.kept,
                ),
                report.version,
            )
            self._context.finish(work.commit(Act.REPORT_LEAVING), report.id, Act.REPORT_LEAVING, prisoners=())
            return intent

    def _done(self, intent: Report) -> Saved:
        with self._context.writing() as work:
            bare = drop_bytes(work, intent)
            work.save(attrs.evolve(bare, state="done", written_at=self._context.now()), intent.version)
            return self._context.finish(
                work.commit(Act.REPORT_DONE), intent.id, Act.REPORT_DONE, prisoners=()
            )

    def _failed(self, intent: Report) -> None:
        """Nothing was written: the report is a checked draft again, and an entry says what happened."""
        with self._context.writing() as work:
            back = attrs.evolve(
                intent,
                state="checked",
                approved_by=None,
                approved_at=None,
                names_searched_by=None,
                names_searched_at=None,
                names_searched_entry=None,
                locked=(),
            )
            work.save(back, intent.version)
            self._context.finish(work.commit(Act.REPORT_FAILED), intent.id, Act.REPORT_FAILED, prisoners=())


def _words_for(report: Report, going: Leaving) -> tuple[tuple[str, str], ...]:
    return tuple((report.addressed[place - 1].name, words) for place, words in going.words.items())


def report_counts(composition: Composition) -> bool:
    """Whether it is a report of figures, which names nobody."""
    return bool(composition.report.tables)


def _files(reader: UnitOfWork | Reader, report: Report) -> tuple[MadeFile, ...]:
    """The bytes of a draft, each the one the maker saw."""
    return tuple(
        MadeFile(file.file_format, file.name, reader.blob_get(file.content or ""), file.sha256)
        for file in report.files
    )


def _check_again(reader: Reader, files: Sequence[MadeFile], composition: Composition, report: Report) -> None:
    kind = shipped_kind(report.report_kind)
    before = for_checks(reader, kind, period_of(report), report.number)
    for check in verify(files, composition.report, kind, write_one, published=before):
        if not check.passed:
            raise KnownError(Code.REPORT_CHECK_FAILED, report.id, check=check.check, where=check.where)


def _as_found(search: NameSearch) -> NamesSearched:
    return NamesSearched(
        tuple(_namesake(hit) for hit in search.hits),
        tuple(_namesake(hit) for hit in search.namesakes),
        search.examined,
    )


def _namesake(hit: NameHit) -> Namesake:
    return Namesake(f"{hit.person}/{hit.file_format}/{hit.where}", hit.text, hit.file_format, hit.where)
