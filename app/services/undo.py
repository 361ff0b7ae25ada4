"""Undo and redo of my own commands: new commands made from the old values, recorded like any other change.

What would allow more than today becomes a proposal for two: a conversation is taken back by an answer that
takes it back, a stop by a proposal to lift it, a field by a change that waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

from app.domain.acts import WORDS, Act
from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.changing import with_fields
from app.domain.conversation import Conversation
from app.domain.errors import Code, KnownError
from app.domain.field_values import value_from_plain, value_to_plain
from app.domain.fields import Kind, empty_of, fields_of, noun_of
from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.domain.hold import Hold, RelativeHold
from app.domain.ids import RecordId, new_id
from app.domain.port_values import OldValue
from app.domain.ports import Reader, Record, UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicTexts, texts_id
from app.domain.quoted import QuotedFigure
from app.domain.recipient import MailingList, Recipient
from app.domain.relative import Identity, Relative
from app.domain.roles import Action
from app.i18n import _
from app.services import stops, widening
from app.services.clearances import renew_clearances
from app.services.consent import Consent
from app.services.context import Context, Saved, records_in
from app.services.done import Step, steps_kept
from app.services.drafts import OWN
from app.services.duplicates import taken_back
from app.services.merging import Merging
from app.services.reviews import Reviews
from app.services.talks import AnswerDraft, RecordConversation

_KEPT: Final = f"{OWN}undo"
_MOST: Final = 100
_NOUNS: Final[Mapping[str, type[Record]]] = {
    noun_of(cls): cls
    for cls in (
        *(Prisoner, PublicTexts, Godparent, Godparenthood, GodparentAction),
        *(QuotedFigure, Recipient, MailingList, Relative, Identity),
    )
}
_ALLOWED_BY: Final[Mapping[str, Action]] = {
    "prisoner": Action.EDIT_PRISONER,
    "public_texts": Action.EDIT_PRISONER,
    "godparent": Action.EDIT_GODPARENT,
    "godparenthood": Action.EDIT_GODPARENT,
    "godparent_action": Action.EDIT_GODPARENT,
    "quoted_figure": Action.COMPOSE_REPORT,
    "recipient": Action.EDIT_RECIPIENT,
    "mailing_list": Action.EDIT_RECIPIENT,
    "relative": Action.RECORD_CONVERSATION,
    "identity": Action.SHOW_IDENTITY,
}


class Undo:
    """The stack of what I did since I last closed the program; it survives a lock."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def what(self) -> tuple[str | None, str | None]:
        """What undo and redo would do next, in words; None where there is nothing."""
        done = self._ctx.done
        return (
            _(WORDS[done.undo[-1].act]) if done.undo else None,
            _(WORDS[done.redo[-1].act]) if done.redo else None,
        )

    def undo(self) -> Saved:
        """Take my newest command back.

        Raises:
            KnownError: NOTHING_TO_UNDO; CONFLICT (somebody changed the same field since); STILL_REFERENCED;
                NEEDS_SECOND_PERSON (kept as a proposal); NOT_ALLOWED; NEEDS_DESK_KEY.
        """
        done = self._ctx.done
        if not done.undo:
            raise KnownError(Code.NOTHING_TO_UNDO)
        step = done.undo.pop()
        try:
            return self._taken_back(step)
        except KnownError as error:
            if error.code is not Code.NEEDS_SECOND_PERSON:
                done.undo.append(step)
            raise

    def redo(self) -> Saved:
        """Do again what I undid last. Raises KnownError as `undo`."""
        done = self._ctx.done
        if not done.redo:
            raise KnownError(Code.NOTHING_TO_UNDO)
        step = done.redo.pop()
        try:
            saved, again = self._inverted(step)
        except KnownError as error:
            if error.code is not Code.NEEDS_SECOND_PERSON:
                done.redo.append(step)
            raise
        done.undo.append(attrs.evolve(again, act=step.act))
        return saved

    def put_aside(self, *, keep: bool) -> None:
        """At the end of a session: keep the stack, sealed to me, for after a lock; or forget it."""
        steps = self._ctx.done.undo[-_MOST:]
        if keep and steps:
            plain: list[Plain] = [
                {"act": step.act.value, "sequence": step.sequence, "records": [list(r) for r in step.records]}
                for step in steps
            ]
            self._ctx.store.save_draft(_KEPT, {"steps": plain})
        else:
            self._ctx.store.drop_draft(_KEPT)

    def take_up(self) -> None:
        """At the start of a session: the stack an earlier lock kept, once."""
        for draft in self._ctx.store.drafts():
            if draft.key == _KEPT:
                self._ctx.done.undo[:] = steps_kept(draft.values.get("steps"))
                self._ctx.store.drop_draft(_KEPT)

    # parts

    def _taken_back(self, step: Step) -> Saved:
        touched = dict(step.records)
        if step.act is Act.MERGED:
            return self._merge(step)
        if "apart" in touched:
            return taken_back(self._ctx, touched["apart"], step.act)
        if "conversation" in touched:
            return self._conversation(touched["conversation"])
        if "hold" in touched:
            return attrs.evolve(stops.propose_lift(self._ctx, Hold, touched["hold"]), waits=True)
        for noun in ("attention", "closed_attention"):
            if noun in touched:
                return Reviews(self._ctx).take_back(touched[noun])
        if "relative_hold" in touched:
            lift = stops.propose_lift(self._ctx, RelativeHold, touched["relative_hold"])
            return attrs.evolve(lift, waits=True)
        saved, again = self._inverted(step)
        if again.taken or not _has_secret(step):
            self._ctx.done.redo.append(attrs.evolve(again, act=step.act))
        return saved

    def _conversation(self, conversation: str) -> Saved:
        """What was said stays written; new answers take each of them back."""
        with self._ctx.reading() as reader:
            talk = reader.get(Conversation, conversation)
        answers = tuple(
            AnswerDraft(one.purpose, "entered_in_error", one.audience, one.recipients, cancels=one.answer)
            for one in talk.answers
        )
        if not answers:
            raise KnownError(Code.NOTHING_TO_UNDO)
        consent, command = Consent(self._ctx), RecordConversation(talk.relative or "", {}, answers)
        waits = bool(consent.preview(command).waits)
        saved = consent.record(command)
        self._ctx.done.undo.pop()  # taking back is not itself undone by the same key
        return attrs.evolve(saved, waits=waits)

    def _merge(self, step: Step) -> Saved:
        with self._ctx.reading() as reader:
            people = reader.get_many(Prisoner, _of_noun(step, "prisoner"))
            gone = [one.id for one in people.values() if one.merged_into in people]
        if not gone:
            raise KnownError(Code.NOTHING_TO_UNDO)
        return Merging(self._ctx).take_apart(gone[0])

    def _inverted(self, step: Step) -> tuple[Saved, Step]:
        """Do the opposite of one entry, as one entry."""
        ctx = self._ctx
        gone = {record.id for record in step.taken}
        ours = [(noun, record) for noun, record in step.records if noun in _NOUNS and record not in gone]
        for noun, _record in ours:
            ctx.require(_ALLOWED_BY[noun])
        with ctx.writing() as work:
            prisoners = _prisoners(work, ours)
            before = {one: widening.facts_now(ctx, work, one) for one in prisoners if work.has_desk_key}
            values = _old_values(work, step, ours)  # before anything is put back: history reads the log
            taken = _put_back(work, step, ours)
            if step.taken:
                _bring_back(work, step.taken)
            left = [one for one in prisoners if one in work.get_many(Prisoner, [one])]
            after = {one: widening.facts_now(ctx, work, one) for one in left if one in before}
            if any(widening.widens(ctx, before[one], after[one]) for one in after):
                waits = values
            else:
                waits = None
                renew_clearances(ctx, work, left)
                committed = work.commit(Act.UNDONE)
        if waits is not None:
            widening.propose_all(ctx, [(_NOUNS[noun], record, old) for noun, record, old in waits])
        saved = ctx.finish(committed, ours[0][1] if ours else "", Act.UNDONE, prisoners=None)
        saved = attrs.evolve(saved, changes=saved.changes | Changes.of("prisoner", *prisoners))
        return saved, Step(committed.sequence, Act.UNDONE, records_in(committed), taken)


