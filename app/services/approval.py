"""What lets a report leave: the search for names, a second person's yes, one write that is all or nothing.

A report leaves in three steps that survive a cut: *intent* (state `leaving`, in the transaction that decided
again from the ledger), the files put into place, *done*. An intent without a done is shown as *may have
left*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from app.reports.elsewhere.kinds import ELSEWHERE
from app.reports.kind_file import shipped_kind
from app.reports.leave import put_in_place
from app.reports.verify import verify
from app.services.clearances import renew_clearances
from app.services.composing import composed_again, period_of
from app.services.context import Context, Saved
from app.services.file_again import looked_at_again
from app.services.let_leave import APPROVAL_ENDS_AFTER
from app.services.locking import Leaving, leaving
from app.services.name_search import NamesSearched, searched
from app.services.pending import approves_own, reports_to_approve
from app.services.protected_names import searches_all
from app.services.public_figures import for_checks
from app.services.report_keeping import drop_bytes
from app.services.same_person import every_id
from app.services.series_cover import best_for
from app.services.single_uses import write_uses
from app.services.vouched import maker_of


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
class Allowed:
    """On whose word a report leaves; `series` is the id of an approval for three months, or empty."""

    by: str
    series: str | None = None


Allow = Callable[[Reader, Report, Composition], Allowed]
"""Who says that a report may leave, asked again in the transaction that lets it."""


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
            composition = composed_again(self._context, reader, found)
            if _is_elsewhere(found):
                return looked_at_again(self._context, reader, found, progress)
            return searched(self._context, reader, _files(reader, found), composition, progress)

    def approve(self, command: ApproveReport, progress: Progress = no_progress) -> Written:
        """Search for names, decide again, and let the very bytes leave, all of them or none.

        Raises:
            KnownError: NOT_ALLOWED, SAME_PERSON_TWICE, ALREADY_DONE, REPORT_APPROVAL_ENDED, REPORT_CHANGED,
                REPORT_CHECK_FAILED, REPORT_NAME_FOUND, REPORT_FILE_EXISTS, CANNOT_WRITE, NO_SPACE.
        """
        self._context.require(Action.APPROVE_REPORT)
        self._context.require(Action.SEARCH_NAMES)
        return self._leave(command, self._second_person, progress)

    def leave_by_series(self, command: ApproveReport, progress: Progress = no_progress) -> Written:
        """Let a report leave that an approval for three months covers: searched here, decided again.

        Nothing is judged here: a place that may name somebody protected takes the second person.

        Raises:
            KnownError: NEEDS_DESK_KEY without the keys of all desks; REPORT_NOT_APPROVED where no series
                covers it; as `approve`.
        """
        self._context.require(Action.COMPOSE_REPORT)
        self._context.require(Action.SEARCH_NAMES)
        return self._leave(attrs.evolve(command, judged=frozenset()), self._by_series, progress)

    def _leave(self, command: ApproveReport, allow: Allow, progress: Progress) -> Written:
        progress(0, 4, _("Opening and checking every file"))
        with self._context.reading() as reader:
            report = reader.get(Report, command.report)
            composition = self._refuse(reader, report, allow)[0]
            files = _files(reader, report)
            names = self._looked_at(reader, report, files, composition, progress)
            searched_at = reader.head()[0]
        unjudged = [hit for hit in names.to_judge if hit.key not in command.judged]
        if names.found or unjudged:
            raise KnownError(Code.REPORT_NAME_FOUND, command.report)
        going = leaving(report, files, part_of(progress, 2, 3, 4))
        progress(3, 4, _("Deciding again and putting the files into place"))
        intent = self._intend(command, allow, searched_at, going)  # from here on nobody can stop it
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

    def _looked_at(
        self, reader: Reader, report: Report, files: Sequence[MadeFile], now: Composition, progress: Progress
    ) -> NamesSearched:
        """Every check of every file, and every name; a file made elsewhere is looked through again."""
        if _is_elsewhere(report):
            return looked_at_again(self._context, reader, report, part_of(progress, 0, 2, 4))
        _check_again(reader, files, now, report)
        progress(1, 4, _("Searching for names"))
        return searched(self._context, reader, files, now, part_of(progress, 1, 2, 4))

    def _second_person(self, reader: Reader, report: Report, _now: Composition) -> Allowed:
        mine = self._context.me in (report.made_by, maker_of(reader, report.id))
        if mine and not approves_own(self._context, report.report_kind):
            raise KnownError(Code.SAME_PERSON_TWICE)
        return Allowed(self._context.me)

    def _by_series(self, reader: Reader, report: Report, now: Composition) -> Allowed:
        if not searches_all(self._context, reader):
            raise KnownError(Code.NEEDS_DESK_KEY)
        kind = shipped_kind(report.report_kind)
        series, gaps = best_for(self._context, reader, kind, report, now)
        if series is None or gaps or series.approved_by is None:
            raise KnownError(Code.REPORT_NOT_APPROVED, report.id)
        return Allowed(series.approved_by, series.id)

    def _refuse(self, reader: Reader, report: Report, allow: Allow) -> tuple[Composition, Allowed]:
        """What it would be today and on whose word it may leave; everything else is refused."""
        if report.state != "checked" or report.made_at is None:
            raise KnownError(Code.ALREADY_DONE)
        if self._context.clock_is_behind(reader):
            raise KnownError(Code.CLOCK_BEHIND)
        self._context.refuse_doubted(reader)
        if self._context.now() - report.made_at > APPROVAL_ENDS_AFTER:
            raise KnownError(Code.REPORT_APPROVAL_ENDED)
        now = composed_again(self._context, reader, report)
        return now, allow(reader, report, now)

    def _intend(self, command: ApproveReport, allow: Allow, searched_at: int, going: Leaving) -> Report:
        """Decide again and write the intent, in one transaction."""
        with self._context.writing() as work:
            if work.head()[0] != searched_at:  # a name may have come in after the search
                raise KnownError(Code.REPORT_CHANGED)
            report = work.get(Report, command.report)
            composition, allowed = self._refuse(work, report, allow)
            now = self._context.now()
            intent = work.save(
                attrs.evolve(
                    report,
                    state="leaving",
                    names_searched_by=self._context.me,
                    names_searched_at=now,
                    names_searched_entry=searched_at,
                    approved_by=allowed.by,
                    approved_at=now,
                    series=allowed.series,
                    locked=going.kept,
                    pictured=() if _is_elsewhere(report) else tuple(composition.pictured),
                    quoted=() if _is_elsewhere(report) else tuple(composition.quoted),
                ),
                report.version,
            )
            used = write_uses(work, intent, self._context.me, now)
            renew_clearances(self._context, work, used)
            committed = work.commit(Act.REPORT_LEAVING)
            self._context.finish(committed, report.id, Act.REPORT_LEAVING, prisoners=sorted(used))
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
                series=None,
                names_searched_by=None,
                names_searched_at=None,
                names_searched_entry=None,
                locked=(),
            )
            work.save(back, intent.version)
            again = {each for one in intent.quoted for each in every_id(work, one)}
            renew_clearances(self._context, work, again)  # what it would have used was not used
            committed = work.commit(Act.REPORT_FAILED)
            self._context.finish(committed, intent.id, Act.REPORT_FAILED, prisoners=sorted(again))


def _is_elsewhere(report: Report) -> bool:
    """Nobody knows what a file made elsewhere tells of whom it names: it is called back for anything."""
    return shipped_kind(report.report_kind).layout == ELSEWHERE


def _words_for(report: Report, going: Leaving) -> tuple[tuple[str, str], ...]:
    return tuple((report.addressed[place - 1].name, words) for place, words in going.words.items())


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
