"""From what somebody typed in the Conversation sheet to the record of a talk. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.consent_check import check_talk, needs_mandate
from app.domain.consent_contact import CONTACT, ContactRule, MayContact
from app.domain.consent_facts import BYPASS_DAYS
from app.domain.consent_lines import purposes_on
from app.domain.consent_purposes import INTERNAL, NAMED, attribute, default_end, purposes
from app.domain.conversation import Answer, Conversation, begun_by_us
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.ids import new_id
from app.domain.ports import Reader
from app.domain.relative import Relative
from app.services import editing
from app.services.context import Context
from app.services.evidence import Evidence
from app.services.godparents import RUNNING
from app.vocabulary import vocabulary

NAMED_GODPARENT: Final = "named_godparent"
BYPASSED: Final = "bypassed"
KEPT: Final = "kept"
_RECORDED: Final = frozenset(
    {
        *("relative", "prisoner", "answers", "recorded_by", "recorded_at"),
        *("evidence_sha256", "evidence_type", "evidence_file"),
    }
)
_STICKY: Final = (
    "capacity",
    "mandate",
    "channel",
    "verified_by",
    "interpreter",
    "intermediary",
    "language",
)
_USUAL: Final[Mapping[str, object]] = {"pressure": "none", "evidence": "heard_not_kept"}


@attrs.frozen
class AnswerDraft:
    """What somebody said about one purpose, or about a whole line of `consent_line`.

    Attributes:
        purpose_or_line: code of either.
        kind: code of the vocabulary `answer_kind`.
        audience: empty for what is usual: a yes for the purpose's own, a no for everybody.
        recipients: godparents (ids) or institutions (names) a named audience means.
        ends_on: last day; empty for twelve months.
        fields: only these details, empty for all.
        event, event_on: for one event, by name and day.
        conditions: "only if …"; such a yes does not count until the condition is written as a no.
        cancels: id of the answer this takes back.
        reason: why it is taken back, or used without a yes.
    """

    purpose_or_line: str
    kind: str
    audience: str = ""
    recipients: tuple[str, ...] = ()
    ends_on: date | None = None
    fields: tuple[str, ...] = ()
    event: str = ""
    event_on: date | None = None
    conditions: str = attrs.field(default="", repr=False)
    cancels: str = ""
    reason: str = attrs.field(default="", repr=False)


@attrs.frozen
class RecordConversation:
    """A talk with a relative: fields of `Conversation` by name, and the answers given in it."""

    relative: str
    values: Mapping[str, object] = attrs.field(factory=dict, repr=False)
    answers: tuple[AnswerDraft, ...] = attrs.field(default=(), repr=False)
    evidence: Evidence | None = attrs.field(default=None, repr=False)


def talk_of(ctx: Context, reader: Reader, command: RecordConversation) -> Conversation:
    """The record of a talk, with everything nobody typed filled in.

    Raises:
        KnownError: NOT_FOUND, UNKNOWN_TERM, INVALID_FIELD, UNKNOWN_FIELD, BAD_DATE and what
            `check_talk` raises.
    """
    relative = reader.get(Relative, command.relative)
    for name in sorted(_RECORDED & set(command.values)):
        raise KnownError(Code.INVALID_FIELD, name, field=name)
    if command.values.get("evidence") == KEPT and command.evidence is None:
        raise KnownError(Code.INVALID_FIELD, "evidence", field="evidence")  # nothing is kept without a file
    today = ctx.today()
    values: dict[str, object] = {
        "capacity": relative.capacity or _capacity(relative),
        "mandate": relative.mandate,
        "whereabouts": relative.whereabouts,
        "held_on": PartialDate.of(today),
        **_USUAL,
        **command.values,
        "relative": relative.id,
        "prisoner": relative.prisoner,
        "recorded_by": ctx.me,
        "recorded_at": ctx.moment(reader),
    }
    if not needs_mandate(relative, str(values["capacity"])):
        values["mandate"] = ""  # kept from last time, when they represented somebody
    earlier = _answers_of(reader, relative.id)
    held = values["held_on"]
    said_on = held.first if isinstance(held, PartialDate) else today
    ends = min((one.ends_on for one in command.answers if one.ends_on is not None), default=None)
    answers = [
        answer
        for draft in command.answers
        for answer in _answers(reader, relative, draft, said_on=said_on, together=ends)
    ]
    _check_once(answers)
    _check_taken_back(answers, earlier)
    talk = editing.new_record(Conversation, ctx.lasting_id(), {**values, "answers": tuple(answers)})
    check_talk(talk, relative, today)
    return talk


def as_asked(talk: Conversation, rule: ContactRule) -> Conversation:
    """A first approach, or one that asks again, is recorded as *requested* where it got no answer."""
    began = begun_by_us(talk) or talk.direction == "through_intermediary"
    asks_nothing = rule.may in (MayContact.YES, MayContact.WARNING)
    if not began or asks_nothing or any(one.purpose == CONTACT for one in talk.answers):
        return talk
    asked = Answer(answer=new_id(), kind="requested", purpose=CONTACT, audience=INTERNAL)
    return attrs.evolve(talk, answers=(*talk.answers, asked))


def usual_values(relative: Relative, talks: Sequence[Conversation]) -> Mapping[str, object]:
    """What the sheet begins with: the safe-contact plan, then last time.

    Args:
        relative: with whom.
        talks: theirs, oldest first.
    """
    values: dict[str, object] = {**_USUAL, "whereabouts": relative.whereabouts}
    if talks:
        last = talks[-1]
        values |= {name: getattr(last, name) for name in _STICKY if getattr(last, name)}
    for plan in relative.plan[:1]:
        for name in ("channel", "language", "verified_by"):
            if getattr(plan, name):
                values[name] = getattr(plan, name)
        if plan.through:
            values["intermediary"] = plan.through
    values["capacity"] = relative.capacity or _capacity(relative)
    if relative.mandate:
        values["mandate"] = relative.mandate
    return values


def _capacity(relative: Relative) -> str:
    return "relative_by_practice" if attribute("relation", relative.relation, "by_practice") else "self"


def _answers(
    reader: Reader, relative: Relative, draft: AnswerDraft, *, said_on: date, together: date | None
) -> Iterable[Answer]:
    says = vocabulary("answer_kind").term(draft.kind).text("says")
    if says == "takes_back" and not draft.cancels:
        raise KnownError(Code.INVALID_FIELD, "cancels", field="cancels")
    for code in _purposes(draft.purpose_or_line, says_yes=says == "yes"):
        audience, recipients = _audience(reader, relative, draft, code, says)
        yield Answer(
            answer=new_id(),
            kind=draft.kind,
            purpose=code,
            audience=audience,
            recipients=recipients,
            fields=draft.fields,
            ends_on=_end(code, draft, said_on, together) if says in ("yes", "bypass") else None,
            event=draft.event if purposes()[code].for_one_event else "",
            event_on=draft.event_on if purposes()[code].for_one_event else None,
            cancels=draft.cancels,
            conditions=draft.conditions if says == "yes" else "",
            reason=draft.reason,
        )


def _purposes(purpose_or_line: str, *, says_yes: bool) -> tuple[str, ...]:
    if purpose_or_line in purposes():
        return (purpose_or_line,)
    if purpose_or_line in vocabulary("consent_line"):
        return purposes_on(purpose_or_line, says_yes=says_yes)
    raise KnownError(Code.UNKNOWN_TERM, "purpose", field="purpose")


def _audience(
    reader: Reader, relative: Relative, draft: AnswerDraft, purpose: str, says: str
) -> tuple[str, tuple[str, ...]]:
    """The audience an answer is about; a named one that nobody named means those who are there already."""
    audience, recipients = draft.audience, draft.recipients
    if not audience:
        audience = purposes()[purpose].audience if says == "yes" else INTERNAL
    if audience in NAMED and not recipients and says == "yes":
        if audience == NAMED_GODPARENT:
            rows = reader.godparenthood_rows(prisoner=relative.prisoner)
            recipients = tuple(sorted({row.godparent for row in rows if row.state in RUNNING}))
        if not recipients:
            audience = INTERNAL
    return audience, recipients


def _end(purpose: str, draft: AnswerDraft, said_on: date, together: date | None) -> date:
    if draft.kind == BYPASSED:
        return said_on + BYPASS_DAYS
    latest = default_end(purpose, said_on)
    if purposes()[purpose].for_one_event and draft.event_on is not None:
        latest = min(latest, draft.event_on)  # used up afterwards
    return draft.ends_on or together or latest  # as said; how long it counts is the decision's


def _answers_of(reader: Reader, relative: str) -> tuple[Answer, ...]:
    return tuple(
        answer
        for one in reader.relative_facts(ids=[relative])
        for talk in one.conversations
        for answer in talk.answers
    )


def _check_taken_back(answers: Iterable[Answer], earlier: Sequence[Answer]) -> None:
    """What takes back names one earlier answer of the same person, about the same."""
    by_id = {one.answer: one for one in earlier}
    for one in answers:
        if not one.cancels:
            continue
        target = by_id.get(one.cancels)
        if target is None or target.purpose != one.purpose:
            raise KnownError(Code.NOT_FOUND, one.cancels)


def _check_once(answers: Sequence[Answer]) -> None:
    """One talk says one thing about one purpose and audience."""
    seen: set[tuple[str, str, tuple[str, ...], tuple[str, ...], str, str]] = set()
    for one in answers:
        key = (one.purpose, one.audience, one.recipients, one.fields, one.event, one.cancels)
        if key in seen:
            raise KnownError(Code.INVALID_FIELD, "answers", field="answers")
        seen.add(key)
