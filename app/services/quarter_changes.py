"""What changed about whom between two entries of the log, and by whose hand: read for a quarter review.

Which kinds of change there are, and how grave each is, stands in `app.domain.quarter_changes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

import attrs

from app.domain.canonical import Plain
from app.domain.consent_facts import Says
from app.domain.errors import Code, KnownError
from app.domain.log import GONE
from app.domain.port_values import SpokenFacts
from app.domain.ports import Reader
from app.domain.quarter import QuarterReview
from app.domain.quarter_changes import Story, TalkFacts, kinds_of
from app.services.context import Context
from app.services.listeners import listeners_of, says_of
from app.services.quarter_others import Others
from app.vocabulary import vocabulary


@attrs.frozen
class Period:
    """Entries behind `since` up to `upto`; days from `first` to the one before `last`."""

    since: int
    upto: int
    first: date
    last: date


@attrs.frozen
class Changed:
    """One relative about whom something changed; see `QuarterItem`."""

    relative: str
    kinds: tuple[str, ...]
    records: tuple[str, ...]
    authors: frozenset[str]


@attrs.frozen
class Register:
    """The register at the end of a period.

    Attributes:
        changed: by relative.
        everyone: ids of all relatives there were.
    """

    changed: Mapping[str, Changed]
    everyone: frozenset[str]

    @property
    def unchanged(self) -> frozenset[str]:
        """Ids of those nothing happened to."""
        return self.everyone - self.changed.keys()


def period_of(review: QuarterReview) -> Period:
    """The period of a review. Raises KnownError RECORD_DAMAGED where it does not say."""
    if review.first_day is None or review.last_day is None or review.upto is None:
        raise KnownError(Code.RECORD_DAMAGED, review.id)
    return Period(review.since or 0, review.upto, review.first_day, review.last_day)


def changes_in(ctx: Context, reader: Reader, period: Period) -> Register:
    """Everybody of the register at the end of a period, and what happened to whom in it."""
    hands = _hands(reader, period)
    spoken = list(_as_of(reader, reader.spoken_facts(), period.upto))
    others = Others(reader, hands, spoken, period.since)
    changed: dict[str, Changed] = {}
    days_passed = period.first < period.last
    listeners = listeners_of(spoken if days_passed else (), ctx.time_zone)
    ended = {
        listener.relative
        for listener in listeners
        if any(period.first <= end < period.last for end in listener.ends())
    }
    for one in spoken:
        talks = [talk for talk in one.talks if str(talk["id"]) in hands]
        story = Story(
            talks=tuple(map(_talk, talks)),
            ended=one.relative in ended,
            one_person=one.relative in others.one_person,
            others=frozenset(others.kinds.get(one.relative, ())),
        )
        kinds = kinds_of(story)
        if kinds:
            records = [str(talk["id"]) for talk in reversed(talks)] + others.records.get(one.relative, [])
            authors = frozenset(person for record in records for person in hands.get(record, ()))
            changed[one.relative] = Changed(one.relative, kinds, tuple(records), authors)
    return Register(changed, frozenset(one.relative for one in spoken))


def _hands(reader: Reader, period: Period) -> Mapping[str, frozenset[str]]:
    """Who wrote each record of the period; naming a record (opening, showing it) writes nothing."""
    versions: dict[str, int] = {}
    found: dict[str, set[str]] = defaultdict(set)
    for entry in reader.entries(period.since + 1, period.upto):
        for row in entry.rows:
            if row.record not in versions:
                versions[row.record] = reader.version_at(row.record, period.since)
            if row.version > versions[row.record]:
                versions[row.record] = row.version
                if row.row_hash != GONE:
                    found[row.record].add(entry.person)
    return {record: frozenset(people) for record, people in found.items()}


def _as_of(reader: Reader, spoken: Iterable[SpokenFacts], upto: int) -> Iterator[SpokenFacts]:
    """Relatives and talks that were there once this entry was written."""
    newest = upto >= reader.head()[0]
    for one in spoken:
        if newest:
            yield one
        elif reader.version_at(one.relative, upto):
            talks = tuple(talk for talk in one.talks if reader.version_at(str(talk["id"]), upto))
            yield attrs.evolve(one, talks=talks) if len(talks) != len(one.talks) else one


def _talk(plain: Mapping[str, Plain]) -> TalkFacts:
    answers = plain.get("answers")
    said: list[tuple[Says, str]] = []
    for answer in answers if isinstance(answers, list) else ():
        if isinstance(answer, Mapping):
            said.append((says_of(str(answer.get("kind") or "")), str(answer.get("audience") or "")))
    return TalkFacts(
        said=tuple(said),
        free=_flag("pressure", str(plain.get("pressure") or ""), "free", empty=True),
        verified=_flag("verified_by", str(plain.get("verified_by") or ""), "verified", empty=False),
        evidence=bool(plain.get("evidence")),
    )


@lru_cache(maxsize=256)
def _flag(words: str, code: str, name: str, *, empty: bool) -> bool:
    """What a term says; one nobody knows says no."""
    if not code:
        return empty
    term = vocabulary(words).by_code.get(code)
    return term is not None and term.flag(name)
