"""What a consent audit counts, read from the file: records up to one entry of the log, and what is so today.

What each figure means is said in `app.domain.consent_audit`. Everything counted is compared with the log
first, so a log that does not hold together gives no audit; names are read by nobody here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final, TypeVar

import attrs

from app.domain.attention import Attention, ClosedAttention
from app.domain.clock import local_day
from app.domain.consent import Ground
from app.domain.consent_audit import (
    CountRow,
    Counts,
    Period,
    ToldAnswer,
    answer_counts,
    answers_by,
    crossed,
)
from app.domain.consent_facts import Says
from app.domain.consent_reasons import Reason
from app.domain.conversation import Conversation, Countersign
from app.domain.errors import Code, KnownError
from app.domain.finding_review import FindingReview
from app.domain.hold import Hold, RelativeHold
from app.domain.ports import Reader, Record
from app.domain.progress import Progress, no_progress, part_of
from app.domain.quarter import Outcome, QuarterMark, QuarterSign
from app.domain.review import Review
from app.domain.showing import Showing
from app.domain.two_people import Stop
from app.i18n import _
from app.reports.audit_tables import ALLOWED, RELATIVE, WITH_A_YES
from app.services.audit_answers import told_answers
from app.services.audit_log import column, log_counts
from app.services.context import Context
from app.services.decisions import Ask, FieldAsk, decide_fields
from app.services.finding_pairs import pairs_in
from app.services.findings import holds_every_key, waiting_on
from app.services.folding import relative_stops_in, stops_in
from app.services.quarter_book import counting, signed_between
from app.vocabulary import vocabulary

_EITHER: Final = frozenset({Ground.AGREED, Ground.PUBLISHED})
_ASKED: Final = (
    FieldAsk("family_name", "name", _EITHER),
    FieldAsk("charges", "case_detail", _EITHER),
    FieldAsk("photo", "photo", frozenset({Ground.AGREED})),
)
_SHOWN: Final[Mapping[str, str]] = {
    "name": "name",
    "list_row": "name",
    "copied": "copied",
    "evidence": "evidence",
    "evidence_copied": "evidence",
}

R = TypeVar("R", bound=Record)


@attrs.frozen
class Scope:
    """What an audit is about.

    Attributes:
        day: of the report; decisions and findings are those of this day.
        at_entry: the newest entry that counts; what came in later does not.
    """

    period: Period
    day: date
    at_entry: int


def count_audit(ctx: Context, reader: Reader, scope: Scope, progress: Progress = no_progress) -> Counts:
    """Count every table there is.

    Raises:
        KnownError: NEEDS_DESK_KEY, LOG_BROKEN, ROW_NOT_IN_LOG, RECORD_DAMAGED, CANCELLED.
    """
    if not reader.has_desk_key or not holds_every_key(ctx, reader):
        raise KnownError(Code.NEEDS_DESK_KEY)  # half of the families would look like all of them
    counting = _Counting(ctx, reader, scope)
    found: dict[str, tuple[CountRow, ...]] = {}
    found["denied"] = counting.denied(part_of(progress, 0, 50))  # reads and checks the whole log first
    progress(50, 100, _("Counting what was recorded"))
    said = told_answers(reader, ctx.time_zone, counting.known)
    counted = list(answer_counts(said, scope.period))
    found["answers"] = answers_by(counted, _codes("purpose"), "purpose")
    found["audiences"] = answers_by(counted, _codes("audience"), "audience")
    found["decided"] = counting.decided(said)
    found["reviewed"] = counting.reviewed()
    found["stops"] = counting.stops()
    found["showing"] = counting.showing()
    progress(65, 100, _("Looking for findings"))
    found["findings"] = counting.findings()
    doubts = len(ctx.righting.doubts(reader))
    signed = counting.quarters_signed()
    found["quarters"] = counting.quarters(signed)
    log = log_counts(
        reader, scope.period, scope.at_entry, counting.day, doubts, len(signed), part_of(progress, 80, 100)
    )
    return {**found, **log}


@attrs.frozen
class _Counting:
    """One reading of the file."""

    ctx: Context
    reader: Reader
    scope: Scope

    # what was decided

    def decided(self, said: Iterable[ToldAnswer]) -> tuple[CountRow, ...]:
        """Second halves of decisions, and uses without a yes."""
        cells: Counter[str] = Counter()
        for pair in pairs_in(self.ctx, self.reader):
            if pair.noun != "report" and self.known(pair.second) and pair.second_at.date() in self._period:
                cells["one" if pair.first_by == pair.second_by else "two"] += 1
        asked = [one for one in said if one.says is Says.BYPASS and one.recorded in self._period]
        agreed = self._agreed() if asked else frozenset()
        cells["bypass"] = sum(one.id in agreed for one in asked)
        return column(cells, ("two", "one", "bypass"))

    def _agreed(self) -> frozenset[str]:
        """Answers a second person agreed to by now; what only one asked for was not used."""
        signs = list(self._all(Countersign))
        wrong = self.reader.not_theirs(signs)
        return frozenset(sign.answer for sign in signs if sign.granted and sign.id not in wrong)

    def denied(self, progress: Progress) -> tuple[CountRow, ...]:
        """Everybody by why they may not be told, for each of the questions."""
        ask = Ask(_ASKED, "public", on=self.scope.day)
        answers = decide_fields(self.ctx, self.reader, None, ask, leaves_the_house=True, progress=progress)
        cells: Counter[tuple[str, str]] = Counter()
        for fields in answers.values():
            for asked in _ASKED:
                answer = fields[asked.field]
                reason = ALLOWED if answer.allowed else (answer.reason or Reason.UNCLEAR).value
                cells[(reason, asked.field)] += 1
        rows = (ALLOWED, *(reason.value for reason in Reason))
        return crossed(cells, rows, [asked.field for asked in _ASKED], full=False)

    # what was done about families

    def reviewed(self) -> tuple[CountRow, ...]:
        """Talks, hostile attention and reviews."""
        talks = sum(self._on(talk.recorded_at) for talk in self._all(Conversation))
        attention: list[Attention | ClosedAttention] = [*self._all(Attention), *self._all(ClosedAttention)]
        cells = {
            "talks": talks,
            "attention": sum(self._on(one.recorded_at) for one in attention),
            "reviews": sum(self._on(one.at) for one in self._all(Review)),
        }
        return column(cells, ("talks", "attention", "reviews"))

    def stops(self) -> tuple[CountRow, ...]:
        """Stops by what they are on."""
        cells: Counter[tuple[str, str]] = Counter()
        last = self._period.last
        for stop, target in self._every_stop():
            if stop.hold.placed_at is None or not self.known(stop.hold.id):
                continue
            placed = self.day(stop.hold.placed_at)
            granted = stop.granted if stop.granted and self.known(stop.granted.id) else None
            lifted = self.day(granted.at) if granted and granted.at else None
            cells[(target, "placed")] += placed in self._period
            cells[(target, "lifted")] += lifted is not None and lifted in self._period
            cells[(target, "standing")] += placed <= last and (lifted is None or lifted > last)
        rows = (RELATIVE, *_codes("hold_target"))
        return crossed(cells, rows, ("placed", "lifted", "standing"))

    def _every_stop(self) -> Iterator[tuple[Stop[Hold] | Stop[RelativeHold], str]]:
        yield from ((one, one.hold.on_noun) for one in stops_in(self.reader))
        yield from ((one, RELATIVE) for one in relative_stops_in(self.reader))

    def showing(self) -> tuple[CountRow, ...]:
        """What was opened of relatives, by the reason given."""
        cells = Counter(
            (one.reason or WITH_A_YES, _SHOWN.get(one.what, "name"))
            for one in self._all(Showing)
            if self._on(one.at)
        )
        return crossed(cells, (WITH_A_YES, *_codes("show_reason")), ("name", "copied", "evidence"))

    def findings(self) -> tuple[CountRow, ...]:
        """Findings that wait, and that officers looked at in the period."""
        cells: Counter[tuple[str, str]] = Counter()
        found = waiting_on(self.ctx, self.reader, self.scope.day)
        for rule, number in found.waiting.items():
            cells[(rule.value, "waiting")] = number
        for review in self._all(FindingReview):
            if self._on(review.at) and review.id in found.counted_reviews:
                cells[(review.rule, "reviewed")] += len(review.findings)
        for mark in counting(self.ctx, self.reader, self._all(QuarterMark)):
            if self._on(mark.at) and mark.outcome != Outcome.REOPENED:
                cells.update((one.partition(":")[0], "reviewed") for one in mark.findings)
        return crossed(cells, [rule.value for rule in found.waiting], ("waiting", "reviewed"))

    def quarters_signed(self) -> list[QuarterSign]:
        """Quarter reviews that were signed in the period."""
        found = signed_between(self.ctx, self.reader, self._period.first, self._period.last)
        return [one for one in found if self.known(one.id)]

    def quarters(self, signed: Iterable[QuarterSign]) -> tuple[CountRow, ...]:
        """What came of the items of those reviews."""
        cells: Counter[str] = Counter()
        for one in signed:
            numbers = {"in_order": one.in_order, "asked": one.asked, "stopped": one.stopped, "own": one.own}
            cells.update({key: number or 0 for key, number in numbers.items()})
        return column(cells, ("in_order", "asked", "stopped", "own"))

    # helpers

    @property
    def _period(self) -> Period:
        return self.scope.period

    def _all(self, cls: type[R]) -> Iterator[R]:
        """Every record of a noun that stood at the entry, compared with the log."""
        records = [one for one in self.reader.find(cls) if self.known(one.id)]
        self.reader.check_rows(cls, [one.id for one in records])
        yield from records

    def known(self, record: str) -> bool:
        """Whether the log had written this record by the entry."""
        return self.reader.version_at(record, self.scope.at_entry) > 0

    def day(self, moment: datetime) -> date:
        """The local day of a moment."""
        return local_day(moment, self.ctx.time_zone)

    def _on(self, moment: datetime | None) -> bool:
        return moment is not None and self.day(moment) in self._period


def _codes(name: str) -> tuple[str, ...]:
    return tuple(term.code for term in vocabulary(name).terms)
