"""What did we know on this day: about one relative, and about everybody a past report named.

Everything is decided again by the rules of today from the facts as they were known then. Whoever has no key
of a desk learns who was cleared for a report, never why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import attrs

from app.domain.clock import end_of_day, local_day
from app.domain.consent import ConsentRequest, Decision, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import Facts
from app.domain.consent_lines import LineState, lines_in
from app.domain.conversation import Conversation
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.hold import RelativeHold
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.progress import Progress, no_progress
from app.domain.relative import Relative
from app.domain.report import Report
from app.domain.review import Review
from app.domain.roles import Action
from app.domain.two_people import Stop
from app.i18n import _
from app.services.as_known import Then, entry_at, ledger_then
from app.services.context import Context
from app.services.deciding import requests_of
from app.services.facts import CaseLedger, read_ledger
from app.services.same_person import root_of
from app.services.spoken import spoken


@attrs.frozen
class RelativeThen:
    """What was known of one relative at the end of a day.

    Attributes:
        day: the last day it is about.
        entry: the newest entry of the log then; 0 where the case file is younger.
        known: whether this relative was recorded by then; the rest is empty where not.
        about: "Mother of …", as recorded then.
        status: of the prisoner, code of the vocabulary `status`.
        conversations: talks recorded by then, newest first.
        stops: that acted then.
        paused: whether a review kept things in the house.
        reviews: that had come to something by then, newest first.
        lost: whether something from then cannot be known any more.
    """

    day: date
    entry: int
    known: bool
    about: str = ""
    status: str = ""
    relative: Relative | None = None
    lines: tuple[LineState, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    stops: tuple[Stop[RelativeHold], ...] = ()
    stopped: bool = False
    paused: bool = False
    reviews: tuple[Review, ...] = ()
    lost: bool = False


@attrs.frozen
class AnswerUsed:
    """An answer a decision stood on: who gave it (relation as recorded then), in what right, when."""

    relation: str
    on: date | None
    purpose: str
    kind: str
    capacity: str = ""
    mandate: str = ""


@attrs.frozen
class PurposeThen:
    """One purpose of a report for one person, decided then and today; no reason without the key.

    Attributes:
        fields: the details the report asked for.
        then, now: None where it cannot be known.
        used: the answers the decision of then stood on.
    """

    purpose: str
    fields: frozenset[str]
    then: Decision | None
    now: Decision | None
    used: tuple[AnswerUsed, ...] = ()


@attrs.frozen
class PersonThen:
    """One person a report named."""

    prisoner: str
    name: str
    purposes: tuple[PurposeThen, ...] = ()


@attrs.frozen
class ReportThen:
    """Why a report carried whom it carried.

    Attributes:
        at: the moment that is replayed: when it left, or was made where it did not leave.
        entry: the newest entry of the log then.
        with_reasons: whether answers and reasons are told (the key of a desk is here).
        lost: whether something from then cannot be known any more.
    """

    number: str
    at: datetime
    day: date
    entry: int
    people: tuple[PersonThen, ...]
    with_reasons: bool
    lost: bool = False


class AsOf:
    """Use cases of looking back."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def relative(self, relative: str, day: PartialDate) -> RelativeThen:
        """What was known of somebody at the end of a day (the last one a partial date can mean).

        Raises:
            KnownError: NEEDS_DESK_KEY, NOT_ALLOWED, NOT_FOUND, INVALID_FIELD (a day to come).
        """
        ctx = self._ctx
        ctx.require(Action.READ_RELATIVES)
        last = min(day.last, ctx.today())
        if day.first > ctx.today():
            raise KnownError(Code.INVALID_FIELD, "day", field="day")
        with ctx.reading() as reader:
            known_at = end_of_day(last, ctx.time_zone)
            found = reader.get(Relative, relative)
            then = Then(reader, entry_at(reader, known_at))
            ledger = ledger_then(ctx, reader, [found.prisoner or ""], then)
            if then.was(found):
                found = then.of(found)
            return self._relative(reader, ledger, then, found, last, known_at)

    def report(self, report: str, progress: Progress = no_progress) -> ReportThen:
        """For everybody a report named: the ground and the answers of then, next to today's.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, CANCELLED.
        """
        ctx = self._ctx
        ctx.require_open_reading()
        with ctx.reading() as reader:
            found = reader.get(Report, report)
            at = moment_of(found)
            people = reader.get_many(Prisoner, found.carried)
            if not reader.has_desk_key:
                named = (PersonThen(one.id, display_name(one)) for one in people.values())
                day, entry = local_day(at, ctx.time_zone), entry_at(reader, at)
                return ReportThen(found.number, at, day, entry, _by_name(named), with_reasons=False)
            return self._with_reasons(reader, found, at, people, progress)

    # parts

    def _relative(
        self, reader: Reader, ledger: CaseLedger, then: Then, found: Relative, day: date, known_at: datetime
    ) -> RelativeThen:
        prisoner = found.prisoner or ""
        family = ledger.families.get(prisoner, [])
        one = next((each for each in family if each.relative.id == found.id), None)
        if one is None or prisoner not in ledger.prisoners:
            return RelativeThen(day, then.sequence, known=False)
        facts = attrs.evolve(ledger.facts(prisoner), unproved=False)  # as it was known then
        states = lines_in(Ledger(facts, known_at), found.id, day)
        active = [hold for hold in facts.holds if hold.active(day, known_at)]
        reviews = then.those(reader.find(Review, prisoner=prisoner))
        touching = [each for each in reviews if each.relative in (None, found.id)]
        person = ledger.prisoners[prisoner]
        return RelativeThen(
            day,
            then.sequence,
            known=True,
            about=spoken(one.relative, display_name(person)),
            status=person.status,
            relative=one.relative,
            lines=states,
            conversations=tuple(reversed(one.conversations)),
            stops=tuple(stop for stop in one.holds if stop.active),
            stopped=any(not hold.review and hold.target != "relative" for hold in active),
            paused=any(hold.review for hold in active),
            reviews=tuple(sorted(touching, key=lambda each: str(each.at), reverse=True)),
            lost=then.lost,
        )

    def _with_reasons(
        self,
        reader: Reader,
        report: Report,
        at: datetime,
        people: Mapping[str, Prisoner],
        progress: Progress,
    ) -> ReportThen:
        ctx = self._ctx
        progress(0, 0, _("Reading what was known then"))
        then = Then(reader, entry_at(reader, at))
        before = ledger_then(ctx, reader, report.carried, then)
        now_at = {key: root_of(reader, key) for key in report.carried}
        now = read_ledger(ctx, reader, set(now_at.values()))
        day, named = local_day(at, ctx.time_zone), []
        for done, key in enumerate(report.carried):
            progress(done, len(report.carried), _("Deciding again as it was then"))
            name = display_name(people[key]) if key in people else ""
            was = before.facts(key) if key in before.prisoners else None
            root = now_at[key]
            is_now = now.facts(root) if root in now.prisoners else None
            asked = requests_of(reader, report, key, _both(key, was, is_now))
            relations = {
                str(each.relative.id): each.relative.relation for each in before.families.get(key, [])
            }
            told = tuple(self._purpose(request, was, is_now, day, at, relations) for request in asked)
            named.append(PersonThen(key, name, told))
        lost = then.lost or len(people) < len(report.carried)
        return ReportThen(
            report.number, at, day, then.sequence, _by_name(named), with_reasons=True, lost=lost
        )

    def _purpose(
        self,
        request: ConsentRequest,
        was: Facts | None,
        is_now: Facts | None,
        day: date,
        at: datetime,
        relations: Mapping[str, str],
    ) -> PurposeThen:
        before = decide_in(Ledger(was, at), request, day) if was is not None else None
        after = None
        if is_now is not None:
            today = attrs.evolve(request, subject=is_now.prisoner)
            after = decide_in(Ledger(is_now, self._ctx.now()), today, self._ctx.today())
        used: list[AnswerUsed] = []
        if before is not None and was is not None:
            wanted = set(before.used)
            used = [
                AnswerUsed(
                    relations.get(one.by, ""), one.spoken, one.purpose, one.kind, one.capacity, one.mandate
                )
                for one in was.answers
                if one.id in wanted
            ]
        return PurposeThen(request.purpose, request.fields, before, after, tuple(used))


def moment_of(report: Report) -> datetime:
    """When it left; when it was approved or made, where that is not written down."""
    found = report.approved_at or report.written_at or report.made_at
    if found is None:
        raise KnownError(Code.NOT_FOUND, report.id)
    return found


def _by_name(people: Iterable[PersonThen]) -> tuple[PersonThen, ...]:
    return tuple(sorted(people, key=lambda one: (one.name.casefold(), one.prisoner)))


def _both(key: str, was: Facts | None, is_now: Facts | None) -> Facts:
    """Who was named then or is now: a no of either day meets a recipient under any name."""
    known = [one for one in (was, is_now) if one is not None]
    return Facts(key, answers=tuple(answer for one in known for answer in one.answers))
