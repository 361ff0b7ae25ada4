"""Two reports of one kind side by side: who is new, gone or told otherwise, in what, and on what grounds.

Nothing more is kept for it than the ledger has. What a report said of somebody is worked out again from the
log, and believed only where it has the fingerprint the report was made with; what was erased since cannot be
known, and is said so. Values and reasons are for those with the key; others learn which columns changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

import attrs

from app.domain.clock import local_day
from app.domain.consent import Decision, decide_in
from app.domain.consent_answers import Ledger
from app.domain.errors import Code, KnownError
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.progress import Progress, no_progress
from app.domain.report import Report, TextBlock
from app.domain.roles import Action
from app.i18n import _
from app.reports.kind_file import kind_of
from app.reports.kinds import ReportKind
from app.services.addressing import names_of
from app.services.as_known import Then, entry_at, ledger_then
from app.services.as_of import moment_of
from app.services.columns_moved import ColumnMoved, columns_moved
from app.services.context import Context
from app.services.deciding import requests_of
from app.services.file_ours import pictures_in
from app.services.said_then import SaidThen
from app.services.same_person import roots
from app.services.since import Moves, Since, moves_of, since_of

_MOST = 200
"""People whose reasons are decided again; of more the numbers are told."""


@attrs.frozen
class Side:
    """One of the two, as the ledger keeps it.

    Attributes:
        recipients: as they are called today.
        made_by, approved_by: names.
    """

    report: Report
    recipients: tuple[str, ...]
    made_by: str
    approved_by: str


@attrs.frozen
class PurposeMoved:
    """One purpose decided otherwise for somebody, then and then; None where it cannot be known."""

    purpose: str
    before: Decision | None
    after: Decision | None


@attrs.frozen
class PersonMoved:
    """Somebody who is new, gone or told otherwise.

    Attributes:
        columns: that say something else; None where it cannot be known any more.
        purposes: that were decided otherwise; none without the key.
    """

    prisoner: str
    name: str
    columns: tuple[ColumnMoved, ...] | None = ()
    purposes: tuple[PurposeMoved, ...] = ()


@attrs.frozen
class TextMoved:
    """A text that stands in only one of the two."""

    block: TextBlock
    new: bool


@attrs.frozen
class FileMoved:
    """One format: fingerprints in the earlier and the later report, "" where it was not made."""

    file_format: str
    before: str
    after: str


@attrs.frozen
class FigureMoved:
    """A figure both told, differently."""

    measure: str
    day: str
    before: int | None
    after: int | None


@attrs.frozen
class Compared:
    """What is other in the later of two reports.

    Attributes:
        since: who moved, or how many figures; None for figures that keep no count of their own.
        moved: people who are new, gone or told otherwise, by name; `more` of them are only counted.
        with_reasons: whether values and decisions are told.
    """

    kind: ReportKind
    before: Side
    after: Side
    since: Since | None
    moved: tuple[PersonMoved, ...]
    more: int
    texts: tuple[TextMoved, ...]
    files: tuple[FileMoved, ...]
    figures: tuple[FigureMoved, ...]
    with_reasons: bool


class Comparing:
    """The use case.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def compare(self, one: str, other: str, progress: Progress = no_progress) -> Compared:
        """Compare two reports, the one that was made first with the later one.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, REPORTS_NOT_ALIKE, CANCELLED.
        """
        ctx = self._ctx
        ctx.require_open_reading()
        with ctx.reading() as reader:
            before, after = sorted(
                (reader.get(Report, one), reader.get(Report, other)), key=lambda each: str(each.made_at or "")
            )
            if before.report_kind != after.report_kind or before.id == after.id:
                raise KnownError(Code.REPORTS_NOT_ALIKE)
            kind = kind_of(after.report_kind, after.kind_version)
            if kind.audits:
                ctx.require(Action.AUDIT_CONSENT)
            reader.check_rows(Report, [before.id, after.id])
            moves = moves_of(reader, before, after, after.carried, after.marks)
            with_reasons = reader.has_desk_key
            moved, more = (
                ((), 0) if kind.counts_only else self._people(reader, before, after, moves, progress)
            )
            return Compared(
                kind,
                self._side(reader, before),
                self._side(reader, after),
                since_of(reader, before.id, after, after.carried, after.marks),
                moved,
                more,
                texts_moved(before.texts, after.texts),
                _files(before, after),
                _figures(before, after),
                with_reasons,
            )

    def _side(self, reader: Reader, report: Report) -> Side:
        name = self._ctx.name_of
        return Side(report, tuple(names_of(reader, report)), name(report.made_by), name(report.approved_by))

    def _people(
        self, reader: Reader, before: Report, after: Report, moves: Moves, progress: Progress
    ) -> tuple[tuple[PersonMoved, ...], int]:
        changed = moves.changed or ()
        wanted = [*moves.new, *moves.gone, *changed]
        people = reader.get_many(Prisoner, wanted)
        shown = sorted(people.values(), key=lambda one: (display_name(one).casefold(), one.id))[:_MOST]
        ids = [str(one.id) for one in shown]
        with_key = reader.has_desk_key
        progress(0, 3, _("Reading what was known then"))
        earlier = _decided(self._ctx, reader, before, ids) if with_key else {}
        progress(1, 3, _("Deciding again as it was then"))
        later = _decided(self._ctx, reader, after, ids) if with_key else {}
        progress(2, 3, _("Reading what was known then"))
        sayings = SaidThen(reader, before), SaidThen(reader, after)
        kind = kind_of(after.report_kind, after.kind_version)
        found = []
        for one in shown:
            columns: tuple[ColumnMoved, ...] | None = ()
            if one.id in changed:
                said = sayings[0].of(one.id), sayings[1].of(one.id)
                columns = columns_moved(*said, pictures_in(kind), with_values=with_key)
            purposes = _purposes(earlier.get(one.id, {}), later.get(one.id, {}))
            found.append(PersonMoved(one.id, display_name(one), columns, purposes))
        progress(3, 3, _("Done"))
        return tuple(found), len(wanted) - len(shown)


