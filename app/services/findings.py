"""Findings: what an officer should look at, that somebody looked, and figures of it for an auditor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.case_findings import WEIGHTS, Found, Rule, Weight
from app.domain.clock import local_day
from app.domain.errors import Code, KnownError
from app.domain.finding_review import FindingFigure, FindingReview, FindingSeen
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader, UnitOfWork
from app.domain.progress import Progress, at_once, no_progress
from app.domain.report import Desk
from app.domain.roles import Action, Limit, Role
from app.services import editing
from app.services.context import Context, Saved
from app.services.finding_kept import KeptFindings, found_whole
from app.services.finding_telling import FindingItem, Telling, digest_of
from app.services.quarter_book import findings_settled

_COUNTED: Final = "poruch/findings-counted"
_SEEN: Final = 20
"""So many reviews of a rule are told to an auditor."""


@attrs.frozen
class FindingGroup:
    """All open findings of one rule."""

    rule: Rule
    weight: Weight
    items: tuple[FindingItem, ...]


@attrs.frozen
class FindingCount:
    """The figures of one rule.

    Attributes:
        oldest: the day of the oldest that waits, where it is somebody's act.
        seen: who reviewed how many and when, newest first, by name.
    """

    rule: Rule
    weight: Weight
    waiting: int
    reviewed: int
    counted_on: date | None
    oldest: date | None = None
    seen: tuple[tuple[date | None, str, int], ...] = ()


@attrs.frozen
class Waiting:
    """How many findings of every rule wait on a day, and the reviews that count."""

    waiting: Mapping[Rule, int]
    counted_reviews: frozenset[str]


@attrs.frozen
class ReviewFindings:
    """Say that these findings were looked at, and what is to be said about them."""

    rule: str
    digests: tuple[str, ...]
    note: str = attrs.field(repr=False)


class Findings:
    """Use cases of findings."""

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx
        self._kept: Final = KeptFindings()

    def groups(self) -> tuple[FindingGroup, ...]:
        """Open findings by rule, the heaviest first: all of them, or those of my own acts.

        Raises:
            KnownError: NOT_ALLOWED.
        """
        return at_once(self.grouping())

    def grouping(self, progress: Progress = no_progress) -> Generator[None, None, tuple[FindingGroup, ...]]:
        """The same in slices, between which anything else may run.

        Raises:
            KnownError: NOT_ALLOWED, CANCELLED.
        """
        limit = self._ctx.require(Action.READ_FINDINGS).limit
        if limit is Limit.WITHOUT_IDENTITIES:
            return ()
        yield from self._gathering(progress)
        with self._ctx.reading() as reader:
            return self._told(reader, mine=limit is Limit.OWN_ACTS)

    def _gathering(self, progress: Progress) -> Generator[None, None, None]:
        for parts, _part in enumerate(self._kept.in_slices(self._ctx), 1):
            progress(parts, 0, "")
            yield

    def _told(self, reader: Reader, *, mine: bool) -> tuple[FindingGroup, ...]:
        gathered, reviewed = self._kept.at_once(self._ctx, reader), _reviewed(self._ctx, reader)
        waiting = [
            (digest, one)
            for one in gathered
            if (not mine or one.by == self._ctx.me)
            and (digest := digest_of(one)) not in reviewed.get(one.rule, ())
        ]
        items = Telling(self._ctx, reader).items(waiting)
        return tuple(
            FindingGroup(rule, weight, tuple(items[rule]))
            for rule, weight in WEIGHTS.items()
            if items.get(rule)
        )

    def figures(self) -> tuple[FindingCount, ...]:
        """How many findings wait and were reviewed, as an officer's session counted them last.

        Raises:
            KnownError: NOT_ALLOWED.
        """
        if self._ctx.require(Action.READ_FINDINGS).limit is Limit.OWN_ACTS:
            raise KnownError(Code.NOT_ALLOWED)
        with self._ctx.reading() as reader:
            rows = {row.rule: row for row in reader.find(FindingFigure)}
        return tuple(
            FindingCount(
                rule,
                weight,
                row.waiting or 0,
                row.reviewed or 0,
                row.counted_on,
                row.oldest,
                tuple((one.on, self._ctx.name_of(one.by), one.count or 0) for one in row.seen),
            )
            for rule, weight in WEIGHTS.items()
            if (row := rows.get(rule.value)) is not None
        )

    def review(self, command: ReviewFindings) -> Saved:
        """Write that these findings were looked at; they are open again once their facts change.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, INVALID_FIELD (no words), ALREADY_DONE (no longer found,
                or reviewed), SAME_PERSON_TWICE (my own act, while there is another officer).
        """
        ctx = self._ctx
        if ctx.require(Action.READ_FINDINGS).limit is not None:
            raise KnownError(Code.NOT_ALLOWED)
        if not ctx.keys.desks:
            raise KnownError(Code.NEEDS_DESK_KEY)
        if not command.note.strip():
            raise KnownError(Code.INVALID_FIELD, "note", field="note")
        with ctx.writing() as work:
            gathered = self._kept.before_changes(ctx, work)
            reviewed = _reviewed(ctx, work).get(command.rule, frozenset())
            found = {digest_of(one): one for one in gathered if one.rule == command.rule}
            chosen = [found.get(digest) for digest in command.digests if digest not in reviewed]
            if not chosen or len(chosen) != len(command.digests) or None in chosen:
                raise KnownError(Code.ALREADY_DONE)
            if ctx.other_officer() and any(one is not None and one.by == ctx.me for one in chosen):
                raise KnownError(Code.SAME_PERSON_TWICE)
            values = {
                "rule": command.rule,
                "findings": command.digests,
                "note": command.note.strip(),
                "by": ctx.me,
                "at": ctx.moment(work),
            }
            made = work.add(editing.new_record(FindingReview, new_id(), values))
            if holds_every_key(ctx, work):
                _write_figures(ctx, work, gathered, made)
            committed = work.commit(Act.SEALED_CHANGED)
        return ctx.finish(committed, made.id, Act.SEALED_CHANGED, prisoners=())

    def counting(self, progress: Progress = no_progress) -> Generator[None, None, None]:
        """Keep the figures true, where an officer with every desk's key is; once a day or after a change."""
        ctx = self._ctx
        if Role.OFFICER not in ctx.roles or not ctx.keys.desks:
            return
        with ctx.reading() as reader:
            state = f"{ctx.today().isoformat()} {reader.head()[0]}"
            if ctx.store.get_local(_COUNTED) == state or not holds_every_key(ctx, reader):
                return
        yield from self._gathering(progress)
        with ctx.writing() as work:
            if _write_figures(ctx, work, self._kept.before_changes(ctx, work)):
                work.commit(Act.FINDINGS_COUNTED, automatic=True)
        with ctx.reading() as reader:
            ctx.store.set_local(_COUNTED, f"{ctx.today().isoformat()} {reader.head()[0]}")