def _prisoners(reader: Reader, records: Iterable[tuple[str, str]]) -> list[str]:
    found: set[str] = set()
    for noun, record in records:
        if noun == "prisoner":
            found |= set(reader.get_many(Prisoner, [record]))
        if noun == "public_texts":
            found |= {one.prisoner for one in reader.get_many(PublicTexts, [record]).values() if one.prisoner}
        if noun == "relative":
            found |= {one.prisoner for one in reader.get_many(Relative, [record]).values() if one.prisoner}
    return sorted(found)


def _put_back(work: UnitOfWork, step: Step, records: Sequence[tuple[str, str]]) -> tuple[Record, ...]:
    """Set fields back and take new records away; gives what was taken."""
    taken: list[Record] = []
    # What refers to others goes first: relatives before their identity, godparenthoods before people.
    for noun, record in sorted(records, key=lambda one: one[0] in ("identity", "prisoner", "godparent")):
        cls = _NOUNS[noun]
        if work.version_at(record, step.sequence) == 1:
            if noun != "identity":
                if work.get(cls, record).version != 1:
                    raise KnownError(Code.CHANGED_SINCE, record)
                taken.append(work.get(cls, record))
            work.remove(cls, record)
        elif noun != "identity":
            _set_back(work, cls, record, step.sequence)
    return tuple(taken) if all(noun != "identity" for noun, _record in records) else ()