def _decided(
    ctx: Context, reader: Reader, report: Report, prisoners: Iterable[str]
) -> Mapping[str, Mapping[str, Decision]]:
    """Each purpose of a report for each of these people, decided as it was when it left or was made."""
    at = moment_of(report)
    then, day = Then(reader, entry_at(reader, at)), local_day(at, ctx.time_zone)
    here = roots(reader, (*report.carried, *prisoners))
    wanted = set(prisoners)
    known = {key: root for key, root in here.items() if root in wanted}  # under the id they had then
    ledger = ledger_then(ctx, reader, list(known), then)
    found: dict[str, dict[str, Decision]] = {}
    for key, root in known.items():
        if key not in ledger.prisoners:
            continue
        facts = ledger.facts(key)
        for request in requests_of(reader, report, key, facts):
            decision = decide_in(Ledger(facts, at), request, day)
            was = found.setdefault(root, {}).get(request.purpose)
            if was is None or was.allowed:  # for several audiences the first no counts
                found[root][request.purpose] = decision
    return found


def _purposes(before: Mapping[str, Decision], after: Mapping[str, Decision]) -> tuple[PurposeMoved, ...]:
    return tuple(
        PurposeMoved(purpose, before.get(purpose), after.get(purpose))
        for purpose in dict.fromkeys((*before, *after))
        if _outcome(before.get(purpose)) != _outcome(after.get(purpose))
    )


def _outcome(decision: Decision | None) -> tuple[object, ...]:
    if decision is None:
        return ()
    if not decision.allowed:
        return (False, decision.reason)
    return (True, decision.ground, decision.fields, decision.published)


def texts_moved(before: tuple[TextBlock, ...], after: tuple[TextBlock, ...]) -> tuple[TextMoved, ...]:
    """Texts that stand in only one of two reports, in their order, the earlier ones first."""
    found: list[TextMoved] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, first, last, first_now, last_now in matcher.get_opcodes():
        if what != "equal":
            found += [TextMoved(block, new=False) for block in before[first:last]]
            found += [TextMoved(block, new=True) for block in after[first_now:last_now]]
    return tuple(found)


def _files(before: Report, after: Report) -> tuple[FileMoved, ...]:
    then = {one.file_format: one.sha256 for one in before.files}
    now = {one.file_format: one.sha256 for one in after.files}
    return tuple(
        FileMoved(each, then.get(each, ""), now.get(each, "")) for each in dict.fromkeys((*then, *now))
    )


def _figures(before: Report, after: Report) -> tuple[FigureMoved, ...]:
    then = {(one.measure, one.on): one.value for one in before.told}
    return tuple(
        FigureMoved(one.measure, one.on.isoformat() if one.on else "", then[one.measure, one.on], one.value)
        for one in after.told
        if (one.measure, one.on) in then and then[one.measure, one.on] != one.value
    )