def waiting_on(ctx: Context, reader: Reader, on: date) -> Waiting:
    """The figures of one day, of everybody whose desk's key I hold."""
    reviewed, waiting = _reviewed(ctx, reader), dict.fromkeys(Rule, 0)
    for one in found_whole(ctx, reader, on):
        waiting[one.rule] += digest_of(one) not in reviewed.get(one.rule, ())
    return Waiting(waiting, frozenset(review.id for review in _signed_reviews(ctx, reader)))


def _reviewed(ctx: Context, reader: Reader) -> Mapping[str, frozenset[str]]:
    """What officers looked at, by rule; a review somebody else wrote in their name does not count."""
    found: dict[str, set[str]] = {}
    for review in _signed_reviews(ctx, reader):
        found.setdefault(review.rule, set()).update(review.findings)
    for rule, digests in findings_settled(ctx, reader).items():
        found.setdefault(rule, set()).update(digests)
    return {rule: frozenset(digests) for rule, digests in found.items()}


def _signed_reviews(ctx: Context, reader: Reader) -> Iterator[FindingReview]:
    """Reviews that are signed by the officer they name, once."""
    for review in reader.find(FindingReview) if reader.has_desk_key else ():
        entries = reader.entries_of(review.id)
        by = reader.entry(entries[0]).person if entries else None
        if len(entries) == 1 and by == review.by and by and Role.OFFICER in reader.roles_at(by, entries[0]):
            yield review


def open_findings(ctx: Context, reader: Reader, gathered: tuple[Found, ...]) -> list[tuple[str, Found]]:
    """What of this nobody reviewed yet, each with its digest."""
    reviewed = _reviewed(ctx, reader)
    named = ((digest_of(one), one) for one in gathered)
    return [(digest, one) for digest, one in named if digest not in reviewed.get(one.rule, ())]


def _write_figures(
    ctx: Context, work: UnitOfWork, gathered: tuple[Found, ...], made: FindingReview | None = None
) -> bool:
    """Write the figures that changed; gives whether any did. `made` is written in this very transaction."""
    reviewed = _reviewed(ctx, work)
    waiting: dict[str, list[Found]] = defaultdict(list)
    done: Counter[str] = Counter()
    for one in gathered:
        now = made.findings if made is not None and made.rule == one.rule else ()
        digest = digest_of(one)
        if digest in reviewed.get(one.rule, ()) or digest in now:
            done[one.rule.value] += 1
        else:
            waiting[one.rule.value].append(one)
    seen = _seen(ctx, (*_signed_reviews(ctx, work), *(() if made is None else (made,))))
    known = {row.rule: row for row in work.find(FindingFigure)}
    changed = False
    for rule in Rule:
        row, open_ones = known.get(rule.value), waiting[rule.value]
        wanted = FindingFigure(
            RecordId(new_id()) if row is None else row.id,
            0 if row is None else row.version,
            rule.value,
            len(open_ones),
            done[rule.value],
            ctx.today(),
            _oldest(rule, open_ones),
            seen.get(rule.value, ()),
        )
        if row is None and (wanted.waiting or wanted.reviewed):
            work.add(wanted)
            changed = True
        elif row is not None and attrs.evolve(row, counted_on=wanted.counted_on) != wanted:
            work.save(wanted, row.version)
            changed = True
    return changed


def _oldest(rule: Rule, waiting: Iterable[Found]) -> date | None:
    """Since when the oldest waits; never the day an answer ends, from which a place could be read."""
    return None if rule is Rule.ENDS else min((one.on for one in waiting if one.on is not None), default=None)


def _seen(ctx: Context, reviews: Iterable[FindingReview]) -> Mapping[str, tuple[FindingSeen, ...]]:
    """Who reviewed how many of each rule and when, newest first; not what they found out."""
    found: dict[str, list[FindingSeen]] = defaultdict(list)
    dated = sorted(
        ((one.at, one) for one in reviews if one.at is not None), key=lambda pair: pair[0], reverse=True
    )
    for at, one in dated:
        seen = FindingSeen(one.by, local_day(at, ctx.time_zone), len(one.findings))
        found[one.rule].append(seen)
    return {rule: tuple(seen[:_SEEN]) for rule, seen in found.items()}


def holds_every_key(ctx: Context, reader: Reader) -> bool:
    """Whether nothing is left out of what I count."""
    return {desk.id for desk in reader.find(Desk)} <= {str(key.desk) for key in ctx.keys.desks}