def _set_back(work: UnitOfWork, cls: type[Record], record: str, sequence: int) -> None:
    current = work.get(cls, record)
    declared = fields_of(cls)
    values: dict[str, Any] = {}
    for old in _changed(work, record, sequence):
        now = value_to_plain(declared[old.field], getattr(current, old.field))
        if (now or None) != (old.after or None):
            raise KnownError(Code.CONFLICT, old.field)
        values[old.field] = _value(cls, old.field, old.before)
    if values:
        work.save(with_fields(current, values), current.version)


def _old_values(
    reader: Reader, step: Step, records: Iterable[tuple[str, str]]
) -> list[tuple[str, str, dict[str, object]]]:
    return [
        (
            noun,
            record,
            {
                old.field: _value(_NOUNS[noun], old.field, old.before)
                for old in _changed(reader, record, step.sequence)
            },
        )
        for noun, record in records
        if noun in ("prisoner", "relative")
    ]


def _changed(reader: Reader, record: str, sequence: int) -> list[OldValue]:
    return [old for old in reader.history(record) if old.sequence == sequence]


def _value(cls: type[Record], field: str, plain: Plain) -> object:
    declared = fields_of(cls)[field]
    return empty_of(declared) if plain is None else value_from_plain(declared, plain)


def _bring_back(work: UnitOfWork, taken: Sequence[Record]) -> None:
    """Add what undoing took away, under new ids: an id is never used twice."""
    fresh = {record.id: RecordId(new_id()) for record in taken}
    for record in taken:
        if isinstance(record, PublicTexts) and record.prisoner is not None:
            fresh[record.id] = texts_id(fresh[RecordId(record.prisoner)])
    for record in taken:
        values: dict[str, Any] = {"id": fresh[record.id], "version": 0}
        for name, field in fields_of(type(record)).items():
            if field.kind is Kind.REFERENCE and getattr(record, name) in fresh:
                values[name] = fresh[getattr(record, name)]
        work.add(with_fields(record, values))


def _of_noun(step: Step, noun: str) -> list[str]:
    return [record for kind, record in step.records if kind == noun]


def _has_secret(step: Step) -> bool:
    return any(noun == "identity" for noun, _record in step.records)
