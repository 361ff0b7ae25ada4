"""What happened to relatives beside talks, for a quarter review: second people, stops, reviews, records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from app.domain.conversation import Countersign
from app.domain.first_words import FirstWords
from app.domain.hold import RelativeHold, RelativeHoldStep
from app.domain.port_values import SpokenFacts
from app.domain.ports import Reader, Record
from app.domain.proposal import Proposal, ProposalStep
from app.domain.quarter_changes import Change
from app.domain.relative import Relative
from app.domain.review import Review, ReviewConfirmation

T = TypeVar("T", bound=Record)


class Others:
    """Records beside talks that were written in a period: whose they are, and what kind of change each is.

    Args:
        reader: of one transaction.
        hands: who wrote each record of the period.
        spoken: everybody of the register.
        since: the entry the period begins behind.

    Attributes:
        kinds, records: by relative.
        one_person: relatives for whom one person took both halves of a decision.
    """

    def __init__(
        self,
        reader: Reader,
        hands: Mapping[str, frozenset[str]],
        spoken: Iterable[SpokenFacts],
        since: int,
    ) -> None:
        self.kinds: dict[str, set[str]] = defaultdict(set)
        self.records: dict[str, list[str]] = defaultdict(list)
        self.one_person: set[str] = set()
        self._reader, self._since = reader, since
        self._families: dict[str, list[str]] = defaultdict(list)
        self._talks: dict[str, tuple[str, str]] = {}
        for one in spoken:
            self._families[one.prisoner].append(one.relative)
            for talk in one.talks:
                self._talks[str(talk["id"])] = (one.relative, str(talk.get("recorded_by") or ""))
        self._left = set(hands) - self._talks.keys()
        self._read_signs()
        self._read_stops()
        self._read_reviews()
        self._read_proposals()
        self._read_relatives()

    def _take(self, cls: type[T]) -> list[T]:
        """Those written in the period that are of this noun."""
        found = self._reader.get_many(cls, self._left) if self._left else {}
        self._left -= found.keys()
        return list(found.values())

    def _read_signs(self) -> None:
        for sign in self._take(Countersign):
            relative, recorded_by = self._talks.get(sign.conversation or "", ("", ""))
            self._note(relative, sign.id, Change.WIDER if sign.granted else Change.DETAILS)
            if sign.granted and sign.by == recorded_by:
                self.one_person.add(relative)

    def _read_stops(self) -> None:
        for stop in self._take(RelativeHold):
            self._note(stop.relative, stop.id, Change.STOP)
        steps = self._take(RelativeHoldStep)
        stops = self._reader.get_many(RelativeHold, {step.relative_hold or "" for step in steps})
        for step in steps:
            if step.relative_hold in stops:
                self._note(stops[step.relative_hold].relative, step.id, Change.STOP)

    def _read_reviews(self) -> None:
        for review in self._take(Review):
            self._note_review(review, review.id)
        signs = self._take(ReviewConfirmation)
        reviews = self._reader.get_many(Review, {sign.review or "" for sign in signs})
        for sign in signs:
            if sign.review in reviews:
                self._note_review(reviews[sign.review], sign.id)

    def _note_review(self, review: Review, record: str) -> None:
        """Of one relative, or of a whole family."""
        whose = [review.relative] if review.relative else self._families.get(review.prisoner or "", [])
        for relative in whose:
            self._note(relative, record, Change.REVIEWED)

    def _read_proposals(self) -> None:
        for proposal in self._take(Proposal):
            self._note(proposal.on_id, proposal.id, Change.DETAILS)
        steps = self._take(ProposalStep)
        proposals = self._reader.get_many(Proposal, {step.proposal or "" for step in steps})
        for step in steps:
            if step.proposal in proposals:
                self._note(proposals[step.proposal].on_id, step.id, Change.DETAILS)
        for permit in self._take(FirstWords):
            self._note(permit.relative, permit.id, Change.DETAILS)

    def _read_relatives(self) -> None:
        """The register record, and who it is: closed twice, so the register record says whose that is."""
        for one in self._take(Relative):
            is_new = self._reader.version_at(one.id, self._since) == 0
            self._note(one.id, one.id, Change.NEW if is_new else Change.DETAILS)
        for one in self._reader.find(Relative) if self._left else ():
            if one.identity in self._left:
                kind = Change.NEW if Change.NEW in self.kinds.get(one.id, ()) else Change.DETAILS
                self._note(one.id, one.identity, kind)

    def _note(self, relative: str | None, record: str, kind: Change) -> None:
        if relative:
            self.records[relative].append(record)
            self.kinds[relative].add(kind)
