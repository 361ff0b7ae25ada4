"""What a slip asks for one thing that waits: its records, what it rests on besides, and who may answer.

Used three times with the same result: when a slip is made, when its answer comes in, and whenever a step
that came through a slip is checked.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from app.approval.statement import plain_fingerprint
from app.casefile.roster import Person
from app.domain.asked import asked_of, taken_back
from app.domain.canonical import Plain
from app.domain.conversation import Conversation
from app.domain.errors import Code, KnownError
from app.domain.field_values import to_plain
from app.domain.hold import Hold, RelativeHold
from app.domain.ports import Reader, Record
from app.domain.prisoner import Prisoner
from app.domain.proposal import Proposal
from app.domain.relative import Relative
from app.domain.review import Review
from app.domain.roles import Action, Role, pair_allowed
from app.domain.source import Claim, Source, Trust
from app.domain.two_people import PROPOSED, AnyStep, Stop, action_of
from app.services import widening
from app.services.context import Context
from app.services.folding import stop_of, trusts_in
from app.services.written_once import roles_when_writing

_RECORDS: dict[str, type[Prisoner] | type[Relative]] = {"prisoner": Prisoner, "relative": Relative}


@attrs.frozen
class Asking:
    """One thing that waits, as a slip shows it.

    Attributes:
        what, record, part: as in the queue; for trust in a source `record` is the source.
        proposer: who asks; the second person is somebody else.
        signed: the record they signed when they asked.
        proposed_as: what they were then.
        asked: `app.domain.asked` of the records, which are written once.
        beside: what else the decision rests on and may change before the answer comes.
        closed: it takes a desk's key to know of it.
        action: what the two people do together.
    """

    what: str
    record: str
    part: str
    proposer: str
    asked: list[Plain] = attrs.field(repr=False)
    beside: Plain = attrs.field(default=None, repr=False)
    closed: bool = True
    action: Action = Action.WIDER_YES
    signed: str = ""
    proposed_as: frozenset[Role] = frozenset()

    @property
    def fingerprints(self) -> tuple[str, str]:
        """Of what is asked and of what stands beside it."""
        return plain_fingerprint(self.asked), plain_fingerprint(self.beside)


def asking_of(reader: Reader, what: str, record: str, part: str = "") -> Asking:
    """What a slip asks now.

    Raises:
        KnownError: NOT_FOUND, NEEDS_DESK_KEY, ALREADY_DONE nothing like it waits, ROW_NOT_IN_LOG.
    """
    found = _waiting(reader, what, record, part)
    first = roles_when_writing(reader, found.signed or found.record, found.proposer)
    return attrs.evolve(found, proposed_as=first)


def _waiting(reader: Reader, what: str, record: str, part: str) -> Asking:
    match what:
        case "answer":
            talk = reader.get(Conversation, record)
            talks = talks_about(reader, talk, part)
            reader.check_rows(Conversation, [one.id for one in talks])
            action = next((action_of(one) for one in talk.answers if one.answer == part), Action.WIDER_YES)
            asked = asked_of(talks, part)
            return Asking(what, record, part, talk.recorded_by or "", asked, action=action)
        case "change":
            return _change(reader, record)
        case "review":
            review = reader.get(Review, record)
            reader.check_rows(Review, [record])
            return Asking(what, record, "", review.by or "", asked_of([review]))
        case "stop":
            opened = bool(reader.get_many(Hold, [record]))
            return _stop(reader, stop_of(reader, Hold if opened else RelativeHold, record))
        case "source":
            return _source(reader, record)
    raise KnownError(Code.NOT_FOUND, record)


def talks_about(reader: Reader, talk: Conversation, part: str) -> list[Conversation]:
    """The talk of an answer, and the talk of the one it takes back. Raises KnownError NOT_FOUND."""
    taken = taken_back(talk, part)
    if not taken:
        return [talk]
    for other in reader.find(Conversation, relative=talk.relative):
        if any(one.answer == taken for one in other.answers):
            return [talk, other]
    raise KnownError(Code.NOT_FOUND, taken)


def asked_about_stop(stop: Stop[Hold] | Stop[RelativeHold], step: AnyStep) -> list[Plain]:
    """What the second person was asked who took this step about a stop; nothing where nobody asked."""
    asked: AnyStep | None = None
    for one in stop.steps:
        if one.id == step.id:
            return asked_of([stop.hold, asked]) if asked is not None else []
        asked = (asked or one) if one.step == PROPOSED else None
    return []


def second_people(ctx: Context, asking: Asking) -> tuple[Person, ...]:
    """Who may be the second person, by name; never who asks."""
    people: Iterable[Person] = ctx.keys.roster.people.values()
    found = [one for one in people if may_be_second(asking, one)]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def may_be_second(asking: Asking, person: Person) -> bool:
    """Whether this person may say yes or no to it together with who asks."""
    if not person.active or person.id == asking.proposer:
        return False
    if asking.closed and not person.desks and not person.trustee:
        return False
    return pair_allowed(asking.proposed_as, person.roles, asking.action)


def _change(reader: Reader, record: str) -> Asking:
    proposal = reader.get(Proposal, record)
    reader.check_rows(Proposal, [record])
    cls = _RECORDS.get(proposal.on_noun)
    if cls is None or widening.is_decided(reader, proposal):
        raise KnownError(Code.ALREADY_DONE, record)
    about: Record = reader.get(cls, proposal.on_id)
    now = to_plain(about)
    values: dict[str, Plain] = {name: now.get(name) for name in widening.values_of(proposal)}
    beside: dict[str, Plain] = {"values": values}
    return Asking("change", record, "", proposal.proposed_by or "", asked_of([proposal]), beside)


def _stop(reader: Reader, stop: Stop[Hold] | Stop[RelativeHold]) -> Asking:
    if stop.asked is None or not stop.active:
        raise KnownError(Code.ALREADY_DONE, stop.hold.id)
    reader.check_rows(type(stop.hold), [stop.hold.id])
    reader.check_rows(type(stop.asked), [stop.asked.id])
    asked, closed = asked_of([stop.hold, stop.asked]), isinstance(stop.hold, RelativeHold)
    by, action, signed = stop.asked.by or "", Action.LIFT_STOP, stop.asked.id
    return Asking("stop", stop.hold.id, "", by, asked, closed=closed, action=action, signed=signed)


def _source(reader: Reader, record: str) -> Asking:
    waits = [one for one in trusts_in(reader, source=record) if one.ended is None]
    if not waits or any(one.acts for one in waits):
        raise KnownError(Code.ALREADY_DONE, record)
    trust, source = waits[-1].trust, reader.get(Source, record)
    reader.check_rows(Trust, [trust.id])
    # A list may grow while a slip travels, and trust is in everything it states: so it is counted.
    beside: dict[str, Plain] = {
        "claims": reader.count(Claim, source=record),
        "keeper": source.keeper,
        "link": source.link,
        "name": source.name,
    }
    by, action, asked = trust.proposed_by or "", Action.TRUST_SOURCE, asked_of([trust])
    return Asking("source", record, "", by, asked, beside, closed=False, action=action, signed=trust.id)
